"""The rule language as YAML: from an entry to a node. Every complaint names file and line."""

from __future__ import annotations

from collections.abc import Callable

from countersight.find.days import Earlier
from countersight.find.lexicon import Lexicon
from countersight.find.nodes import NEARBY, SCOPES, Absent, Concept, Count, Either, Every, Near, Node, Number, Within
from countersight.find.numbers import UNITS
from countersight.find.order import Before
from countersight.find.values import Values
from countersight.find.yamlfile import Entry


def read_node(entry: Entry, lexicon: Lexicon) -> Node:
    """The node an entry describes: a concept's name, a list (all of it) or one operator. Raises RuleError."""
    if entry.is_list:
        return Every(_nodes(entry, lexicon))
    if not entry.is_mapping:
        return Concept(read_name(entry, lexicon))
    fields = entry.mapping((), (*_OPERATORS, *SCOPES))
    if len(fields) != 1:
        entry.fail(f"one operator; found {', '.join(fields) or 'none'}")
    operator, operand = next(iter(fields.items()))
    if operator in SCOPES:
        return Within(operator, read_node(operand, lexicon))
    return _OPERATORS[operator](operand, lexicon)


def read_name(entry: Entry, lexicon: Lexicon) -> str:
    """The name of a concept of the lexicon. Raises RuleError."""
    name = entry.text()
    if name not in lexicon:
        entry.fail(f"a concept of the lexicon; found {name!r}. Add it to the lexicon or correct the name")
    return name


def read_names(entry: Entry, lexicon: Lexicon) -> tuple[str, ...]:
    """The names of concepts in a list that is not empty. Raises RuleError."""
    return tuple(read_name(item, lexicon) for item in entry.items()) or entry.fail("at least one concept")


def read_bounds(fields: dict[str, Entry], least: int) -> tuple[int, int | None]:
    """``at_least`` (``least`` where not given) and ``at_most``. Raises RuleError where nothing can lie between them."""
    low = fields["at_least"].integer() if "at_least" in fields else least
    high = fields["at_most"].integer() if "at_most" in fields else None
    if high is not None and high < low:
        fields["at_most"].fail(f"a number not under {low}")
    return low, high


def _nodes(entry: Entry, lexicon: Lexicon) -> tuple[Node, ...]:
    return tuple(read_node(item, lexicon) for item in entry.items()) or entry.fail("at least one item")


def _near(entry: Entry, lexicon: Lexicon) -> Node:
    fields = entry.mapping(("of", "distance"), ("ordered",))
    ordered = "ordered" in fields and fields["ordered"].boolean()
    return Near(_nodes(fields["of"], lexicon), fields["distance"].integer(), ordered)


def _count(entry: Entry, lexicon: Lexicon) -> Node:
    fields = entry.mapping(("of",), ("at_least", "at_most", "distinct"))
    low, high = read_bounds(fields, 0 if "at_most" in fields else 1)
    return Count(read_name(fields["of"], lexicon), low, high, "distinct" in fields and fields["distinct"].boolean())


def _number(entry: Entry, lexicon: Lexicon) -> Node:
    fields = entry.mapping(("unit",), ("at_least", "at_most", "by", "distance"))
    low, high = read_bounds(fields, 0)
    by = read_name(fields["by"], lexicon) if "by" in fields else None
    distance = fields["distance"].integer() if "distance" in fields else NEARBY
    return Number(fields["unit"].choice(tuple(UNITS)), low, high, by, distance)


def _earlier(entry: Entry, lexicon: Lexicon) -> Node:
    fields = entry.mapping(("of", "than", "days"), ("distance",))
    distance = fields["distance"].integer() if "distance" in fields else NEARBY
    return Earlier(
        read_name(fields["of"], lexicon), read_name(fields["than"], lexicon), fields["days"].integer(), distance
    )


def _before(entry: Entry, lexicon: Lexicon) -> Node:
    fields = entry.mapping(("of", "than"), ("distance",))
    distance = fields["distance"].integer() if "distance" in fields else NEARBY
    return Before(read_name(fields["of"], lexicon), read_name(fields["than"], lexicon), distance)


def _values(entry: Entry, lexicon: Lexicon) -> Node:
    fields = entry.mapping(("one", "rest"), ("least", "most"))
    one, rest = read_name(fields["one"], lexicon), read_name(fields["rest"], lexicon)
    if both := set(lexicon.leaves[one]) & set(lexicon.leaves[rest]):
        fields["rest"].fail(f"values apart from those of {one!r}; both hold {min(both)!r}")
    least = fields["least"].integer() if "least" in fields else 2
    return Values(one, rest, least, fields["most"].integer() if "most" in fields else 4)


_OPERATORS: dict[str, Callable[[Entry, Lexicon], Node]] = {
    "all": lambda entry, lexicon: Every(_nodes(entry, lexicon)),
    "any": lambda entry, lexicon: Either(_nodes(entry, lexicon)),
    "none": lambda entry, lexicon: Absent(_nodes(entry, lexicon)),
    "near": _near,
    "count": _count,
    "number": _number,
    "earlier": _earlier,
    "before": _before,
    "values": _values,
}
