"""The rules at work on pages already read: why a finding holds, and what the masks kept from being one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from countersight.find import RuleDetector, Why, explain_page
from countersight.model import Citation, Finding, Hit, Status
from countersight.pipeline.assemble import cite
from countersight.store.db import Database


@dataclass(frozen=True, slots=True)
class Masked:
    """A passage on which a rule would hold but for masks, and the masks that caught its words."""

    rule: str
    masks: tuple[str, ...]
    citation: Citation


def reasons(detector: RuleDetector, db: Database, finding: Finding) -> list[tuple[Citation, Why, bool]]:
    """For each citation of a finding: the rule's reasoning on that page, and whether the rule still holds there."""
    rule = detector.pack.rule(finding.rule)
    media = {file.digest: file.media_type for file in db.files() if file.media_type}
    told = []
    for citation in finding.citations:
        page = db.page(citation.digest, media[citation.digest] or "", citation.page or 1)
        why = explain_page(detector, page, rule, (citation.start, citation.end))
        hits = (hit for hit in detector.detect(page)[0] if hit.rule == rule.id)
        told.append((citation, why, any(_same(hit, citation) for hit in hits)))
    return told


def _same(hit: Hit, citation: Citation) -> bool:
    return hit.start <= citation.start and citation.end <= hit.end


def masked(detector: RuleDetector, db: Database) -> Iterator[Masked]:
    """What rules would have held on if no mask were applied, file by file, page by page."""
    bare = RuleDetector(replace(detector.pack, masks=()))
    for file in db.files():
        for page in db.pages(file) if file.digest and file.status is not Status.DUPLICATE else ():
            sight = detector.sight(page)
            if sight.caught:
                held = {(hit.rule, hit.start, hit.end) for hit in detector.detect(page)[0]}
                for hit in bare.detect(page)[0]:
                    names = sight.masked(sight.passage.forward(hit.start), sight.passage.forward(hit.end))
                    if names and (hit.rule, hit.start, hit.end) not in held:
                        yield Masked(hit.rule, names, cite(file, page, hit.start, hit.end))
