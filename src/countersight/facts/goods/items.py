"""Items of a document: the lines of its bills of quantities, and what of them does not add up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from countersight.facts.goods.aligned import aligned
from countersight.facts.goods.bill import Cite, bills
from countersight.facts.goods.sums import questions, totals
from countersight.model import Citation, Item, Money, Page, Question
from countersight.text.tabular import Table, tables


class Listed(NamedTuple):
    """What the bills of quantities of a document say: lines, what does not add up, and the sums of whole bills."""

    items: tuple[Item, ...]
    questions: tuple[Question, ...]
    totals: tuple[tuple[Money, Citation], ...]


def listed(pages: Sequence[Page], cite: Cite) -> Listed:
    """The lines of goods of a document's pages, in order, and questions where their figures do not agree.

    ``pages`` are those that hold lines of goods, in order; ``cite`` gives the citation of a range of one of them.
    """
    texts = {page.number: page.text for page in pages}
    told = [*tables(pages), *(table for page in pages for table in aligned(page))]
    found = list(bills(sorted(told, key=_place), texts, {page.number: page.label for page in pages}))
    lines = tuple(read.item(cite) for bill in found for read in bill if not read.sum)
    sums = [one for bill in found for one in totals(bill)]
    asked = tuple(question for bill in found for question in questions(bill, cite))
    return Listed(lines, asked, tuple((one.amount.money, cite(one.page, one.start, one.end)) for one in sums))


def items(pages: Sequence[Page], cite: Cite) -> tuple[tuple[Item, ...], tuple[Question, ...]]:
    """Lines and questions of :func:`listed`."""
    found = listed(pages, cite)
    return found.items, found.questions


def _place(table: Table) -> tuple[int, int]:
    first = (*table.title, *table.head, *table.rows)[0]
    return first.page, first.start
