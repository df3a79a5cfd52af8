"""Measures the reading of scans on pages whose every character is known (see scans.py).

``python bench/ocr.py [--pages N] [--seed N] [--corpus FOLDER] [--no-memory] [--level A ...]`` prints:

- the error over letters, digits and Han by level, language and kind: characters wrong, missing and added, per character
  that stands there; once with each character counted on the line it lies on (``placed``), once over the whole text in
  reading order (``in order``), tables laid out; punctuation and the white space of English apart;
- cells of tables that are exact (letters, digits, Han and marks; NFKC; white space left out), by level;
- quotes whose boxes hold the ink of every character and no other, and are read right once cut out (see boxes.py);
- how often a character is right, by its score;
- seconds per page against the engine's own on the same pages in turn, and peak memory of two processes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import boxes  # noqa: E402
from bench.scans import Numbers, Pixels, make  # noqa: E402
from bench.speed import Memory  # noqa: E402

from countersight.model import BlockKind, Box, Page  # noqa: E402
from countersight.read.ocr import page_of, recognise  # noqa: E402
from countersight.read.ocr.tables import laid_out  # noqa: E402

_BUCKETS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1.01)
_FAR = 0.03  # of the page: a character further from all that stand there lies on no line
Judged = tuple[float, bool, str, str]


def core(text: str) -> str:
    """The letters, digits and Han of a text, compatibility forms unified."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


def marks(text: str) -> str:
    """All else of a text but white space, compatibility forms unified."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if not char.isalnum() and not char.isspace())


def distance(one: str, other: str) -> int:
    """Fewest characters to change, drop or add to make one text the other (Myers' bit vectors, as Hyyrö gives them)."""
    if not one:
        return len(other)
    where: dict[str, int] = {}
    for n, char in enumerate(one):
        where[char] = where.get(char, 0) | 1 << n
    full, last = (1 << len(one)) - 1, 1 << len(one) - 1
    up, down, score = full, 0, len(one)
    for char in other:
        same = where.get(char, 0)
        diagonal = ((((same & up) + up) ^ up) | same | down) & full
        grows, shrinks = (down | ~(diagonal | up)) & full, up & diagonal
        score += bool(grows & last) - bool(shrinks & last)
        grows = (grows << 1 | 1) & full
        up, down = ((shrinks << 1) & full | ~(diagonal | grows)) & full, grows & diagonal
    return score


@dataclass(slots=True)
class Tally:
    """Errors out of characters, by what is counted."""

    errors: dict[str, int] = field(default_factory=dict)
    of: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, errors: int, of: int) -> None:
        """Count some more."""
        self.errors[what] = self.errors.get(what, 0) + errors
        self.of[what] = self.of.get(what, 0) + of

    def share(self, what: str) -> float:
        """Errors per character."""
        return self.errors.get(what, 0) / max(1, self.of.get(what, 0))


@dataclass(frozen=True, slots=True)
class Read:
    """One page read and laid out, what stands on it, and how long reading and laying out took."""

    truth: dict[str, Any]
    text: str
    places: tuple[Box | None, ...]
    scores: tuple[float, ...]
    page: Page
    cells: dict[str, str]
    turned: int
    seconds: float


def picture(path: Path) -> Pixels:
    """A page's picture, RGB."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def read_page(path: Path) -> Read:
    """Read a page as the program does."""
    image = Image.fromarray(picture(path))
    began = time.perf_counter()
    found, blocks = laid_out(recognise(image), image)
    seconds = time.perf_counter() - began
    places: list[Box | None] = [None] * len(found.text)
    for place in found.places:
        places[place.start : place.end] = [place.box] * (place.end - place.start)
    cells = {block.ref: found.text[block.start : block.end] for block in blocks if block.kind is BlockKind.CELL}
    truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return Read(truth, found.text, tuple(places), found.scores, page_of(found, 1), cells, found.turned, seconds)


@cache
def _engine() -> Callable[[Pixels], Any]:
    """The engine as its makers wrap it: as many threads as the program gives it, a box for each character."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - heavy, and only to be measured against

    threads = dict.fromkeys(("intra_op_num_threads", "inter_op_num_threads"), 1)
    settings = {f"EngineConfig.onnxruntime.{name}": value for name, value in threads.items()}
    settings |= {"Global.use_cls": False, "Global.return_word_box": True, "Global.return_single_char_box": True}
    wrapped = RapidOCR(params={**settings, "Rec.rec_batch_num": 1, "Global.log_level": "error"})
    return lambda image: wrapped(image[:, :, ::-1])


def engine_seconds(path: Path) -> float:
    """How long the engine itself takes for a page."""
    image = picture(path)
    began = time.perf_counter()
    _engine()(image)
    return time.perf_counter() - began


def on_lines(page: Read) -> list[list[int]]:
    """For each line that stands there the offsets of the characters read on it: each lies nearest to one of its own."""
    owners, middles = [], []
    for n, line in enumerate(page.truth["lines"]):
        for box in filter(None, line["boxes"]):
            owners.append(n)
            middles.append(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))
    known: Numbers = np.array(middles)
    lines: list[list[int]] = [[] for _ in range(len(page.truth["lines"]) + 1)]
    for at, place in enumerate(page.places):
        if place is None or page.text[at].isspace():
            continue
        apart = np.hypot(known[:, 0] - (place.x0 + place.x1) / 2, known[:, 1] - (place.y0 + place.y1) / 2)
        nearest = int(apart.argmin())
        lines[owners[nearest] if apart[nearest] < _FAR else -1].append(at)
    return lines


def count_errors(page: Read, lines: list[list[int]], tally: Tally) -> None:
    """Count the errors of a page: by line, over all in order, and of marks."""
    for line, offsets in zip([*page.truth["lines"], {"text": ""}], lines, strict=True):
        read = "".join(page.text[at] for at in offsets)
        tally.add("placed", distance(core(line["text"]), core(read)), len(core(line["text"])))
        tally.add("marks", distance(marks(line["text"]), marks(read)), len(marks(line["text"])))
    whole = core("".join(line["text"] for line in page.truth["lines"]))
    tally.add("in order", distance(whole, core(page.text)), len(whole))
    if page.truth["language"] == "en":
        words = " ".join(line["text"] for line in page.truth["lines"]).split()
        missed = sum(tag != "equal" for tag in _words_changed(words, page.text.split()))
        tally.add("words", missed, len(words))


def _words_changed(words: list[str], read: list[str]) -> Iterator[str]:
    for tag, start, end, *_ in SequenceMatcher(None, words, read, autojunk=False).get_opcodes():
        yield from [tag] * max(1, end - start)


def count_cells(page: Read, tally: Tally) -> list[str]:
    """Count the cells that are not exact; the wrong ones, as lines to print."""
    wrong = []
    known = {f"T{cell['table']}R{cell['row']}C{cell['column']}": cell["text"] for cell in page.truth["cells"]}
    for ref, text in known.items():
        read = page.cells.get(ref, "")
        same = core(text) + marks(text) == core(read) + marks(read) and core(text) == core(read)
        tally.add("cells", not same, 1)
        wrong += [] if same else [f"{page.truth['name']} {ref}: {text!r} read as {read!r}"]
    tally.add("cells that are none", len(set(page.cells) - set(known)), max(1, len(page.cells)))
    return wrong


def judged(page: Read, lines: list[list[int]]) -> Iterator[Judged]:
    """Each letter, digit or Han read: its score, whether it is right, itself, and what stands there if it is not."""
    for line, offsets in zip([*page.truth["lines"], {"text": ""}], lines, strict=True):
        read = [at for at in offsets if page.text[at].isalnum()]
        text = "".join(char for char in line["text"] if char.isalnum())
        matcher = SequenceMatcher(None, text, "".join(page.text[at] for at in read), autojunk=False)
        for tag, a, b, start, end in matcher.get_opcodes():
            for at in read[start:end]:
                yield page.scores[at], tag == "equal", page.text[at], text[a:b]


def calibration(found: Sequence[Judged]) -> Iterator[str]:
    """How often characters are right by score, and what marking all below a score as weak would catch and cost."""
    wrong = sum(not right for _, right, *_ in found)
    yield "score            characters   wrong    right     below: wrong caught   marked weak"
    for low, high in pairwise(_BUCKETS):
        bucket = [right for score, right, *_ in found if low <= score < high]
        below = [right for score, right, *_ in found if score < high]
        caught, marked = below.count(False) / max(1, wrong), len(below) / max(1, len(found))
        right = f"{bucket.count(True) / len(bucket):.2%}" if bucket else "-"
        counted = f"{low:<5} to {high:<6} {len(bucket):>10,} {bucket.count(False):>8} {right:>9}"
        yield f"{counted} {caught:>15.1%} {marked:>15.2%}"


def memory(paths: Sequence[Path], workers: int) -> int:
    """Bytes held at most while two processes read pages, this process aside."""
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_warm, range(workers)))
        import psutil  # type: ignore[import-untyped]  # noqa: PLC0415

        watched = [Memory(child.pid) for child in psutil.Process().children()]
        for watch in watched:
            watch.__enter__()
        list(pool.map(_again, paths))
        for watch in watched:
            watch.__exit__()
        return sum(watch.peak for watch in watched)


def _warm(_: int) -> None:
    time.sleep(0.5)  # so that each process takes one


def _again(path: Path) -> int:
    return len(read_page(path).text)


def table(pages: Iterable[tuple[Read, Tally]]) -> Iterator[str]:
    """The errors by level, language and kind, with the level's own row first."""
    groups: dict[tuple[str, ...], Tally] = {}
    keys: tuple[tuple[str, ...], ...]
    seconds: dict[tuple[str, ...], list[float]] = {}
    for page, tally in pages:
        level, language, kind = (page.truth[key] for key in ("level", "language", "kind"))
        keys = ((level,), (level, language), (level, language, kind))
        for key in keys:
            group = groups.setdefault(key, Tally())
            for what, of in tally.of.items():
                group.add(what, tally.errors[what], of)
            seconds.setdefault(key, []).append(page.seconds)
    yield f"{'pages':<22}{'n':>3}{'placed':>9}{'in order':>10}{'marks':>8}{'words':>8}{'cells exact':>13}{'s/page':>8}"
    for names, tally in sorted(groups.items()):
        cells = f"{1 - tally.share('cells'):.1%}" if "cells" in tally.of else ""
        errors = f"{tally.share('placed'):>9.2%}{tally.share('in order'):>10.2%}{tally.share('marks'):>8.1%}"
        words = f"{tally.share('words'):.1%}" if "words" in tally.of else ""
        time_ = sum(seconds[names]) / len(seconds[names])
        yield f"{' '.join(names):<22}{len(seconds[names]):>3}{errors}{words:>8}{cells:>13}{time_:>8.2f}"


def slips(found: Sequence[Judged]) -> str:
    """What is most often read as what."""
    seen = Counter(f"{there or 'nothing'} read as {char}" for _, right, char, there in found if not right)
    most = sorted(seen.items(), key=lambda slip: (-slip[1], slip[0]))[:25]
    return "most frequent: " + "; ".join(f"{what} ({n})" for what, n in most)


def measure(paths: Sequence[Path], *, verbose: bool) -> None:
    """Read the pages, ours and the engine's own by turns, and print all but memory."""
    read_page(paths[0])
    engine_seconds(paths[0])
    done: list[tuple[Read, Tally]] = []
    found: list[Judged] = []
    quotes: list[boxes.Quoted] = []
    own = 0.0
    for path in paths:
        page, tally = read_page(path), Tally()
        own += engine_seconds(path)
        lines = on_lines(page)
        count_errors(page, lines, tally)
        wrong = count_cells(page, tally) if page.truth["cells"] else []
        print(*(wrong if verbose else ()), sep="\n", end="\n" if wrong and verbose else "", flush=True)
        found += judged(page, lines)
        quotes += boxes.check(page.truth, page.page, picture(path), lines)
        done.append((page, tally))
        if (page.turned + page.truth["turned"]) % 360:
            print(f"{path.name}: lies turned by {page.truth['turned']}, was turned by {page.turned}")
    print(*table(done), sep="\n")
    print(*calibration(found), sep="\n")
    print(slips(found))
    print(*boxes.report(quotes), sep="\n")
    ours = sum(page.seconds for page, _ in done)
    ratio = f"{own / ours:.0%} of its pages/s"
    print(f"seconds per page: {ours / len(done):.2f}, the engine's own {own / len(done):.2f}: {ratio}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the pages if need be, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=3, help="of each kind, at each level, in each language")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=ROOT / "bench" / "corpus" / "scans", help="where pages are kept")
    parser.add_argument("--only", default="", help="pages whose names hold this")
    parser.add_argument("--no-memory", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="print the cells that are wrong")
    options = parser.parse_args(arguments)
    made = make(options.corpus / f"{options.seed}", options.pages, options.seed)
    paths = [path for path in made if options.only in path.stem]
    measure(paths, verbose=options.verbose)
    if not options.no_memory:
        print(f"peak memory of two processes: {memory(paths[:12], 2) / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
