from __future__ import annotations

from random import Random

import pytest

from countersight.model import Block, BlockKind, Digest, Page, codec
from countersight.relate import CROWD, DocumentText, Kind, Relation, relations

WHO = ("甲方", "乙方", "监理单位", "承建单位", "验收小组", "采购人", "审计机构")
HOW = ("应当按照", "须依据", "不得违反", "有权参照", "可书面要求对方遵守", "承诺严格执行")
WHAT = ("交付全部设备并完成安装调试", "提交竣工资料及操作手册", "组织培训并出具记录", "保存系统日志", "编制项目周报")


def lots(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (the same words in every run are wanted)


def clauses(seed: int, count: int = 40) -> list[str]:
    chance = lots(seed)
    return [
        f"第{n}条 {chance.choice(WHO)}{chance.choice(HOW)}"
        f"{''.join(map(chr, chance.choices(range(0x4E00, 0x9000), k=4)))}规范"
        f"{chance.choice(WHAT)}，数量{chance.randrange(100, 9999)}台，单价{chance.randrange(1000, 99999)}元。"
        for n in range(1, count + 1)
    ]


def english(seed: int, count: int = 40) -> list[str]:
    chance = lots(seed)

    def word(length: int) -> str:
        return "".join(chance.choices("abcdehilmnorst", k=length))

    return [
        f"{n}. The Supplier shall deliver {chance.randrange(2, 900)} {word(7)} units to"
        f" the {word(6)} site within {chance.randrange(5, 90)} days of notice."
        for n in range(1, count + 1)
    ]


def headed(
    lines: list[str], number: str = "LX2022-118", buyer: str = "青石县公安局", seller: str = "澄远视讯公司"
) -> list[str]:
    return ["政府采购合同", f"合同编号：{number}", f"甲方：{buyer}", f"乙方：{seller}", *lines]


def doc(name: str, *pages: list[str], origin: str = "text", wrap: int = 0) -> DocumentText:
    texts = ["\n".join(lines) for lines in pages]
    if wrap:
        texts = ["\n".join(text[i : i + wrap] for i in range(0, len(text), wrap)) for text in texts]
    return DocumentText.of(Digest.of(name.encode()), [Page(n, text, origin=origin) for n, text in enumerate(texts, 1)])


def related(one: DocumentText, other: DocumentText) -> Relation | None:
    found = relations([one, other])
    assert found == relations([other, one])
    assert codec.decode(tuple[Relation, ...], codec.encode(found)) == found
    return found[0] if found else None


def between(one: DocumentText, other: DocumentText) -> Relation:
    found = related(one, other)
    assert found is not None
    return found


def sides(relation: Relation, first: DocumentText) -> list[tuple[str, str]]:
    """The differing words, those of the given document first."""
    pairs = [(each.a.text if each.a else "", each.b.text if each.b else "") for each in relation.differing]
    return pairs if relation.a == first.digest else [(b, a) for a, b in pairs]


@pytest.mark.parametrize("lines", [clauses(1), english(1)])
def test_the_same_words_otherwise_laid_out_are_the_same_text(lines: list[str]) -> None:
    pages = doc("pdf", lines[:15], lines[15:], wrap=0)
    found = between(pages, doc("docx", [line.replace("，", " ，  ").upper() for line in lines]))
    assert (found.kind, found.similarity, found.differing, found.by_ocr) == (Kind.SAME_TEXT, 1.0, (), False)


def test_heads_feet_and_page_numbers_are_not_part_of_the_text() -> None:
    lines = clauses(2)
    pages = [["青石县视频项目合同", *lines[n * 10 : n * 10 + 10], f"第 {n + 1} 页 共 4 页"] for n in range(4)]
    numbered = [[*lines[n * 10 : n * 10 + 10], f"— {n + 7} —"] for n in range(4)]
    assert between(doc("headed", *pages), doc("plain", lines)).kind is Kind.SAME_TEXT
    assert between(doc("numbered", *numbered), doc("plain", lines)).kind is Kind.SAME_TEXT
    block = DocumentText.of(
        Digest.of(b"block"),
        [Page(1, "页眉文字若干\n" + "\n".join(lines), blocks=(Block(0, 6, BlockKind.HEADER),))],
    )
    assert between(block, doc("plain", lines)).kind is Kind.SAME_TEXT


def test_a_number_at_the_foot_of_a_page_that_is_no_page_number_is_text() -> None:
    lines = clauses(3)
    one = doc("one", [*lines[:20], "4860"], lines[20:])
    found = between(one, doc("two", [*lines[:20], "5120"], lines[20:]))
    assert found.kind is Kind.VERSION
    assert sides(found, one) == [("4860", "5120")]


def test_one_changed_number_makes_a_version_and_is_shown_with_its_place() -> None:
    lines = headed(clauses(4))
    changed = [line.replace("第20条", "第20条 （修订）合同总价为5120000元，") for line in lines]
    before = [line.replace("第20条", "第20条 （修订）合同总价为4860000元，") for line in lines]
    draft = doc("draft", before[:20], before[20:])
    found = between(draft, doc("signed", changed[:20], changed[20:]))
    assert (found.kind, found.template, found.more) == (Kind.VERSION, False, 0)
    assert sides(found, draft) == [("4860000", "5120000")]
    passage = found.differing[0].a
    assert passage is not None
    page = list(draft.pages())[passage.page - 1]
    assert passage.page == 2
    assert page.text[passage.start : passage.end] in {"4860000", "5120000"} or found.a != draft.digest


def test_draft_and_signed_differ_in_what_was_filled_in_and_in_the_page_of_signatures() -> None:
    lines = clauses(5)
    draft = doc("draft", ["合同编号：________", "甲方：青石县公安局", *lines])
    signed = doc(
        "signed",
        ["合同编号：LX2022-118", "甲方：青石县公安局", *lines],
        ["签署页 法定代表人签字盖章 二〇二二年十二月五日"],
    )
    found = between(draft, signed)
    assert (found.kind, found.template) == (Kind.VERSION, False)
    assert {words for _, words in sides(found, draft)} == {
        "LX2022-118",
        "签署页 法定代表人签字盖章 二〇二二年十二月五日",
    }
    assert all(first == "" for first, _ in sides(found, draft))


def test_a_row_that_stands_once_less_is_a_difference() -> None:
    row = "人脸抓拍摄像机 型号甲 数量 12 台 单价 3500 元"
    full = doc("full", [*clauses(6), row, row, row])
    found = between(full, doc("less", [*clauses(6), row, row]))
    assert found.kind is Kind.VERSION
    assert sum(len(first) - len(second) for first, second in sides(found, full)) > 0


def test_sections_in_another_order_are_still_the_same_text() -> None:
    lines = clauses(7)
    assert between(doc("one", lines), doc("two", lines[20:] + lines[:20])).similarity > 0.999


def misread(lines: list[str], share: float, seed: int) -> list[str]:
    chance = lots(seed)
    return [
        "".join(
            chr(ord(c) + chance.randrange(1, 9)) if ord(c) > 0x3000 and chance.random() < share else c for c in line
        )
        for line in lines
    ]


@pytest.mark.parametrize("share", [0.01, 0.03])
@pytest.mark.parametrize("seed", range(5))
def test_a_reading_by_ocr_is_the_same_text_with_its_share_of_wrong_characters(share: float, seed: int) -> None:
    lines = clauses(8)
    found = between(doc("pdf", lines), doc("scan", misread(lines, share, seed), origin="ocr"))
    assert (found.kind, found.by_ocr) == (Kind.SAME_TEXT, True)
    assert found.similarity == pytest.approx(1 - share, abs=0.015)


def test_english_read_by_ocr_is_the_same_text() -> None:
    lines = english(9)
    chance = lots(3)
    read = ["".join("x" if c.isalpha() and chance.random() < 0.03 else c for c in line) for line in lines]
    assert between(doc("pdf", lines), doc("scan", read, origin="ocr")).kind is Kind.SAME_TEXT


def test_an_amount_that_differs_in_a_scan_is_not_taken_for_an_error_of_reading() -> None:
    lines = clauses(10)
    draft = doc("draft", [*lines, "合同总价为人民币4860000元整"])
    scan = doc("scan", [*misread(lines, 0.01, 1), "合同总价为人民币5127300元整"], origin="ocr")
    found = between(draft, scan)
    assert (found.kind, found.by_ocr) == (Kind.VERSION, True)
    assert sides(found, draft)[0] == ("4860000", "5127300")


def test_a_digit_read_otherwise_is_told_though_the_text_is_the_same() -> None:
    lines = clauses(11)
    pdf = doc("pdf", [*lines, "前端摄像机共计2108台整"])
    found = between(pdf, doc("scan", [*lines, "前端摄像机共计2103台整"], origin="ocr"))
    assert found.kind is Kind.SAME_TEXT
    assert sides(found, pdf) == [("2108", "2103")]


def test_an_excerpt_is_contained_in_the_whole_whichever_comes_first() -> None:
    lines = clauses(12, 80)
    whole, part = doc("whole", lines), doc("part", lines[30:50])
    found = between(part, whole)
    assert (found.kind, found.a, found.b) == (Kind.CONTAINS, whole.digest, part.digest)
    assert found.similarity == 1.0
    assert found.differing == ()


def test_contracts_from_one_template_are_near_duplicates_that_say_so() -> None:
    shared = clauses(13)
    one = doc("one", headed([*shared, *clauses(14, 2)]))
    other = doc("other", headed([*shared, *clauses(15, 2)], "HX2023-007", "红山县教育局", "远禾通信厂"))
    found = between(one, other)
    assert (found.kind, found.template) == (Kind.NEAR_DUPLICATE, True)
    assert any("红山" in second for _, second in sides(found, one))


def test_a_template_below_the_threshold_makes_no_relation() -> None:
    shared = clauses(16, 20)
    one = doc("one", headed([*shared, *clauses(17, 20)]))
    other = doc("other", headed([*shared, *clauses(18, 20)], "HX2023-007", "红山县教育局", "远禾通信厂"))
    assert related(one, other) is None


def test_an_english_template_names_its_parties_otherwise() -> None:
    body = english(19)
    one = doc("one", ["Contract No.: AB-17", "Customer: Aldermoor County", *body])
    other = doc("other", ["Contract No.: AB-93", "Customer: Merrow City", *body])
    assert between(one, other).template


@pytest.mark.parametrize("seed", range(5))
def test_unrelated_contracts_are_not_related(seed: int) -> None:
    assert related(doc("a", headed(clauses(20 + seed))), doc("b", headed(clauses(40 + seed)))) is None
    assert related(doc("a", english(20 + seed)), doc("b", english(40 + seed))) is None


@pytest.mark.parametrize("pages", [[], [""], ["谢谢，已收到。"], ["OK, thanks. Best regards"], ["█" * 900]])
def test_what_says_next_to_nothing_is_related_to_nothing(pages: list[str]) -> None:
    made = [doc(name, *([page] for page in pages)) for name in ("one", "two", "three")]
    assert relations(made) == ()


def test_masked_characters_do_not_tell_two_texts_apart() -> None:
    lines = clauses(21)
    one = doc("one", [*lines, "联系人电话███████████请联系"])
    assert between(one, doc("two", [*lines, "联系人电话████请联系"])).kind is Kind.SAME_TEXT


def test_one_digest_counts_once_and_order_does_not_matter() -> None:
    lines = clauses(22)
    made = [doc(name, lines) for name in ("a", "b", "c")]
    found = relations([*made, *made])
    assert found == relations(reversed(made))
    assert len(found) == 3
    assert all(relation.a < relation.b for relation in found)


def test_a_crowd_of_copies_is_a_chain_and_not_all_its_pairs() -> None:
    lines = clauses(23, 10)
    made = [doc(f"copy {n}", lines) for n in range(3 * CROWD)]
    found = relations(made)
    assert len(found) == 3 * CROWD - 1
    assert {digest for relation in found for digest in (relation.a, relation.b)} == {each.digest for each in made}


def test_texts_are_asked_for_only_where_signatures_have_enough_in_common() -> None:
    def refuse() -> list[Page]:
        raise AssertionError("the text was asked for")

    made = [doc("a", clauses(24)), doc("b", clauses(25)), doc("c", english(26))]
    assert relations(DocumentText(each.digest, each.signature, refuse) for each in made) == ()


def test_differences_are_limited_and_those_in_numbers_are_chosen_first() -> None:
    lines = clauses(27, 120)
    other = [line.replace("第", "附") if n % 6 == 0 else line for n, line in enumerate(lines)]
    other[50] = other[50].replace("数量", "数量1")
    found = between(doc("one", lines), doc("two", other))
    assert found.kind is Kind.VERSION
    assert len(found.differing) == 12
    assert found.more > 5
    numbers = [each for each in found.differing if each.a and any(map(str.isdigit, each.a.text))]
    assert len(numbers) == 1


def test_a_passage_is_cut_short() -> None:
    lines = clauses(28, 60)
    one = doc("one", lines)
    found = between(one, doc("two", [*lines, *english(29, 5)]))
    (_, words), *_ = sides(found, one)
    assert len(words) == 80
    assert words.endswith("…")
