"""``countersight rules``: list, explain, test, lint; the schema for editors; what the masks caught in a case."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from countersight.case import Case
from countersight.cli_output import READ_ALL, print_json
from countersight.errors import UsageError
from countersight.report.tables import citation_record

if TYPE_CHECKING:
    from countersight.find import Joined, Pack
    from countersight.find.rules import Rule
    from countersight.model import Finding

_HELP = "List the rules, explain one or a finding, test and lint packs, show what masks kept out."
_LISTED = ("id", "family", "title", "min_rung", "norms")
_CARD = ("id", "title", "definition", "why", "shows", "does_not_show", "severity", "min_rung", "norms", "alternatives")


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command with its arguments."""
    rules = command("rules", _run, _HELP)
    rules.add_argument("action", choices=tuple(_ACTIONS))
    rules.add_argument("rule", nargs="?", help="for explain: id of a rule (GRP-01), or of a finding of the case")
    rules.add_argument("text", nargs="?", help="for explain: a text to try the rule on")
    rules.add_argument(
        "--rules", type=Path, action="append", default=[], metavar="PACK", help="more rules: a file or folder"
    )
    rules.add_argument("--case", type=Path, metavar="DIR", help="for explain FINDING and masked: the case")


def _run(options: argparse.Namespace) -> int:
    return _ACTIONS[options.action](options)


def _pack(options: argparse.Namespace) -> Pack:
    from countersight.pipeline.examine import rules

    return rules(tuple(options.rules))


def _list(options: argparse.Namespace) -> int:
    pack = _pack(options)
    if options.json:
        held = [{name: getattr(rule, name) for name in _LISTED} for rule in pack.rules]
        joined = [{name: getattr(flag, name) for name in (*_LISTED, "joins")} for flag in pack.joined]
        print_json([*held, *joined, *pack.waiting])
        return READ_ALL
    for rule in pack.rules:
        print(f"{rule.id}  {rule.min_rung}  {rule.title}")
    for flag in pack.joined:
        print(f"{flag.id}  {flag.min_rung}  {flag.title} (joins {flag.joins})")
    for one in pack.waiting:
        print(f"{one.id}  --  {one.title} (waits for {one.waits_for})")
    return READ_ALL


def _explain(options: argparse.Namespace) -> int:
    if not options.rule:
        raise UsageError("explain which rule?", way_out="countersight rules explain GRP-01 [TEXT]")
    if options.case:
        return _explain_finding(options)
    pack = _pack(options)
    rule = pack.flag(options.rule)
    if options.text is not None:
        _refuse_joined(rule)
        from countersight.find import explain

        lines = [line for why in explain(pack, options.text, rule.id) for line in why.lines()]
        print_json(lines) if options.json else print("\n".join(lines))
        return READ_ALL
    card = {name: getattr(rule, name) for name in _CARD}
    if options.json:
        print_json([card])
    else:
        for name, value in card.items():
            print(f"{name}: {'; '.join(value) if isinstance(value, tuple) else value}")
    return READ_ALL


def _refuse_joined(rule: Rule | Joined) -> None:
    from countersight.find import Joined

    if isinstance(rule, Joined):
        raise UsageError(
            f"no text alone makes {rule.id} hold: it joins {rule.joins}",
            way_out="countersight rules explain FINDING --case DIR says which facts met",
        )


def _explain_finding(options: argparse.Namespace) -> int:
    """A finding of a case: its rule tried again on every page it cites, or the facts that met."""
    case = Case(options.case)
    finding = case.finding(options.rule)
    joined = {flag.id: flag.joins for flag in case.pack().joined}
    if finding.rule in joined:
        return _met(finding, joined[finding.rule], json=options.json)
    told = case.explain(finding)
    if options.json:
        print_json(
            {"citation": citation_record(citation), "reproduced": again, "reasons": why.lines()}
            for citation, why, again in told
        )
        return READ_ALL
    for citation, why, again in told:
        print(f"{citation.locator}: “{' '.join(citation.quote.split())}”")
        print("\n".join(why.lines()))
        print("comes out again" if again else "does not come out again: the rules have changed since the audit")
    return READ_ALL


def _met(finding: Finding, joins: str, *, json: bool) -> int:
    """A finding that holds where facts meet: which they are, and where the records tell them."""
    if json:
        cited = [citation_record(citation) for citation in finding.citations]
        print_json([{"joins": joins, "met": finding.explanation, "notes": finding.notes, "citations": cited}])
        return READ_ALL
    print(f"{finding.rule} joins {joins}")
    print("\n".join(f"met: {fact}" for fact in finding.explanation.split("; ")))
    print("\n".join(f"note: {note}" for note in finding.notes))
    print("\n".join(f"{c.locator}: “{' '.join(c.quote.split())}”" for c in finding.citations))
    return READ_ALL


def _test(options: argparse.Namespace) -> int:
    from countersight.find import run_examples

    pack = _pack(options)
    tried = list(run_examples(pack))
    failed = [one for one in tried if not one.ok]
    if options.json:
        print_json(
            {"rule": one.rule, "text": one.example.text, "expected": one.expected, "got": one.got} for one in tried
        )
    for one in failed:
        print(f"{one.rule}: expected {one.expected}, got {one.got}: {one.example.text}", file=sys.stderr)
    print(f"{len(tried)} examples of {len(pack.rules)} rules, {len(failed)} failed", file=sys.stderr)
    return 1 if failed else READ_ALL


def _lint(options: argparse.Namespace) -> int:
    from countersight.find.lint import lint

    doubts = lint(_pack(options))
    print_json(doubts) if options.json else print("\n".join(doubts) or "nothing doubtful")
    return READ_ALL


def _schema(_options: argparse.Namespace) -> int:
    from countersight.find.schema import schema

    print(json.dumps(schema(), indent=1))
    return READ_ALL


def _masked(options: argparse.Namespace) -> int:
    if not options.case:
        raise UsageError("masked words of which case?", way_out="countersight rules masked --case DIR")
    caught = Case(options.case).masked()
    if options.json:
        print_json({"rule": one.rule, "masks": one.masks, "citation": citation_record(one.citation)} for one in caught)
        return READ_ALL
    for one in caught:
        print(f"{one.rule}  {', '.join(one.masks)}  {one.citation.locator}: {' '.join(one.citation.quote.split())}")
    return READ_ALL


_ACTIONS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "explain": _explain,
    "test": _test,
    "lint": _lint,
    "schema": _schema,
    "masked": _masked,
}
