"""How well and how fast names of organisations are matched: this matcher, nomenklatura's logic-v2 and rapidfuzz.

python bench/screening.py
python bench/screening.py --nomenklatura /path/to/python --listed 100000 --seed 1

``--nomenklatura`` is a Python that has nomenklatura (it needs ICU and a compiler, so it is no dependency here). Sets:
labelled pairs of organisations; Chinese organisations and their own English names (tests/corpus/names_zh_en.tsv; rows
marked ``hold`` were never used for tuning); foreign companies and their Chinese names (halves by the SHA-256 of the
pair, ``hold`` unused); legal names hardly any of which is on a list, as decoys. In the two-language sets every English
name is listed and every Chinese name is asked: any hit but the right one is false.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import yaml
from rapidfuzz import fuzz, utils

from countersight.match import Band, Entry, Index, Name, Query, across, compare, keys
from countersight.text.meanings import meanings
from countersight.text.orgname import parse

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
MATCHED: tuple[Band, ...] = ("identifier", "same name", "strong", "possible")

Pairs = list[tuple[str, str]]
Scorer = Callable[[Pairs], list[float]]


@dataclass(frozen=True, slots=True)
class Counted:
    """Right, false and missed."""

    right: int
    false: int
    missed: int

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.false)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)


# --- the sets ---


def labelled() -> list[tuple[str, str, bool]]:
    """The pairs of companies and organisations, and whether they are the same."""
    with (SHARED / "data/names/nomenklatura_name_bench_cases.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["schema"] in ("Company", "Organization", "LegalEntity")]
    return [(row["name1"], row["name2"], row["is_match"] == "true") for row in rows]


def own_names(part: str) -> Pairs:
    """Chinese organisations and the English names they use."""
    lines = (ROOT / "tests/corpus/names_zh_en.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith(("#", "zh\t"))]
    return [(zh, en) for zh, en, kept in rows if kept == part]


def listed_pairs() -> Pairs:
    """The pairs of the dated listings."""
    events = yaml.safe_load((SHARED / "domain/list_events.yaml").read_text("utf-8"))["list_events"]
    split = [(re.split("[；;]", one["zh"]), re.split(r";|\(\+", one["en"])) for one in events]
    return sorted({(hans[0], latins[0].strip()) for hans, latins in split if len(hans) == 1 and hans[0]})


def foreign(part: str) -> Pairs:
    """Foreign companies: Chinese name, English name; a random half is ``hold``."""
    lines = (SHARED / "data/names/company_names_en_zh.tsv").read_text("utf-8").splitlines()[1:]
    rows = [tuple(reversed(line.split("\t")[:2])) for line in lines if "\t" in line]
    return [(zh, en) for zh, en in rows if (_hash(zh + en) % 2 == 0) == (part == "hold")]


def decoys() -> list[str]:
    """Legal names, hardly any of which is on a list."""
    with (SHARED / "data/names/gleif_legal_names_sample.csv").open(encoding="utf-8") as file:
        return [row["legal_name"] for row in csv.DictReader(file)]


def listed() -> list[Entry]:
    """Bodies on lists: the dated listings and the third-party tables of lists of the United States."""
    pairs: list[tuple[str, tuple[str, ...]]] = [(f"event {zh}", (zh, en)) for zh, en in listed_pairs()]
    for name in ("bis_entity_list", "dow_1260h", "ofac_nscmic", "dhs_uflpa", "bis_meu"):
        table = json.loads((SHARED / f"data/lists/us_2026-07/{name}.json").read_text("utf-8"))
        pairs += [(f"{name} {at}", tuple(names)) for at, names in enumerate(_names(table))]
    return [
        Entry(key, tuple(Name(text, "name" if not at else "alias") for at, text in enumerate(names)))
        for key, names in pairs
    ]


def _names(table: object) -> Iterable[list[str]]:
    rows = table if isinstance(table, list) else next(value for value in table.values() if isinstance(value, list))  # type: ignore[attr-defined]
    for row in rows:
        names = [row.get("name"), *(row.get("aliases") or [])]
        if kept := [name for name in names if name]:
            yield kept


def _hash(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


# --- the scorers ---


def ours(pairs: Pairs) -> list[float]:
    """This matcher's scores."""
    return [compare(one, two).score for one, two in pairs]


def by(function: Callable[..., float]) -> Scorer:
    """A function of rapidfuzz, over names in lower case without punctuation."""
    return lambda pairs: [function(one, two, processor=utils.default_process) / 100 for one, two in pairs]


def logic_v2(python: str) -> Scorer:
    """The logic-v2 of nomenklatura, in another Python; the time it reports is that of the comparisons alone."""

    def score(pairs: Pairs) -> list[float]:
        done = subprocess.run(
            [python, "-c", _LOGIC_V2], input=json.dumps(pairs), capture_output=True, text=True, check=True
        )
        answer = json.loads(done.stdout.splitlines()[-1])
        _SECONDS["logic-v2"] = answer["seconds"]
        return list(answer["scores"])

    return score


_SECONDS: dict[str, float] = {}
_LOGIC_V2 = """
import json, sys, time
from followthemoney import model
from nomenklatura.matching.logic_v2.model import LogicV2
pairs, config = json.load(sys.stdin), LogicV2.default_config()
def body(key, name):
    return model.get_proxy({"id": key, "schema": "Company", "properties": {"name": [name]}})
made = [(body(f"a{at}", one), body(f"b{at}", two)) for at, (one, two) in enumerate(pairs)]
start = time.process_time()
scores = [LogicV2.compare(one, two, config).score for one, two in made]
print(json.dumps({"scores": scores, "seconds": time.process_time() - start}))
"""


def best_threshold(scores: Sequence[float], truth: Sequence[bool]) -> tuple[float, Counted]:
    """The threshold with the highest F1."""
    return max(((least, counted(scores, truth, least)) for least in sorted(set(scores))), key=lambda one: one[1].f1)


def counted(scores: Sequence[float], truth: Sequence[bool], least: float) -> Counted:
    """What a threshold gives."""
    said = [score >= least and score > 0 for score in scores]
    right = sum(s and t for s, t in zip(said, truth, strict=True))
    return Counted(right, sum(said) - right, sum(truth) - right)


# --- the runs ---


def pairs_of_organisations(scorers: dict[str, Scorer]) -> dict[str, float]:
    """Precision and recall on the labelled pairs; the best threshold of each scorer."""
    thresholds = {}
    rows = labelled()
    truth = [same for *_, same in rows]
    print(f"labelled pairs of organisations: {len(rows)}, {sum(truth)} the same")
    for name, scorer in scorers.items():
        scorer([("海康威视", "Hikvision"), ("Hikvision Digital", "Hikvision")])  # what is read once is not counted
        start = time.process_time()
        scores = scorer([(one, two) for one, two, _ in rows])
        seconds = _SECONDS.get(name) or time.process_time() - start
        least, best = best_threshold(scores, truth)
        thresholds[name] = least if name != "ours" else _POSSIBLE
        print(f"  {name:16} {best}  at {least:.2f}  {len(rows) / seconds:9,.0f} comparisons/s")
    said = [compare(one, two).band in MATCHED for one, two, _ in rows]
    right = sum(s and t for s, t in zip(said, truth, strict=True))
    print(f"  {'ours, possible':16} {Counted(right, sum(said) - right, sum(truth) - right)}")
    return thresholds


def crossed(title: str, pairs: Pairs, scorers: dict[str, Scorer], of: Callable[[str], str] = str) -> None:
    """Every English name listed, every Chinese one asked; and the same by scoring every pair."""
    asked, offered = list(dict.fromkeys(zh for zh, _ in pairs)), list(dict.fromkeys(en for _, en in pairs))
    same = _bodies(pairs, of)
    print(f"{title}: {len(set(pairs))} pairs")
    index = Index(Entry(en, (Name(en),)) for en in offered)
    answers = [(zh, match) for zh in asked for match in index.search(Query(zh), 50)]
    total = sum(same[zh] == same[en] for zh in asked for en in offered)
    for name, bands in (("ours", MATCHED), ("ours, strong", MATCHED[:3])):
        hits = [same[zh] == same[match.key] for zh, match in answers if match.band in bands]
        print(f"  {name:16} {Counted(sum(hits), len(hits) - sum(hits), total - sum(hits))}")
    table = [(zh, en) for zh in asked for en in offered]
    for name, scorer in scorers.items():
        if name != "ours":
            print(f"  {name:16} {best_threshold(scorer(table), [same[zh] == same[en] for zh, en in table])[1]}")


def _bodies(pairs: Pairs, of: Callable[[str], str]) -> dict[str, str]:
    """Each name to its body: that of the Chinese name it is paired with."""
    return {en: of(zh) for zh, en in pairs} | {zh: of(zh) for zh, _ in pairs}


def body_of_event(zh: str) -> str:
    """The core of a listed Chinese name; SenseTime's names are three bodies of one core."""
    core = parse(zh).core
    return core[0].keys[0] if core and core[0].keys[0] != "商汤" else zh


def screened(entries: list[Entry], names: list[str]) -> None:
    """Decoys that match a listed body. Those of the same name are on the list indeed, as a look at them shows."""
    start = time.process_time()
    index = Index(entries)
    built, start = time.process_time() - start, time.process_time()
    hits = [(name, found[0]) for name in names if (found := index.search(Query(name), 1)) and found[0].band in MATCHED]
    each = (time.process_time() - start) / len(names)
    false = [(name, match) for name, match in hits if match.band != "same name"]
    print(
        f"decoys: {len(names):,} against {len(index):,} listed names "
        f"(built in {built:.1f} s, {1000 * each:.2f} ms a name)"
    )
    print(
        f"  {'ours':16} {10_000 * len(false) / len(names):.1f} false per 10,000; "
        f"{len(hits) - len(false)} of the same name"
    )
    for name, match in hits:
        print(f"    {match.band:9} {name}  =  {match.name.text}  [{match.words}]")


def sampled(entries: list[Entry], names: list[str], scorers: dict[str, tuple[Scorer, float]], rng: Random) -> None:
    """The same for all scorers on a sample, each at its best threshold of the labelled pairs."""
    asked, offered = (
        rng.sample(names, 200),
        [name.text for entry in rng.sample(entries, 400) for name in entry.names[:1]],
    )
    pairs = [(one, two) for one in asked for two in offered]
    print(f"decoys, sampled: {len(asked)} against {len(offered)} listed names")
    for name, (scorer, least) in scorers.items():
        scores = scorer(pairs)
        hit = {one for (one, _), score in zip(pairs, scores, strict=True) if score >= least}
        print(f"  {name:16} {10_000 * len(hit) / len(asked):7.1f} decoys of 10,000 matched at {least:.2f}")


def large(count: int, names: list[str], rng: Random) -> None:
    """Screens a second against many listed names: the decoys again and again, each time a word of it another."""
    words = sorted({word for name in names for word in name.split() if len(word) > _TELLING})
    made = list(names)
    while len(made) < count:
        parts = rng.choice(names).split()
        parts[rng.randrange(len(parts))] = rng.choice(words)
        made.append(" ".join(parts))
    start = time.process_time()
    index = Index(Entry(str(at), (Name(name),)) for at, name in enumerate(made[:count]))
    print(f"against {count:,} listed names (built in {time.process_time() - start:.1f} s of one core):")
    latin = [f"{rng.choice(made)} {rng.choice(words)}" for _ in range(2000)]
    for kind, asked in (("Latin", latin), ("Chinese", [zh for part in ("tune", "hold") for zh, _ in own_names(part)])):
        start = time.process_time()
        for name in asked:
            index.search(Query(name))
        each = (time.process_time() - start) / len(asked)
        print(f"  {kind:16} {1000 * each:.2f} ms a name, {1 / each:,.0f} screens/s of one core")


_TELLING = 4  # letters
_POSSIBLE = 0.75  # where our default band begins


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nomenklatura", metavar="PYTHON", help="a Python that has nomenklatura")
    parser.add_argument("--listed", type=int, default=100_000, help="listed names of the speed run (default: 100000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-brands", action="store_true", help="leave the table of companies' own names out")
    parser.add_argument("--without-names", action="store_true", help="leave the names in CC-CEDICT out")
    arguments = parser.parse_args()
    if arguments.without_brands:
        across.brands().clear()
    if arguments.without_names:
        across.meanings = keys.meanings = partial(meanings, proper=False)  # type: ignore[assignment,attr-defined]
    scorers: dict[str, Scorer] = {"ours": ours}
    if arguments.nomenklatura:
        scorers["logic-v2"] = logic_v2(arguments.nomenklatura)
    scorers |= {"ratio": by(fuzz.ratio), "token_set_ratio": by(fuzz.token_set_ratio), "WRatio": by(fuzz.WRatio)}
    least = pairs_of_organisations(scorers)
    crossed("Chinese and own English names, listings", listed_pairs(), scorers, body_of_event)
    crossed("Chinese and own English names, tuned on", own_names("tune"), scorers)
    crossed("Chinese and own English names, held back", own_names("hold"), scorers)
    crossed("foreign and Chinese names, tuned on", foreign("tune"), scorers)
    crossed("foreign and Chinese names, held back", foreign("hold"), scorers)
    rng = Random(arguments.seed)
    sampled(listed(), decoys(), {name: (scorer, least[name]) for name, scorer in scorers.items()}, rng)
    screened(listed(), decoys())
    large(arguments.listed, decoys(), rng)


if __name__ == "__main__":
    main()
