"""Measures a whole audit against bare PDFium text extraction: the same files, the same number of processes, one run.

``python bench/speed.py [--files N] [--pages N] [--workers N]`` makes a corpus where there is none (see corpus.py) and
reads it once, so that no disk is measured. It prints pages per second, their ratio, peak memory and the share of time
that a second audit takes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil  # type: ignore[import-untyped]
import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.corpus import make  # noqa: E402

_RANGE = 250  # pages of one piece of bare work, so that one long file keeps every process busy
_SAMPLE = 0.25  # seconds between looks at memory
_READ = (0, 3)  # exit codes of an audit that is done


@dataclass(frozen=True, slots=True)
class Run:
    """What a run took: seconds of wall clock, and bytes of memory at its peak, summed over its processes."""

    seconds: float
    peak: int


class Memory:
    """Watches a process and all below it, until left; ``peak`` is the highest sum seen, shared pages counted once."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._root = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_SAMPLE):
            self.peak = max(self.peak, sum(map(_held, [self._root, *_below(self._root)])))


def _below(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def _held(process: psutil.Process) -> int:
    """Bytes a process holds: its proportional share where the system tells (Linux), else its resident set."""
    try:
        held = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(held, "pss", 0) or held.rss)


def _extract(path: Path, first: int, last: int) -> int:
    """Characters of the pages ``[first, last)``, by nothing but PDFium."""
    document = pypdfium2.PdfDocument(path)
    count = 0
    for number in range(first, min(last, len(document))):
        page = document[number]
        text = page.get_textpage()
        count += len(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return count


def bare(paths: Sequence[Path], workers: int) -> tuple[float, int]:
    """Seconds, processes started included, and pages of extracting every page's text."""
    began = time.perf_counter()
    pages = {path: _pages(path) for path in paths}
    work = [(path, first, first + _RANGE) for path in paths for first in range(0, pages[path], _RANGE)]
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_extract, *zip(*work, strict=True)))
    return time.perf_counter() - began, sum(pages.values())


def _pages(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def audit(folder: Path, case: Path, workers: int, *, watched: bool = False) -> Run:
    """One audit of the folder by the program itself, in processes of its own. Raises SystemExit where it fails.

    Watching memory costs time, so a run is either watched or timed.
    """
    program = [sys.executable, "-m", "countersight"]
    installed = Path(sys.executable).with_name("countersight")
    command = [str(installed)] if installed.exists() else program
    began = time.perf_counter()
    words = ["audit", str(folder), "--case", str(case), "--workers", str(workers)]
    quiet, heard = subprocess.DEVNULL, subprocess.PIPE
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as installed
    with (
        subprocess.Popen([*command, *words], stdout=quiet, stderr=heard, env=kept) as process,
        Memory(process.pid) if watched else nullcontext() as memory,
    ):
        _, complaints = process.communicate()
    if process.returncode not in _READ:
        raise SystemExit(f"the audit ended with {process.returncode}:\n{complaints.decode(errors='replace')[-2000:]}")
    return Run(time.perf_counter() - began, memory.peak if memory else 0)


def report(pages: int, extraction: float, audits: Sequence[Run], workers: int) -> str:
    """The table that is printed."""
    first, second, watched = audits
    ratio, again = extraction / first.seconds, second.seconds / first.seconds
    rows = [
        ("pages, processes", f"{pages:,}, {workers}"),
        ("bare PDFium", f"{pages / extraction:,.0f} pages/s ({extraction:.1f} s)"),
        ("whole audit", f"{pages / first.seconds:,.0f} pages/s ({first.seconds:.1f} s)"),
        ("audit / bare", f"{ratio:.1%}"),
        ("peak memory", f"{watched.peak / 1e6:,.0f} MB"),
        ("second audit", f"{second.seconds:.2f} s, {again:.1%} of the first"),
    ]
    return "\n".join(f"{name:<18}{value}" for name, value in rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the corpus if need be, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=15)
    parser.add_argument("--pages", type=int, default=1000, help="of each file")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--corpus", type=Path, default=ROOT / "bench" / "corpus", help="where corpora are kept")
    parser.add_argument("--folder", type=Path, help="measure on the PDFs of this folder instead")
    parser.add_argument("--bare", action="store_true", help="measure the bare extraction only")
    options = parser.parse_args(arguments)
    folder = options.folder or options.corpus / f"{options.files}x{options.pages}"
    if options.folder:
        paths = sorted(folder.rglob("*.pdf"))
    else:
        paths = make(folder, options.files, options.pages, options.workers)
    options.corpus.mkdir(parents=True, exist_ok=True)
    for path in paths:
        path.read_bytes()
    extraction, pages = bare(paths, options.workers)
    if options.bare:
        print(f"bare PDFium: {pages / extraction:,.0f} pages/s ({extraction:.1f} s, {options.workers} processes)")
        return
    with tempfile.TemporaryDirectory(dir=options.corpus) as scratch:
        first = audit(folder, Path(scratch) / "case", options.workers)
        second = audit(folder, Path(scratch) / "case", options.workers)
        watched = audit(folder, Path(scratch) / "other", options.workers, watched=True)
    print(report(pages, extraction, (first, second, watched), options.workers))


if __name__ == "__main__":
    main()
