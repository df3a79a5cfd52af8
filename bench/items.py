"""How many lines of bills of quantities are read exactly: on documents made by goods.py, part by part and form by form.

A line is exact where description, quantity and unit are as they stand there. ``extra`` counts lines that stand nowhere;
a line that is wrong counts as one missed and one extra. Of the part that is only measured no lines are printed.

python bench/items.py [FOLDER] [--no-scans] [--show]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.goods import FORMS, SCANS, make  # noqa: E402

from countersight import read  # noqa: E402
from countersight.facts.goods.bill import Cite  # noqa: E402
from countersight.facts.goods.items import items  # noqa: E402
from countersight.model import Citation, Digest, Item, Locator, Page  # noqa: E402
from countersight.ports import Limits  # noqa: E402
from countersight.read import scan  # noqa: E402

FIELDS = (
    "number",
    "description",
    "brand",
    "model",
    "origin",
    "operator",
    "quantity",
    "unit",
    "unit_price",
    "total",
    "lot",
)
_NAMES = {"unit_price": "price"}
_NOTHING = Digest("0" * 64)


def pages_of(path: Path) -> Sequence[Page]:
    """The pages of a document, read as an audit reads them."""
    if path.suffix == ".jpg":
        return scan.read(path, "image/jpeg", 1, Limits()).pages
    found = read.choose(path.read_bytes()[:4096], path.name)
    if found is None:
        return ()
    return found[0].read(path, found[1], None, Limits(), _no_members).pages


def _no_members(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
    raise NotImplementedError


def cited_in(pages: Sequence[Page]) -> Cite:
    """Cites ranges of the pages of one document."""
    texts = {page.number: page.text for page in pages}

    def cite(page: int, start: int, end: int) -> Citation:
        return Citation(_NOTHING, "x", Locator("x"), page, None, start, end, texts[page][start:end])

    return cite


def told(pages: Sequence[Page]) -> tuple[Item, ...]:
    """The items of a document."""
    return items(pages, cited_in(pages))[0]


def flat(item: Item) -> dict[str, str]:
    """An item as the truth writes it."""
    paid = {name: str(money.amount) if (money := getattr(item, name)) else "" for name in ("unit_price", "total")}
    known = {name: str(value) if (value := getattr(item, name)) is not None else "" for name in FIELDS}
    return {name: "".join(value.split()) for name, value in (known | paid).items()}


def _due(line: dict[str, str]) -> dict[str, str]:
    return {name: "".join(line.get(_NAMES.get(name, name), "").split()) for name in FIELDS}


def exact(line: dict[str, str]) -> tuple[str, str, str]:
    """What must be exact."""
    return line["description"], line["quantity"], line["unit"]


def judged(due: Sequence[dict[str, str]], got: Sequence[dict[str, str]]) -> tuple[Counter[str], list[str]]:
    """Counts of lines ``due``, ``right`` and ``extra``, of wrong fields among right lines, and what differs."""
    left = list(got)
    counts: Counter[str] = Counter(due=len(due))
    said = []
    for line in due:
        match = next((one for one in left if exact(one) == exact(line)), None)
        if match is None:
            said.append(f"missed {exact(line)}")
            continue
        left.remove(match)
        counts["right"] += 1
        for name in FIELDS:
            if match[name] and match[name] != line[name]:
                counts[f"wrong {name}"] += 1
                said.append(f"{name}: {match[name]} instead of {line[name]}")
    counts["extra"] = len(left)
    return counts, [*said, *(f"extra {exact(one)}" for one in left)]


def measured(
    folder: Path, part: str, forms: Sequence[str], levels: Sequence[str]
) -> Iterator[tuple[Path, Counter[str], list[str]]]:
    """Each document of a part with its counts and differences."""
    for path in make(folder / part, part, forms, levels):
        truth = json.loads((path.parent / f"{path.name.split('.')[0]}.json").read_text(encoding="utf-8"))
        yield path, *judged([_due(line) for line in truth], [flat(item) for item in told(pages_of(path))])


def main() -> None:
    """Print a table for each part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "bench" / "corpus" / "goods")
    parser.add_argument("--no-scans", action="store_true")
    parser.add_argument("--forms", nargs="+", default=FORMS, help="forms of documents, as bench/goods.py lists them")
    parser.add_argument("--show", action="store_true", help="what differs, for the part that readers are written with")
    options = parser.parse_args()
    for part in ("writing", "measured"):
        by_form: dict[str, Counter[str]] = defaultdict(Counter)
        for path, counts, said in measured(options.folder, part, options.forms, () if options.no_scans else SCANS):
            form = path.name.split(".", 1)[1]
            by_form["scan " + form if path.suffix == ".jpg" else form].update(counts)
            if options.show and part == "writing" and said:
                print(path.name, *said, sep="\n  ")
        print(f"\n{part}\n{'':12} lines  exact  extra  wrong fields")
        for form, counts in by_form.items():
            wrong = {name[6:]: n for name, n in sorted(counts.items()) if name.startswith("wrong")}
            print(
                f"{form:12} {counts['due']:5} {counts['right'] / counts['due']:6.1%} {counts['extra']:6}  {wrong or ''}"
            )


if __name__ == "__main__":
    main()
