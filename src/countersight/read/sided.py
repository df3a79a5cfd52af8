"""Forms without rules that describe a good each: labels of what bills say, and what they label beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from countersight.facts.goods.heads import role
from countersight.read.grid import Slot
from countersight.read.headed import Line

_LABEL = 16  # characters of a label
_FEWEST = 3  # labels of different kinds
_FAR = 2.5  # times the height of a line: lines further apart are not of one form
_NAMES = {"description", "article", "model"}

Cells = dict[Slot, list[int]]


def forms(lines: Sequence[Line], size: float) -> Iterator[tuple[float, Cells]]:
    """The forms among lines of print: the height each begins at and the characters of its cells."""
    run: list[Line] = []
    for line in lines:
        far = bool(run) and line.y - run[-1].y > _FAR * size
        if far or not (_labels(line) or _is_value(line, run)):
            yield from _form(run)
            run = []
        if _labels(line) or _is_value(line, run):
            run.append(line)
    yield from _form(run)


def _labels(line: Line) -> list[str]:
    """What the labels of a line say that values follow: the first of its words, and every other one."""
    words = line.words[::2]
    said = [role(word.text) or "" for word in words if len(word.text) <= _LABEL]
    return said if len(line.words) % 2 == 0 and len(said) == len(words) and all(said) else []


def _is_value(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line goes on with a value: one word, right of the labels."""
    labels = [one.words[0] for one in run if _labels(one)]
    return bool(labels) and len(line.words) == 1 and line.words[0].piece.x0 > max(word.piece.x1 for word in labels)


def _form(run: Sequence[Line]) -> Iterator[tuple[float, Cells]]:
    """A form, if its labels are those of a good: a row for each line that begins with one."""
    labelled = [line for line in run if _labels(line)]
    said = {one for line in labelled for one in _labels(line)}
    right = max((line.words[0].piece.x1 for line in labelled), default=0.0)
    beside = all(line.words[1].piece.x0 > right for line in labelled)
    if len(labelled) < 2 or len(said) < _FEWEST or "quantity" not in said or not said & _NAMES or not beside:  # noqa: PLR2004
        return
    cells: Cells = {}
    for line in run:
        row = min(range(len(labelled)), key=lambda n: abs(labelled[n].y - line.y))
        for column, word in enumerate(line.words, len(line.words) == 1):
            cells.setdefault(Slot(row, column, row, column), []).extend(word.piece.glyphs)
    yield min(word.piece.y0 for line in run for word in line.words), cells
