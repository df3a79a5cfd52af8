"""Amounts in the cells of bills of quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from countersight.facts.goods.heads import Priced, priced
from countersight.model import Money
from countersight.text.money import amounts
from countersight.text.normal import flatten
from countersight.text.quantity import plain, tidy, unbroken

_REST = re.compile(r"整?(?:\s?/\s?[^\W\d]{1,8})?(?:\s?\(.{0,12}\))?")  # what a cell may say behind an amount
_PLACES = re.compile(r"\.(\d+)")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a cell says it: in whole units of its currency, and how far the figure as written may be off."""

    money: Money
    off: Decimal


def amount(text: str, column: Priced) -> Amount | None:
    """The amount a cell says, read as its column is written; None where it says anything else."""
    said = flatten(plain(unbroken(text))).strip()
    found = next(amounts(said, "-"), None)
    if found is None or found.capitals or found.start or not _REST.fullmatch(said, found.end):
        return None
    own = priced([said])
    bare = found.scale == 1 and not own.currency
    scale = column.scale if bare else Decimal(found.scale)
    places = _PLACES.search(said, 0, found.end)
    last = Decimal(1).scaleb(-len(places[1]) if places else 0)
    off = last * scale / 2 if scale > 1 else min(last, _CENT) / 2
    value = found.amount * (column.scale if bare else 1)
    return Amount(Money(tidy(value), own.currency or column.currency, own.tax or column.tax), off)
