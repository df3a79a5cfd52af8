"""How well the fields of deals are read: on documents of factdocs.py and marked.py, part by part, precision and recall.

A field is right where it says what the document says; where it says nothing and the document does, it is missed, where
it says something else or something that is not there, it is wrong. Of the part that is only measured, nothing but the
figures is printed. ``held`` counts citations whose quote holds the value in some form.

python bench/facts.py [FOLDER] [--show]
python bench/facts.py --real ../shared/data [--show]
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.factdocs import documents  # noqa: E402
from bench.marked import records  # noqa: E402

from countersight import read  # noqa: E402
from countersight.facts.names import name  # noqa: E402
from countersight.find.clues import clues  # noqa: E402
from countersight.model import Clue, Deal, Digest, FileRow, Locator, Reading, Status  # noqa: E402
from countersight.model.outcome import Outcome  # noqa: E402
from countersight.pipeline.examine import kind  # noqa: E402
from countersight.pipeline.facting import told  # noqa: E402
from countersight.ports import Limits  # noqa: E402
from countersight.text import money, terms  # noqa: E402
from countersight.text.dates import dates  # noqa: E402
from countersight.text.normal import flatten  # noqa: E402
from countersight.text.places import district  # noqa: E402

REAL = ROOT / "tests/realdata/deals.yaml"
Facts = dict[str, str]
AIMED = ("buyer", "supplier", "reference", "value", "signed")
FIELDS = (*AIMED, "title", "agent", "budget", "award", "tender", "closing", "start", "end", "kind", "currency", "tax")
WORDS = (
    "term",
    "place",
    "warranty",
    "method",
    "funding",
    "option",
    "model",
    "leader",
    "member",
    "recipient",
    "ceiling",
)
_ROLES = ("buyer", "supplier", "agent", "leader", "member", "recipient")
_DATES = ("signed", "award", "tender", "closing", "start", "end")
_LOOSE = frozenset({"term", "place", "warranty", "method", "funding", "option"})
_OPTIONAL = frozenset(
    {"title", "start", "end", "tender", "closing", "tax"}
)  # may be said though the facts do not list them


def deals_of(path: Path) -> tuple[Deal, ...]:
    """The deals of a document, read as an audit reads it."""
    known = opened(path)
    if known is None:
        return ()
    row, reading, clues_ = known
    pages = {page.number: page for page in reading.pages}
    return told(row, [Outcome(reading, clues=clues_)], lambda _d, _m, number: pages[number]).deals


def opened(path: Path) -> tuple[FileRow, Reading, tuple[Clue, ...]] | None:
    """A document as an audit sees it: its row, its pages, and the clues on them; None where nothing reads it."""
    with path.open("rb") as stream:
        chosen = read.choose(stream.read(4096), path.name)
    if chosen is None:
        return None
    reader, media = chosen
    reading = reader.read(path, media, None, Limits(), _no_members)
    row = _row(path, media, kind(reading.pages, path.name, media))
    return row, reading, tuple(clue for page in reading.pages for clue in clues(page))


def _no_members(stream: BinaryIO, *, limit: int) -> tuple[Digest, int]:
    raise NotImplementedError


def _row(path: Path, media: str, kind: tuple[str, str] | None) -> FileRow:
    return FileRow(
        Digest.of(path.name.encode()), path.name, Locator(path.name), None, None, media,
        kind and kind[0], kind and kind[1],
        None, None, 1, None, Status.READ, None, 0, 0, (), None,
    )  # fmt: skip


def said(deal: Deal | None) -> Facts:
    """What a deal says of each field, as compared."""
    if deal is None:
        return {}
    party = {role: sorted({called(p.name) for p in deal.parties if p.role == role}) for role in _ROLES}
    found: dict[str, Any] = {role: "; ".join(names) for role, names in party.items()}
    found |= {"kind": deal.kind, "title": plain(deal.title or ""), "reference": plain(deal.reference or "")}
    found |= {f: m and number(m.amount) for f in ("value", "budget", "ceiling") for m in [getattr(deal, f)]}
    found |= {f: plain(getattr(deal, f) or "") for f in WORDS if f in _LOOSE or f == "model"}
    found |= {"currency": deal.value and deal.value.currency, "tax": deal.value and deal.value.tax}
    found |= {
        role: span.from_.isoformat() for role, span in deal.dates.items() if span.from_ == span.to and role in _DATES
    }
    return {field: str(value) for field, value in found.items() if value}


def due(facts: dict[str, Any]) -> Facts:
    """What a document says of each field, as compared."""
    wanted = {field: facts[field] for field in (*FIELDS, *WORDS) if field in facts}
    own = "contract_no" if facts.get("kind") in {"contract", "supplement", "acceptance"} else "reference"
    wanted["reference"] = facts.get(own) or facts.get("reference") or facts.get("contract_no") or ""
    for role in _ROLES:
        named = facts.get(role, ())
        wanted[role] = "; ".join(sorted(map(called, [named] if isinstance(named, str) else named)))
    for field in ("value", "budget", "ceiling"):
        if field in wanted:
            wanted[field] = number(Decimal(wanted[field]))
    if "end" in wanted and "start" not in facts:
        wanted.setdefault("end", facts["end"])
    worded = {"title", "reference", *WORDS} - {*_ROLES, "ceiling"}
    return {f: plain(str(v)) if f in worded else str(v) for f, v in wanted.items() if v}


def _same(field: str, have: str | None, want: str | None) -> bool:
    """Whether a field is right; of words one may say more than the other."""
    if field in _LOOSE and have and want:
        return have in want or want in have
    return have == want


def _sources() -> Iterator[tuple[str, bytes, dict[str, Any], str, tuple[str, ...]]]:
    """All records, with the fields that their facts tell: those of marked ones all of them."""
    for made in documents():
        yield *made, FIELDS
    for name_, data, facts, part in records():
        yield name_, data, facts, f"marked {part}", (*FIELDS, *WORDS)


def number(amount: Decimal) -> str:
    """An amount as compared."""
    return format(amount.normalize(), "f")


def called(text: str) -> str:
    """The name of a body as compared: an article or “M/s” is no part of it."""
    return plain(re.sub(r"^(?:the\s|m/s\b\.?\s*)", "", text.strip(), flags=re.IGNORECASE))


def plain(text: str) -> str:
    """Words as compared."""
    return re.sub(r"[\s.,]+", "", flatten(name(text)))


def unheld(deal: Deal) -> Iterator[str]:
    """Fields whose quote does not hold what the deal says of them."""
    for field, citation in deal.citations.items():
        quote = citation.quote
        if field in deal.computed or field == "model":
            continue
        if field == "district":
            if district(quote) != deal.district:
                yield f"{field}: {quote!r} for {deal.district!r}"
        elif field in deal.dates:
            first = deal.dates[field].from_
            spans = [span for _, span in dates(quote)]
            holds = (
                any(s.from_ == first for s in spans) or first.isoformat() in quote or first.strftime("%Y%m%d") in quote
            )
            if not holds and not all(str(int(part) % 2000) in quote for part in first.isoformat().split("-")):
                yield f"{field}: {quote!r}"
        elif field in {"value", "budget", "ceiling", "bill_total"}:
            amount = getattr(deal, field).amount
            figures = quote.replace(",", "").replace(" ", "")
            scaled = {number(amount / scale) for scale in (1, 10**4, 10**6, 10**8)}
            if not any(one.amount == amount for one in money.amounts(quote, "元")) and not any(
                each in figures for each in scaled
            ):
                yield f"{field}: {quote!r}"
        else:
            value = next((p.name for p in deal.parties if p.role == field), None) or getattr(deal, field, None) or ""
            if plain(str(value)) not in plain(quote):
                yield f"{field}: {quote!r} for {value!r}"


def measure(folder: Path, *, show: bool) -> tuple[dict[str, dict[str, Counter[str]]], int, list[str]]:
    """Right, wrong and missed by part and field; citations in all; those that do not hold their value."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    cited, bad = 0, []
    for file, data, facts, part, fields in _sources():
        path = folder / file.replace("/", "-")
        path.write_bytes(data)
        found = deals_of(path)
        have, want = said(found[0] if found else None), due(facts)
        for one in found:
            cited += len(one.citations)
            bad += [f"{file}: {what}" for what in unheld(one)]
        shown = show and not part.endswith("measured")
        tally(counts[part], have, want, _asked(fields, found, want), file if shown else "")
        if len(found) > 1 and shown:
            print(f"{file}: {len(found)} deals")
    return counts, cited, bad


def tally(counts: dict[str, Counter[str]], have: Facts, want: Facts, fields: Iterable[str], shown: str) -> None:
    """Count each field as right, wrong or missed; under the name ``shown``, if any, print what is not right."""
    for field in fields:
        a, b = have.get(field), want.get(field)
        verdict = ("right" if _same(field, a, b) else "wrong") if a else "missed" if b else ""
        if verdict:
            counts[field][verdict] += 1
        if shown and verdict in {"wrong", "missed"}:
            print(f"{shown}: {field} {verdict}: {a} for {b}")


def real(folder: Path, *, show: bool, under: str | tuple[str, ...] = "") -> dict[str, dict[str, Counter[str]]]:
    """The same of real records below a folder, as they were read by eye; what is in doubt is not counted.

    ``under`` is what the names of the records begin with that are read.
    """
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    read_ = lru_cache(maxsize=1)(deals_of)
    for part, records_ in yaml.safe_load(REAL.read_text(encoding="utf-8")).items():
        for name_, facts in records_.items():
            if not name_.startswith(under):
                continue
            file, _, nth = name_.partition("#")
            found = read_(folder / file)[int(nth or 1) - 1 :][:1]
            have, want = said(found[0] if found else None), due(_as_due(facts))
            fields = {*FIELDS, *WORDS} - {"currency", "tax", "model", *facts.get("doubtful", ())}
            tally(counts[f"real {part}"], have, want, sorted(fields), name_[-50:] if show and part == "tuned" else "")
    return counts


def _as_due(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as records made by script have them: an amount apart from its currency, no kind where there is no deal."""
    money_ = {field: facts[field].split()[0] for field in ("value", "budget", "ceiling") if field in facts}
    kind_ = {"kind": ""} if facts.get("kind") in {"statute", "other"} else {}
    return facts | money_ | kind_


def _asked(fields: Iterable[str], found: Sequence[Deal], want: Facts) -> list[str]:
    """The fields that count: of those that the facts need not list, the ones that they do.

    Of two days that they list, a term may repeat the words: one that gives no length.
    """
    spelt = {"start", "end"} <= want.keys() and bool(found) and terms.length(found[0].term or "") is None
    return [f for f in fields if f in want or not (f in _OPTIONAL or (f == "term" and spelt))]


def table(counts: dict[str, dict[str, Counter[str]]]) -> Iterator[str]:
    """The figures, a line a field."""
    for part in sorted(counts):
        yield f"{part:10}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}"
        for field in (*FIELDS, *WORDS):
            own = counts[part][field]
            right, wrong, missed = own["right"], own["wrong"], own["missed"]
            if right + wrong + missed:
                precision = right / (right + wrong) if right + wrong else float("nan")
                recall = right / (right + wrong + missed)
                yield f"  {field:9}{right:6}{wrong:7}{missed:8}{precision:11.3f}{recall:8.3f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "folder", type=Path, nargs="?", help="where the documents are written; by default nowhere to stay"
    )
    parser.add_argument("--show", action="store_true", help="what is wrong or missed in the part that was tuned on")
    parser.add_argument("--real", type=Path, metavar="FOLDER", help="real records below this folder, in place of those")
    options = parser.parse_args(arguments)
    if options.real:
        print("\n".join(table(real(options.real, show=options.show))))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        counts, cited, bad = measure(folder, show=options.show)
    print("\n".join(table(counts)))
    print(f"{cited - len(bad)} of {cited} citations hold their value")
    if options.show:
        print("\n".join(bad))


if __name__ == "__main__":
    main()
