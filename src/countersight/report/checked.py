"""What a sample of the pages without findings says of what the rules miss, in words and as a record."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from countersight.model import Digest, FileRow, codec
from countersight.report.show import share
from countersight.sample import Sample

SHEET, FORM = "sheet.html", "sheet.csv"
"""The files of a sampling sheet: to be read, and to be filled in."""

_STEPS = 1000  # a share is given in tenths of a percent


@dataclass(frozen=True, slots=True)
class Checked:
    """A sample as told: its sentences, and the pages that were found to hold something, each by name and number."""

    sentences: tuple[str, ...]
    missed: tuple[tuple[str, int], ...]


def checked(sample: Sample, files: Iterable[FileRow], cover: tuple[Digest, Digest, Digest]) -> Checked:
    """A sample in words. ``cover`` are the digests of evidence, rules and code as they are now."""
    names: Mapping[Digest | None, str] = {file.digest: file.name for file in files}
    missed = tuple((names.get(digest, digest[:16]), number) for digest, number in sample.missed)
    return Checked(tuple(_sentences(sample, current=is_current(sample, cover))), missed)


def is_current(sample: Sample, cover: tuple[Digest, Digest, Digest]) -> bool:
    """Whether evidence, rules and program are still what the pages were drawn with."""
    return (sample.draw.root, sample.draw.rules, sample.draw.code) == cover


def record(sample: Sample, cover: tuple[Digest, Digest, Digest]) -> dict[str, Any]:
    """A line of ``samples``: the draw, who answered, the counts, and the bounds on the share of pages missed."""
    draw, missed = sample.draw, [{"digest": digest, "page": number} for digest, number in sample.missed]
    told = {"id": f"sample-{draw.n}", "at": draw.at, "seed": draw.seed, "population": draw.population}
    found = asdict(sample.estimate) | {"unanswered": sample.estimate.unanswered}
    told |= {"by": sample.by, "answered": sample.at, "missed": missed, "current": is_current(sample, cover)}
    return {name: codec.plain(value) for name, value in (told | found).items()}


def upper(bound: float) -> str:
    """A bound as a percentage, rounded up."""
    return share(math.ceil(bound * _STEPS) / _STEPS)


def _sentences(sample: Sample, *, current: bool) -> Iterator[str]:
    draw, found = sample.draw, sample.estimate
    yield (
        f"{found.drawn:,} of the {_pages(draw.population)} on which no rule found anything were drawn by lot on"
        f" {draw.at[:10]} (seed “{draw.seed}”)."
    )
    if sample.by is None or sample.at is None:
        yield "Nobody has given answers yet: nothing is known of what the rules missed on them."
        return
    left = f"; {_pages(found.unanswered)} still without an answer" if found.unanswered else ""
    yield (
        f"{_pages(found.drawn - found.unanswered)} read by {sample.by}, answers given on {sample.at[:10]}: on"
        f" {found.relevant:,} the rules missed something, on {found.not_relevant:,} nothing, and"
        f" {found.unreadable:,} could not be judged{left}."
    )
    yield from _bounds(sample)
    if not current:
        yield "Evidence, rules or program have changed since the draw: the pages without findings may be others now."


def _bounds(sample: Sample) -> Iterator[str]:
    draw, found = sample.draw, sample.estimate
    if found.drawn == draw.population and not found.unanswered and not found.unreadable:
        yield "These were all such pages: nothing is estimated."
        return
    if found.relevant + found.not_relevant:
        most = min(draw.population, math.floor(found.bound * draw.population))
        yield (
            f"With {share(found.confidence)} confidence at most {upper(found.bound)} of such pages hold something that"
            f" the rules missed ({most:,} of {draw.population:,})."
        )
    if found.unreadable:
        yield f"If all that could not be judged did, it were at most {upper(found.worst)}."
    if found.unanswered:
        yield "The sample is not finished: these bounds hold only if the pages answered were not chosen."


def _pages(number: int) -> str:
    return f"{number:,} page{'s' if number != 1 else ''}"
