"""Records of one project: what joins them, what does not, what is missing, what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from countersight.facts.family import families, joined_by, reference_key
from countersight.model import Citation, DateSpan, Deal, Digest, Locator, Money, Party

DIGEST = Digest("1" * 64)
CITE = Citation(DIGEST, "x", Locator("x"), None, None, 0, 1, "x")


def deal(
    name: str, kind: str, ref: Any = (), buyer: str | None = None, supplier: str | None = None, **more: Any
) -> Deal:
    parties = tuple(Party(n, role, CITE) for role, n in (("buyer", buyer), ("supplier", supplier)) if n)
    cited = {"buyer": CITE, "supplier": CITE, "value": CITE, "term": CITE}
    references = (ref,) if isinstance(ref, str) else ref
    return Deal(name, kind, DIGEST, references=references, parties=parties, citations=cited, **more)


def groups(*deals: Any) -> Any:
    return [{name for name, _ in family.records} for family in families(deals)]


def test_a_reference_number_joins_tender_award_and_contract() -> None:
    found = families(
        [
            deal("a", "tender", "LXCG2022-118"),
            deal("b", "award", "LXCG 2022-118"),
            deal("c", "contract", "LXCG2022-118-HT"),
        ]
    )
    assert [family.records for family in found] == [(("a", "tender"), ("b", "award"), ("c", "contract"))]
    assert {reason for _, reason in found[0].reasons} == {"both have the reference number LXCG2022-118"}
    assert "acceptance" in found[0].missing
    assert "award" not in found[0].missing


def test_short_numbers_and_words_alone_join_nothing() -> None:
    assert reference_key("01") is None
    title = "视频监控系统采购项目"
    assert (
        len(
            groups(
                deal("a", "tender", "01", "甲县公安局", title=title),
                deal("b", "award", "01", "乙县公安局", title=title),
            )
        )
        == 2
    )


def test_one_buyer_and_a_title_join_unless_years_or_numbers_differ() -> None:
    title = "县城社会面防控视频监控扩容"
    a = deal("a", "tender", (), "甲县公安局", title=title)
    assert len(groups(a, deal("b", "contract", (), "甲县公安局", title=title + "合同"))) == 1
    assert len(groups(a, deal("b", "contract", (), "甲县公安局", title="2023年" + title))) == 2
    first, second = (deal(n, "tender", f"AB-2022-00{n}", "甲县公安局", title=title) for n in "12")
    assert len(groups(first, second)) == 2


def test_a_letter_joins_no_two_projects_but_is_listed_with_each() -> None:
    a, b = deal("a", "contract", "AB-2022-001"), deal("b", "contract", "CD-2018-003")
    letter = deal("m", "memo", (), mentions=("AB-2022-001", "CD-2018-003"))
    assert sorted(map(sorted, groups(a, b, letter))) == [["a", "m"], ["b", "m"]]
    assert [one.id for one in joined_by([a, deal("z", "memo", (), mentions=("EF-2019-004",))])] == ["a"]


def test_what_changed_between_award_and_contract() -> None:
    award = deal("a", "award", "AB-2022-001", "甲县公安局", "乙公司", value=Money(Decimal(100), "CNY"), term="90天")
    contract = deal(
        "b", "contract", "AB-2022-001", "甲县公安局", "丙公司", value=Money(Decimal(120), "CNY"), term="90天"
    )
    changes = families([award, contract])[0].changes
    assert [(c.field, c.before, c.after) for c in changes] == [
        ("supplier", "乙公司", "丙公司"),
        ("value", "100 CNY", "120 CNY"),
    ]
    assert all(len(change.citations) == 2 for change in changes)


def test_records_stand_in_the_order_they_come_about() -> None:
    day = {"signed": DateSpan(date(2022, 1, 1), date(2022, 1, 1))}
    found = families([deal("a", "supplement", "AB-2022-001", dates=day), deal("b", "tender", "AB-2022-001")])
    assert found[0].records == (("b", "tender"), ("a", "supplement"))


def test_a_template_is_kept_and_is_of_no_project() -> None:
    form = deal("t", "template")
    assert groups(form) == []
    assert joined_by([form]) == (form,)


def test_a_bill_of_its_own_is_held_against_the_contract_beside_it() -> None:
    def asked(total: int, value: int, currency: str = "CNY") -> list[str]:
        bill = Deal("b", "boq", DIGEST, references=("LXCG2022-118",), bill_total=Money(Decimal(total), "CNY"))
        bill = replace(bill, citations={"bill_total": CITE})
        contract = deal("c", "contract", "LXCG2022-118", value=Money(Decimal(value), currency))
        return [question.what for one in joined_by([bill, contract]) for question in one.questions]

    assert asked(290_000, 300_000) == ["the bill of quantities sums to 290,000, and the contract's value is 300,000"]
    assert asked(300_000, 300_000) == asked(290_000, 300_000, "USD") == []


def dated(day: str, role: str) -> dict[str, DateSpan]:
    at = date.fromisoformat(day)
    return {role: DateSpan(at, at, day)}


def test_what_is_bought_again_each_year_under_one_title_is_of_as_many_projects() -> None:
    title, buyer, records = "办公楼视频监控维保服务", "甲县财政局", []
    for year in ("2018", "2019", "2020"):
        records.append(
            deal(f"t{year}", "tender", f"CZ-{year}-01", buyer, title=title, dates=dated(f"{year}-03-01", "tender"))
        )
        records.append(
            deal(f"c{year}", "contract", f"HT-{year}-88", buyer, title=title, dates=dated(f"{year}-05-02", "signed"))
        )
    found = groups(*records)
    assert sorted(map(sorted, found)) == [["c2018", "t2018"], ["c2019", "t2019"], ["c2020", "t2020"]]


def test_contracts_for_the_lots_of_one_call_stay_in_its_project() -> None:
    title, buyer = "Public space camera replacement", "Eastmere Borough Council"
    call = deal("t", "tender", "EBC/2021/044", buyer, title=title, dates=dated("2021-02-01", "tender"))
    lots = [
        deal(n, "contract", f"C-2021-{n}", buyer, title=title, dates=dated(day, "signed"))
        for n, day in (("901", "2021-06-18"), ("902", "2021-07-02"))
    ]
    assert len(groups(call, *lots)) == 1


def test_a_contract_above_the_budget_is_told_where_the_award_was_below() -> None:
    cited = {"budget": CITE, "value": CITE, "reference": CITE}
    values = {"award": "5650000", "contract": "5980000"}
    records = [replace(deal("t", "tender", "LX-2019-0417", budget=Money(Decimal(5800000), "CNY")), citations=cited)]
    records += [
        replace(deal(kind, kind, "LX-2019-0417", value=Money(Decimal(value), "CNY")), citations=cited)
        for kind, value in values.items()
    ]
    changes = {(one.field, one.before, one.after) for one in families(records)[0].changes}
    assert ("budget", "5,800,000 CNY", "5,980,000 CNY") in changes
