from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countersight.text.normal import flatten
from countersight.text.shingles import LENGTH, TOKEN, WINDOW, signature, unpacked

CLAUSES = "".join(
    f"第{n}条 乙方应当在{n * 3}日内完成{chr(0x4E00 + n * 7)}{chr(0x5E00 + n * 5)}系统的安装调试，逾期按日计收违约金。"
    for n in range(1, 60)
)
ENGLISH = " ".join(
    f"Clause {n}: the supplier number{n} shall install item{n * 7} within {n} days." for n in range(1, 90)
)


def hashes(text: str) -> set[int]:
    return set(unpacked(signature(flatten(text))).tolist())


def shared(one: str, other: str) -> float:
    a, b = hashes(one), hashes(other)
    return len(a & b) / min(len(a), len(b))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("不少于210台", ["不", "少", "于", "210", "台"]),
        ("ds-2cd3t25 camera", ["ds", "2cd3t25", "camera"]),
        ("电话█████，snake_case", ["电", "话", "snake", "case"]),
        ("カメラの契約", ["カ", "メ", "ラ", "の", "契", "約"]),
        ("договор 15 камер", ["договор", "15", "камер"]),
        ("", []),
    ],
)
def test_tokens_are_han_characters_and_words_of_other_letters(text: str, tokens: list[str]) -> None:
    assert TOKEN.findall(text) == tokens


@pytest.mark.parametrize("text", ["", "  ，。", "一二三四", "one two three four", "█" * 500])
def test_fewer_than_five_tokens_have_no_signature(text: str) -> None:
    assert signature(text) == b""


def test_five_tokens_have_one_hash_and_another_order_another() -> None:
    assert len(signature("a b c d e")) == 4
    assert signature("a b c d e") != signature("a b c e d")
    assert signature("ab c d e f") != signature("a bc d e f")


@pytest.mark.parametrize("text", [CLAUSES, ENGLISH])
def test_layout_punctuation_and_form_of_the_letters_do_not_matter(text: str) -> None:
    other = text.replace("，", " ，\n").replace(" ", "  ").replace("系统", "系 统").replace("Clause", "CLAUSE").upper()
    assert hashes(other) == hashes(text)


def test_traditional_and_simplified_are_the_same() -> None:
    assert hashes("維吾爾族人員屬性識別結果應當輸出三類取值") == hashes("维吾尔族人员属性识别结果应当输出三类取值")


@pytest.mark.parametrize("text", [CLAUSES, ENGLISH])
def test_a_passage_is_known_wherever_it_stands(text: str) -> None:
    third = len(text) // 3
    passage = text[third : 2 * third]
    assert shared(passage, "另外的文字放在前面作为引言部分。 A preface of other words altogether. " + text) > 0.9
    assert shared(text[:third], text[2 * third :]) < 0.2


def test_pages_joined_have_nearly_the_signature_of_the_whole() -> None:
    half = len(CLAUSES) // 2
    joined = signature(flatten(CLAUSES[:half])) + signature(flatten(CLAUSES[half:]))
    assert len(hashes(CLAUSES) & set(unpacked(joined).tolist())) > 0.9 * len(hashes(CLAUSES))


def test_every_long_enough_run_keeps_a_hash() -> None:
    """Winnowing's law: a run of WINDOW shingles in common leaves a hash in common."""
    tokens = TOKEN.findall(flatten(CLAUSES))
    need = WINDOW + LENGTH - 1
    whole = hashes(CLAUSES)
    for at in range(0, len(tokens) - need, 17):
        run = " ".join(tokens[at : at + need])
        assert hashes(run) & whole, run


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_signature_of_ascending_hashes(text: str) -> None:
    found = signature(flatten(text))
    tokens = TOKEN.findall(flatten(text))
    assert (found == b"") == (len(tokens) < LENGTH)
    assert unpacked(found).astype("<u4").tobytes() == found


def test_lone_surrogates_and_characters_beyond_the_planes_do_no_harm() -> None:
    assert signature("a b \udcff c \U0010ffff d e") == signature("a b c d e")
    assert len(signature("\U00020000\U00020001\U00020002\U00020003\U00020004")) == 4


def test_another_process_gives_the_same_signature() -> None:
    script = (
        "from countersight.text.shingles import signature; print(signature('甲方应当在三十日内支付合同价款').hex())"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
    assert told == signature("甲方应当在三十日内支付合同价款").hex() != ""


def test_a_page_costs_a_tenth_of_a_millisecond() -> None:
    page = flatten(CLAUSES)[:1_000]
    signature(page)
    began = time.process_time()
    for _ in range(300):
        signature(page)
    assert time.process_time() - began < 0.3  # ten times what it takes: a loaded machine is slow
