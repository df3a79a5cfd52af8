"""How well named parts are found: on the passages and small tables of tests/corpus/parts.jsonl, part by part.

A part is found where its name (one may say more than the other) and its maker are; its count is right where number and
operator are as written. What ``may`` be named counts neither way. Of ``measured`` and ``fresh``, which nobody widened
the readers on, no lines are printed.

python bench/parts.py [--show]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.items import cited_in, pages_of  # noqa: E402

from countersight.facts.goods.components import components  # noqa: E402
from countersight.facts.goods.items import items  # noqa: E402
from countersight.facts.goods.makers import maker_of  # noqa: E402
from countersight.model import Component, Page  # noqa: E402

LABELLED = ROOT / "tests" / "corpus" / "parts.jsonl"


def records() -> Iterator[dict[str, Any]]:
    """The labelled passages and tables."""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def named(record: dict[str, Any], folder: Path) -> tuple[Component, ...]:
    """The parts that are found in a passage, or in a table as a web page has it."""
    pages: Sequence[Page] = [Page(1, record.get("text", ""), None)]
    if rows := record.get("rows"):
        path = folder / "table.html"
        cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
        path.write_text(f"<!doctype html><meta charset=utf-8><table><tr>{'<tr>'.join(cells)}</table>", "utf-8")
        pages = pages_of(path)
    cite = cited_in(pages)
    return components(pages, items(pages, cite)[0], cite)


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum() or char == "+")


def is_named(found: Component, due: dict[str, Any]) -> bool:
    """Whether a part is the one that is due: by name and maker."""
    one, other = _plain(found.name), _plain(due["name"])
    made = {_plain(maker) for name in due["makers"] for maker in (name, maker_of(name)) if maker}
    return (one in other or other in one) and min(len(one), len(other)) > 1 and _made(found.maker, made)


def _made(maker: str | None, made: set[str]) -> bool:
    return any(_plain(maker or "") in one or one in _plain(maker or "") for one in made) if maker else not made


def judged(record: dict[str, Any], found: Sequence[Component]) -> tuple[Counter[str], list[str]]:
    """Counts of parts ``due``, ``right`` (of them ``counted`` and ``alternative``), ``extra``; and what differs."""
    left, counts, said = list(found), Counter(due=len(record["parts"])), []
    for due in record["parts"]:
        match = next((one for one in left if is_named(one, due)), None)
        if match is None:
            said.append(f"missed {due['name']}")
            continue
        left.remove(match)
        counts["right"] += 1
        same = (match.quantity, match.operator) == (due["quantity"], due["operator"])
        counts["counted"] += same
        counts["alternative"] += match.alternative == due["alternative"]
        if not same:
            said.append(f"{match.name}: {match.operator} {match.quantity} for {due['operator']} {due['quantity']}")
        if match.alternative != due["alternative"]:
            said.append(f"{match.name}: alternative {match.alternative}")
    may = [_plain(name) for name in record.get("may", ())]
    extra = [one for one in left if not any(_plain(one.name) in name or name in _plain(one.name) for name in may)]
    counts["extra"] = len(extra)
    return counts, [*said, *(f"extra {one.name} by {one.maker}" for one in extra)]


def main() -> None:
    """Print a line for each part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="what differs, for the part that readers are written with")
    options = parser.parse_args()
    totals: dict[str, Counter[str]] = {"writing": Counter(), "measured": Counter(), "fresh": Counter()}
    with tempfile.TemporaryDirectory() as scratch:
        for record in records():
            counts, said = judged(record, named(record, Path(scratch)))
            totals[record["part"]].update(counts)
            if options.show and record["part"] == "writing" and said:
                print(record["id"], *said, sep="\n  ")
    print(f"{'':10} parts  precision  recall  number right  alternative right")
    for part, sums in totals.items():
        right = sums["right"]
        precision, recall = right / (right + sums["extra"]), right / sums["due"]
        shares = sums["counted"] / right, sums["alternative"] / right
        print(f"{part:10} {sums['due']:5} {precision:10.3f} {recall:7.3f} {shares[0]:13.3f} {shares[1]:18.3f}")


if __name__ == "__main__":
    main()
