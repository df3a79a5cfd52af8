"""Days as lists write them."""

from __future__ import annotations

import re

from countersight.model import DateSpan

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?",
        r"(?P<y>\d{4})-(?P<m>\d{1,2})",
        r"(?P<y>\d{4})(?P<s>[/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})",
        r"(?P<y>\d{4})年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?",
        r"(?P<y>\d{4})",
        r"(?P<d>\d{1,2})[ -](?P<n>[A-Za-z]{3,})\.?[ -](?P<y>\d{4})",
        r"(?P<n>[A-Za-z]{3,})\.? (?P<d>\d{1,2}),? (?P<y>\d{4})",
        r"(?P<n>[A-Za-z]{3,})\.? (?P<y>\d{4})",
    )
)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})")
_THIS_CENTURY = 70  # a year of two figures below this is 20xx


def day(text: str, *, order: str = "dmy") -> DateSpan | None:
    """A date, or month or year as an interval; None where it is none.

    2019-10-09, 2019/10/9, 2019年10月9日, 09 Oct 2019, October 9, 2019, Oct 2019, 2019; else, with slashes or dots, in
    the ``order`` the list keeps (``dmy`` or ``mdy``), 00 standing for an unknown day or month.
    """
    text = " ".join(text.split())
    if found := _SLASHED.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        month, of_month = (second, first) if order == "dmy" else (first, second)
        return _span(year + (0 if year > 99 else 2000 if year < _THIS_CENTURY else 1900), month, of_month, text)  # noqa: PLR2004
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            named = _month(parts["n"]) if parts.get("n") else int(parts.get("m") or 0)
            return None if named is None else _span(int(parts["y"]), named, int(parts.get("d") or 0), text)
    return None


def _month(name: str) -> int | None:
    return next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), None)


def _span(year: int, month: int, of_month: int, text: str) -> DateSpan | None:
    try:
        return DateSpan.of(year, month or None, of_month or None if month else None, text=text)
    except ValueError:
        return None
