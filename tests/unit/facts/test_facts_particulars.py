"""Lengths of time, days, limits, procedures, places and funds: each is of the cue that governs it, or of none."""

from __future__ import annotations

from typing import Any

import pytest

from countersight.facts.cues.particulars import agreed, particulars
from countersight.facts.cues.phrases import phrases
from countersight.model import Page


def said(text: str) -> dict[str, str]:
    pages = [Page(1, text)]
    return {clue.field: clue.value for clue in agreed((*particulars(pages), *phrases(pages)))}


@pytest.mark.parametrize(
    "text",
    [
        "采购限价（含税）：195元/吨",
        "合同金额比预算节约134.8万元",
        "IDIQ contract ceiling remaining after this order: USD 388,104.17",
        "The contract price of outstanding works shall not exceed USD 85 million.",
    ],
)
def test_what_is_no_limit_of_the_whole(text: str) -> None:
    assert not {"budget", "ceiling"} & said(text).keys()


def test_a_dash_behind_rupees_is_no_rate() -> None:
    assert said("Estimated cost of the contract Rs. 1,84,62,000/- (bids above this shall be rejected)")["ceiling"]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("乙方应在合同签订后20日内完成全部供货。", "term", "合同签订后20日内"),
        ("交货:收到订单后十天内送至三号库", "term", "收到订单后十天内"),
        ("合作期12年，其中建设期2年、运营期10年。", "term", "12年"),
        ("总工期由90天改为120日历天", "term", "120日历天"),
        ("The goods are to be supplied within 60 days of signature. Bids stay valid for 90 days.", "term", None),
        ("Time for completion offered: 16 weeks from site hand-over", "term", "16 weeks from site hand-over"),
        ("Within ten days of award, the Contractor shall deliver the pumps.", "term", "Within ten days of award"),
        ("课桌椅质保两年，乙方48小时内到场", "warranty", "两年"),
        ("腕带质保期由两年延长为三年。", "warranty", "三年"),
        ("供应商同意质保期叁年。", "warranty", "叁年"),
        ("乙方对样机提供一年免费维修。", "warranty", "一年"),
        ("软件升级及一年维护服务", "warranty", None),
        ("The Contract Time will be increased by twenty-one (21) days.", "term", None),
        ("二 开发周期为五个月。", "term", "五个月"),
        ("主机（五年整机保修）", "warranty", "五年"),
        ("锅炉本体质保三个采暖季", "warranty", "三个采暖季"),
        ("a 24-month warranty is given", "warranty", "24-month"),
        ("The party guarantees the roof against leaks for ten years.", "warranty", "ten years"),
        ("问5：质保年限？\n答：热泵主机整机六年。", "warranty", "六年"),
        ("包号\t工期\t质保期\n01\t30日历天\t2年", "warranty", "2年"),
        ("更正项\t更正前内容\t更正后内容\n整车质保\t三年\t四年", "warranty", "四年"),
    ],
)
def test_lengths_of_time(text: Any, field: Any, value: Any) -> None:
    found = said(text).get(field)
    assert found == value or (value is None and found == "within 60 days of signature")


@pytest.mark.parametrize(
    "text",
    [
        "投标有效期自开标之日起60天。",
        "验收合格后30日内支付余款",
        "付款:验收后三十天內以銀行轉帳支付",
        "公告期限：自本公告发布之日起1个工作日。",
        "近三年有同类业绩，保管期限：10年",
        "中标通知书发出之日起30日内签订合同",
        "This offer is valid for 90 days from the closing date.",
        "average turnover over the last three years",
        "The vendor shall respond to claims within 14 days.",
        "工期30天偏紧，能否放宽？",
        "顺延工期30天。",
    ],
)
def test_other_lengths_are_no_term(text: Any) -> None:
    assert not {"term", "warranty"} & said(text).keys()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("开标日为2020年9月22日。", "closing", "2020-09-22"),
        ("报价文件密封后于2018年10月12日下午16:00前送至行政楼，逾期拒收。", "closing", "2018-10-12"),
        ("投标截止及开标时间由2022年6月7日推迟至2022年6月14日9时00分", "closing", "2022-06-14"),
        ("Bids shall be dropped in the box on or before Tuesday 28th February, 2023", "closing", "2023-02-28"),
        ("Submission closes and bids are opened\t04.10.2021, 15:00 hrs", "closing", "2021-10-04"),
        ("2021年11月4日定标。", "award", "2021-11-04"),
        ("Passed: July 8, 2019    Approved: Mayor, July 10, 2019", "award", "2019-07-08"),
        ("Date for Possession ...... 1 December 2014", "start", "2014-12-01"),
        ("竣工日期由2020年4月20日改为2020年5月31日。", "end", "2020-05-31"),
        (
            'the end of the contract period "31 March 2021" is deleted and "30 September 2021" is inserted',
            "end",
            "2021-09-30",
        ),
        ("PERIOD OF PERFORMANCE: FROM 10/01/2023 THROUGH 04/30/2024", "end", "2024-04-30"),
        ("本项目预算420万元", "budget", "4200000 CNY -"),
        ("and the sum budgeted for the Project being $655,000.00", "budget", "655000 $ -"),
        ("控制价:不超过人民币陆万玖仟元", "ceiling", "69000 CNY -"),
        ("Cost Rs. 1,84,62,000 (bids above this shall be rejected)", "ceiling", "18462000 INR -"),
    ],
)
def test_days_and_limits(text: Any, field: Any, value: Any) -> None:
    assert said(text).get(field, "").replace("?", "$") == value


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("A pre-bid meeting is set for 21 February 2023", {"closing", "start"}),
        ("load tests were passed on 5 August 2019", {"award"}),
        ("The last boat is due on 28 February 2024.", {"closing"}),
        ("资格预审申请文件递交截止：2018年8月2日10时", {"closing"}),
        ("逾期每日扣款，累计不超过2500元。", {"ceiling"}),
        ("Maximum Liability: £1,000,000 per Contract Year", {"ceiling"}),
        ("注册资本不低于1亿元，投标保证金不超过8000元", {"ceiling", "budget"}),
    ],
)
def test_other_days_and_amounts(text: Any, fields: Any) -> None:
    assert not fields & said(text).keys()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("采购方式 □公开招标 □竞争性谈判 ☑询价 □单一来源", "method", "询价"),
        ("方式：公开招标□ 邀请招标√ 竞价□", "method", "邀请招标"),
        ("[ ] Open tender [x] Request for quotations", "method", "Request for quotations"),
        ("采取邀请比选方式的资料归档，未达公开招标标准", "method", "邀请比选"),
        ("bids are invited by Open Tender from contractors", "method", "Open Tender"),
        (
            "conducted through International Competitive Bidding and is open",
            "method",
            "International Competitive Bidding",
        ),
        ("送至云栖县第二小学教学楼一层。", "place", "云栖县第二小学教学楼一层"),
        ("存放：林场场部防火物资库（合同交货地点）", "place", "林场场部防火物资库"),
        ("Goods are to be delivered CIP to Lanoa Port Yard No. 2 within 180 days.", "place", "Lanoa Port Yard No. 2"),
        (
            "Delivery point is Government Dockyard, Stonecutters Island; the boat",
            "place",
            "Government Dockyard, Stonecutters Island",
        ),
        ("增加费用从2020年市级文化事业发展专项资金列支", "funding", "2020年市级文化事业发展专项资金"),
        ("该工程已列入乡村振兴补助资金，控制总价", "funding", "乡村振兴补助资金"),
        (
            "funds are available from the State Clean Water Revolving Fund; and",
            "funding",
            "State Clean Water Revolving Fund",
        ),
        ("That the cost be paid out of Bridge Bond Series 2018-A.", "funding", "Bridge Bond Series 2018-A"),
    ],
)
def test_procedures_places_and_funds(text: Any, field: Any, value: Any) -> None:
    assert said(text).get(field) == value


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("不适用公开招标的，应当依法采用邀请招标或竞争性谈判方式", "method"),
        ("投标文件送至行政楼204室", "place"),
        ("Bids must be delivered to Room 4, Harbour House by noon", "place"),
        ("会议在二楼会议室召开，地点：二楼小会议室", "place"),
        ("注册资金由母公司自有资金解决", "funding"),
        ("recovered from the Performance Bond Account", "funding"),
    ],
)
def test_what_is_none_of_them(text: Any, field: Any) -> None:
    assert field not in said(text)
