"""What a reviewer gives of bodies, made into a verdict: which bodies and names are meant, and that it can stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from countersight.errors import UsageError
from countersight.model import Organisation
from countersight.text import orgkey
from countersight.verdict import MERGE, SPLIT, UNDO, Verdict

_LIST = "`countersight organisations CASE list` prints ids and names"


def found(bodies: Iterable[Organisation], named: str) -> Organisation:
    """The body of this id or name. Raises UsageError where there is none, or several."""
    key = orgkey.key(named)
    known = [one for one in bodies if one.id == named or any(orgkey.key(name) == key for name, _, _ in one.names)]
    if len(known) == 1:
        return known[0]
    if known:
        raise UsageError(
            f"{named!r} is a name of {len(known)} bodies: {', '.join(one.id for one in known)}", way_out="give its id"
        )
    raise UsageError(f"no body {named!r} is named in this case", way_out=_LIST)


def merging(bodies: Sequence[Organisation], one: str, other: str, by: str, why: str) -> Verdict:
    """That two bodies are one. Raises UsageError where they are already, or are not there."""
    first, second = found(bodies, one), found(bodies, other)
    if first.id == second.id:
        raise UsageError(f"“{one}” and “{other}” are one body already ({first.id})", way_out="nothing to do")
    return Verdict(MERGE, first.keys[0], (second.keys[0],), (first.names[0][0], second.names[0][0]), *_signed(by, why))


def splitting(bodies: Sequence[Organisation], one: str, name: str, by: str, why: str) -> Verdict:
    """That a name of a body is another body's. Raises UsageError where it is not its name, or its only one."""
    body = found(bodies, one)
    key = orgkey.key(name)
    own = [held for held in body.keys if held == key or held.startswith((f"{key} @", f"{key} #"))]
    others = tuple(held for held in body.keys if held not in own)
    if not own or not others:
        raise UsageError(
            f"“{name}” is {'the only name' if own else 'no name'} of {body.id}",
            way_out="`countersight organisations CASE show ID` prints its names",
        )
    rest = tuple(said for said, _, _ in body.names if orgkey.key(said) != key)
    return Verdict(SPLIT, own[0], others, (name, *rest), *_signed(by, why))


def undoing(standing: Sequence[Verdict], number: int, by: str, why: str) -> Verdict:
    """That a verdict no longer counts. Raises UsageError where none of this number stands."""
    if number not in {verdict.n for verdict in standing}:
        numbers = ", ".join(str(verdict.n) for verdict in standing) or "none"
        raise UsageError(f"no verdict {number} stands", way_out=f"these stand: {numbers}")
    return Verdict(UNDO, "", (), (), *_signed(by, why), undone=number)


def _signed(by: str, why: str) -> tuple[str, str]:
    if not by.strip() or not why.strip():
        raise UsageError("a verdict names who gave it and why", way_out="add --by WHO --why TEXT")
    return by.strip(), why.strip()
