"""Measures what share of a whole audit rules and facts of contracts take: one process, processor time, one run.

``python bench/shares.py FOLDER`` audits the PDFs of a folder into a case that is thrown away. Each part is measured
around the calls that an audit itself makes: what a part causes elsewhere (storing, the dossier) counts as the audit's.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from countersight.case import Case
from countersight.find import RuleDetector
from countersight.pipeline import examine, facting
from countersight.ports import Done
from countersight.store.config import Config

PARTS: dict[str, tuple[tuple[type | ModuleType, str], ...]] = {
    "rules": ((RuleDetector, "detect"),),
    "facts": ((examine, "clues"), (facting, "told"), (facting, "joined")),
}
_ALL = "whole audit"


class Here:
    """Runs everything in this process, where it can be timed."""

    name = "here"

    def prepare(self, modules: Sequence[str]) -> None:
        """Import the modules."""
        for module in modules:
            import_module(module)

    def run(self, task: Callable[[Any], Any], items: Iterable[tuple[str, Any]], *_: Any, **__: Any) -> Iterator[Done]:
        """Outcomes in the order of the items."""
        for key, item in items:
            yield Done(key, task(item))


@contextmanager
def timed(spent: defaultdict[str, float]) -> Iterator[None]:
    """Counts the seconds of processor time that each part takes."""
    begun = time.process_time()
    patches = [
        patch.object(owner, name, _timing(getattr(owner, name), part, spent))
        for part, calls in PARTS.items()
        for owner, name in calls
    ]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        patch.stopall()
        spent[_ALL] = time.process_time() - begun


def _timing(call: Callable[..., Any], part: str, spent: defaultdict[str, float]) -> Callable[..., Any]:
    def run(*args: Any, **named: Any) -> Any:
        begun = time.process_time()
        try:
            made = call(*args, **named)
            return [*made] if isinstance(made, Iterator) else made
        finally:
            spent[part] += time.process_time() - begun

    return run


def main() -> None:
    """Print the share of each part."""
    paths = sorted(Path(sys.argv[1]).rglob("*.pdf"))
    spent: defaultdict[str, float] = defaultdict(float)
    with tempfile.TemporaryDirectory() as scratch, timed(spent):
        summary = Case.create(Path(scratch) / "case", Config()).audit(paths, Here(), ocr=False)
    print(f"{summary.pages} pages, {spent[_ALL]:.1f} s of processor time")
    for part in PARTS:
        print(f"{part:6} {spent[part]:6.2f} s  {spent[part] / spent[_ALL]:.1%}")


if __name__ == "__main__":
    main()
