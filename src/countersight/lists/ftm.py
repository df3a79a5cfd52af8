"""OpenSanctions' FollowTheMoney entities (JSON lines): organisations that are targets, with the sanctions on them.

Sanctions stand on lines of their own that name the entity, before or after it; the file is therefore read twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from countersight.lists.days import day
from countersight.lists.door import turned_away
from countersight.lists.files import ListFile
from countersight.lists.form import OneFile
from countersight.lists.rows import Row, Skipped, Why, clean, listing, named
from countersight.model import Agent, Checking, ListedName, NameKind

TOLD = "as OpenSanctions transcribes its sources; not compared with them"
BODIES = {"Company", "Organization", "PublicBody"}
UNTOLD = {"LegalEntity"}
PERSON = "Person"
# Collections of OpenSanctions by the regime they transcribe.
DATASETS = {
    "us_ofac_sdn": "US-OFAC-SDN",
    "us_ofac_cons": "US-OFAC-NONSDN",
    "us_trade_csl": "US-CSL",
    "us_bis_denied": "US-BIS-DPL",
    "us_dod_chinese_milcorps": "US-DOD-1260H",
    "us_dhs_uflpa": "US-UFLPA",
    "us_fcc_covered": "US-FCC-COVERED",
    "us_state_nonproliferation": "US-STATE-ISN",
    "us_ddtc_debarred": "US-STATE-AECA",
    "eu_fsf": "EU-CONSOLIDATED",
    "eu_journal_sanctions": "EU-CONSOLIDATED",
    "gb_fcdo_sanctions": "UK-SANCTIONS",
    "gb_hmt_sanctions": "UK-SANCTIONS",
    "un_sc_sanctions": "UN-SC",
}
_DATASETS = re.compile(rb'"datasets":\s*\["([^"]+)"')
_PROGRAMMES = {"US-CMIC": "US-OFAC-NSCMIC", "US-BIS-EL": "US-BIS-EL", "US-BIS-MEU": "US-BIS-MEU"}
OTHER = "OTHER"
_TOPICS = ("sanction", "export.control", "debarment")
_NAMES = (
    ("name", NameKind.FULL),
    ("alias", NameKind.ALIAS),
    ("weakAlias", NameKind.WEAK),
    ("previousName", NameKind.FORMER),
)
_SCHEMES = {
    "uscCode": "uscc",
    "leiCode": "lei",
    "isinCode": "isin",
    "ticker": "ticker",
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "innCode": "tax",
    "ogrnCode": "registration",
    "swiftBic": "bic",
    "dunsCode": "duns",
    "imoNumber": "imo",
}
Properties = dict[str, list[Any]]


class Ftm(OneFile):
    """One entity a line."""

    agent = Agent("ftm", "1")
    title = "FollowTheMoney entities"

    def claims(self, head: bytes, name: str) -> bool:
        """By the first line: an object with ``schema`` and ``properties``."""
        del name
        first = head.lstrip().partition(b"\n")[0]
        return first[:1] == b"{" and b'"schema"' in first and b'"properties"' in first

    def collection(self, head: bytes) -> str:
        """The dataset that the first entity is from."""
        found = _DATASETS.search(head)
        return found[1].decode("utf-8", "replace") if found else ""

    def load(self, files: dict[str, ListFile]) -> Iterator[Row]:
        """The entities that are bodies, persons or of no known kind; addresses, sanctions, links are no entries."""
        file = files["main"]
        sanctions: dict[str, list[Properties]] = {}
        for _, entity in _entities(file):
            if entity and entity.get("schema") == "Sanction":
                for of in entity["properties"].get("entity", []):
                    sanctions.setdefault(of, []).append(entity["properties"])
        for number, entity in _entities(file):
            row = f"line {number}"
            if entity is None:
                yield Skipped(row, Why.FAULT, "no entity of FollowTheMoney", cut=True)
            elif entity["schema"] in BODIES | UNTOLD | {PERSON}:
                yield _entry(entity, row, file, sanctions.get(entity["id"], []))
            elif entity["schema"] in ("Vessel", "Airplane", "CryptoWallet"):
                yield Skipped(row, Why.OTHER, entity["schema"].lower())


def _entities(file: ListFile) -> Iterator[tuple[int, dict[str, Any] | None]]:
    for number, line in enumerate(file.lines(), 1):
        try:
            entity = json.loads(line)
            whole = isinstance(entity["id"], str) and isinstance(entity["properties"], dict) and bool(entity["schema"])
            yield number, entity if whole else None
        except (ValueError, KeyError, TypeError, RecursionError):
            yield number, None


def _entry(entity: dict[str, Any], row: str, file: ListFile, sanctions: list[Properties]) -> Row:
    facts: Properties = entity["properties"]
    if entity["schema"] == PERSON or facts.get("birthDate"):
        return Skipped(row, Why.PERSON)
    sanctions = sanctions + [s["properties"] for s in facts.get("sanctions", []) if isinstance(s, dict)]
    listed = entity.get("target") or sanctions or any(t.startswith(_TOPICS) for t in facts.get("topics", []))
    if not listed:
        return Skipped(row, Why.OTHER, "on no list")
    names = _names(entity, facts)
    out = turned_away(name.text for name in names) if entity["schema"] in UNTOLD else None
    if out:
        return Skipped(row, out)
    regimes = _regimes(entity, sanctions)
    told = _facts(entity, sanctions, one=len(regimes) == 1)
    found = [listing(regime, entity["id"], names, file.digest, row, **told) for regime in regimes]
    fault = next((one for one in found if isinstance(one, Skipped)), None)
    return fault or tuple(one for listings in found if not isinstance(listings, Skipped) for one in listings)


def _names(entity: dict[str, Any], facts: Properties) -> list[ListedName]:
    caption = clean(entity.get("caption"))
    names = [named(text, kind) for field, kind in _NAMES for text in facts.get(field, [])]
    return sorted(names, key=lambda name: (name.kind is not NameKind.FULL, name.text != caption))


def _regimes(entity: dict[str, Any], sanctions: list[Properties]) -> list[str]:
    programmes = [p for s in sanctions for p in s.get("programId", [])]
    regimes = [_PROGRAMMES[p] for p in programmes if p in _PROGRAMMES]
    regimes += (DATASETS[name] for name in entity.get("datasets", []) if name in DATASETS)
    return list(dict.fromkeys(regimes)) or [OTHER]


def _facts(entity: dict[str, Any], sanctions: list[Properties], *, one: bool) -> dict[str, Any]:
    """What is told of the body; dates only where there is ``one`` regime, for they are not told apart by regime."""
    facts: Properties = entity["properties"]
    began = filter(None, (day(d) for s in sanctions for d in s.get("startDate", []) + s.get("listingDate", [])))
    ended = [d for s in sanctions for d in s.get("endDate", [])]
    return {
        "identifiers": [(scheme, value) for field, scheme in _SCHEMES.items() for value in facts.get(field, [])],
        "country": next(iter(facts.get("jurisdiction", []) + facts.get("country", [])), None),
        "addresses": [clean(a) for a in facts.get("address", []) if isinstance(a, str)],
        "programme": "; ".join(dict.fromkeys(p for s in sanctions for p in s.get("program", []))),
        "effective": min(began, default=None) if one else None,
        "ended": day(max(ended)) if one and ended and len(ended) == len(sanctions) else None,
        "cite": f"OpenSanctions {entity['id']}",
        "status": Checking.UNVERIFIED,
        "unverified": TOLD,
    }
