"""The elusion test of a case: pages without findings, drawn by lot and laid out for a person to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from countersight.errors import StorageError
from countersight.model import Digest, FileRow, Page, Status
from countersight.pipeline.illustrate import Sitting, illustrate, sitting
from countersight.ports import Executor, Failure, Limits, Progress
from countersight.read.scan import PICTURED
from countersight.read.sheet import WORKBOOKS
from countersight.report import accounting, sheet
from countersight.report.checked import FORM, SHEET
from countersight.report.dossier import style
from countersight.report.sheet import Drawn
from countersight.report.view import Picture
from countersight.sample import Draw, PageKey
from countersight.store.blobs import Blobs
from countersight.store.db import Database
from countersight.store.disk import replace as write_whole


def population(db: Database) -> list[PageKey]:
    """Every page that was wholly read, has something on it, and that no finding, lead or contrary passage cites."""
    cited = {(cited.digest, cited.page or 1) for finding in db.findings() for cited in finding.citations}
    return [
        (digest, reading.number)
        for digest, file in read(db).items()
        for reading in accounting.whole(file, db.readings(digest, file.media_type or ""))
        if not reading.blank and (digest, reading.number) not in cited
    ]


def read(db: Database) -> dict[Digest, FileRow]:
    """The files that were read, wholly or in part, by digest."""
    good = {Status.READ, Status.PARTIAL}
    return {file.digest: file for file in db.files() if file.digest and file.status in good}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet goes, where its pages come from, and who draws their pictures."""

    out: Path
    blobs: Sequence[Blobs]
    db: Database
    executor: Executor
    progress: Progress

    def write(self, draw: Draw, title: str) -> None:
        """Write the sheet, its form, and a page for each page drawn: its picture where it has one, and its words."""
        files = read(self.db)
        pages = {key: self.db.page(key[0], files[key[0]].media_type or "", key[1]) for key in draw.pages}
        for folder in ("pages", "images"):
            (self.out / folder).mkdir(parents=True, exist_ok=True)
        pictures = self._pictures(dict(self._sittings(files, pages)))
        lines = [
            _line(files[key[0]], key, page, pictures.get(key), n) for n, (key, page) in enumerate(pages.items(), 1)
        ]
        for number, line in enumerate(lines, 1):
            told = sheet.page_html(line, pages[line.page].text, title=title, number=number, last=len(lines))
            (self.out / line.link).write_bytes(told)
        (self.out / "style.css").write_bytes(style())
        (self.out / SHEET).write_bytes(sheet.sheet_html(lines, draw, title=title))
        (self.out / FORM).write_bytes(sheet.sheet_csv(lines))

    def _sittings(
        self, files: Mapping[Digest, FileRow], pages: Mapping[PageKey, Page]
    ) -> Iterator[tuple[str, Sitting]]:
        for (digest, number), page in pages.items():
            media = files[digest].media_type or ""
            if media in PICTURED:
                path = next(path for blobs in self.blobs if (path := blobs.path(digest)).exists())
                read = self.db.original(digest, media, number)
                yield f"{digest} {number}", sitting(path, media, page, read=read)

    def _pictures(self, sittings: Mapping[str, Sitting]) -> dict[PageKey, Picture]:
        """A picture of each page that can be pictured, personal data painted over."""
        made: dict[PageKey, Picture] = {}
        for done, outcome in enumerate(self.executor.run(illustrate, sittings.items(), Limits()), 1):
            if isinstance(outcome.result, Failure):
                if outcome.result.storage:
                    raise StorageError(outcome.result.reason)
                continue  # its words are beside the sheet
            shown, png = outcome.result
            digest, number = outcome.key.split()
            href = f"images/{digest[:16]}-p{int(number):04d}.png"
            write_whole(self.out / href, png)
            made[Digest(digest), int(number)] = Picture(href, shown.width, shown.height)
            self.progress("picturing", done, len(sittings), done)
        return made


def _line(file: FileRow, key: PageKey, page: Page, picture: Picture | None, place: int) -> Drawn:
    on_sheet = f"sheet {page.label}" if page.label and file.media_type in WORKBOOKS else ""
    where = on_sheet if page.paged else "the whole of it"
    return Drawn(key, file.name, str(file.locator), page.label, f"pages/{place:04d}.html", picture, where)
