"""What only the weight of the words around it tells: features, the model, and what is told of a record."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from bench.weigh import Row, fit

from countersight.facts import weighed as module
from countersight.facts.weighed import DOUBTFUL, LEAST, Weighing, opening
from countersight.facts.weighed.around import around, label
from countersight.facts.weighed.candidates import CLASSES, Candidate, candidates
from countersight.facts.weighed.opening import GROUP, KINDS, weighed_kind
from countersight.facts.weighed.titling import phrases
from countersight.facts.weighed.weights import Weights, weights
from countersight.find.clues import clues
from countersight.model import Clue, Deal, Digest, Money, Page, Party
from countersight.model.facts import WEIGHED

RECORD = Page(1, "项目概况\n本院拟建设门禁系统，合同总价为￥120,000.00元。\n另付保证金￥5,000.00元。")


def test_features_are_the_words_beside_a_place_on_its_line_and_above_it() -> None:
    text = "采购人信息\n名称：澜溪县公安局（盖章）"
    start = text.index("澜")
    found = set(around(text, start, start + 6))
    assert {
        "label=名 称",
        "before1=：",
        "behind2=（ 盖",
        "up1=采 购 人 信 息",
        "near=称 ：",
        "head=1",
        "foot=0",
    } <= found
    assert label(text, start) == "名称"


def test_a_cell_has_the_head_of_its_column_and_of_its_row() -> None:
    text = "品名\t中标人\n桌子\t晨星科技有限公司"
    assert {"column=中 标 人", "row=桌 子"} <= set(around(text, text.index("晨"), len(text)))


def test_chances_are_those_of_a_logistic_model_over_the_root_of_how_many_features_are_known() -> None:
    model = Weights((0.0, 1.0), {"a": (0.0, 2.0), "b": (1.0, 0.0)})
    sums = (1 / math.sqrt(2), 1 + 2 / math.sqrt(2))
    assert model.chances({"a", "b", "unknown"})[1] == pytest.approx(1 / (1 + math.exp(sums[0] - sums[1])))
    assert model.reasons({"a", "b"}, 1) == ["a"]


def test_what_is_learned_tells_rows_apart_and_is_the_same_each_time() -> None:
    rows = [Row(n, Candidate("", [], {f"label={'ab'[n % 2]}", "kind=x"}), n % 2) for n in range(20)]
    learned = fit(rows, 2)
    assert learned.chances({"label=b", "kind=x"})[1] > learned.chances({"kind=x"})[1]
    assert learned.chances({"label=a", "kind=x"})[0] > learned.chances({"kind=x"})[0]
    assert learned == fit(rows, 2)


@pytest.mark.parametrize("group", [*CLASSES, GROUP])
def test_the_weights_of_each_group_have_one_number_for_each_class(group: str) -> None:
    learned, classes = weights(group), CLASSES.get(group, KINDS)
    assert len(learned.bias) == len(classes)
    assert {len(row) for row in learned.of.values()} == {len(classes)}


def by_price(monkeypatch: pytest.MonkeyPatch, strength: float) -> None:
    none = {group: Weights([0.0] * len(classes), {}) for group, classes in CLASSES.items()}
    price = Weights(
        [0.0, 0.0, 0.0], {"label=合 同 总 价 为 ￥": (0.0, strength, 0.0), "near=价 为": (0.0, strength, 0.0)}
    )
    monkeypatch.setattr(module, "weights", (none | {"amount": price}).__getitem__)


def test_the_likeliest_candidate_is_told_where_it_is_likely_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    by_price(monkeypatch, 9.0)
    (clue,) = Weighing([RECORD], [*clues(RECORD)], "contract").lacking(None, [])
    assert (clue.field, clue.value, clue.grade) == ("value", "120000 CNY -", WEIGHED)
    assert "120,000.00" in RECORD.text[clue.start : clue.end]
    assert "near=价 为" in clue.label
    by_price(monkeypatch, 0.1)
    assert not [*Weighing([RECORD], [*clues(RECORD)], "contract").lacking(None, [])]


def test_what_a_deal_has_is_not_weighed_and_no_party_has_two_roles() -> None:
    page = Page(1, "采购结果\n澜溪县公安局：晨星科技有限公司中标，价格￥1,000.00元。")
    told = [*clues(page)]
    bodies = {one.key for group, every in candidates([page], told, "award") for one in every if group == "body"}
    assert "晨星科技有限公司" in bodies
    named = Party("晨星科技有限公司", "supplier", None)  # type: ignore[arg-type]
    deal = Deal("D", "award", Digest.of(b""), parties=(named,))
    found = Weighing([page], told, "award").lacking(deal, [])
    again = [clue for clue in found if clue.field in CLASSES["body"]]
    assert all(clue.value != named.name and clue.field != "supplier" for clue in again)


def test_a_paper_that_is_no_deal_has_no_kind() -> None:
    page = Page(1, "Privacy notice\nWe keep visitor logs for thirty days. You may ask us for a copy of what we hold.")
    assert not [*weighed_kind([page], [*clues(page)], None)]
    assert {*LEAST, *DOUBTFUL} < {role for roles in CLASSES.values() for role in roles}


def test_a_record_without_a_title_has_the_kind_that_its_words_speak_for(monkeypatch: pytest.MonkeyPatch) -> None:
    award = tuple(9.0 * (kind == "award") for kind in KINDS)
    monkeypatch.setattr(opening, "weights", lambda _: Weights([0.0] * len(KINDS), {"text=award": award}))
    (clue,) = weighed_kind([Page(1, "\nWe award the lot.")], [], None)
    assert (clue.value, clue.grade) == ("award", WEIGHED)
    assert not [*weighed_kind([Page(1, "We sell lots.")], [], None)]


def test_a_body_that_has_a_role_is_weighed_for_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(1, "经办：晨星科技有限公司。")
    none = {group: Weights([0.0] * len(classes), {}) for group, classes in CLASSES.items()}
    buys = Weights([0.0, 9.0, 0.0, 0.0], {})
    monkeypatch.setattr(module, "weights", (none | {"body": buys}).__getitem__)
    (clue,) = Weighing([page], [*clues(page)], "award").lacking(None, [])
    assert (clue.field, clue.value) == ("buyer", "晨星科技有限公司")
    sold = Party("晨星科技有限公司", "supplier", None)  # type: ignore[arg-type]
    deal = Deal("D", "award", Digest.of(b""), parties=(sold,))
    assert not [*Weighing([page], [*clues(page)], "award").lacking(deal, [])]


def cue(field: str, label: str, text: str, grade: str) -> Clue:
    start = RECORD.text.index(text)
    return Clue(field, 1, start, start + len(text), "5000 CNY -", label, grade)


def test_what_a_cue_tells_is_doubtful_where_the_words_around_speak_against_it(monkeypatch: pytest.MonkeyPatch) -> None:
    deposit = cue("value", "金额#9", "￥5,000.00元", "prose")
    deal = Deal("D", "contract", Digest.of(b""), value=Money(Decimal(5000), "CNY"))
    against = Weights([9.0, 0.0, 0.0], {})
    none = {group: Weights([0.0] * len(classes), {}) for group, classes in CLASSES.items()}
    monkeypatch.setattr(module, "weights", (none | {"amount": against}).__getitem__)
    ((role, chance, told),) = Weighing([RECORD], [deposit], "contract").doubtful(deal, [deposit])
    assert (role, told) == ("value", [deposit])
    assert chance < DOUBTFUL["value"]
    plain = cue("value", "合同总价", "￥5,000.00元", "label")
    assert not [*Weighing([RECORD], [deposit, plain], "contract").doubtful(deal, [deposit, plain])]
    assert not [*Weighing([RECORD], [deposit], "contract").doubtful(deal, [])]
    by_price(monkeypatch, 0.1)
    assert not [*Weighing([RECORD], [deposit], "contract").doubtful(deal, [deposit])]


def test_what_nothing_speaks_for_as_a_title_is_doubted_and_what_a_plain_label_gives_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = Weights((4.0, 0.0), {"bought=True": (0.0, 9.0)})
    monkeypatch.setattr(module.titling, "weights", lambda _: model)
    page = Page(1, "信息公开→成交结果\n校园监控采购")
    path, bought = (
        Clue("title", 1, low, high, page.text[low:high], "head#8") for low, high in ((0, 9), (10, len(page.text)))
    )
    weighing = Weighing([page], [], "award")
    deal = Deal("D-1", "award", Digest.of(b""), title=path.value)
    assert [(role, told) for role, _, told in weighing.doubtful(deal, [path, bought])] == [("title", [path])]
    assert not list(weighing.doubtful(replace(deal, title=bought.value), [path, bought]))
    plain = replace(path, label="项目名称")
    assert not list(weighing.doubtful(deal, [plain]))
    assert not list(Weighing([], [], "award").doubtful(deal, [path]))


def test_phrases_begin_behind_words_and_marks_and_end_before_the_name_of_the_paper() -> None:
    said = {
        value
        for _, _, value in phrases("关于校园监控系统采购项目的请示\nContract for Repair of the Mill Road, dated 4 May")
    }
    assert {"校园监控系统采购项目", "Repair of the Mill Road"} <= said


def test_a_record_that_was_found_to_be_of_a_deal_may_likely_be_of_none(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(1, "VACANCY\n- prepare tender documents")
    for bias, due in ((9.0, [""]), (-9.0, [])):
        model = Weights((bias, *(0.0 for _ in KINDS[1:])), {})
        monkeypatch.setattr(opening, "weights", lambda _, model=model: model)
        assert [clue.value for clue in weighed_kind([page], [], "tender")] == due
        assert not list(weighed_kind([page], [], None))
