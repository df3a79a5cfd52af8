"""Whether a text holds any of some words, told in one pass: for readers that most pages have nothing for."""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick


class Hints:
    """Words, each as it is written, that a reader needs one of; asking for all costs a few microseconds a page."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)
        self._automaton: AhoCorasick | None = None

    def within(self, text: str) -> bool:
        """Whether any of the words is part of the text."""
        return bool(self._built().find_matches_as_indexes(text))

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Where words stand, by their ends: the number of each and its range. They may overlap."""
        return self._built().find_matches_as_indexes(text, overlapping=True)

    def _built(self) -> AhoCorasick:
        if self._automaton is None:
            self._automaton = AhoCorasick(self._words)
        return self._automaton
