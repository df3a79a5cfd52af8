"""Bodies named on a page: companies, authorities and institutions, each where it stands; never a person.

Names are told by what they end or begin with (有限公司, 公安局, Ltd, Ministry of …) and by short names that the page
defines: without such words nobody is named. What only says a role or a kind (采购人, the Company) names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from countersight.find.bodies import aliases_en, aliases_zh, en, zh
from countersight.find.bodies.words import Alias, Named
from countersight.model import BlockKind, Clue, Page
from countersight.text.identifiers import identifiers
from countersight.text.roles import pattern

BODY, ALIAS, IDENTIFIER = "body", "body_alias", "body_id"
"""Fields of clues. The value of an alias is the other name, of an identifier scheme and number; ``group`` is whose."""

_NEAR = 150  # characters between a name and a number that is its own
_MARGIN = 3  # lines at the top and bottom of a page
_NUMBER = re.compile(r"[0-9A-Z]{12}|\bC\.?R\.? ?[Nn]o|注册号|Registration N|公司编号|公司編號")
_LAID_OUT = re.compile("(?<=[\u3400-\u9fff（）()])\\s+(?=[\u3400-\u9fff（）()])")
_ENGLISH = re.compile(
    r"[)）]?[\s,，;；]*[(（]?(?:公司)?(?:英文)(?:全称|名称|名)?[:：为]?\s*"
    r"|\s*[(（]?English name:?\s*|\s*[(（]in Chinese:?\s*"
)
_SPREAD = ("公 司", "安 局", "政 府", "学 院", "大 学", "医 院")
_SPREAD_LINE = re.compile("(?:[\u3400-\u9fff（）()] ){5,}[\u3400-\u9fff）)]")
_OPENED, _CLOSED = re.compile(r"\s*[(（]\s*"), re.compile(r"\s*[)）,，;；]")
_SEAL = re.compile(r"\s*[(（]?(?:盖单位章|单位公章|公\s?章|盖\s?章|[合发财投业]\S{1,3}专用章|official seal|seal)")
_MAIL = re.compile(r"(?:From|To|Cc|Bcc|Reply-To|Organi[sz]ation|Sender|发件人|收件人|抄送|寄件者|收件者)\s?[:：]")
_PARTY = re.compile(
    rf"(?:(?P<buyer>甲\s?方|(?i:{pattern('buyer')}))|(?P<agent>(?i:{pattern('agent')}))"
    rf"|(?P<supplier>乙\s?方|(?i:中标候选人|{pattern('supplier', 'bidder')}))"
    rf"|(?P<member>成员|(?i:{pattern('member')})))"
    r"(?:名称|\s?[(（][^()（）]{1,12}[)）])*\s?[:：\t]\s?(?:名\s?称[:：])?\s?\Z"
)
_LABELLED = re.compile(r"[:：\t]")  # at the end of any such words, but for blanks
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]{3}")


def bodies(page: Page) -> Iterator[Clue]:
    """The bodies that a page names, other names tied to them, and the identifiers beside them."""
    text = page.text
    found, tied = find(text)
    found = _outside_addresses(page, found)
    for one in found:
        yield Clue(BODY, page.number, one.start, one.end, written(text[one.start : one.end]), how(text, one))
    for alias in tied:
        value, of = (written(text[a:b]) for a, b in ((alias.start, alias.end), (alias.of.start, alias.of.end)))
        yield Clue(ALIAS, page.number, alias.start, alias.end, value, alias.how, group=of)
    if found and _NUMBER.search(text):
        yield from _identified(page, [one for one in found if one.kind != "short"])


def _outside_addresses(page: Page, found: list[Named]) -> list[Named]:
    """The bodies without the words of addresses in fields of data: TALAVERA OFFICE."""
    fields = [block for block in page.blocks if block.kind is BlockKind.FIELD and "ddress" in block.ref]
    return [one for one in found if not any(block.start <= one.start < block.end for block in fields)]


def written(name: str) -> str:
    """A name on one line: without white space between Chinese characters."""
    return " ".join(_LAID_OUT.sub("", name).split())


@lru_cache(maxsize=2)
def find(text: str) -> tuple[list[Named], list[Alias]]:
    """The bodies that a text names, in order and without overlap, and the other names it ties to them."""
    found: list[Named] = []
    tied: list[Alias] = []
    for language, others, asked in ((zh, aliases_zh, _HAN), (en, aliases_en, _LATIN)):
        if asked.search(text):
            some = language.find(text)
            found = _merged(found, some)
            tied += others.aliases(text, some)
    if not text.isascii() and any(word in text for word in _SPREAD):
        found = _merged(found, _spread(text))
    tied += _paired(text, found)
    short = [alias for alias in tied if alias.how == "short"]
    relative = [alias for alias in aliases_zh.relative(text, found) if alias not in short]
    placed = (Named(alias.start, alias.end, "short") for alias in relative)
    return _merged(_merged(found, _repeated(text, short)), placed), [*tied, *relative]


def _spread(text: str) -> Iterator[Named]:
    """The bodies in lines whose characters a layout spread: 有 限 公 司."""
    for line in _SPREAD_LINE.finditer(text):
        places = [at for at in range(*line.span()) if text[at] != " "]
        for one in zh.find("".join(text[at] for at in places)):
            yield Named(places[one.start], places[one.end - 1] + 1, one.kind)


def _paired(text: str, found: list[Named]) -> Iterator[Alias]:
    """Names in two languages side by side: one in brackets behind the other, or labelled as the English one."""
    for one, other in pairwise(found):
        two = (text[one.start : one.end], text[other.start : other.end])
        if bool(_HAN.search(two[0])) is not bool(_HAN.search(two[1])) and (
            _ENGLISH.fullmatch(text, one.end, other.start)
            or (_OPENED.fullmatch(text, one.end, other.start) and _CLOSED.match(text, other.end))
        ):
            yield Alias(other.start, other.end, one, "pair")


def _identified(page: Page, found: list[Named]) -> Iterator[Clue]:
    """Identifiers, each with the one body that is named on its line or the lines before it."""
    text = page.text
    for start, end, number in identifiers(text):
        line = text.rfind("\n", 0, start) + 1
        beside = [one for one in found if line <= one.start and one.end <= start]
        above = text.rfind("\n", 0, max(0, line - 1)) + 1
        last = [one for one in found if above <= one.start and one.end < line]
        near = beside[-1:] or last or [one for one in found if start - _NEAR <= one.start and one.end <= start]
        if len(near) == 1 and not any(start < one.start < _line_end(text, end) for one in found if not beside):
            of = written(text[near[0].start : near[0].end])
            yield Clue(IDENTIFIER, page.number, start, end, f"{number.scheme} {number.value}", group=of)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def how(text: str, one: Named) -> str:
    """How a name stands: ``party`` with its role, ``seal``, ``mail``, ``table``, ``letterhead`` or ``text``."""
    start, end = text.rfind("\n", 0, one.start) + 1, _line_end(text, one.end)
    before = text[start : one.start]
    if role := _role(before):
        return f"party:{role}"
    if _SEAL.match(text, one.end):
        return "seal"
    if _MAIL.match(before):
        return "mail"
    if "\t" in text[start:end]:
        return "table"
    alone = not before.strip() and not text[one.end : end].strip()
    if alone and (text.count("\n", 0, start) < _MARGIN or text.count("\n", end) < _MARGIN):
        return "letterhead"
    return "text"


def _role(before: str) -> str:
    found = _PARTY.search(before) if _LABELLED.search(before, max(0, len(before) - 3)) else None
    return next((role for role, said in (found.groupdict() if found else {}).items() if said), "")


def _repeated(text: str, short: Iterable[Alias]) -> Iterator[Named]:
    """Every place of the short names that a text defines; the letters are looked for first, which is quicker."""
    for alias in short:
        said = text[alias.start : alias.end]
        edge = "{0}(?<![A-Za-z0-9]{0})(?![A-Za-z0-9])" if said[0].isascii() else "{0}"
        for again in re.finditer(edge.format(re.escape(said)), text):
            yield Named(again.start(), again.end(), "short")


def _merged(first: Iterable[Named], more: Iterable[Named]) -> list[Named]:
    """Both, in order; where two overlap the longer stands."""
    kept: list[Named] = []
    for one in sorted((*first, *more), key=lambda named: (named.start, -named.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept
