"""Counts on how many pages of ordinary records each concept has a word, and writes ``find/data/rarity.json``.

``python bench/rarity.py FOLDER...`` takes the PDFs of some folders; each folder counts the same, however many pages it
has. Only the speed of matching hangs on the file: what it does not know is guessed.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.matching import pdf_pages  # noqa: E402

from countersight.find import RuleDetector, load  # noqa: E402
from countersight.find.rarity import FILE  # noqa: E402
from countersight.model import Page  # noqa: E402


def shares(detector: RuleDetector, folder: Path) -> Counter[str]:
    """The share of a folder's pages on which each concept has a word."""
    texts = list(pdf_pages(folder))
    found = Counter(name for text in texts for name in detector.sight(Page(1, text)).names())
    return Counter({name: count / len(texts) for name, count in found.items()})


def main() -> None:
    """Write the file."""
    folders, detector = [Path(argument) for argument in sys.argv[1:]], RuleDetector(load())
    total = sum((shares(detector, folder) for folder in folders), Counter[str]())
    counted = {name: round(total[name] / len(folders), 4) for name in sorted(detector.concepts)}
    FILE.write_text(json.dumps(counted, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
