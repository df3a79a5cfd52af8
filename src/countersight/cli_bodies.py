"""``countersight organisations``: the bodies that a case names, and what reviewers say of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from countersight.case import Case
from countersight.cli_output import READ_ALL, print_json
from countersight.errors import UsageError
from countersight.model import Citation, Deal, Organisation, Party, Stake
from countersight.ports import Executor, Progress
from countersight.report.tables import citation_record, organisation_record, ownership_record

_HELP = "List the bodies that the records name; say that two are one, or that a name is another body's."
_GIVEN = {"list": 0, "show": 1, "merge": 2, "split": 2, "undo": 1}


def add(
    command: Callable[..., argparse.ArgumentParser],
    workers: Callable[[argparse.ArgumentParser], None],
    executor: Callable[[argparse.Namespace], Executor],
    progress: Callable[[], Progress],
) -> None:
    """The command with its arguments."""

    def run(options: argparse.Namespace) -> int:
        if len(options.named) != _GIVEN[options.action]:
            raise UsageError(
                f"{options.action} takes {_GIVEN[options.action]} of NAMED, not {len(options.named)}",
                way_out="list | show ID | merge ID ID | split ID NAME | undo NUMBER; what changes needs --by and --why",
            )
        case = Case(options.case)
        if options.action in {"merge", "split", "undo"}:
            case.judge(
                options.action,
                options.named,
                by=options.by,
                why=options.why,
                executor=executor(options),
                progress=progress(),
            )
        return _print(case, options)

    bodies = command("organisations", run, _HELP)
    bodies.add_argument("case", type=Path, metavar="CASE")
    bodies.add_argument("action", choices=tuple(_GIVEN))
    bodies.add_argument("named", nargs="*", metavar="NAMED", help="ids or names of bodies; for undo the act's number")
    bodies.add_argument("--by", default="", metavar="WHO", help="who judges: a role or a name they agreed to")
    bodies.add_argument("--why", default="", metavar="TEXT", help="for what reason")
    workers(bodies)


def _print(case: Case, options: argparse.Namespace) -> int:
    if options.action == "show":
        return _show(case, case.organisation(options.named[0]), as_json=options.json)
    if options.json:
        print_json(map(organisation_record, case.organisations()))
        return READ_ALL
    print("\n".join(map(_line, case.organisations())))
    for verdict in case.verdicts():
        print(f"act {verdict.n}: {verdict.told()}")
    return READ_ALL


def _show(case: Case, body: Organisation, *, as_json: bool) -> int:
    deals, stakes = case.involving(body)
    if as_json:
        roles = [
            {"deal": deal.id, "kind": deal.kind, "role": party.role, "citation": citation_record(party.citation)}
            for deal, party in deals
        ]
        print_json([organisation_record(body) | {"deals": roles, "ownership": list(map(ownership_record, stakes))}])
    else:
        print("\n".join(_lines(body, deals, stakes)))
    return READ_ALL


def _line(body: Organisation) -> str:
    names = "; ".join(f"{name} ({count})" for name, _, count in body.names)
    return f"{body.id}  {body.kind}  {names}"


def _lines(body: Organisation, deals: Iterable[tuple[Deal, Party]], stakes: Iterable[Stake]) -> Iterator[str]:
    """A body at length: its names and their parts, numbers, why they are one, deals, stakes, where it is named."""
    from countersight.report import bodies

    yield _line(body)
    yield from (f"  {what}: {said}" for what, said in (("level", body.level), ("place", body.place)) if said)
    yield from (f"  parts of {name}: {bodies.parted(name)}" for name, _, _ in body.names)
    yield from (f"  {label.lower()}: {name}" for name, label in bodies.labelled(body))
    yield from (f"  role: {role}" for role in body.roles)
    yield from (f"  {scheme} {value}" for scheme, value in body.identifiers)
    yield from (f"  question: {said} ({_at(cited)})" for said, cited in bodies.doubts(body))
    yield from (f"  because {reason}" for reason in body.reasons)
    yield from (f"  may be {other}: {why}" for other, why in body.suggested)
    for deal, party in deals:
        yield f"  {party.role} in {deal.id}, {deal.kind} {deal.title or deal.reference or ''}: {_at(party.citation)}"
    for stake in stakes:
        told = ", ".join(filter(None, (bodies.share(stake), bodies.when(stake))))
        yield f"  ownership: {stake.owner} of {stake.owned}, {told}: {_at(stake.citation)}"
    for one in body.sightings:
        yield f"  {one.name}, {one.count} in {', '.join(one.how) or 'text'}: {_at(one.citation)}"


def _at(citation: Citation) -> str:
    return f"{citation.locator}, characters {citation.start}–{citation.end}"
