"""Which records of a case tell the same, from what is stored: each relation with its records and its citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from countersight.model import Citation, Digest, FileRow, Relative, Status, codec
from countersight.pipeline.assemble import cite
from countersight.relate import Differing, DocumentText, Kind, Passage, Received, Related, Relation, relations
from countersight.store.db import Database

_DATA = frozenset({"application/json", "application/xml"})  # names of fields make all records of one source alike


def related(db: Database, files: Iterable[FileRow]) -> tuple[Related, ...]:
    """Every relation among the files, by id: of their bytes, and of the words of those that were read."""
    by_digest = _by_digest(files)
    words = _Words(db, {digest: rows[0] for digest, rows in by_digest.items()})
    found = [_same_bytes(digest, rows) for digest, rows in by_digest.items() if len(rows) > 1]
    found += map(words.related, relations(words.texts()))
    return tuple(sorted(found, key=lambda each: each.id))


def told(files: Iterable[FileRow], found: Iterable[Related]) -> list[FileRow]:
    """The files, each with the other records that it is related to, by their places."""
    beside: dict[Digest, list[Relative]] = defaultdict(list)
    for each in found:
        for mine in {record.digest for record in each.records}:
            others = [r for r in each.records if r.digest != mine or each.kind is Kind.SAME_BYTES]
            beside[mine] += [Relative(each.id, each.of(mine), other.digest, other.locator) for other in others]
    return [_with_relatives(file, beside[file.digest]) if file.digest in beside else file for file in files]


def _with_relatives(file: FileRow, beside: Iterable[Relative]) -> FileRow:
    others = (each for each in beside if each.locator != file.locator)
    return replace(file, related=tuple(sorted(others, key=lambda each: (str(each.locator), each.relation))))


def _by_digest(files: Iterable[FileRow]) -> dict[Digest, list[FileRow]]:
    """The files that have bytes, by their digest; the one that was read comes first, the others by place."""
    found: dict[Digest, list[FileRow]] = defaultdict(list)
    for file in files:
        if file.digest and file.size:
            found[file.digest].append(file)
    return {
        digest: sorted(found[digest], key=lambda file: (file.status is Status.DUPLICATE, str(file.locator)))
        for digest in sorted(found)
    }


@dataclass(frozen=True)
class _Words:
    """The words of the files that were read, by digest."""

    db: Database
    files: Mapping[Digest, FileRow]

    def texts(self) -> Iterator[DocumentText]:
        for digest, file in self.files.items():
            media = file.media_type
            signature = self.db.signature(digest, media) if media and media not in _DATA else b""
            if signature:
                yield DocumentText(digest, signature, partial(self.db.pages, file), file.pages_ocr > 0)

    def related(self, relation: Relation) -> Related:
        """The relation with its records, and with citations for its passages."""
        pairs = ((self._cited(relation.a, each.a), self._cited(relation.b, each.b)) for each in relation.differing)
        return Related(
            id=_id(relation.kind, [relation.a, relation.b]),
            kind=relation.kind,
            records=(_received(relation.a, self.files[relation.a]), _received(relation.b, self.files[relation.b])),
            score=relation.similarity,
            differing=tuple(Differing(*pair) for pair in pairs),
            more=relation.more,
            template=relation.template,
            by_ocr=relation.by_ocr,
        )

    def _cited(self, digest: Digest, passage: Passage | None) -> Citation | None:
        if passage is None:
            return None
        file = self.files[digest]
        page = self.db.page(digest, file.media_type or "", passage.page)
        return cite(file, page, passage.start, passage.end)


def _received(digest: Digest, file: FileRow) -> Received:
    return Received(digest, file.name, file.locator)


def _same_bytes(digest: Digest, rows: Sequence[FileRow]) -> Related:
    records = tuple(_received(digest, file) for file in rows)
    return Related(_id(Kind.SAME_BYTES, [digest]), Kind.SAME_BYTES, records, 1.0)


def _id(kind: Kind, digests: Sequence[Digest]) -> str:
    return f"{kind.value.replace('_', '-')}-{Digest.of(codec.encode([kind, digests]))[:12]}"
