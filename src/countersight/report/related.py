"""Records that tell the same, in words: what each is to the other, and where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from countersight.model import Digest, FileRow, Status
from countersight.relate import Kind, Relation

_WORDS = {
    Kind.SAME_TEXT: ("has the same text as", "has the same text as"),
    Kind.VERSION: ("is another version of", "is another version of"),
    Kind.CONTAINS: ("contains the text of", "is contained in"),
    Kind.NEAR_DUPLICATE: ("is worded nearly like", "is worded nearly like"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two related records as shown: the files of ``relation.a`` and ``relation.b``."""

    first: FileRow
    second: FileRow
    relation: Relation

    @property
    def words(self) -> str:
        """What the first is to the second."""
        return _WORDS[self.relation.kind][0]

    @property
    def notes(self) -> list[str]:
        """What a reader must know before leaning on it."""
        found = []
        if self.relation.template:
            found.append("The wording is shared, as from one template; the reference or the parties named are others.")
        if self.relation.by_ocr:
            found.append("At least one of the two was read by OCR: small differences may be errors of reading.")
        return found


def pairs(relations: Iterable[Relation], files: Iterable[FileRow]) -> list[Pair]:
    """The relations whose files are both there, by the files' locators; a source received twice is its first file."""
    by_digest = _by_digest(files)
    known = [r for r in relations if r.a in by_digest and r.b in by_digest]
    found = [Pair(by_digest[relation.a], by_digest[relation.b], relation) for relation in known]
    return sorted(found, key=lambda pair: (str(pair.first.locator), str(pair.second.locator)))


def beside(related: Iterable[Pair]) -> Mapping[Digest, list[tuple[str, FileRow]]]:
    """For each source what it is to which other file: ``("is contained in", file)``."""
    told: dict[Digest, list[tuple[str, FileRow]]] = defaultdict(list)
    for pair in related:
        there, back = _WORDS[pair.relation.kind]
        told[pair.relation.a].append((there, pair.second))
        told[pair.relation.b].append((back, pair.first))
    return dict(told)


def _by_digest(files: Iterable[FileRow]) -> dict[Digest, FileRow]:
    found: dict[Digest, FileRow] = {}
    for file in sorted(files, key=lambda file: (file.status is Status.DUPLICATE, str(file.locator))):
        if file.digest:
            found.setdefault(file.digest, file)
    return found
