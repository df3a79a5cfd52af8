"""What a reader is told where a hit rests on characters that were read weakly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from countersight.model import Hit, Page, Weak


def doubts(hits: Iterable[tuple[Hit, Page]]) -> tuple[str, ...]:
    """One note for each weak character that the hits rest on or suppose to be another, each once."""
    return tuple(dict.fromkeys(note for hit, page in hits for note in _notes(hit, page)))


def _notes(hit: Hit, page: Page) -> Iterator[str]:
    weak = {one.at: one for one in page.weak}
    if hit.supposed:
        taken = _taken(hit, page)
        words = "; ".join(f"read “{page.text[at]}”, may be “{char}”" for at, char in hit.supposed)
        yield f"Holds only if a weakly read character is another: {words}{f'; taken as {taken}' if taken else ''}."
        return
    for term in hit.terms:
        doubtful = [weak[at] for at in range(term.start, term.end) if at in weak]
        if doubtful:
            yield f"“{term.text}” rests on what was read weakly: {'; '.join(_told(one, page) for one in doubtful)}."


def _taken(hit: Hit, page: Page) -> str:
    """The decisive words as supposed, where a changed character is among them."""
    changed = list(page.text)
    for at, char in hit.supposed:
        changed[at] = char
    touched = [term for term in hit.terms if any(term.start <= at < term.end for at, _ in hit.supposed)]
    return ", ".join(dict.fromkeys(f"“{''.join(changed[term.start : term.end])}”" for term in touched))


def _told(one: Weak, page: Page) -> str:
    others = f", may be {' '.join(one.others)}" if one.others else ""
    return f"“{page.text[one.at]}” (score {one.score:.2f}{others})"
