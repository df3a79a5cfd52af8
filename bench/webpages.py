"""How well the body of web pages is told from what surrounds it: labelled pages, beside trafilatura where installed.

python bench/webpages.py
python bench/webpages.py --each
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "unit" / "read"))

from read_webpages import Labelled, agreement, load

from countersight.model import BlockKind, Digest
from countersight.ports import Limits
from countersight.read.html import MEDIA_TYPE, HtmlReader


class Told(NamedTuple):
    """What a program tells of a page."""

    body: str
    title: str | None
    published: str | None
    outlet: str | None


def no_sink(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
    """A web page has no members."""
    raise AssertionError(stream, limit)


def ours(page: Labelled) -> Told:
    """The reader's answer: the page's text without furniture."""
    reading = HtmlReader().read(page.path, MEDIA_TYPE, None, Limits(), no_sink)
    text = reading.pages[0].text
    for block in reversed([b for b in reading.pages[0].blocks if b.kind is BlockKind.FURNITURE]):
        text = text[: block.start] + "\n" + text[block.end :]
    outlets = [note.removeprefix("outlet: ") for note in reading.notes if note.startswith("outlet: ")]
    outlet = outlets[0].removesuffix(" (stated on the page)") if outlets else None
    return Told(text, reading.title, reading.dated.from_.isoformat() if reading.dated else None, outlet)


def theirs(page: Labelled) -> Told:
    """Trafilatura's answer (an optional tool, for comparison only)."""
    found = importlib.import_module("trafilatura").bare_extraction(
        page.path.read_text("utf-8"), include_comments=False, with_metadata=True
    )
    if found is None:
        return Told("", None, None, None)
    return Told(found.text or "", found.title, found.date, found.sitename)


def whole(page: Labelled) -> Told:
    """All the text there is: what a reader does that marks nothing."""
    told = ours(page)
    reading = HtmlReader().read(page.path, MEDIA_TYPE, None, Limits(), no_sink)
    return told._replace(body=reading.pages[0].text)


def run(name: str, tell: Callable[[Labelled], Told], pages: list[Labelled], *, each: bool) -> None:
    """Print precision and recall of the body's characters and how many titles, days and outlets are right."""
    right = told = due = 0
    facts = {"title": 0, "published": 0, "outlet": 0}
    start = time.perf_counter()
    answers = [tell(page) for page in pages]
    took = (time.perf_counter() - start) / len(pages)
    for page, answer in zip(pages, answers, strict=True):
        a, b, c = agreement(page, answer.body)
        right, told, due = right + a, told + b, due + c
        wrong = [fact for fact in facts if getattr(answer, fact) != page.label.get(fact)]
        for fact in facts:
            facts[fact] += fact not in wrong
        if each:
            said = "; ".join(f"{fact} {getattr(answer, fact)!r}" for fact in wrong)
            print(f"  {page.name:22} precision {a / max(1, b):6.1%}  recall {a / max(1, c):6.1%}  {said}")
    counts = "  ".join(f"{fact} {number}/{len(pages)}" for fact, number in facts.items())
    quality = f"precision {right / max(1, told):.1%}  recall {right / due:.1%}"
    print(f"{name:12} {quality}  {counts}  {took * 1000:.1f} ms a page")


def main() -> None:
    """Compare on all labelled pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", action="store_true", help="a line for each page")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    options = parser.parse_args()
    pages = [page for page in load() if options.only in page.name]
    run("countersight", ours, pages, each=options.each)
    run("everything", whole, pages, each=False)
    try:
        importlib.import_module("trafilatura")
    except ImportError:
        print("trafilatura is not installed: no comparison")
        return
    run("trafilatura", theirs, pages, each=options.each)


if __name__ == "__main__":
    main()
