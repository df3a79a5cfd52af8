"""``countersight organisations``: the bodies that a case names, and what reviewers say of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from countersight.case import Case
from countersight.cli_output import READ_ALL, print_json
from countersight.errors import UsageError
from countersight.model import Organisation
from countersight.ports import Executor, Progress
from countersight.report.bodies import NAMES, parts
from countersight.report.tables import organisation_record

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
    shown = [case.organisation(options.named[0])] if options.action == "show" else case.organisations()
    if options.json:
        print_json(map(organisation_record, shown))
        return READ_ALL
    print("\n".join(line for body in shown for line in (_lines(body) if options.action == "show" else [_line(body)])))
    for verdict in case.verdicts() if options.action != "show" else ():
        print(f"act {verdict.n}: {verdict.told()}")
    return READ_ALL


def _line(body: Organisation) -> str:
    names = "; ".join(f"{name} ({count})" for name, _, count in body.names)
    return f"{body.id}  {body.kind}  {names}"


def _lines(body: Organisation) -> list[str]:
    """A body at length: names and parts, level, roles, numbers, why one, what may be the same, where it is named."""
    return [
        _line(body),
        *(
            f"  {name} = {' · '.join(f'{what} {said}' for what, said in parts(name))}"
            for name, _, _ in body.names[:NAMES]
        ),
        *([f"  {body.level} level"] if body.level else []),
        *([f"  as {', '.join(body.roles)}"] if body.roles else []),
        *(f"  {scheme} {value}" for scheme, value in body.identifiers),
        *(f"  because {reason}" for reason in body.reasons),
        *(f"  may be {other}: {why}" for other, why in body.suggested),
        *(f"  {one.name}: {one.citation.locator}" for one in body.sightings),
    ]
