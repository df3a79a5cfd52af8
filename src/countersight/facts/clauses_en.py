"""How long an English contract runs, how it goes on, how long goods are warranted and where they are delivered.

The clause that is headed *Term* tells the term by its first sentence that says how long or until when; where a later
one says it otherwise, the clause tells nothing. What other clauses say is looked for by letters that it must have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from countersight.facts.names import name
from countersight.facts.prose import clue, dated, near, span_of
from countersight.model import Clue, Page
from countersight.text import terms


def _flowing(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern whose spaces are any gap between words, the end of a line too."""
    return re.compile(pattern.replace(" ", r"\s+"), flags)


_COUNT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred)"
)
_LENGTH = (
    rf"(?:(?<![\w-])(?:(?i:{_COUNT}(?:[ -](?:and )?{_COUNT})*)(?: ?\(\d{{1,3}}\))?|(?<![.,/])\d{{1,3}})"
    r"[ -](?:full |calendar |consecutive )?(?:year|month|week|day)s?\b)"
)
_STOP = r"(?:unless|and|or|provided|subject|until|with|without|shall|will|except|in|by|for|during|whichever|as)\b"
_SINCE = (
    r"(?:,? (?:from|after|following|upon|(?:beginning|commencing|starting)(?: on| from| with| upon)?)"
    rf"(?: (?!{_STOP})[\w’'/-]+){{1,10}}(?:(?<=\d), \d{{4}})?)?"
)
_DAY = (
    r"(?:the )?(?:[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{1,2}(?:st|nd|rd|th)?(?: day of)? [A-Z][a-z]{2,8},? \d{4})"
)

_TITLE = r"(?:TERMS?|Terms?|DURATION|Duration|PERIOD|Period)"
_HEAD = re.compile(  # 3. Term. – ARTICLE 6 - TERM AND TERMINATION
    r"^[ \t]*(?:(?:ARTICLE|Article|SECTION|Section|CLAUSE|Clause)[ \t]*)?"
    r"(?:(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[A-Z]|\([a-z\d]\))[.):]?[ \t]*)?[–—-]?[ \t]*(?:INITIAL |Initial )?"
    rf"{_TITLE}\b(?P<more>[A-Za-z; ]{{0,40}})(?:[.:–—-]|(?=\n))",
    re.MULTILINE,
)
_MORE = re.compile(
    r"(?:\W+|of|this|the|and|termination|survival|agreement|contract|renewal|lease|licen[cs]e|services?)*",
    re.IGNORECASE,
)
_WORD = re.compile(_TITLE)
_CLAUSE = 1_200  # characters
_NEXT = re.compile(
    r"\n[ \t]*(?:(?:ARTICLE|Article|SECTION|Section)[ \t]*[IVX\d]|\d{1,2}(?:\.\d{1,2}){0,2}[.)]?[ \t]+[A-Z]"
    r"|[B-Z]\.[ \t]+[A-Z])"
)
_SENTENCE = re.compile(r"(?<=[a-z)\"”\d])\.\s+(?=[A-Z(“\"])")
_RUNS = _flowing(
    r"(?:\b(?:for|of|is|be)|[:.]) (?:an? |the )?(?:initial |minimum |fixed )?(?:(?:term|period) (?:of )?)?"
    rf"(?P<length>{_LENGTH}{_SINCE})"
    rf"|\bdate that is (?P<date>{_LENGTH}{_SINCE})"
    r"|\b(?P<days>(?:begin|commence|start)s? [^.;]{3,90}? (?:expires?|terminates?|ends?|continue|remain|until"
    rf"|through)\b(?:(?!later|earlier)[^.;\d]){{0,40}}?{_DAY}"
    rf"|(?:from )?{_DAY} (?:through|to|until|[–-]) (?:and including )?{_DAY})"
    rf"|\b(?P<until>(?:until|through) (?:{_DAY}"
    r"|the (?:later|earlier) of [^.;]{10,260}?(?= \((?:the )?[“\"]|, unless\b|[.;])"
    r"|the [\w-]+ (?:\(\d{1,2}\w{2}\) )?anniversary of (?:the )?[\w’' ]{4,40}?(?=[^\w’' ])))"
    r"|\b(?P<open>perpetual(?:ly)?|in perpetuity|indefinitely)\b"
    r"|\b(?P<whole>for the (?:total |entire |full )?(?:duration|life) of [\w’' ]{4,60}?(?= \(|[.;,]| unless))"
)
_LOOSE = re.compile(r"(?:\s+(?:the|of|an?|to|its|on|such|from|any|each)|[\s,.;])+$")  # no end of a phrase
# What before a length or a day says that it is not that of the contract's first run, and what behind it does.
_ASIDE = re.compile(
    r"\b(?:renew|exten|thereafter|additional|successive|further|notice|prior to|terminate this|cure|breach"
    r"|default|surviv|previous|at least|within|following the (?:expir|terminat))[^.;]*$",
    re.IGNORECASE,
)
_BEHIND = _flowing(
    r"[’']? ?(?:\([^()]{0,30}\) )?(?:prior|(?:written |advance )?notice|thereafter|before)\b", re.IGNORECASE
)
_OVER = _flowing(r"\b(?:after|following|from|upon) (?:the |its )?(?:\w+ )?(?:terminat|expir)", re.IGNORECASE)
_LAST = _flowing(
    r"\b(?:expir(?:es?|ing)|terminat(?:es?|ing)|end(?:s|ing)?|until|through) (?:on |and including )?"
    rf"(?P<day>{_DAY})"
)
_HEREOF = _flowing(
    r"\b(?:date (?:hereof|of this (?:\w+ )?(?:agreement|contract|document|lease)|first (?:above )?written)"
    r"|first date above written)",
    re.IGNORECASE,
)
SINCE_MADE = "made"
"""The field of a clue that a contract begins on the day on which it was made."""

_TERM = re.compile(
    r"(?<!during the )(?:"
    r"\b(?:initial\s+)?term\s+of\s+(?:this|the)\s+(?:agreement"
    r"|contract)\b(?![^.;]{0,12}\band\s+for)[^.;]{0,90}?\b(?:of|is|be|for)\s+"
    r"|\b(?:maintenance|services?|engagement|appointment|licen[cs]e|lease)\s+(?:is|are|shall\s+(?:be|run"
    r"|continue))\s+for\s+"
    r"(?=an?\s+(?:initial\s+)?(?:term|period)\s+of)"
    r"|(?<!\ban\s)(?<!previous\s)(?<!prior\s)\b(?:agreement"
    r"|contract)\b[^.;]{0,90}?\b(?:for\s+(?:an?\s+)?(?:initial\s+)?(?:term|period)\s+of|initial\s+term\s+of"
    r"|(?:effect|force|effective|continue|remain)\s+for)\s+(?:an?\s+(?:initial\s+)?(?:term|period)\s+of\s+)?"
    r"|\b(?:initial\s+term|contract\s+period)\b[^.;]{0,50}?\b(?:of|is|be)\s+"
    r")(?:an?\s+(?:initial\s+)?(?:term|period)\s+of\s+)?"
    r"(?P<term>[A-Za-z\d-]+\s?(?:\(\d+\)[\s-]?)?(?:calendar\s)?(?:years?|months?|weeks?|days?)\b)"
    r"(?!\s+(?:thereafter|after\s+(?:the\s+)?(?:termination|expir)|following\s+(?:the\s+)?(?:termination"
    r"|expir)|prior|(?:written\s+)?notice|before))",
    re.IGNORECASE,
)
_CURED = re.compile(
    r"\b(?:default|breach|cure|notice|unremedied|fail\w*|surviv\w*|thereafter)", re.IGNORECASE
)  # … continues for 15 days
_TERMS = (
    *("nitial term", "nitial Term", "erm of th", "for a term", "for a period", "ontract period", "ontract Period"),
    *("effect for", "force for", "effective for", "continue for", "remain in"),
)
_RENEWAL = re.compile(
    r"\b(?:automatic(?:ally)?\s+(?:successive\s+)?|may\s+(?:be\s+)?|(?:option|right|possibility)\s+to\s+|to\s+be\s+"
    r"|shall\s+(?:be\s+)?|will\s+(?:be\s+)?|successive\s+)"
    r"(?:automatically\s+)?(?:renew(?:ed"
    r"|al)?|(?:extend|prolong)(?:ed)?|extension)\b[^.;()]{0,60}(?:\(\d+\))?[^.;()]{0,60}?(?:\b(?:year"
    r"|month)s?\b(?:\s+(?:periods?|terms?))?|\b(?:to|until)\s+[a-z]{3,9}\s\d{1,2},\s\d{4})",
    re.IGNORECASE,
)
_RENEWALS = ("renew", "extend", "xtension", "prolong")
# … two rights of renewal of 2 years each; five one-year renewal options; 5 years, at the option of the Buyer
_RIGHT = _flowing(
    rf"(?i:{_COUNT}|\b\d)(?: \(\d\))? (?:[\w-]+ ){{0,2}}(?:(?:rights?|options?) (?:of renewal|to (?:renew"
    rf"|extend))(?: of| for)?[^.;,\n]{{0,40}}"
    r"|(?:renewal|extension) (?:options?|rights?)\b)"
    rf"|{_LENGTH}[^.;\n]{{0,30}} at the (?:[\w’']+ ){{0,2}}(?:option|discretion)\b"
)
_RIGHTS = ("ption", "enewal", "iscretion")
# The Authority may extend the Term by two periods; has the option to order up to 20 additional cameras
_MAY = _flowing(
    r"(?:\b(?:The |the )?(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,4}|parties)|\bit) "
    r"(?:(?:may|can|shall be entitled to|is entitled to|reserves the right to)"
    r"|(?:has|have|shall have) (?:the|an?) (?:sole |unilateral )?(?:option|right)(?: to|,))"
    r"(?:,? (?:at|in) its (?:sole |own )?(?:discretion|option),?)? (?:to )?"
    r"(?:(?:extend|renew|prolong) (?:it|(?:the |this )?(?:[\w-]+ ){0,3}?(?:[Tt]erm|[Aa]greement|[Cc]ontract"
    r"|[Ll]ease|[Ll]icen[cs]e|[Ss]ervices?|[Mm]aintenance|[Oo]rder))\b"
    r"|(?:order|purchase|acquire|buy|call off|take up) (?:[\w-]+ ){0,5}?(?:further|additional|extra|more|optional)\b)"
    r"(?:[^.;\n]|\n(?=[a-z(\d])){0,160}"
)
_MAYS = (" extend ", " renew ", " prolong ", " order ", " purchase ", " acquire ", " buy ", "call off ", "take up ")
_WARRANTED = _flowing(
    rf"\b[Ff]or (?:a period of )?(?P<first>{_LENGTH}{_SINCE})[^.;]{{0,60}}?,? (?:[Tt]he )?"
    r"[A-Z]\w+(?: [A-Z]\w+){0,2} (?:hereby )?warrants\b"
    r"|\b[Ww]arrant(?:y|s|ed|ies)\b[^.;]{0,200}?\b(?:for|is|of|be) (?:an? |the )?(?:minimum )?(?:(?:period|term) of )?"
    rf"(?P<then>{_LENGTH}{_SINCE})"
    rf"|(?P<its>{_LENGTH}) (?:limited |product |manufacturer[’']s |free )?"
    r"(?:[Ww]arranty|[Mm]aintenance [Pp]eriod|[Dd]efects [Ll]iability)\b"
)
_WARRANTIES = ("arrant", "ARRANT", "aintenance Period", "aintenance period", "efects ")
# What in a sentence on warranties says that its length is of something else.
_NOT_WARRANTED = re.compile(
    r"\b(?:within|notif|notice|return|claim|surviv|represent|terminat|insur|records?\b|invoice|payment|renew"
    r"|extended|previous)",
    re.IGNORECASE,
)
_DELIVERED = re.compile(
    r"\b(?P<cue>F\.?O\.?B\.?|FCA|CIF|CIP|CFR|CPT|DAP|DPU|DDP|DDU|EXW|[Ee]x[ -][Ww]orks)[,:]?\s+(?:to\s+)?"
    r"(?P<place>[A-Z][\w-]+(?![\w’'-])(?:(?:,\s|\s)(?:of\s|de\s)?(?:[A-Z][\w’'-]+|No\.\s\d+|\d+))*)"
)
_NO_OPTION = re.compile(
    r"\b(?:not|time (?:for|of)|deadline|only if|closing date|validity|insurance|coverage)\b", re.IGNORECASE
)
_INCOTERMS = "FOB FCA CIF CIP CFR CPT DAP DPU DDP DDU EXW"
_TERMS_OF_TRADE = ("F.O.B", *_INCOTERMS.split(), "x Works", "x works")
_NO_PLACE = re.compile(
    r"(?:Origin|Destination|Incoterms?|INCOTERMS?|Delivery|Supplier|Seller|Buyer|Shipping|Ship|Point|Factory"
    r"|Price|Basis|Terms?|Cost"
    r"|ORIGIN|DESTINATION|POINT|The|Freight|Unless|In|All|Amount|Total|Value|Port(?!\s\w))\b"
)


def clues(page: Page) -> Iterator[Clue]:
    """The clues of a page's clauses on how long, on renewal, warranty and delivery."""
    text = page.text
    yield from _headed(page)
    for match in near(text, _TERMS, _TERM, 120, 150):
        if terms.length(match["term"]) and not _CURED.search(match[0]):
            yield clue(page, "term", match.span("term"), name(match["term"]), "term of")
    yield from _options(page)
    if "arrant" in text or "iability" in text or "aintenance " in text:
        yield from _warranties(page)
    for match in near(text, _TERMS_OF_TRADE, _DELIVERED, 1, 90):
        if not _NO_PLACE.match(match["place"]):
            yield clue(page, "place", match.span("place"), name(match["place"]), match["cue"])


def _options(page: Page) -> Iterator[Clue]:
    """How a contract may go on, and what more may be ordered under it."""
    text = page.text
    for match in near(text, _RENEWALS, _RENEWAL, 40, 160):
        if of_contract(text, match) and not _NO_OPTION.search(match[0]):
            yield clue(page, "option", match.span(), name(match[0]), "renewal")
    for match in near(text, _RIGHTS, _RIGHT, 70, 70):
        yield clue(page, "option", match.span(), name(match[0]), "right of renewal")
    for match in near(text, _MAYS, _MAY, 90, 200):
        if not _NO_OPTION.search(match[0]):
            yield clue(page, "option", match.span(), name(match[0]), "may extend")


def _headed(page: Page) -> Iterator[Clue]:
    """What the clauses that are headed as that on the term say of it."""
    text = page.text
    lines = dict.fromkeys(text.rfind("\n", 0, word.start()) + 1 for word in _WORD.finditer(text))
    for head in filter(None, (_HEAD.match(text, line) for line in lines)):
        if not _MORE.fullmatch(head["more"]):
            continue
        begin = head.end() - (text[head.end() - 1] in ".:–—-")
        ends = [one.start() for one in _NEXT.finditer(text, begin, begin + _CLAUSE)]
        end = next((at for at in ends if text[begin:at].strip(" .:-–—\n")), min(len(text), begin + _CLAUSE))
        if said := _said(text, begin, end):
            start, stop = said
            yield replace(clue(page, "term", said, name(text[start:stop]), "Term"), grade="label")
            yield from span_of(page, start, stop, "Term", "prose")
            if last := _LAST.search(text, start, min(end, stop + _NEARBY)):
                yield from dated(page, "end", last.span("day"), "Term")
            if hereof := _HEREOF.search(text, begin, stop):
                yield clue(page, SINCE_MADE, hereof.span(), name(hereof[0]), "Term")
        for match in _RENEWAL.finditer(text, begin, end):
            yield clue(page, "option", match.span(), name(match[0]), "Term")


def _said(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Where a clause says how long or until when: in its first sentence that does, if no other says it differently."""
    found: list[tuple[int, int]] = []
    bounds = [begin, *(stop.end() for stop in _SENTENCE.finditer(text, begin, end)), end]
    for low, high in pairwise(bounds):
        own = [match for match in _RUNS.finditer(text, low, high) if _first_run(text, low, match)]
        if own:
            best = min(own, key=lambda match: (match.lastgroup == "days", match.start()))
            group = str(best.lastgroup)
            start, stop = best.span(group)
            found.append((start, start + len(_LOOSE.sub("", text[start:stop]))))
    return found[0] if len({name(text[low:high]) for low, high in found}) == 1 else None


def _first_run(text: str, low: int, match: re.Match[str]) -> bool:
    """Whether a length or day of a sentence is of the contract's first run, not of renewal, notice or default."""
    start, stop = match.span(str(match.lastgroup))
    if _ASIDE.search(text, low, start) or _OVER.search(text, start, stop) or _BEHIND.match(text, stop):
        return False
    return match.lastgroup != "length" or terms.length(match["length"]) is not None or "(" in match["length"]


def _warranties(page: Page) -> Iterator[Clue]:
    text = page.text
    for match in near(text, _WARRANTIES, _WARRANTED, 90, 290):
        group = str(match.lastgroup)
        begin = max(0, text.rfind(". ", 0, match.start()), match.start() - _NEARBY)
        if not _NOT_WARRANTED.search(text, begin, match.start(group)) and not _BEHIND.match(text, match.end(group)):
            start = match.start(group)
            stop = start + len(_LOOSE.sub("", match[group]))
            yield clue(page, "warranty", (start, stop), name(text[start:stop]), "warranted for")


def of_contract(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence says something of the contract itself, not of another that it names behind."""
    low = max(0, match.start() - _NEARBY)
    named = [*_OF_CONTRACT.finditer(text, low, match.start())]
    return bool(named) and not _ANOTHER.search(text[low : named[-1].end()])


_OF_CONTRACT = re.compile(r"\b(?:agreement|contract|term)\b", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:an|another|that certain|prior|previous|existing)\s(?:(?!this\b|the\b)[\w-]+\s){0,4}(?:agreement|contract)\Z",
    re.IGNORECASE,
)
_NEARBY = 120  # characters before a thing within which a sentence says what it is of
