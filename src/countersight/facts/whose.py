"""Whose name a bare “Name” gives: that of whom the line above says."""

from __future__ import annotations

import re

from countersight.facts.labels import labelled
from countersight.facts.values import NAMES
from countersight.text.roles import pattern

_BACK, _LONGEST = 160, 60  # characters above a label, and of a line that says whose it is
_SECTION = re.compile(
    rf"(拟定供应商|economic operator|{pattern('buyer', 'agent', 'supplier')})[^\n]{{0,16}}$", re.IGNORECASE
)
_MINISTRY = re.compile(r"\s*(?:ministry|state name)(?:/[^:\n]{1,30})?\s?:", re.IGNORECASE)
"""The line above the name of an organisation of a state."""


def whose(text: str, at: int) -> tuple[str, int, str] | None:
    """What a bare 名称 is the name of, by the line above that says so."""
    before = text[max(0, at - _BACK) : at]
    behind = [word for word in before.split()[-1:] if not word.isascii()]  # in a text of one line
    for line in (*behind, *reversed(before.splitlines())):
        if _MINISTRY.match(line):
            return "buyer", 0, ""
        plain = line.strip(" \t:：")
        found = _SECTION.search(plain) if len(plain) < _LONGEST else None
        known = labelled(found[1] if found else plain)
        if known and (found or known[0] in NAMES):
            return known[0], max(known[1], 1), ""
    return None
