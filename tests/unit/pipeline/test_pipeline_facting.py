"""Facts of one source: what all words around speak against is left out and asked about, and never the whole deal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest

from countersight.facts.fields import field_clues
from countersight.model import Clue, Deal, Digest, FileRow, Locator, Page, Status
from countersight.model.outcome import Outcome
from countersight.pipeline import facting

TEXT = "采购合同\n甲方：澜溪县公安局\n乙方：晨星科技有限公司\n合同总价：￥120,000.00元\n"


class Weighing:
    """Doubts what clues say of ``field``, and finds nothing more."""

    field = "value"

    def __init__(self, *_: Any) -> None:
        pass

    def doubtful(self, _: Deal, clues: Sequence[Clue]) -> Iterator[tuple[str, float, list[Clue]]]:
        held = [clue for clue in clues if clue.field == self.field]
        if held:
            yield self.field, 0.01, held

    def lacking(self, *_: Any) -> list[Clue]:
        return []


def deals(text: str) -> tuple[Deal, ...]:
    digest, page = Digest.of(b"x"), Page(1, text, paged=False)
    row = FileRow(
        digest, "x.txt", Locator("x.txt"), None, None, "text/plain", "contract", None, None, None, 1, None,
        Status.READ, None, 0, 0, (), None,
    )  # fmt: skip
    clues = tuple(field_clues(page))
    reading: Any = None
    return facting.told(row, [Outcome(reading, clues=clues)], lambda *_: page).deals


def test_what_is_in_doubt_is_left_out_and_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facting, "Weighing", Weighing)
    (deal,) = deals(TEXT)
    (asked,) = deal.questions
    assert deal.value is None
    assert asked.what == "value: “￥120,000.00元” is left out; the words around speak against it (0.01)."
    assert asked.citations[0].quote == "￥120,000.00元"


def test_what_is_not_in_doubt_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Weighing, "field", "award")
    monkeypatch.setattr(facting, "Weighing", Weighing)
    (deal,) = deals(TEXT)
    assert deal.value
    assert (deal.value.amount, deal.questions) == (Decimal(120_000), ())


def test_a_deal_of_which_all_is_in_doubt_is_told_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facting, "Weighing", Weighing)
    (deal,) = deals("采购合同\n合同总价：￥120,000.00元\n")
    assert deal.value
    assert not deal.questions
