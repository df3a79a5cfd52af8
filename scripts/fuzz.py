"""Read spoilt files with every reader and keep what breaks one: ``scripts/fuzz.py --minutes 30 --out DIR``.

The same ``--seed`` and number of inputs give the same inputs. Each is read in a confined process; a crash, a hang, a
glutton, an exception that is no ReadError and a reading that breaks a promise of the model are findings. Each is made
small, and kept with what was said and how to read it again.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

_TESTS = Path(__file__).parent.parent / "tests"
sys.path += [str(_TESTS / part) for part in (".", "fuzz", "unit/read")]

from fuzz_check import LIMITS, Case, verdict  # noqa: E402 (found where the line above says)
from fuzz_mutate import smaller, spoil  # noqa: E402
from fuzz_seeds import seeds  # noqa: E402

from countersight import read  # noqa: E402
from countersight.ports import Failure  # noqa: E402
from countersight.run.pool import PoolExecutor  # noqa: E402
from countersight.run.serial import SerialExecutor  # noqa: E402

_HEAD = 4096
_SHRINKING = 40.0  # seconds to make what was found smaller


def main() -> int:
    """Run; 1 where something was found."""
    options = _options()
    warnings.simplefilter("ignore")  # zips with two members of one name are meant
    cases = _cases(options.also, options.only)
    options.out.mkdir(parents=True, exist_ok=True)
    known: Counter[str] = Counter()
    end = time.monotonic() + options.minutes * 60
    count = 0
    for count, (case, said) in enumerate(_run(cases, options.seed, options.start, end), 1):
        if said:
            known[said] += 1
            if known[said] == 1:
                _keep(case, said, options.out, shrink=options.shrink)
        if count % 2000 == 0:
            print(f"{count} inputs, {len(known)} faults", flush=True)
    print(f"seed {options.seed}: inputs {options.start} to {options.start + count}, {options.minutes:g} minutes")
    for said, times in known.most_common():
        print(f"{times:6} {said}")
    return 1 if known else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", default="", help="seeds whose name holds this regular expression")
    parser.add_argument("--also", nargs="*", default=[], metavar="MODULE:CLASS", help="readers that are not built in")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--no-shrink", dest="shrink", action="store_false")
    return parser.parse_args()


def _cases(also: list[str], only: str) -> list[Case]:
    """The seeds, each with the reader that takes it whole."""
    from importlib import import_module  # noqa: PLC0415

    extra = [(name, getattr(import_module(name.partition(":")[0]), name.partition(":")[2])()) for name in also]
    found = []
    for name, data in seeds():
        head = data[:_HEAD]
        taken = [(path, media) for path, reader in extra if (media := reader.claims(head, name))]
        if not taken and (chosen := read.choose(head, name)):
            kind = type(chosen[0])
            taken = [(f"{kind.__module__}:{kind.__qualname__}", chosen[1])]
        found += [Case(name, data, *pair) for pair in taken[:1] if re.search(only, name)]
    return found


def _inputs(cases: list[Case], seed: int, start: int, end: float) -> Iterator[tuple[str, Case]]:
    """Spoilt files by number until the time is up; the first round is of whole ones."""
    everything = [case.data for case in cases if case.data]
    number = start
    while time.monotonic() < end:
        random = Random(f"{seed}:{number}")
        case = cases[number % len(cases)]
        yield str(number), case if number < len(cases) else replace(case, data=spoil(case.data, random, everything))
        number += 1


def _run(cases: list[Case], seed: int, start: int, end: float) -> Iterator[tuple[Case, str]]:
    """Each input and what is wrong with its reading."""
    waiting: dict[str, Case] = {}

    def handed() -> Iterator[tuple[str, Case]]:
        for key, case in _inputs(cases, seed, start, end):
            waiting[key] = case
            yield key, case

    pool = PoolExecutor(1)
    pool.prepare(["fuzz_check"])
    for done in pool.run(verdict, handed(), LIMITS, writable=()):
        case = waiting.pop(done.key)
        yield case, _said(done.result, case)


def _said(result: object, case: Case) -> str:
    return f"{result.reason} ({case.reader})" if isinstance(result, Failure) else str(result)


def _again(case: Case) -> str:
    """What is wrong with it, read in a process of its own."""
    (done,) = SerialExecutor().run(verdict, [("", case)], LIMITS, writable=())
    return _said(done.result, case)


def _keep(case: Case, said: str, out: Path, *, shrink: bool) -> None:
    alone = _again(case)
    print(f"{case.name}: {said}{'' if alone == said else '; read again alone: ' + (alone or 'no fault')}", flush=True)
    end = time.monotonic() + (_SHRINKING if shrink and alone == said else 0)

    def same(data: bytes) -> bool:
        return time.monotonic() < end and _again(replace(case, data=data)) == said

    data = smaller(case.data, same)
    stem = f"{Path(case.name).stem[:12]}-{sha256(said.encode()).hexdigest()[:8]}"
    (out / f"{stem}{Path(case.name).suffix}").write_bytes(data)
    note = f"{said}\nread again alone: {alone or 'no fault'}\n{case.name}\n{case.reader}\n{case.media}\n"
    (out / f"{stem}.said").write_text(note, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
