"""``countersight translate``: a person's translation of a quote, entered beside it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from countersight.case import Case
from countersight.cli_output import READ_ALL, print_json
from countersight.ports import Executor, Progress

Workers = Callable[[argparse.ArgumentParser], None]


def add(
    command: Callable[..., argparse.ArgumentParser],
    workers: Workers,
    executor: Callable[[argparse.Namespace], Executor],
    progress: Callable[[], Progress],
) -> None:
    """The command with its arguments."""

    def run(options: argparse.Namespace) -> int:
        made = Case(options.case).translate(
            options.finding,
            options.place,
            options.text,
            by=options.by,
            checked_by=options.checked_by,
            executor=executor(options),
            progress=progress(),
        )
        print_json([made]) if options.json else print(f"{made.text}\n  by {made.by}, {_checked(made.checked_by)}")
        return READ_ALL

    translate = command("translate", run, "Enter a person's translation of a quote; the dossier prints it beside it.")
    translate.add_argument("case", type=Path, metavar="CASE")
    translate.add_argument("finding", metavar="FINDING", help="id of a finding, as the dossier and the export give it")
    translate.add_argument("--place", type=int, default=1, metavar="N", help="which of its quotes; default: the first")
    translate.add_argument("--text", required=True, help="the translation; empty: take one back")
    translate.add_argument("--by", required=True, metavar="WHO", help="who translated: a role or a name they agreed to")
    translate.add_argument("--checked-by", default="", metavar="WHO", help="who checked it, another person")
    workers(translate)


def _checked(who: str) -> str:
    return f"checked by {who}" if who else "not checked by a second person yet"
