"""Screening made ready once and kept: what takes many seconds to read and prepare is read back in one.

Kept beside the lists under a name that says what it was made of: the program, the built-in lists, each snapshot with
its days. Deleting it costs time and nothing else. It is used only where its bytes have the digest it was written with,
and where the snapshots it was made of still have theirs. What is in it is data: of classes, only those of the model and
of matching are made from it.
"""

from __future__ import annotations

import gc
import pickle
from contextlib import suppress
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from countersight.errors import CountersightError
from countersight.lists import builtin
from countersight.model import Digest, codec
from countersight.pipeline.engine import engine_digest
from countersight.pipeline.screened import screen_with
from countersight.pipeline.watch import Watch
from countersight.screening import Screen
from countersight.store.disk import replace

FOLDER = ".ready"
_KEPT = 4  # states of the lists: present, and as known on some days
_DIGEST = sha256().digest_size
_OURS = ("countersight.model.", "countersight.match.", "countersight.screening.", "countersight.text.")
_PLAIN = {
    *(("builtins", name) for name in ("set", "frozenset")),
    *(("collections", name) for name in ("Counter", "defaultdict")),
    *(("datetime", "date"), ("decimal", "Decimal")),
}
_LIST = ("builtins", "list")  # what a defaultdict makes


def ready(root: Path, watch: Watch, known: date | None = None) -> Screen:
    """Screening by the lists of a folder or case as known on a day, made ready or read back.

    Raises IntegrityError where a snapshot's bytes are not those it was entered with.
    """
    watch.check()
    name = _name(watch, known)
    found = _read(root / FOLDER / name)
    if found is None:
        found = screen_with(watch.events(known))
        found.prepare()
        _write(root / FOLDER, name, found)
    return found


def _name(watch: Watch, known: date | None) -> str:
    """The digest of all that the prepared lists follow from."""
    told = [snapshot for snapshot in watch.snapshots() if known is None or snapshot.known_from <= known]
    facts = [[one.told.list_, one.digest, one.day, one.known_from, one.parts] for one in told]
    events = [event.known_from for event in builtin.events() if known is None or event.known_from <= known]
    return Digest.of(codec.encode([engine_digest(()), len(events), facts]))


def _read(path: Path) -> Screen | None:
    """What was kept; None where nothing was, or not what was written."""
    with suppress(OSError):
        data = path.read_bytes()
        if sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
            return _unpacked(data[_DIGEST:])
    return None


def _unpacked(data: bytes) -> Screen | None:
    gc.disable()  # millions of small objects, none of them garbage
    try:
        found = _Careful(BytesIO(data)).load()
    except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, EOFError, IndexError, KeyError):
        return None
    finally:
        gc.freeze()  # it lives as long as the process: the collector need not walk it
        gc.enable()
    return found if isinstance(found, Screen) else None


class _Careful(pickle.Unpickler):
    """Makes objects of plain data and of this program's own classes, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _PLAIN | {_LIST} and not f"{module}.".startswith(_OURS):
            raise pickle.UnpicklingError(f"{module}.{name} is no data")
        found = super().find_class(module, name)
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is no class")
        return found


def _write(folder: Path, name: str, screen: Screen) -> None:
    """Keep it beside the lists, where there are any and the disk allows, and no more than a few others."""
    data = pickle.dumps(screen, protocol=5)
    with suppress(OSError, CountersightError):
        folder.mkdir(exist_ok=True)
        replace(folder / name, sha256(data).digest() + data)
        kept = sorted(folder.iterdir(), key=lambda path: (-path.stat().st_mtime, path.name))
        for path in kept[_KEPT:]:
            path.unlink()
