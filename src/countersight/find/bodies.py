"""Bodies named on a page: companies, authorities and institutions, each where it stands; never a person.

Names are told by what they end or begin with (有限公司, 公安局, Ltd, Ministry of …) and by short names that the page defines:
without such words nobody is named. What only says a role or a kind (采购人, the Company, 指挥中心) names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from countersight.find import bodies_en, bodies_zh
from countersight.find.bodytext import Alias, Named

_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]{3}")


def find(text: str) -> tuple[list[Named], list[Alias]]:
    """The bodies that a text names, in order and without overlap, and the other names it ties to them."""
    found: list[Named] = []
    tied: list[Alias] = []
    for language, asked in ((bodies_zh, _HAN), (bodies_en, _LATIN)):
        if asked.search(text):
            some = language.find(text)
            found = _merged(found, some)
            tied += language.aliases(text, some)
    short = [alias for alias in tied if alias.how == "short"]
    return _merged(found, _repeated(text, found, short)), tied


def _repeated(text: str, found: list[Named], short: Iterable[Alias]) -> Iterator[Named]:
    """Every place of the short names that a text defines, outside the names found already."""
    for alias in short:
        said = text[alias.start : alias.end]
        edge = "(?<![A-Za-z0-9]){}(?![A-Za-z0-9])" if said[0].isascii() else "{}"
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
