"""Days of tenders, awards, signatures and terms: behind labels, in sentences, in feeds, by the words around them."""

from __future__ import annotations

from typing import Any

import pytest

from countersight.facts.cues import cued
from countersight.facts.feeds import day
from countersight.facts.fields import field_clues
from countersight.facts.labels import labelled
from countersight.model import Page


def told(text: str) -> dict[str, str]:
    page = Page(1, text)
    found = sorted((*cued([1], lambda _: page, []), *field_clues(page)), key=lambda clue: clue.value)
    return {clue.field: clue.value for clue in found}


@pytest.mark.parametrize(
    ("label", "level"),
    [
        ("投标截止时间", 0),
        ("提交投标文件截止时间、开标时间和地点", 0),
        ("首次响应文件提交截止时间", 0),
        ("开标时间", 1),
        ("Deadline for submission of bids", 0),
        ("Bid Submission End Date", 0),
        ("Time limit for receipt of tenders or requests to participate", 0),
        ("Closing Date and Time", 1),
        ("获取招标文件截止时间", None),
        ("报名截止时间", None),
        ("质疑截止时间", None),
        ("Clarification End Date", None),
        ("Payment due date", None),
        ("合同截止日期", None),
    ],
)
def test_labels_of_the_day_on_which_bids_close(label: str, level: Any) -> None:
    known = labelled(label)
    assert (known is not None and known[0] == "closing") == (level is not None)
    assert level is None or (known and known[1] == level)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("四、提交投标文件截止时间、开标时间和地点\n2024年03月26日 09时30分（北京时间）", "closing", "2024-03-26"),
        ("投标截止时间\n2024-03-26 09:30\n", "closing", "2024-03-26"),
        ("并于2024年03月26日09时30分（北京时间）前递交投标文件。", "closing", "2024-03-26"),
        ("请于2024年3月12日17:00前到平台获取招标文件。", "closing", None),
        ("我方于2022年11月8日确定贵单位为中标人。", "award", "2022-11-08"),
        ("设备已运抵。合同于2022年12月5日签订。", "signed", "2022-12-05"),
        ("需方与供方于2021年10月12日签订原合同，约定如下。", "signed", None),
        ("供货、安装、调试完成时间顺延至2022年4月30日，供方不承担违约责任。", "end", "2022-04-30"),
        ("本协议有效期两年，自2023年9月1日起，至2025年8月31日止。", "end", "2025-08-31"),
        ("监理期限：自2021年4月1日始，至2022年10月31日止。", "start", "2021-04-01"),
        ("The starting date is    8 April 2024", "start", "2024-04-08"),
        ("The Completion Date for the whole of the works is   29 November 2024", "end", "2024-11-29"),
        ("On October 3, 2022 staff released Request for Proposals No. 22-031.", "tender", "2022-10-03"),
        ("We thank you for the invitation to tender dated 26 May 2023.", "tender", "2023-05-26"),
        ("The RFP closes on 26 May 2023.", "tender", None),
        ("30c. DATE SIGNED 09/25/2023\n31c. DATE SIGNED 09/26/2023", "signed", "2023-09-26"),
        ("Date on which the winner was chosen: 18/04/2024\n", "award", "2024-04-18"),
    ],
)
def test_a_day_is_of_what_the_words_around_it_say(text: str, field: str, value: Any) -> None:
    assert told(text).get(field) == value


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("2026-08-13 09:30", "2026-08-13"),
        ("2026年08月13日09时00分", "2026-08-13"),
        ("20260813", "2026-08-13"),
        ("soon", ""),
    ],
)
def test_a_feed_may_write_its_days_in_words(said: str, due: str) -> None:
    assert day(said) == due


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("Order Value £9,000\nStart date\t05/06/2023", "start", "2023-06-05"),
        ("County Clerk, Dayton\nStart date\t05/06/2023", "start", "2023-05-06"),
        ("Start date\t05/06/2023", "start", None),
        ("PURCHASE ORDER\nPO Date 03-May-21\nPO Number 4500123", "signed", "2021-05-03"),
        ("本协议有效期为2023.05.06-2024.05.05", "end", "2024-05-05"),
        ("15C. DATE SIGNED   16C. DATE SIGNED\n/s/  08/22/2022   /s/  08/24/2022", "signed", "2022-08-24"),
        ("06/10/2022\t06/13/2022\t06/21/2022\nDATE\tDATE\tDATE", "signed", "2022-06-21"),
        ("各供应商：\n现邀请报价。\n        石坪师范学院\n        二〇二三年三月三十日", "document", "2023-03-30"),
        ("The works are accepted.\n4 January 2022\n5 January 2022", "document", None),
        ("This contract shall come into force on 6 May 2023 and expire on 5 May 2026.", "start", "2023-05-06"),
        ("The Tender Board at its meeting held on 6 May 2023 approved the award.", "award", "2023-05-06"),
    ],
)
def test_a_day_as_its_country_and_place_tell_it(text: str, field: str, value: Any) -> None:
    assert told(text).get(field) == value


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("The desks are to be fitted between 4 July 2022 and 19 August 2022.", "end", "2022-08-19"),
        ("The contract shall run from 1 April 2023 to 31 March 2024.", "start", "2023-04-01"),
        ("The offer is valid from 1 April 2023 to 31 March 2024 for this contract.", "start", None),
        ("The contract works shall be completed by 30 August 2024.", "end", "2024-08-30"),
        ("Please supply the goods of this contract on or before 17 June 2022.", "end", "2022-06-17"),
        ("The contract: bids must be delivered on or before 17 June 2022.", "end", None),
        ("Works under the contract shall start not before 3 June 2024.", "start", "2024-06-03"),
        ("The contract was due to end on 30 June 2023.", "end", None),
        ("The contract: the option is exercisable until 30 June 2025.", "end", None),
        ("合同约定全部设备应于2021年7月26日前运抵仓库。", "end", "2021-07-26"),
        ("合同应于2021年7月26日前完成签订。", "end", None),
        ("原合同完成期限2022年12月31日顺延至2023年3月31日。", "end", "2023-03-31"),
        ("合同期限两年：2021年10月1日零时至2023年9月30日24时。", "end", "2023-09-30"),
        ("采购合同公示期限：2024年12月3日至2024年12月10日", "end", None),
        ("The contract follows the Letter of Acceptance No. SD/880 dated 30 August 2022.", "award", "2022-08-30"),
        ("合同文件：成交通知书（2022年8月5日发出）、磋商文件", "award", "2022-08-05"),
        ("合同依据2024年5月29日中标通知书订立。", "award", "2024-05-29"),
        ("PURCHASE ORDER\n签字日期\t2024年1月5日\t2024年1月8日", "signed", "2024-01-08"),
        ("PURCHASE ORDER\n合同签订日期：20240730", "signed", "2024-07-30"),
        ("This contract is made the 4th day of April, Two Thousand and Seventeen", "signed", "2017-04-04"),
        ("DEED OF VARIATION of the contract\nDate   27 June 2023\nParties", "document", "2023-06-27"),
    ],
)
def test_when_a_contract_begins_ends_and_was_awarded(text: str, field: str, value: Any) -> None:
    assert told(text).get(field) == value
