"""Amounts in the cells of bills of quantities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from countersight.facts.heads import Priced, priced
from countersight.model import Money
from countersight.text.normal import flatten
from countersight.text.quantity import plain, tidy

_SIGN = r"(?:rmb|cny|usd|eur|gbp|hkd|kzt|us\$|hk\$|[¥$€£₸]|人民币)"
_AMOUNT = re.compile(
    rf"{_SIGN}?\s?(?P<figure>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<scale>[万亿]?)"
    rf"(?:元整?|美元|欧元|{_SIGN}|euros?|yuan)?(?:\s?/\s?[^\W\d]{{1,8}})?(?:\s?\(.{{0,12}}\))?"
)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as a cell says it: in whole units of its currency, and how far the figure as written may be off."""

    money: Money
    off: Decimal


def amount(text: str, column: Priced) -> Amount | None:
    """The amount a cell says, read as its column is written; None where it says anything else."""
    said = flatten(plain(text)).strip()
    found = _AMOUNT.fullmatch(said)
    if not found:
        return None
    own = priced([said])
    bare = not found["scale"] and not own.currency
    scale = column.scale if bare else Decimal({"万": 10_000, "亿": 100_000_000}.get(found["scale"], 1))
    figure = Decimal(found["figure"].replace(",", ""))
    exponent = figure.as_tuple().exponent
    last = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    off = last * scale / 2 if scale > 1 else min(last, _CENT) / 2
    return Amount(Money(tidy(figure * scale), own.currency or column.currency, own.tax or column.tax), off)
