"""Which sightings are of one body: proofs, what is refused, verdicts of reviewers, suggestions."""

from __future__ import annotations

from itertools import permutations

from countersight.ledger import entry
from countersight.model import Citation, Digest, Locator, Organisation, Sighting
from countersight.resolve import Known, resolve
from countersight.verdict import JUDGED, MERGE, SPLIT, UNDO, Verdict, verdicts

ONE, TWO = ("USCC", "91120000783342508F"), ("USCC", "91330000733796106P")


def seen(
    name: str,
    record: str = "a.txt",
    numbers: tuple[tuple[str, str], ...] = (),
    ties: tuple[tuple[str, str], ...] = (),
    count: int = 1,
) -> Sighting:
    language = "en" if name.isascii() else "zh"
    cited = Citation(Digest.of(record.encode()), record, Locator(record), 1, None, 0, len(name), name)
    return Sighting(name, language, count, cited, identifiers=numbers, ties=ties)


def named(bodies: tuple[Organisation, ...]) -> set[frozenset[str]]:
    return {frozenset(name for name, _, _ in body.names) for body in bodies}


def test_one_name_in_all_its_writings_is_one_body_and_the_reason_says_so() -> None:
    ways = ["国投智能（厦门）信息股份有限公司", "国投智能(厦门)信息股份有限公司", "國投智能（廈門）信息股份有限公司"]
    (body,) = resolve([seen(name, f"{n}.txt") for n, name in enumerate(ways)])
    assert {name for name, _, _ in body.names} == set(ways)
    assert len(body.reasons) == 1
    assert "one name, written in 3 ways" in body.reasons[0]


def test_the_same_word_in_another_place_or_form_is_not_the_same_body() -> None:
    names = [
        "北京旷视科技有限公司",
        "南京旷视科技有限公司",
        "墨玉县公安局",
        "皮山县公安局",
        "Sage Group plc",
        "Sage Therapeutics, Inc.",
    ]
    assert len(resolve([seen(name) for name in names])) == len(names)


def test_a_branch_is_the_same_legal_person_a_subsidiary_and_a_police_unit_are_not() -> None:
    head, branch = "杭州海康威视数字技术股份有限公司", "杭州海康威视数字技术股份有限公司新疆分公司"
    others = ["杭州海康威视系统技术有限公司", "墨玉县公安局", "墨玉县公安局国保大队"]
    bodies = resolve([seen(name) for name in (head, branch, *others)])
    assert named(bodies) == {frozenset({head, branch}), *(frozenset({name}) for name in others)}
    assert any("same legal person" in reason for body in bodies for reason in body.reasons)


def test_a_number_joins_and_different_numbers_part() -> None:
    assert len(resolve([seen("曙光信息产业股份有限公司", "a", (ONE,)), seen("Sugon Ltd", "b", (ONE,))])) == 1
    same = "新疆信达科技有限公司"
    parted = resolve([seen(same, "a", (ONE,)), seen(same, "b", (TWO,)), seen(same, "c")])
    assert len(parted) == 3  # which of the two the third record means, nothing says
    assert all(body.suggested for body in parted if not body.identifiers)


def test_a_tie_cannot_join_bodies_with_different_numbers() -> None:
    tie = (("former", "乙科技有限公司"),)
    assert len(resolve([seen("甲科技有限公司", "a", (ONE,), tie), seen("乙科技有限公司", "a", (TWO,))])) == 2


def test_a_short_name_holds_in_its_own_record_only() -> None:
    records = [
        seen("浙江大华技术股份有限公司", "a", ties=(("short", "大华"),)),
        seen("大华", "a"),
        seen("北京大华信息咨询有限公司", "b", ties=(("short", "大华"),)),
        seen("大华", "b"),
    ]
    assert named(resolve(records)) == {
        frozenset({"浙江大华技术股份有限公司", "大华"}),
        frozenset({"北京大华信息咨询有限公司", "大华"}),
    }


def test_a_short_name_of_two_bodies_of_one_record_proves_nothing() -> None:
    records = [
        seen("浙江宇视科技有限公司", "a", ties=(("short", "宇视"),)),
        seen("南京宇视软件有限公司", "a", ties=(("short", "宇视"),)),
        seen("宇视", "a"),
    ]
    assert len(resolve(records)) == 3


def test_a_ministry_without_its_country_is_bound_to_its_record() -> None:
    bodies = resolve([seen("Ministry of Interior", "serbia"), seen("Ministry of Interior", "kenya")])
    assert len(bodies) == 2
    assert all(body.suggested for body in bodies)


def test_the_order_of_the_sightings_does_not_matter() -> None:
    some = [
        seen("喀什安信达电子有限公司", "a", (ONE,), (("pair", "Anxinda Ltd"),)),
        seen("Anxinda Ltd", "a"),
        seen("Anxinda Limited", "b"),
        seen("新疆安信达有限公司", "b", (ONE,)),
    ]
    made = {tuple(resolve(list(order))) for order in permutations(some)}
    assert len(made) == 1
    assert len(next(iter(made))) == 1


# ── reviewers ──


def acts(*given: Verdict) -> tuple[Verdict, ...]:
    return verdicts(
        entry(n, f"2026-01-{n:02}T00:00:00Z", JUDGED, one.facts(), Digest.of(b"")) for n, one in enumerate(given, 1)
    )


def test_a_reviewer_merges_splits_and_takes_it_back() -> None:
    some = [seen("海康威视"), seen("杭州海康威视数字技术股份有限公司")]
    keys = [body.keys[0] for body in resolve(some)]
    merge = Verdict(MERGE, keys[0], (keys[1],), ("海康威视", "杭州海康"), "a reviewer", "same brand")
    (body,) = resolve(some, acts(merge))
    assert "by a reviewer on 2026-01-01: same brand" in body.reasons[0]
    split = Verdict(SPLIT, keys[0], (keys[1],), ("海康威视", "杭州海康"), "another", "not proven")
    assert len(resolve(some, acts(merge, split))) == 2
    undo = Verdict(UNDO, "", (), (), "another", "was right", undone=2)
    assert len(resolve(some, acts(merge, split, undo))) == 1


def test_a_split_holds_against_every_proof() -> None:
    some = [seen("甲科技有限公司", "a", (ONE,)), seen("乙科技有限公司", "b", (ONE,))]
    (body,) = resolve(some)
    split = Verdict(SPLIT, body.keys[0], body.keys[1:], ("甲", "乙"), "a reviewer", "the number is misprinted")
    assert len(resolve(some, acts(split))) == 2


# ── what names tell, and who is meant ──


def test_kind_level_and_place_come_from_the_name() -> None:
    told = {body.names[0][0]: (body.kind, body.level) for body in resolve([seen(name) for name in LEVELS])}
    assert told == LEVELS


LEVELS = {
    "公安部": ("authority", "national"),
    "国务院办公厅": ("authority", "national"),
    "新疆维吾尔自治区公安厅": ("authority", "region"),
    "和田地区公安局": ("authority", "prefecture"),
    "墨玉县公安局": ("authority", "county"),
    "墨玉县住房和城乡建设局": ("authority", "county"),
    "喀什市公安局": ("authority", "county"),
    "昆山市公安局": ("authority", None),
    "叶城县乌夏巴什镇人民政府": ("authority", "township"),
    "新疆大学": ("institution", None),
    "墨玉县海视电子技术有限公司": ("company", None),
}


def test_a_name_is_known_in_its_record_and_elsewhere_if_one_body_bears_it() -> None:
    bodies = resolve([seen("大华", "a", ties=()), seen("浙江大华技术股份有限公司", "b")])
    known = Known(bodies)
    here = next(body.id for body in bodies if body.names[0][0] == "浙江大华技术股份有限公司")
    assert known.id(Digest.of(b"c"), "浙江大华技术股份有限公司") == here
    assert known.id(Digest.of(b"c"), "丙科技有限公司") is None


def test_names_that_say_the_same_in_two_languages_are_suggested_and_not_joined() -> None:
    bodies = resolve(
        [
            seen("喀什安信达电子科技有限公司"),
            seen("Kashgar Anxinda Electronic Technology Co., Ltd.", "b"),
            seen("和田安信达电子科技有限公司", "c"),
        ]
    )
    by_name = {body.names[0][0]: body for body in bodies}
    chinese, english = by_name["喀什安信达电子科技有限公司"], by_name["Kashgar Anxinda Electronic Technology Co., Ltd."]
    assert chinese.id != english.id
    assert [other for other, _ in english.suggested] == [chinese.id]
    assert english.id in dict(chinese.suggested)
    assert "pinyin" in dict(english.suggested)[chinese.id]
