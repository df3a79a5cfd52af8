"""Measures all rules together over pages of text against one bare pass for the same words: one core, one run.

``python bench/matching.py [FOLDER]`` takes the PDFs of a folder, or else the passages of the tests. It prints megabytes
of text (UTF-8) per second of processor time, for the pages as they are, those in Chinese, those in other languages, and
all of them joined to texts of a hundred thousand characters; and, for PDFs, the time against that of taking their text.
"""

from __future__ import annotations

import gc
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pypdfium2
from ahocorasick_rs import AhoCorasick, Implementation

from countersight.find import RuleDetector, load
from countersight.find.packs import Pack
from countersight.model import Page
from countersight.text.normal import HAN, flatten

CORPUS = Path(__file__).resolve().parent.parent / "tests/corpus"
_LONG = 100_000
_CHINESE = 0.2  # of a page's characters: above, it counts as Chinese
_ROUNDS = 3
_MEGA = 1e6


def seconds(work: Callable[[str], object], texts: Iterable[str]) -> float:
    """Processor time of the quickest of some rounds over all texts."""
    return min(_once(work, texts) for _ in range(_ROUNDS))


def _once(work: Callable[[str], object], texts: Iterable[str]) -> float:
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def passages() -> list[str]:
    """The passages of the tests."""
    lines = (line for file in sorted(CORPUS.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines())
    return [json.loads(line)["text"] for line in lines]


def pdf_pages(folder: Path) -> Iterator[str]:
    """The text of each page of each PDF below a folder."""
    for path in sorted(folder.rglob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        for page in document:
            yield page.get_textpage().get_text_bounded().replace("\r\n", "\n")
        document.close()


def joined(texts: Iterable[str]) -> list[str]:
    """All texts, one after another, cut into long ones."""
    whole = "\n".join(texts)
    return [whole[at : at + _LONG] for at in range(0, len(whole), _LONG)]


def bare(pack: Pack) -> AhoCorasick:
    """An automaton over all forms of all concepts."""
    forms = {form.text for concept in pack.lexicon.concepts.values() for form in concept.forms}
    return AhoCorasick(sorted(forms), implementation=Implementation.DFA)


def main() -> None:
    """Print a line for each group of texts, and the share of an audit."""
    start = time.process_time()
    texts = list(pdf_pages(Path(sys.argv[1]))) if len(sys.argv) > 1 else passages()
    taken = time.process_time() - start
    pack = load()
    detector, automaton = RuleDetector(pack), bare(pack)
    gc.freeze()  # as workers do
    chinese = {text for text in texts if len(re.findall(f"[{HAN}]", text)) > _CHINESE * len(text)}
    groups = {
        "pages": texts,
        "Chinese": [text for text in texts if text in chinese],
        "other": [text for text in texts if text not in chinese],
        "long": joined(texts),
    }
    for name, group in groups.items():
        size = sum(len(text.encode()) for text in group) / _MEGA
        rules = seconds(lambda text: detector.detect(Page(1, text)), group)
        words = seconds(
            lambda text: automaton.find_matches_as_indexes(text, overlapping=True), [flatten(text) for text in group]
        )
        print(
            f"{name:8} {len(group):6} texts {size:6.2f} MB  {size / rules:6.1f} MB/s, {rules / words:5.1f} bare passes"
        )
        if name == "pages" and len(sys.argv) > 1:
            print(f"{'':8} {rules / taken:.0%} of the time it takes to get the text out of the PDFs")


if __name__ == "__main__":
    main()
