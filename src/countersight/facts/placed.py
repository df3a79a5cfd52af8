"""A deal with its citations placed on their pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from countersight.model import Citation, Deal

Of = Callable[[Citation], Citation]


def placed(deal: Deal, of: Of) -> Deal:
    """The deal with ``of`` each of its citations in its stead."""
    return replace(
        deal,
        citations=_each(deal.citations, of),
        parties=tuple(replace(party, citation=of(party.citation)) for party in deal.parties),
        items=tuple(replace(item, citation=of(item.citation), cells=_each(item.cells, of)) for item in deal.items),
        components=tuple(replace(component, citation=of(component.citation)) for component in deal.components),
        questions=tuple(replace(asked, citations=tuple(map(of, asked.citations))) for asked in deal.questions),
    )


def _each(citations: dict[str, Citation], of: Of) -> dict[str, Citation]:
    return {name: of(citation) for name, citation in citations.items()}


def cited(deal: Deal) -> Iterator[Citation]:
    """All citations of a deal, those of the cells of its lines too."""
    yield from deal.citations.values()
    yield from (party.citation for party in deal.parties)
    for item in deal.items:
        yield from (item.citation, *item.cells.values())
    yield from (component.citation for component in deal.components)
    for question in deal.questions:
        yield from question.citations
