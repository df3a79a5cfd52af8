"""The JSON Schema of a rule pack, from the same tables the reader of packs uses: editors complete and check by it.

What a schema cannot say (that a concept exists, that bounds make sense) the reader of packs checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from countersight.find.involvement import ROLES
from countersight.find.nodes import SCOPES
from countersight.find.numbers import UNITS
from countersight.find.rules import KIND_RUNGS, REGIONS
from countersight.model import RUNGS, Strength

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_WORD: Schema = {"type": ["string", "number"]}
_NAME: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_FLAG: Schema = {"type": "boolean"}
_NODE: Schema = {"$ref": "#/$defs/node"}
_KIND: Schema = {"enum": sorted(KIND_RUNGS)}


def schema() -> Schema:
    """The schema of a YAML file of a pack (JSON Schema, draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "countersight rule pack",
        **_object(
            {},
            {
                "concepts": _map(_object({"gloss": _TEXT}, {**_forms(), "local": _FLAG})),
                "additions": _map(_object({}, _forms())),
                "masks": _list(
                    _object({"id": _TEXT, "why": _TEXT}, {key: _words() for key in ("zh", "en", "when", "unless")})
                ),
                "rules": _list({"$ref": "#/$defs/rule"}, 0),
                "glossary": {"type": "object", "additionalProperties": _TEXT},
                "waiting": _list(_object(dict.fromkeys(_WAITING, _TEXT), {}), 0),
                "joined": _list(_object(_graded((*_JOINED, "joins")), {"makers": _words()}), 0),
            },
        ),
        "$defs": {"rule": _rule(), "node": _node()},
    }


_WAITING = ("id", "family", "title", "definition", "why", "waits_for")
_JOINED = ("id", "family", "title", "definition", "why", "shows", "does_not_show")


def _graded(words: Iterable[str]) -> Schema:
    """What a flag must say of itself."""
    return {
        **dict.fromkeys(words, _TEXT),
        "severity": {"type": "array", "items": {"enum": [1, 2, 3, 4, 5]}, "minItems": 3, "maxItems": 3},
        "min_rung": {"enum": list(RUNGS)},
        "norms": _words(),
        "alternatives": _words(),
    }


def _rule() -> Schema:
    required = {
        **_graded(_JOINED),
        "when": _NODE,
        "examples": _list(_example({"expect": {"enum": [str(strength) for strength in Strength]}})),
        "counter_examples": _list(_example({})),
    }
    scope = {"enum": list(SCOPES)}
    sides = {"by": _words(), "of": _words(), "before": _NUMBER, "after": _NUMBER, "undone": _FLAG, "denied": _FLAG}
    optional = {
        "role": {"enum": list(ROLES)},
        "scope": {"anyOf": [scope, _list(scope)]},
        "carries": {"type": "object", "additionalProperties": {"enum": list(RUNGS)}, "propertyNames": _KIND},
        "rung_cap": _list(_object({"rung": {"enum": list(RUNGS)}, "when": _NODE}, {})),
        "negation": {"anyOf": [{"const": "none"}, _object({}, sides)]},
        "exculpates": _NODE,
        "requires": _list(_condition()),
    }
    return _object(required, optional)


def _example(more: Schema) -> Schema:
    return _object({"lang": _TEXT, "text": _TEXT}, {"kind": _KIND, **more})


def _condition() -> Schema:
    day = {"type": ["string", "integer"]}
    signal = _object({"of": {"anyOf": [_NAME, _list(_NAME)]}}, _bounds())
    tests = {
        "kinds": _list(_KIND),
        "not_kinds": _list(_KIND),
        "not_regions": _list({"enum": sorted(REGIONS)}),
        "languages": _words(),
        "dated": _object({}, {"from": day, "to": day}),
        "signal": signal,
    }
    conditions = _object({}, {**tests, "else": {"enum": ["drop", "lead"]}, "note": _TEXT})
    return {**conditions, "oneOf": [{"required": [name]} for name in tests]}


def _node() -> Schema:
    nodes = _list(_NODE)
    number = {"unit": {"enum": sorted(UNITS)}}
    operators = {
        "all": nodes,
        "any": nodes,
        "none": nodes,
        "near": _object({"of": nodes, "distance": _NUMBER}, {"ordered": _FLAG}),
        "count": _object({"of": _NAME}, {**_bounds(), "distinct": _FLAG}),
        "number": _object(number, {**_bounds(), "by": _NAME, "distance": _NUMBER}),
        "earlier": _object({"of": _NAME, "than": _NAME, "days": _NUMBER}, {"distance": _NUMBER}),
        "before": _object({"of": _NAME, "than": _NAME}, {"distance": _NUMBER}),
        "values": _object({"one": _NAME, "rest": _NAME}, {"least": _NUMBER, "most": _NUMBER}),
        **dict.fromkeys(SCOPES, _NODE),
    }
    return {"anyOf": [_NAME, nodes, {**_object({}, operators), "minProperties": 1, "maxProperties": 1}]}


def _bounds() -> Schema:
    return {"at_least": _NUMBER, "at_most": _NUMBER}


def _forms() -> Schema:
    return {key: _words() for key in ("zh", "bare", "en", "code", "except", "includes")}


def _words() -> Schema:
    return {"type": "array", "items": _WORD}


def _list(item: Schema, least: int = 1) -> Schema:
    return {"type": "array", "items": item, "minItems": least}


def _map(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value, "propertyNames": _NAME}


def _object(required: Schema, optional: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }
