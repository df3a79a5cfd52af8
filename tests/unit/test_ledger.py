from __future__ import annotations

import json

import pytest

from countersight.errors import IntegrityError
from countersight.ledger import GENESIS, check, entry, inclusion_proof, merkle_root, proven
from countersight.model import Digest

AT = "2026-01-02T03:04:05Z"


def ledger(count: int) -> list[bytes]:
    lines, previous = [], GENESIS
    for n in range(1, count + 1):
        made = entry(n, AT, "received", {"name": f"合同{n}.pdf", "size": n}, previous)
        lines.append(made.line())
        previous = made.hash
    return lines


def test_a_line_is_canonical_and_its_hash_can_be_worked_out_with_any_tool() -> None:
    (line,) = ledger(1)
    data = json.loads(line)
    stated = data.pop("hash")
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert stated == Digest.of(canonical)
    assert data == {
        "n": 1,
        "at": AT,
        "act": "received",
        "facts": {"name": "合同1.pdf", "size": 1},
        "previous": "0" * 64,
    }
    assert line.endswith(b"\n")


def test_an_empty_ledger_holds() -> None:
    assert list(check([])) == []


@pytest.mark.parametrize("line", [b"", b"\n", b"null\n", b"[]\n", b"{}\n", b"\xff\xfe\n", b'{"n":1}\n'])
def test_a_line_that_is_no_entry_is_named(line: bytes) -> None:
    with pytest.raises(IntegrityError, match=r"ledger\.jsonl line 3 is not an entry") as caught:
        list(check([*ledger(2), line]))
    assert caught.value.way_out
    assert caught.value.exit_code == 4


def test_a_changed_fact_is_named_and_what_went_before_is_read() -> None:
    lines = ledger(3)
    lines[1] = lines[1].replace(b'"size":2', b'"size":9')
    checked = check(lines)
    assert next(checked).n == 1
    with pytest.raises(IntegrityError, match="line 2 was changed"):
        next(checked)


def test_a_changed_fact_with_its_hash_worked_out_anew_breaks_the_next_line() -> None:
    lines = ledger(3)
    first = next(check(lines))
    lines[1] = entry(2, AT, "received", {"name": "another.pdf"}, first.hash).line()
    with pytest.raises(IntegrityError, match="line 3 does not follow"):
        list(check(lines))


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 2], [0, 0, 1, 2], [1, 2]])
def test_lines_swapped_left_out_or_doubled(order: list[int]) -> None:
    lines = ledger(3)
    with pytest.raises(IntegrityError, match="does not follow"):
        list(check([lines[i] for i in order]))


def test_the_same_facts_written_with_spaces_are_another_line() -> None:
    (line,) = ledger(1)
    spaced = json.dumps(json.loads(line), ensure_ascii=False).encode() + b"\n"
    with pytest.raises(IntegrityError, match="line 1 was changed"):
        list(check([spaced]))


def test_known_roots() -> None:
    # RFC 6962 test vectors as published with the reference log: no leaf, one empty leaf.
    assert merkle_root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle_root([b""]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle_root([b"", b"\x00"]) == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"


def test_a_leaf_is_no_node() -> None:
    left, right = Digest.of(b"\x00a"), Digest.of(b"\x00b")
    assert merkle_root([bytes.fromhex(left) + bytes.fromhex(right)]) != merkle_root([b"a", b"b"])


def test_a_proof_is_as_short_as_the_tree_is_high() -> None:
    leaves = [bytes([n]) for n in range(100)]
    proof = inclusion_proof(leaves, 99)
    assert len(proof) <= 7
    assert proven(leaves[99], proof, merkle_root(leaves))
    assert not proven(leaves[98], proof, merkle_root(leaves))
