"""The parties of an English contract, by the terms its preamble defines for them, and the side each is on.

Read are ``… Ltd (the "Supplier")``, ``… Inc. ("Acme"), a Delaware corporation``, ``… LLC, hereinafter referred to as
"Owner"`` and ``… COUNCIL of County Hall (Council)``. A side is told by the term; of two parties the other has the other
side; else by what the recitals say one of them wishes or is to do. What tells none is a party without a side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from countersight.facts.names import names

BUYER, SUPPLIER, PARTY = "buyer", "supplier", "party"

_BUYERS = (
    "buyer purchaser customer client employer authority owner lessee licensee council user subscriber principal"
    " distributor reseller dealer tenant franchisee city county state district board university ministry department"
    " government hospital entity bureau agency"
)
_DEALERS = frozenset({"distributor", "reseller", "dealer"})
"""Who buys to sell on: a buyer, but the seller of who buys from him."""
_SELLERS = (
    "seller supplier vendor contractor subcontractor consultant provider manufacturer developer licensor lessor"
    " publisher host concessionaire operator franchisor landlord administrator servicer integrator installer processor"
    " custodian carrier"
)
_SIDES = {
    **dict.fromkeys(_BUYERS.split(), BUYER),
    **dict.fromkeys(_SELLERS.split(), SUPPLIER),
    "procuring entity": BUYER,
    "end user": BUYER,
}
_NO_NAMES = (
    "agreement contract date parties party act closing project services goods products product term works"
    " equipment system software territory trademarks confidentiality affiliate affiliates plan program order fee"
    " fees premises business company's transaction marks mark lease amendment deed effective price statement sec"
    " offering code rules shares commission"
)
_NO_PARTY = frozenset(_NO_NAMES.split())
_QUOTE = "“”\"‘’'"
_TERM = re.compile(rf"[{_QUOTE}]{{1,2}}(?:[Tt]he\s+)?(?P<term>[A-Z][\w .&/-]{{1,38}}?)[,.]?[{_QUOTE}]{{1,2}}")
_DEFINED = re.compile(
    rf"\((?P<inside>[^()]{{0,200}}[{_QUOTE}][^()]{{2,150}})\)"
    r"|\((?P<bare>(?:the\s)?[A-Z][a-z]+(?:\s[A-Z][a-z]+)?|[A-Z]{2,12})\)"
    r"|\bhere(?:in)?after\s(?:(?:referred\sto|called|known|designated)(?:\sas)?\s)?(?:the\s)?"
    rf"(?P<called>[{_QUOTE}](?:[Tt]he\s+)?[A-Z][A-Za-z ]{{2,20}}[,.]?[{_QUOTE}])"
)
_STARTS = re.compile(
    r"\b(?:between|among|by|with|authori[sz]es|appoints|engages|retains|hereby|undersigned|and|parties|from"
    r"|in favou?r of|that|which|whereby)\b[:,]?|\(\d\)\s|(?<!\.)\b[A-Da-d\d][.)]\s|:\s*\n|[-—]{2,}\s",
    re.IGNORECASE,
)
_END = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?:?|Recitals|BACKGROUND|WITNESSETH|W I T N E S S E T H|(?:NOW|Now),?"
    r" [Tt](?:HEREFORE|herefore)"
    r"|(?:hereby\s)?agree(?:s|d)?\s(?:as\sfollows|that\sthe)|for\sthe\spurpose|sets?\sforth)\b"
)
_RECITALS_END = re.compile(r"\b(?:NOW|Now),? (?:THEREFORE|[Tt]herefore)|agree(?:s|d)?\sas\sfollows|\b1\.\s")
# What says that the words before it name an organisation: …, a Delaware corporation.
_DESCRIBED = re.compile(
    r"\s*(?:[Tt]he\s)?(?P<name>[A-Z][\w.&'’/-]*(?:\s(?:[A-Z&][\w.&'’/-]*|of|and|the|for)){0,8}),?\s(?:(?:an?|the)\s"
    r"(?:[\w.-]+\s){0,4}(?:corporation|company|limited\sliability|partnership|association|trust|body\scorporate|agency"
    r"|municipality|institution|cooperative|university|department)\b|incorporated\s(?:and|in|under)\b|organi[sz]ed\sunder)",
)
_NOT_NAMED = re.compile(r"\b(?:this|these|agreement|contract|dated|exhibit|attorney)\b", re.IGNORECASE)
_ALONE = re.compile(r"[\w-]+\W*|(?:[A-Z][a-z]+\s){1,2}(?:[cC]orporation|[cC]ompany)|(?:New|North|South|West)\s\w+\s\w+")
_APART = re.compile(r"\b(?:[Bb]etween|BETWEEN|[Aa]mong)\b|\(\d\)\s|\[")  # between a name and a term that is not its own
_GENERIC = re.compile(
    r"(?:the )?(?:commission|company|corporation|council|authority|court|board|government|services|systems"
    r"|software)\.?",
    re.IGNORECASE,
)
_LOWER = (
    "of and the for in on de la du des del di da van von der zu y e et für und to at & as plc ltd inc mbh d.o.o."
    " a.s. s.r.o."
)
_SMALL = frozenset(_LOWER.split())  # words that names write small
_LONGEST, _BEFORE, _MOST = 4_000, 500, 6  # characters of a preamble, and before a term; parties
_OPENS = re.compile(r"(?:[.;]|\d\.|\(\w\))\s+\Z")  # what a sentence begins behind
_DOES = (
    r"(?:(?:now\s)?(?:wishes|desires|intends|seeks|wants|is\s(?:willing|desirous|prepared)|has\sagreed|agrees|shall|will|must"
    r"|would\slike)\b(?:\s(?:to|of|and|is|able|willing|hereby)\b)*)"
)
_BUYS = re.compile(
    rf"\s{_DOES}\s(?:purchas\w+|buy\w*|procur\w+|engag\w+|retain\w*|acquir\w+|hir\w+|obtain\w*|receiv\w+|pay)\b"
)
_SELLS = re.compile(
    rf"\s{_DOES}\s(?:suppl\w+|sell\w*|provid\w+|perform\w*|furnish\w*|grant\w*|render\w*|lease\sto|deliver\w*)\b"
)
_TO_BUYER = re.compile(  # … sold to, … paid by
    r"\b(?:(?:suppl(?:y|ied)|s[eo]l[dl]|furnish(?:ed)?|deliver(?:ed)?|provided?|invoiced?|rendered|shipped)\s(?:\w+\s){0,4}to"
    r"|(?:paid|payable|purchased|ordered|owed|reimbursed)\s(?:\w+\s){0,3}by)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_TO_SELLER = re.compile(  # … bought from, … payable to, … furnished by
    r"\b(?:(?:purchas\w+|buy|bought|ordered)\s(?:\w+\s){0,4}from|(?:paid|payable|pay|payments?|compensation|fees?|due)(?:\sto)?"
    r"|(?:supplied|sold|furnished|delivered|provided|rendered|performed|manufactured)\s(?:\w+\s){0,4}by)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_CLOSE = 70  # characters before a party's name in which a verb says what it is to do with it
_RECITALS = 5_000  # characters behind the preamble in which its recitals stand


@dataclass(frozen=True, slots=True)
class Named:
    """A party named at ``[start, end)`` of a text, the terms by which the contract calls it, and its side."""

    start: int
    end: int
    terms: tuple[str, ...]
    side: str = PARTY


def flowing(text: str) -> str:
    """The text, as long as it was, with the line breaks that only a page's width made as spaces."""
    lines = text.replace("\xa0", " ").split("\n")
    soft = [len(line.strip()) >= _FULL and bool(_GOES_ON.match(after)) for line, after in pairwise(lines)]
    return "".join(line + (" " if joins else "\n") for line, joins in zip(lines, soft, strict=False)) + lines[-1]


_FULL = 45  # characters of a line that may go on on the next
_GOES_ON = re.compile(r"[^\s\d]")


def parties(text: str) -> list[Named]:
    """The parties that an opening names, in order."""
    text = flowing(text)
    found: list[Named] = []
    floor = 0
    for match in _DEFINED.finditer(text):
        if found and (_END.search(text, found[-1].end, match.start()) or match.start() - found[0].start > _LONGEST):
            break
        terms = _terms(match)
        if not terms:
            continue
        low = max(floor, match.start() - _BEFORE)
        name = _group(match) if _GROUP.search(text, low, match.start()) else _name_before(text, low, match.start())
        if name and (not match["bare"] or _side(terms) or _shortens(terms[0], text[slice(*name)])):
            if all(text[slice(*name)].lower() != text[one.start : one.end].lower() for one in found):
                found.append(Named(*name, terms))
            floor = match.end()
        if len(found) == _MOST:
            break
    return list(_with_sides(text, found))


_GROUP = re.compile(
    r"\b(?:consortium|joint\sventure)\s(?:of|between|comprising|consisting\sof|composed\sof|formed\sby|constituted\sby)\b",
    re.IGNORECASE,
)


def _group(match: re.Match[str]) -> tuple[int, int] | None:
    """The name of a group of firms where the term defined for it is one: never that of the last of them."""
    found = _TERM.search(match[0])
    named = found and re.search(r"\w.*\b(?:consortium|joint venture|JV)$", found["term"], re.IGNORECASE)
    return (match.start() + found.start("term"), match.start() + found.end("term")) if found and named else None


def _terms(match: re.Match[str]) -> tuple[str, ...]:
    """What a definition calls a party; empty where it defines something else."""
    if match["bare"]:
        term = match["bare"].removeprefix("the ")
        return (term,) if term.isupper() or _side((term,)) else ()
    terms = tuple(found["term"].strip() for found in _TERM.finditer(match["inside"] or match["called"]))
    return terms if terms and not any(term.lower().split()[-1] in _NO_PARTY for term in terms) else ()


def _shortens(term: str, name: str) -> bool:
    """Whether letters in brackets are a name's first word or its initials."""
    words = re.findall(r"\w+", name.upper())
    return term == words[0] or "".join(word[0] for word in words).startswith(term)


def _name_before(text: str, low: int, at: int) -> tuple[int, int] | None:
    """The range of the first name that begins at the head of a part of the sentence before ``at``."""
    starts = [low, *(found.end() for found in _STARTS.finditer(text, low, at))]
    lines = [low + found.end() for found in re.finditer(r"\n\s*", text[low:at])]
    for start in starts[1:] + lines[::-1] + starts[:1]:
        described = _DESCRIBED.match(text, start, at)
        found = next(names(text, start, at), None) or (described.span("name") if described else None)
        if found and _is_name(text, *found) and not _APART.search(text, found[1], at):
            article = text.startswith("The ", found[0]) and _OPENS.search(text, 0, found[0])
            return found[0] + 4 * bool(article), found[1]
    return None


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether words name a body and do not say what kind of body another is: a Nevada corporation."""
    article = re.search(r"\b[Aa]n?\s\Z", text[max(0, start - 4) : start])
    name = text[start:end]
    written = all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in re.findall(r"[\w.'’-]+", name))
    return written and not (_NOT_NAMED.search(name) or _GENERIC.fullmatch(name) or (article and _ALONE.fullmatch(name)))


def _side(terms: tuple[str, ...]) -> str | None:
    for term in terms:
        low = term.lower()
        if side := _SIDES.get(low) or _SIDES.get(low.split()[-1]):
            return side
    return None


def _with_sides(text: str, found: list[Named]) -> Iterator[Named]:
    """The parties with the sides that their terms, the other's or the recitals tell."""
    sides = [_side(one.terms) for one in found]
    if not any(sides) and len(found) == 2:  # noqa: PLR2004
        recitals = text[found[-1].end : found[-1].end + _RECITALS]
        end = _RECITALS_END.search(recitals)
        sides = [_acts(recitals[: end.start()] if end else "", one.terms) for one in found]
        sides = sides if any(sides) else _dealing(text[found[-1].end :], found)
    dealers = [any(term.lower() in _DEALERS for term in one.terms) for one in found]
    if sides == [BUYER, BUYER] and sum(dealers) == 1:
        sides = [SUPPLIER if dealer else BUYER for dealer in dealers]
    if len(found) == 2 and len({*sides} - {None}) == 1:  # noqa: PLR2004
        counter = SUPPLIER if BUYER in sides else BUYER
        sides = [side or counter for side in sides] if None in sides else [None, None]
    for one, side in zip(found, sides, strict=True):
        yield Named(one.start, one.end, one.terms, side or PARTY)


def _dealing(text: str, found: list[Named]) -> list[str | None]:
    """The sides of two parties of which one is oftener said to buy or pay than to sell, the other the other way."""
    sides: list[str | None] = []
    for one in found:
        bought = sold = 0
        for at in re.finditer(rf"\b(?:{'|'.join(map(re.escape, one.terms))})\b", text):
            before = text[max(0, at.start() - _CLOSE) : at.start()]
            bought += bool(_BUYS.match(text, at.end()) or _TO_BUYER.search(before))
            sold += bool(_SELLS.match(text, at.end()) or _TO_SELLER.search(before))
        sides.append(None if bought == sold else BUYER if bought > sold else SUPPLIER)
    return sides if len({*sides} - {None}) == 2 else [None, None]  # noqa: PLR2004


def _acts(recitals: str, terms: tuple[str, ...]) -> str | None:
    """The side that what a party wishes or is to do puts it on; None where that is neither or both."""
    at = [found.end() for term in terms for found in re.finditer(rf"\b{re.escape(term)}\b", recitals)]
    buys, sells = (any(pattern.match(recitals, end) for end in at) for pattern in (_BUYS, _SELLS))
    return None if buys is sells else BUYER if buys else SUPPLIER
