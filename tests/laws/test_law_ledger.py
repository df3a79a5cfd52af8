"""Laws of the ledger: a chain holds as written and in no other way; a proof leads to the root from its leaf alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from countersight.errors import IntegrityError
from countersight.ledger import GENESIS, check, entry, inclusion_proof, merkle_root, proven
from countersight.model import Digest

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
facts = st.dictionaries(words, words | st.integers() | st.none() | st.lists(words, max_size=2), max_size=3)
leaves = st.lists(st.binary(max_size=6), min_size=1, max_size=17)


@st.composite
def ledgers(draw: st.DrawFn) -> list[bytes]:
    lines: list[bytes] = []
    previous = GENESIS
    for n in range(1, draw(st.integers(1, 5)) + 1):
        made = entry(n, f"2026-01-01T00:00:0{n}Z", draw(words), draw(facts), previous)
        lines.append(made.line())
        previous = made.hash
    return lines


def broken_at(lines: list[bytes]) -> int | None:
    """The index of the line that the check names as the first that does not hold; None where all do."""
    try:
        list(check(lines))
    except IntegrityError as error:
        return int(error.what.split("line ")[1].split()[0]) - 1
    return None


class TestChain:
    """What was appended is read back; any byte flipped, cut, doubled, swapped or put in is found at its line."""

    @given(ledgers())
    def test_as_written(self, lines: list[bytes]) -> None:
        read = list(check(lines))
        assert [e.line() for e in read] == lines
        assert [e.n for e in read] == list(range(1, len(lines) + 1))

    @given(ledgers(), st.data())
    def test_any_flipped_bit_is_found_at_its_line(self, lines: list[bytes], data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(lines) - 1))
        byte = data.draw(st.integers(0, len(lines[at]) - 1))
        flipped = lines[at][byte] ^ (1 << data.draw(st.integers(0, 7)))
        changed = [*lines[:at], lines[at][:byte] + bytes([flipped]) + lines[at][byte + 1 :], *lines[at + 1 :]]
        assert broken_at(changed) == at

    @given(ledgers(), st.data())
    def test_a_line_cut_short_left_out_or_doubled_is_found(self, lines: list[bytes], data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(lines) - 1))
        short = lines[at][: data.draw(st.integers(0, len(lines[at]) - 1))]
        assert broken_at([*lines[:at], short, *lines[at + 1 :]]) == at
        assert broken_at([*lines[: at + 1], *lines[at:]]) == at + 1
        if at + 1 < len(lines):
            assert broken_at([*lines[:at], *lines[at + 1 :]]) == at

    @given(ledgers())
    def test_a_cut_at_the_end_is_a_shorter_valid_chain(self, lines: list[bytes]) -> None:
        assert broken_at(lines[:-1]) is None


class TestMerkle:
    """Every leaf is proven by its path; another leaf, another root or a changed path is not (RFC 9162, section 2.1)."""

    @given(leaves, st.data())
    def test_inclusion(self, items: list[bytes], data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(items) - 1))
        proof, root = inclusion_proof(items, at), merkle_root(items)
        assert proven(items[at], proof, root)
        assert not proven(items[at] + b"x", proof, root)
        assert not proven(items[at], proof, Digest.of(b"another"))
        assert len(proof) <= (len(items) - 1).bit_length()
        if proof:
            side, sibling = proof[-1]
            assert not proven(
                items[at], [*proof[:-1], (side, bytes(32) if sibling != bytes(32) else sibling[1:])], root
            )

    @given(leaves)
    def test_the_root_is_that_of_the_rfc(self, items: list[bytes]) -> None:
        assert merkle_root(items) == _by_definition(items).hex()

    @given(leaves, st.data())
    def test_a_change_anywhere_changes_the_root(self, items: list[bytes], data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(items) - 1))
        changed = [*items[:at], items[at] + b"\x00", *items[at + 1 :]]
        assert merkle_root(changed) != merkle_root(items)


def _by_definition(items: list[bytes]) -> bytes:
    """The recursive definition, split at the largest power of two below the number of leaves."""
    from hashlib import sha256  # noqa: PLC0415 (kept beside the definition)

    if len(items) == 1:
        return sha256(b"\x00" + items[0]).digest()
    k = 1 << (len(items) - 1).bit_length() - 1
    return sha256(b"\x01" + _by_definition(items[:k]) + _by_definition(items[k:])).digest()
