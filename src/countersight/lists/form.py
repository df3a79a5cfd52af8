"""What most formats have in common: one file is the whole list, and holds one list."""

from __future__ import annotations

from countersight.model import DateSpan


class OneFile:
    """The answers of such a format; one that knows more overrides them."""

    def part(self, head: bytes) -> str:
        """One file is the whole list."""
        del head
        return "main"

    def collection(self, head: bytes) -> str:
        """One list has this form, or what it holds tells them apart."""
        del head
        return ""

    def day(self, head: bytes) -> DateSpan | None:
        """The file does not say of which day it is."""
        del head
        return None
