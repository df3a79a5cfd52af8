"""Contract facts: clues on a page, deals made of them, and the bodies they name."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from countersight.model.findings import Citation
from countersight.model.values import DateSpan, Digest

WEIGHED = "weighed"

GRADES = ("feed", "cell", "label", "prose", WEIGHED)
"""How a clue was told, the surest first: a field of a structured record, beside its label in a table, after its label
in a line, in running text, or by nothing but the weight of all words around it."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A fact as one place of one page says it: the atom of deals and of bodies.

    ``field`` says of what (``buyer``, ``value``, ``signed``, ``body`` …); ``[start, end)`` are the characters on
    ``page`` that say it, ``value`` what they say in its normal form (text of its own kind: a name as written, ISO days,
    ``1200000 CNY``), ``label`` the words that told what it is. ``group`` joins clues of one thing (a lot, a party).
    """

    field: str
    page: int
    start: int
    end: int
    value: str
    label: str = ""
    grade: str = "label"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole units of a currency (ISO 4217; None where the record names none).

    ``tax`` is ``included``, ``excluded`` or None where the record does not say.
    """

    amount: Decimal
    currency: str | None
    tax: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A body in a role of a deal: ``buyer``, ``agent``, ``supplier``, ``party``, ``leader``, ``member``, ``recipient``.

    A ``party`` is one of which the contract does not say whether it buys or supplies. ``leader`` and ``member`` are of
    a consortium, a ``recipient`` gets data. ``lot`` names the lot or award of a record
    of several, ``value`` is what it is worth.

    ``identifiers`` are pairs of scheme and value that stand beside the name; ``organisation`` is the id of the body
    that the name resolves to.
    """

    name: str
    role: str
    citation: Citation
    identifiers: tuple[tuple[str, str], ...] = ()
    organisation: str | None = None
    lot: str | None = None
    value: Money | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a bill of quantities; its cells as written and in their normal form, each with its citation.

    ``operator`` is ``>=``, ``<=`` … where the record demands a least or most; ``alternative`` says whether it allows an
    equivalent. ``section`` is the heading it stands under. ``cells`` cites single fields by name, ``citation`` the
    whole line.
    """

    number: str | None
    description: str | None
    citation: Citation
    brand: str | None = None
    model: str | None = None
    origin: str | None = None
    operator: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    unit_price: Money | None = None
    total: Money | None = None
    lot: str | None = None
    alternative: bool = False
    maker: str | None = None
    section: str | None = None
    cells: dict[str, Citation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Component:
    """A named part: chip, disk, software or algorithm, tied to its maker, with how many of it a record names.

    ``unlisted`` says that the maker is what a label or a head of a column says it is, and none that is known.
    """

    name: str
    maker: str | None
    kind: str
    quantity: Decimal | None
    operator: str | None
    alternative: bool
    citation: Citation
    unlisted: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A reading question: figures of a record that do not agree. Nothing is repaired."""

    what: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """A contract, tender, award or other record of one, as one document tells it; absent facts are None.

    ``dates`` go by role (``tender``: when bids close or are opened, ``award``, ``signed``, ``start``, ``end``,
    ``document``); ``computed`` names those that a relative term gives, with its words;
    ``weighed`` names the fields and roles that only the weight of the words around them tells, with those words.
    ``citations`` cite fields by name. ``family`` is the id of the project whose records this is one of.
    ``district`` is the administrative place,
    from province to county, that ``place`` or the parties' names give; ``bill_total`` is the one sum that its lines of
    goods have, as written; ``earlier`` are references of other records of
    the project that it names, ``mentions`` those in its text that may be of another.
    """

    id: str
    kind: str
    digest: Digest
    title: str | None = None
    reference: str | None = None
    references: tuple[str, ...] = ()
    method: str | None = None
    parties: tuple[Party, ...] = ()
    value: Money | None = None
    budget: Money | None = None
    ceiling: Money | None = None
    dates: dict[str, DateSpan] = field(default_factory=dict)
    computed: dict[str, str] = field(default_factory=dict)
    weighed: dict[str, str] = field(default_factory=dict)
    term: str | None = None
    option: str | None = None
    place: str | None = None
    district: str | None = None
    model: str | None = None
    funding: str | None = None
    warranty: str | None = None
    bill_total: Money | None = None
    items: tuple[Item, ...] = ()
    components: tuple[Component, ...] = ()
    questions: tuple[Question, ...] = ()
    citations: dict[str, Citation] = field(default_factory=dict)
    family: str | None = None
    earlier: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()

    def party(self, role: str) -> Party | None:
        """The first party in a role."""
        return next((party for party in self.parties if party.role == role), None)


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that two records of one project give differently: what each says, and where."""

    field: str
    before: str
    after: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """The records of one project: ids of deals with their kinds, why each joined, what is missing, what changed.

    ``reasons`` are pairs of a deal's id and words; ``missing`` are kinds of records that the case does not hold.
    """

    id: str
    title: str | None
    references: tuple[str, ...]
    records: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    changes: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A body named in one document: the name as written, how often, where first, and what stands beside it.

    ``how`` says where names stood: ``text``, ``table``, ``seal``, ``letterhead``, ``mail``, ``party``. ``ties`` are
    other names that the document ties to it: how (``short``, ``former``, ``pair`` of languages) and the other name.
    """

    name: str
    language: str
    count: int
    citation: Citation
    how: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    ties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """A view over sightings that resolve to one body; never stored as truth.

    ``names`` are names with their language and how often each stands in the records, ``reasons`` say why the sightings
    are taken for one body. ``kind`` is ``company``, ``authority``, ``institution`` or ``other``; ``level`` that of an
    authority (``national``, ``region``, ``prefecture``, ``county``, ``township``), ``place`` the key of where it is.
    ``keys`` are what names are compared by; ``suggested`` are ids of bodies that may be the same, and why.
    """

    id: str
    names: tuple[tuple[str, str, int], ...]
    kind: str
    identifiers: tuple[tuple[str, str], ...] = ()
    roles: tuple[str, ...] = ()
    level: str | None = None
    place: str | None = None
    reasons: tuple[str, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    keys: tuple[str, ...] = ()
    suggested: tuple[tuple[str, str], ...] = ()
