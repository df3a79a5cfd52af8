"""What part a company may have had, as role and rung suggest: axis C of the domain guide, §1.1. People decide."""

from __future__ import annotations

from countersight.model import RUNGS

ROLES = ("supplier", "component", "operator", "conduct")
"""What a rule's passage makes of the company: it supplies a system, a part of one, runs one, or behaves so and so."""

_BY_FAMILY = {"SUP": "component", "OWN": "conduct", "CON": "conduct", "GOV": "conduct"}
_SIGNED = RUNGS.index("E5")
_WORDS = {
    "supplier": ("directly_linked", "the record names a contract, a delivery or use of what is flagged"),
    "component": ("directly_linked", "the record names a part by its maker; whether the maker knew is not said"),
    "operator": ("contribute", "the record gives the company a part in designing, financing or running it"),
}


def role(family: str) -> str:
    """The role of rules of a family that name none."""
    return _BY_FAMILY.get(family, ROLES[0])


def involvement(role: str, rung: str) -> tuple[str, str]:
    """What is suggested (``contribute``, ``directly_linked`` or ``none_shown``; never ``cause``), and why.

    Below rung E5 nothing was signed, so that nothing links a company to it.
    """
    if role == "conduct":
        return "none_shown", "the flag is about conduct, not about a part in an impact"
    if RUNGS.index(rung) < _SIGNED:
        return "none_shown", f"a record of rung {rung} shows no contract"
    return _WORDS[role]
