"""Tables of who bid: which of their rows are of those who won, as a column says, and which only of those who bid."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

WON, BIDS = 1, 3
"""Levels of the names in a row that says that it won, and of those of rows that only compare."""

_SCORED = re.compile(
    r"得分|评分|排[名序]|名次|评审?价|报价|\b(?:scores?|points|rank(?:ing)?"
    r"|(?:bid|quote|quotation)s?(?! (?:no|num|ref|date|id)))\b",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"是否(?:中标|成交|入围|得标|中选)|(?:中标|评审|评标|比价)结果|\b(?:status|outcome|results?|won|awarded)\b",
    re.IGNORECASE,
)
_OF_LOTS = re.compile(r"\s*(?:包|标段|标项|分包|lot\b)", re.IGNORECASE)
_WINS = re.compile(r"中标|成交|中选|得标|\b(?:award\w*|winn\w+|successful)\b", re.IGNORECASE)
_WON = re.compile(
    r"是|中标|成交|中选|入围|得标|√|✓|中标人|(?:第一|首选)?(?:中标|成交)(?:人|供应商)"
    r"|(?:yes|won|winner|winning(?: bid(?:der)?)?|awarded|award|success(?:ful)?|selected)",
    re.IGNORECASE,
)
_LOST = re.compile(r"未(?:中标|成交|入围|中选)|落[标选]|\b(?:unsuccessful|rejected|not awarded)\b", re.IGNORECASE)


def winners(head: Mapping[int, str], rows: Sequence[Mapping[int, str]], column: int) -> tuple[list[int], int | None]:
    """The places of the rows whose names in ``column`` count, and their level if it is not that of the column's head.

    ``head`` and ``rows`` are cells by their columns. Where lots are told apart every row is one of its own.
    """
    kept = [n for n, row in enumerate(rows) if not any(map(_LOST.search, row.values()))]
    told = [at for at, said in head.items() if _OUTCOME.search(said)]
    scored = any(map(_SCORED.search, head.values()))
    if len(rows) < 2 or any(map(_OF_LOTS.match, head.values())):  # noqa: PLR2004 (that are compared)
        return list(range(len(rows))), None
    won = [n for n in kept if any(_WON.fullmatch(rows[n].get(at, "").strip()) for at in told)]
    if won:
        return won, None if len(won) == len(rows) else WON
    return kept, BIDS if scored and not _WINS.search(head[column]) else None
