"""``countersight lists``: add a list file, show what is there, fetch what is published."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from countersight.case import Case
from countersight.cli_output import READ_ALL, print_json
from countersight.errors import ListError, UsageError

if TYPE_CHECKING:
    from countersight.lists.fetch import Source
    from countersight.model.screening import ListChange
    from countersight.pipeline.watch import Offer, Snapshot, Watch

_HELP = "Add lists of organisations, show what is there and how old it is, fetch what is published."
_WHERE = "COUNTERSIGHT_LISTS"
UNREAD = 3


class _Place(Protocol):
    """Where lists are kept: a case or a folder."""

    root: Path

    def watch(self) -> Watch: ...

    def add(self, offer: Offer, **told: Any) -> tuple[Snapshot, bool]: ...


class _InCase:
    def __init__(self, case: Case) -> None:
        self._case, self.root = case, case.root

    def watch(self) -> Watch:
        return self._case.lists()

    def add(self, offer: Offer, **told: Any) -> tuple[Snapshot, bool]:
        return self._case.add_list(offer, **told)


def add(command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command with its arguments."""
    lists = command("lists", _run, _HELP)
    lists.add_argument("action", choices=tuple(_ACTIONS), help="update is the only one that uses the network")
    lists.add_argument(
        "what",
        nargs="*",
        metavar="FILE",
        help="add: list files, the parts of a set, or folders; update: ids of sources",
    )
    lists.add_argument("--case", type=Path, metavar="DIR", help="keep the lists in this case")
    lists.add_argument(
        "--lists", type=Path, metavar="DIR", help=f"keep them in this folder; default: {_WHERE} where set, else lists"
    )
    lists.add_argument("--as-of", type=_day, metavar="DAY", help="the day the list is of, where its file does not say")
    lists.add_argument("--mapping", type=Path, metavar="FILE", help="which column of a table holds what (YAML)")
    lists.add_argument("--list", dest="name", default="", metavar="NAME", help="of which list this is a snapshot")
    lists.add_argument(
        "--smaller", action="store_true", help="also a list with less than half of what the last one had"
    )
    lists.add_argument("--from", dest="sources", type=Path, metavar="FILE", help="update: other addresses (YAML)")


def _run(options: argparse.Namespace) -> int:
    return _ACTIONS[options.action](options)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2024-01-31") from error


def place_of(options: argparse.Namespace) -> _Place:
    """Where the options say that lists are kept: a case or a folder."""
    from countersight.pipeline.watch import Folder

    if options.case and options.lists:
        raise UsageError("either --case or --lists", way_out="run the command twice")
    return _InCase(Case(options.case)) if options.case else Folder(_folder(options.lists))


def _folder(given: Path | None) -> Path:
    return given or Path(os.environ.get(_WHERE) or "lists")


# ── add ──


def _add(options: argparse.Namespace) -> int:
    from countersight.pipeline.watch import read

    if not options.what:
        raise UsageError("add which list?", way_out="countersight lists add FILE --lists DIR")
    place = place_of(options)
    offers = read([Path(name) for name in options.what], options.mapping)
    if options.name and len(offers) > 1:
        raise UsageError("--list is for one list, and these are several", way_out="add them one by one")
    made = [
        (offer, *place.add(offer, day=options.as_of, name=options.name, smaller=options.smaller)) for offer in offers
    ]
    code = _told(options, made)
    _hold_again(options, any(new for _, _, new in made))
    return code


def _hold_again(options: argparse.Namespace, new: bool) -> None:
    """A case whose audit is finished is held against what came; what that changes is told on stderr."""
    if options.case and new:
        from countersight.run.pool import PoolExecutor

        told(Case(options.case).hold_again(PoolExecutor(0)))


def told(changes: Sequence[ListChange]) -> None:
    """Which conclusions lists changed, on stderr: the export and the dossier have them as well."""
    for change in sorted(changes, key=lambda one: (one.what, one.regime, one.id)):
        print(f"  {change.told()}", file=sys.stderr)
    if changes:
        print(f"{len(changes)} conclusions changed by lists that came after the records", file=sys.stderr)


def _told(options: argparse.Namespace, made: Sequence[tuple[Offer, Snapshot, bool]]) -> int:
    if options.json:
        print_json(_record(snapshot) | {"new": new, "set_aside": _aside(offer)} for offer, snapshot, new in made)
    else:
        for offer, snapshot, new in made:
            print("\n".join(_lines(snapshot, "added" if new else "already there")))
            for row in _faults(offer):
                print(f"  not read: {row}", file=sys.stderr)
    return UNREAD if any(offer.loaded.account.faults for offer, _, _ in made) else READ_ALL


def _aside(offer: Offer) -> list[dict[str, str]]:
    return [{"row": row, "why": why} for row, why in offer.loaded.account.set_aside]


def _faults(offer: Offer) -> Iterator[str]:
    return (f"{row}: {why}" for row, why in offer.loaded.account.set_aside if why.startswith("cannot"))


def _record(snapshot: Snapshot) -> dict[str, Any]:
    names = ("digest", "list_", "format", "day", "day_from", "known_from", "counts", "regimes", "source")
    record = {name.rstrip("_"): getattr(snapshot, name) for name in names}
    return record | {"files": [{"part": part, "name": name, "digest": of} for part, name, of in snapshot.parts]}


def _lines(snapshot: Snapshot, state: str) -> Iterator[str]:
    told = {"file": "as the file says", "given": "as given", "added": "the day it was added: the file says none"}
    n = snapshot.counts
    yield f"{state}: {snapshot.format} ({snapshot.list_}), of {snapshot.day} ({told[snapshot.day_from]})"
    yield f"  {n['organisations']} organisations: " + ", ".join(f"{k} {v}" for k, v in snapshot.regimes.items())
    yield (
        f"  not taken in: {n['persons']} natural persons, {n['doubtful']} that may be, {n['other']} that are no body,"
        f" {n['faults']} that cannot be read"
    )
    yield f"  {snapshot.digest}  {', '.join(name for _, name, _ in snapshot.parts)}"


# ── status ──


def _status(options: argparse.Namespace) -> int:
    from countersight.pipeline.watch import Folder

    place = place_of(options)
    snapshots, today = place.watch().snapshots(), _today()
    loose = place.loose() if isinstance(place, Folder) else []
    if options.json:
        rows = [_record(snapshot) | {"age_days": (today - snapshot.day).days} for snapshot in snapshots]
        print_json([_built_in(), *rows, *({"list": None, "files": [{"name": path.name}]} for path in loose)])
        return READ_ALL
    known = _built_in()
    print(f"built in: {known['listings']} dated listings under {len(known['regimes'])} regimes, of {known['day']}")
    for snapshot in snapshots:
        print("\n".join(_lines(snapshot, f"{(today - snapshot.day).days} days old")))
    for path in loose:
        print(f"not added yet: {path}")
    return READ_ALL


def _today() -> date:
    from countersight.store.journal import now

    return date.fromisoformat(now()[:10])


def _built_in() -> dict[str, Any]:
    from countersight.lists import builtin
    from countersight.model import EventKind

    listed = [event for event in builtin.events() if event.kind is EventKind.LISTED]
    regimes = dict(sorted(Counter(event.listing.regime for event in listed).items()))
    first = listed[0]
    told = {"list": "built-in", "digest": first.told_by, "day": first.known_from}
    return told | {"listings": len(listed), "regimes": regimes}


# ── update ──


def _update(options: argparse.Namespace) -> int:
    from countersight.lists.fetch import sources

    known = sources(options.sources)
    unknown = [name for name in options.what if name not in known]
    if unknown:
        raise UsageError(f"no source {unknown[0]!r}", way_out=f"one of: {', '.join(known)}")
    asked = [known[name] for name in options.what or known]
    place, failed, rows = place_of(options), 0, []
    for source in asked:
        if source.ask and not options.sources:
            print(f"{source.id}: left out; needs {source.ask} (--from FILE)", file=sys.stderr)
            failed += bool(options.what)
            continue
        try:
            rows.append(_updated(source, place, options))
        except ListError as error:
            failed += 1
            print(f"{source.id}: {error}", file=sys.stderr)
    if options.json:
        print_json(rows)
    _hold_again(options, any(row["new"] for row in rows))
    return UNREAD if failed else READ_ALL


def _updated(source: Source, place: _Place, options: argparse.Namespace) -> dict[str, Any]:
    """Fetch the files of a source and add them; nothing is added before all of them are there and read whole."""
    before = [s for s in place.watch().snapshots() if s.source == source.files[0]]
    folder = (options.case or _folder(options.lists)) / ".fetch"
    try:
        return _fetched(source, before[-1] if before else None, folder, place, options)
    finally:
        with suppress(OSError):  # what came in part stays, to be gone on with
            folder.rmdir()


def _fetched(
    source: Source, before: Snapshot | None, folder: Path, place: _Place, options: argparse.Namespace
) -> dict[str, Any]:
    from countersight.lists.fetch import fetch
    from countersight.pipeline.watch import offered

    etag = before.etag if before and len(source.files) == 1 else ""
    whole = [one for url in source.files if (one := fetch(url, folder, etag=etag))]
    if before and not whole:
        return _said(options, before, "unchanged")
    try:
        (offer,) = offered([one.file for one in whole])
        told = {"source": source.files[0], "etag": whole[0].etag, "smaller": options.smaller}
        snapshot, new = place.add(offer, **told)
    finally:
        for one in whole:
            one.file.path.unlink(missing_ok=True)
    return _said(options, snapshot, "added" if new else "unchanged")


def _said(options: argparse.Namespace, snapshot: Snapshot, state: str) -> dict[str, Any]:
    if not options.json:
        print("\n".join(_lines(snapshot, state)))
    return _record(snapshot) | {"new": state == "added"}


_ACTIONS = {"add": _add, "status": _status, "update": _update}
