"""Contract records with known facts, to measure how well they are read: ``python bench/factdocs.py FOLDER``.

Every layout is written after the anatomy of real records of its kind: notices, forms, contracts, purchase orders,
minutes of acceptance, in Chinese and English, as text, HTML, DOCX, PDF and XLSX, and feeds. Names and numbers are
invented. Each layout belongs to one part: ``tuned`` (looked at while the readers were written) or ``measured`` (only
measured). ``facts.json`` holds what each document says; what it does not say is absent there.
"""

# A record is easier to read as few lines.
# fmt: off
from __future__ import annotations

import html
import io
import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import mpl_font
import openpyxl
from docx import Document
from fpdf import FPDF

from countersight.text.money import in_capitals

Facts = dict[str, Any]
Block = tuple[str, Any]
Layout = Callable[[random.Random], tuple[str, list[Block], Facts]]

_FONT = Path(mpl_font.__file__).parent / "fonts" / "noto" / "NotoSansCJKsc-Regular.otf"
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
_PLACES = ["澄江省云溪市", "北岭自治区沙泉县", "东陵市望海区", "清河省", "临原县", "安澜市", "石羊镇所在的固安州", "金沙地区和平县"]
_OFFICES = ["公安局", "教育和体育局", "大数据发展管理局", "交通运输局", "人民医院", "第三中学", "城市管理综合执法局", "看守所", "政法委员会", "图书馆", "公安局交通警察支队", "应急管理局"]
_BRANDS = ["睿景", "天枢", "恒拓", "云帆", "北斗微芯", "宏图", "锐志", "华睿通", "极光", "启明"]
_TRADES = ["信息技术", "智能科技", "数字系统工程", "安防技术", "电子", "软件", "通信设备", "物业管理"]
_FORMS = ["股份有限公司", "有限公司", "有限责任公司", "集团有限公司", "（北京）有限公司", "有限公司沙泉分公司"]
_THINGS = ["视频监控系统扩容", "智慧交通信号控制", "数据中心机房改造", "校园安全监控", "移动警务终端", "人像比对平台", "网络安全等级保护", "办公楼物业服务", "卡口设备运维", "执法记录仪"]
_EN_BUYERS = ["Merrow County Sheriff's Office", "Ministry of Interior of Valdoria", "Port Halden Transit Authority", "Oakfield Borough Council", "University of Northmarch", "Directorate of Public Safety", "City of Larkmoor", "Westbrook Hospital NHS Trust", "National Railways of Sorrel", "Department for Digital Affairs"]
_EN_SUPPLIERS = ["Brightwell Sensors Ltd", "Orbis Vision Systems Inc.", "Halden & Frost LLP", "Kestrel Data GmbH", "Nordlys Overvåkning AS", "Sable Point Technologies, LLC", "Meridian Cameras (Asia) Pte. Ltd.", "Cobalt Networks plc", "Arcadia Software S.A.", "Tern Analytics Limited"]
_EN_THINGS = ["Supply of body-worn cameras", "City-wide CCTV upgrade", "Number plate recognition service", "Data centre refurbishment", "Access control for public buildings", "Cloud hosting of records", "Maintenance of traffic signals", "Fingerprint workstations"]
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_NUMERALS = "〇一二三四五六七八九"


class World:
    """Names and numbers of one invented contract."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        pick = chance.choice
        self.buyer = pick(_PLACES[:5]) + pick(_OFFICES)
        self.supplier, self.other = (self._company() for _ in range(2))
        while self.other == self.supplier:
            self.other = self._company()
        self.agent = pick(_PLACES[:2])[:3] + pick(["华信", "中正", "国采"]) + pick(["招标代理有限公司", "工程咨询有限公司", "项目管理有限公司"])
        year = chance.randint(2016, 2024)
        self.signed = date(year, chance.randint(1, 12), chance.randint(1, 28))
        self.award = self.signed - timedelta(days=chance.randint(8, 40))
        self.tender = self.award - timedelta(days=chance.randint(20, 60))
        self.amount = Decimal(chance.choice([chance.randint(20, 900) * 10_000, chance.randint(200_000, 90_000_000), chance.randint(100, 9999) * 100]))
        self.cents = self.amount + Decimal(chance.randint(1, 99)) / 100
        self.budget = (self.amount * Decimal("1.1") / 10_000).to_integral_value() * 10_000 + 10_000
        self.title = pick(_PLACES[:5])[-3:] + pick(_THINGS) + pick(["项目", "采购项目", "建设项目", "工程"])
        letters = "".join(chance.choice("ABCDGHJLQSXYZ") for _ in range(4))
        n = chance.randint(1, 999)
        self.reference = pick([f"{letters}-{year}-{n:03d}", f"{letters}{year}{n:04d}", f"{letters}-{year}-G{n:03d}（二次）"[:-4], f"{letters[:2]}采公字〔{year}〕{n}号"])
        self.contract = pick([f"{letters}-HT-{year}-{n:04d}", f"{year}{letters}合{n:03d}", f"HT{year}{n:05d}"])
        self.en_buyer, self.en_supplier, self.en_other = pick(_EN_BUYERS), *chance.sample(_EN_SUPPLIERS, 2)
        self.en_title = pick(_EN_THINGS)
        self.en_reference = pick([f"{letters[:3]}/{year}/{n:04d}", f"RFP-{year}-{n:03d}", f"PS{n:04d}-{year % 100}", f"ITT {letters[:2]}{n}/{year}"[4:]])
        self.days = chance.choice([15, 30, 45, 60, 90, 120])

    def _company(self) -> str:
        pick = self.chance.choice
        return pick(["澄江", "东陵", "深港", "安澜", "中科", ""]) + pick(_BRANDS) + pick(_TRADES) + pick(_FORMS)


def zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def zh_spaced(day: date) -> str:
    return f"{day.year} 年 {day.month:02d} 月 {day.day:02d} 日"


def zh_numerals(day: date) -> str:
    def small(n: int) -> str:
        tens, ones = divmod(n, 10)
        return ("" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十") + (_NUMERALS[ones] if ones else "")

    return "".join(_NUMERALS[int(c)] for c in str(day.year)) + f"年{small(day.month)}月{small(day.day)}日"


def en(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def us(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def wan(amount: Decimal) -> str:
    return f"{(amount / 10_000).normalize():f}"


def full(text: str) -> str:
    return text.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))


# ── Chinese layouts ──


def award_form(w: World) -> tuple[str, list[Block], Facts]:
    rows = [("项目名称", w.title), ("项目编号", w.reference), ("采购单位", w.buyer), ("采购代理机构", w.agent), ("成交供应商", w.supplier), ("成交金额", f"{w.amount:,}元（大写：{in_capitals(w.amount)}）"), ("成交日期", zh(w.award)), ("采购方式", "竞争性磋商")]
    return "成交结果公告", [("h", f"{w.title}成交结果公告"), ("form", rows), ("p", "各有关当事人对成交结果有异议的，可以在公告期限届满之日起七个工作日内提出质疑。")], {"kind": "award", "title": w.title, "reference": w.reference, "buyer": w.buyer, "agent": w.agent, "supplier": [w.supplier], "value": w.amount, "currency": "CNY", "award": w.award}


def award_numbered(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"一、项目编号：{w.reference}", f"二、项目名称：{w.title}", "三、中标信息", f"供应商名称：{w.supplier}", f"供应商地址：{w.chance.choice(_PLACES)}建设路{w.chance.randint(1, 99)}号", f"中标金额：{wan(w.amount)}（万元）", "四、主要标的信息", "名称：详见附件", "五、评审专家名单：张某、李某、王某", "六、代理服务收费标准及金额：按国家规定收取，1.2万元", "七、公告期限：自本公告发布之日起1个工作日。", "八、凡对本次公告内容提出询问，请按以下方式联系。", "1.采购人信息", f"名称：{w.buyer}", "地址：人民路1号", "2.采购代理机构信息", f"名称：{w.agent}", "地址：解放路88号"]
    return "中标公告", [("h", f"{w.title}中标公告"), *[("p", line) for line in text]], {"kind": "award", "title": w.title, "reference": w.reference, "buyer": w.buyer, "agent": w.agent, "supplier": [w.supplier], "value": w.amount, "currency": "CNY"}


def award_lots(w: World) -> tuple[str, list[Block], Facts]:
    first, second = w.amount, w.budget
    rows = [["包号", "中标供应商名称", "中标金额（元）", "备注"], ["1", w.supplier, f"{first:,}", ""], ["2", w.other, f"{second:,}", ""]]
    return "中标结果公告", [("h", "中标结果公告"), ("p", f"招标编号：{w.reference}"), ("p", f"招标人：{w.buyer}"), ("table", rows), ("p", f"定标日期：{w.award.isoformat()}")], {"kind": "award", "reference": w.reference, "buyer": w.buyer, "supplier": [w.supplier, w.other], "award": w.award}


def award_letter(w: World) -> tuple[str, list[Block], Facts]:
    return "中标通知书", [("h", "中标通知书"), ("p", f"{w.supplier}："), ("p", f"你方于{zh(w.award - timedelta(days=9))}所递交的{w.title}投标文件已被我方接受，被确定为中标人。"), ("p", f"中标价：人民币{in_capitals(w.cents)}（¥{w.cents:,}）。"), ("p", f"工期：{w.days}日历天。"), ("p", "请你方在接到本通知书后的30日内与我方签订承包合同。"), ("p", f"招标人：{w.buyer}（盖章）"), ("p", f"中标日期：{zh(w.award)}")], {"kind": "award", "buyer": w.buyer, "supplier": [w.supplier], "value": w.cents, "currency": "CNY", "award": w.award}


def contract_cover(w: World) -> tuple[str, list[Block], Facts]:
    end = w.days
    text = [f"合同编号：{w.contract}", f"项目名称：{w.title}", f"甲　　方：{w.buyer}", f"乙　　方：{w.supplier}", f"签订日期：{zh_numerals(w.signed)}"]
    body = [f"第一条 合同总金额为人民币{w.amount:,}.00元（大写：{in_capitals(w.amount)}），含税。", f"第二条 交货期：自合同签订之日起{end}日内交货。", f"第三条 交货地点：{w.chance.choice(_PLACES)}甲方指定地点。", "第四条 质保期为验收合格之日起三年。", "第五条 甲方逾期付款的，每逾期一日按未付金额的0.5‰支付违约金，违约金总额不超过合同金额的5%。"]
    return "政府采购合同", [("h", "政府采购合同"), *[("p", x) for x in (*text, *body)], ("p", "甲方（盖章）："), ("p", "乙方（盖章）：")], {"kind": "contract", "title": w.title, "contract_no": w.contract, "buyer": w.buyer, "supplier": [w.supplier], "value": w.amount, "currency": "CNY", "signed": w.signed, "end": w.signed + timedelta(days=end), "tax": "included"}


def contract_prose(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"本合同由{w.buyer}（以下简称“甲方”）与{w.supplier}（以下简称“乙方”）于{zh(w.signed)}在{w.chance.choice(_PLACES)}签订。", f"合同编号：{w.contract}", f"1. 乙方负责{w.title}的供货、安装和调试。", f"2. 合同价款为{wan(w.amount)}万元，该价格为不含税价。", f"3. 付款方式：合同签订后支付30%，即人民币{wan(w.amount * 3 / 10)}万元；验收合格后支付余款。", "4. 本合同一式四份，双方各执两份。"]
    return "设备采购合同", [("h", "设备采购合同"), *[("p", x) for x in text]], {"kind": "contract", "contract_no": w.contract, "buyer": w.buyer, "supplier": [w.supplier], "value": w.amount, "currency": "CNY", "signed": w.signed, "tax": "excluded"}


def contract_buyer_seller(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"买方（需方）：{w.buyer}", f"卖方（供方）：{w.supplier}", f"合同号：{w.contract}", f"签约时间：{w.signed.year}.{w.signed.month}.{w.signed.day}", "签约地点：买方所在地", "根据《中华人民共和国民法典》，双方就下列货物达成如下协议："]
    rows = [["序号", "货物名称", "数量", "单价（元）", "金额（元）"], ["1", "存储服务器", "2", f"{w.amount / 4:,}", f"{w.amount / 2:,}"], ["2", "分析软件", "1", f"{w.amount / 2:,}", f"{w.amount / 2:,}"]]
    return "买卖合同", [("h", "货物买卖合同"), *[("p", x) for x in text], ("table", rows), ("p", f"合同总价：¥{w.amount:,}元，大写：人民币{in_capitals(w.amount)}"), ("p", "交货时间：合同生效后20个工作日内")], {"kind": "contract", "contract_no": w.contract, "buyer": w.buyer, "supplier": [w.supplier], "value": w.amount, "currency": "CNY", "signed": w.signed}


def contract_consortium(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"发包人（全称）：{w.buyer}", f"承包人（全称）：{w.supplier}（联合体牵头人）、{w.other}（联合体成员）", f"工程名称：{w.title}", f"签约合同价：人民币（大写）{in_capitals(w.cents)}（小写：￥{w.cents}元）", f"计划开工日期：{zh_spaced(w.signed + timedelta(days=10))}", f"计划竣工日期：{zh_spaced(w.signed + timedelta(days=200))}", "资金来源：财政资金", f"合同订立时间：{zh_spaced(w.signed)}"]
    return "施工合同", [("h", "建设工程施工合同"), *[("p", x) for x in text]], {"kind": "contract", "title": w.title, "buyer": w.buyer, "supplier": [w.supplier, w.other], "value": w.cents, "currency": "CNY", "signed": w.signed, "start": w.signed + timedelta(days=10), "end": w.signed + timedelta(days=200)}


def tender_document(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"项目编号：{w.reference}", f"项目名称：{w.title}", f"采 购 人：{w.buyer}", f"代理机构：{w.agent}", f"日    期：{zh_numerals(w.tender)[:9]}"]
    more = ["第一章 投标邀请", f"受{w.buyer}委托，{w.agent}就本项目进行公开招标。", f"预算金额：{wan(w.budget)}万元", f"最高限价：{wan(w.budget - 10_000)}万元", "合同履行期限：自合同签订生效之日起一年。", "第五章 合同文本", "合同编号：__________", "甲方：________________", "乙方：________________", "合同总价为人民币    元（大写：        ）", "签订日期：    年   月   日", "第六章 投标文件格式", "投标人名称：（盖章）", "投标总价：         元", "类似业绩：提供单项合同金额不少于500万元的合同复印件。"]
    return "招标文件", [("h", "公开招标文件"), *[("p", x) for x in (*text, *more)]], {"kind": "tender", "title": w.title, "reference": w.reference, "buyer": w.buyer, "agent": w.agent, "budget": w.budget}


def tender_form(w: World) -> tuple[str, list[Block], Facts]:
    rows = [("采购项目名称", w.title, "采购编号", w.reference), ("招标单位", w.buyer, "招标代理机构", w.agent), ("采购预算", f"{w.budget:,}元", "公告日期", w.tender.isoformat()), ("资金来源", "财政拨款", "招标方式", "公开招标")]
    return "招标公告", [("h", f"{w.title}招标公告"), ("form4", rows), ("p", "投标截止时间：详见招标文件")], {"kind": "tender", "title": w.title, "reference": w.reference, "buyer": w.buyer, "agent": w.agent, "budget": w.budget, "tender": w.tender}


def correction(w: World) -> tuple[str, list[Block], Facts]:
    text = ["一、项目基本情况", f"原公告的采购项目编号：{w.reference}", f"原公告的采购项目名称：{w.title}", f"首次公告日期：{zh(w.tender)}", "二、更正信息", "更正事项：采购文件", "更正内容：开标时间延期。", f"更正日期：{zh(w.tender + timedelta(days=9))}", "三、凡对本次公告内容提出询问，请按以下方式联系。", "1.采购人信息", f"名　　称：{w.buyer}"]
    return "更正公告", [("h", f"{w.title}更正公告"), *[("p", x) for x in text]], {"kind": "clarification", "title": w.title, "reference": w.reference, "buyer": w.buyer, "tender": w.tender}


def supplement(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"甲方：{w.buyer}", f"乙方：{w.supplier}", f"鉴于甲乙双方已签订{w.title}合同（原合同编号：{w.contract}），经协商一致，签订本补充协议：", "一、原合同第四条工期顺延三十日。", "二、其他条款不变。", f"签署日期：{zh(w.signed)}"]
    return "补充协议", [("h", "补充协议"), *[("p", x) for x in text]], {"kind": "supplement", "contract_no": w.contract, "buyer": w.buyer, "supplier": [w.supplier], "signed": w.signed}


def acceptance(w: World) -> tuple[str, list[Block], Facts]:
    rows = [("项目名称", w.title), ("合同编号", w.contract), ("采购单位", w.buyer), ("供货单位", w.supplier), ("合同金额", f"{full(f'{w.amount:,}')}元"), ("验收日期", zh(w.signed + timedelta(days=90))), ("验收结论", "合格")]
    return "验收单", [("h", "项目验收单"), ("form", rows)], {"kind": "acceptance", "title": w.title, "contract_no": w.contract, "buyer": w.buyer, "supplier": [w.supplier], "value": w.amount, "currency": "CNY"}


def contract_notice(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"一、合同编号：{w.contract}", f"二、合同名称：{w.title}采购合同", f"三、项目编号（或招标编号、政府采购计划编号、采购计划备案文号等）：{w.reference}", f"四、项目名称：{w.title}", "五、合同主体", f"采购人（甲方）：{w.buyer}", "地址：和平路5号", f"供应商（乙方）：{w.supplier}", "地址：创新大道12号", "六、合同主要信息", "主要标的名称：详见合同", f"合同金额：{w.amount / 10_000:.6f}万元", "履约期限、地点等简要信息：按合同约定", "采购方式：公开招标", f"七、合同签订日期：{w.signed.isoformat()}", f"八、合同公告日期：{(w.signed + timedelta(days=2)).isoformat()}"]
    return "合同公告", [("h", f"{w.title}合同公告"), *[("p", x) for x in text]], {"kind": "award", "contract_no": w.contract, "title": w.title, "reference": w.reference, "buyer": w.buyer, "supplier": [w.supplier], "value": w.amount, "currency": "CNY", "signed": w.signed}


def ppp(w: World) -> tuple[str, list[Block], Facts]:
    start = date(w.signed.year + 1, 1, 1)
    text = [f"政府方：{w.buyer}", f"实施机构：{w.buyer}", f"社会资本方：{w.supplier}", f"协议编号：{w.contract}", "运作方式：BOT（建设-运营-移交）", f"合作期限：10年，自{zh(start)}起至{zh(date(start.year + 9, 12, 31))}止。", f"项目总投资：{wan(w.budget)}万元", f"签署时间：{zh(w.signed)}"]
    return "PPP协议", [("h", f"{w.title}PPP项目协议"), *[("p", x) for x in text]], {"kind": "contract", "contract_no": w.contract, "buyer": w.buyer, "supplier": [w.supplier], "budget": w.budget, "signed": w.signed, "start": start, "end": date(start.year + 9, 12, 31), "model": "BOT"}


def order_sheet(w: World) -> tuple[str, list[Block], Facts]:
    rows = [["采购订单", "", "", ""], ["订单编号", w.contract, "订单日期", w.signed.isoformat()], ["购货单位", w.buyer, "供货单位", w.supplier], ["序号", "品名", "数量", "金额"], ["1", "网络摄像机", "20", f"{w.amount:,}"], ["订单总额", f"¥{w.amount:,}", "", ""]]
    return "采购订单", [("table", rows)], {"kind": "contract", "contract_no": w.contract, "buyer": w.buyer, "supplier": [w.supplier], "value": w.amount, "currency": "CNY", "signed": w.signed}


def service_contract(w: World) -> tuple[str, list[Block], Facts]:
    end = date(w.signed.year + 1, w.signed.month, w.signed.day) - timedelta(days=1)
    text = [f"委托方（甲方）：{w.buyer}", f"受托方（乙方）：{w.supplier}", f"合同书编号：{w.contract}", f"一、服务内容：{w.title}。", f"二、服务期限：{zh(w.signed)}至{zh(end)}。", f"三、合同总额：{w.cents}元（含税），甲方按季度支付。", "四、服务地点：甲方办公场所。", "（以下无正文，为签署页）", f"甲方（公章）：{w.buyer}", f"日期：{zh(w.signed)}", f"乙方（公章）：{w.supplier}", f"日期：{zh(w.signed)}"]
    return "技术服务合同", [("h", "技术服务合同"), *[("p", x) for x in text]], {"kind": "contract", "contract_no": w.contract, "buyer": w.buyer, "supplier": [w.supplier], "value": w.cents, "currency": "CNY", "signed": w.signed, "start": w.signed, "end": end, "tax": "included"}


def mismatch(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"甲方：{w.buyer}", f"乙方：{w.supplier}", f"合同编号：{w.contract}", f"合同金额：{w.amount:,}元（大写：{in_capitals(w.amount + 10_000)}）", f"签订时间：{zh(w.signed)}"]
    return "采购合同", [("h", "采购合同书"), *[("p", x) for x in text]], {"kind": "contract", "contract_no": w.contract, "buyer": w.buyer, "supplier": [w.supplier], "signed": w.signed}


# ── English layouts ──


def en_award(w: World) -> tuple[str, list[Block], Facts]:
    rows = [("Contracting authority", w.en_buyer), ("Title", w.en_title), ("Reference number", w.en_reference), ("Name of contractor", w.en_supplier), ("Total value of the contract", f"EUR {w.amount:,}.00 excluding VAT"), ("Date of award", en(w.award))]
    return "contract award notice", [("h", "Contract award notice"), ("form", rows)], {"kind": "award", "title": w.en_title, "reference": w.en_reference, "buyer": w.en_buyer, "supplier": [w.en_supplier], "value": w.amount, "currency": "EUR", "award": w.award, "tax": "excluded"}


def en_prose(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"This Agreement is made on {en(w.signed)} between {w.en_buyer}, whose principal office is at 1 Civic Square (the “Client”), and {w.en_supplier}, a company registered at 12 Mill Lane (the “Supplier”).", "1. The Supplier shall provide the Services described in Schedule 1.", f"2. The Contract Price is GBP {w.amount:,} exclusive of VAT, payable in four instalments of GBP {w.amount / 4:,.2f}.", f"3. This Agreement commences on {en(w.signed + timedelta(days=30))} and continues for an initial term of 24 months.", f"Agreement No. {w.en_reference}"]
    return "services agreement", [("h", "SERVICES AGREEMENT"), *[("p", x) for x in text]], {"kind": "contract", "contract_no": w.en_reference, "buyer": w.en_buyer, "supplier": [w.en_supplier], "value": w.amount, "currency": "GBP", "signed": w.signed, "start": w.signed + timedelta(days=30), "tax": "excluded"}


def en_supply(w: World) -> tuple[str, list[Block], Facts]:
    text = ["THIS SUPPLY CONTRACT (the “Contract”) is entered into as of " + us(w.signed) + " (the “Effective Date”)", "BY AND BETWEEN:", f"(1) {w.en_buyer}, acting through its procurement division (hereinafter referred to as the “Purchaser”); and", f"(2) {w.en_supplier}, a corporation organized under the laws of Valdoria (hereinafter referred to as the “Seller”).", f"Contract No.: {w.en_reference}", f"Article 3. The total contract price shall be US$ {w.amount:,}.00 (in words: as set out in Annex B).", f"Article 4. Delivery shall be made within {w.days} days of signature of this Contract."]
    return "supply contract", [("h", "SUPPLY CONTRACT"), *[("p", x) for x in text]], {"kind": "contract", "contract_no": w.en_reference, "buyer": w.en_buyer, "supplier": [w.en_supplier], "value": w.amount, "currency": "USD", "signed": w.signed}


def en_tender(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"Tender No: {w.en_reference}", f"Procuring Entity: {w.en_buyer}", f"Project title: {w.en_title}", "Procurement method: Open competitive bidding", f"Estimated value: USD {w.budget:,}", f"Date of issue: {en(w.tender)}", "Name of bidder: ______________________", "Bid price: ______________________", "Signed: ________________  Date: ____________", "The Contractor shall notify the Employer: all notices shall be in writing."]
    return "invitation to tender", [("h", "INVITATION TO TENDER"), *[("p", x) for x in text]], {"kind": "tender", "title": w.en_title, "reference": w.en_reference, "buyer": w.en_buyer, "budget": w.budget, "tender": w.tender}


def en_order(w: World) -> tuple[str, list[Block], Facts]:
    rows = [["Purchase Order", "", "", ""], ["PO Number", w.en_reference, "Order Date", w.signed.isoformat()], ["Buyer", w.en_buyer, "Supplier", w.en_supplier], ["Item", "Description", "Qty", "Amount (EUR)"], ["1", "Encoder", "10", f"{w.amount:,}"], ["Order total", f"EUR {w.amount:,}", "", ""]]
    return "purchase order", [("table", rows)], {"kind": "contract", "contract_no": w.en_reference, "buyer": w.en_buyer, "supplier": [w.en_supplier], "value": w.amount, "currency": "EUR", "signed": w.signed}


def en_notice(w: World) -> tuple[str, list[Block], Facts]:
    text = ["Section I: Contracting entity", "Official name:", w.en_buyer, "Section II: Object", "Title:", w.en_title, "Reference number:", w.en_reference, "Section V: Award of contract", "Date of conclusion of the contract:", w.signed.isoformat(), "Name of the contractor:", w.en_supplier, "Total value of the contract/lot:", f"{w.amount:,} EUR"]
    return "award notice", [("h", "Contract award notice – results of the procurement procedure"), *[("p", x) for x in text]], {"kind": "award", "title": w.en_title, "reference": w.en_reference, "buyer": w.en_buyer, "supplier": [w.en_supplier], "value": w.amount, "currency": "EUR", "signed": w.signed}


def en_two_suppliers(w: World) -> tuple[str, list[Block], Facts]:
    rows = [["Lot", "Awarded supplier", "Award value (GBP)"], ["1", w.en_supplier, f"{w.amount:,}"], ["2", w.en_other, f"{w.budget:,}"]]
    return "notice of award", [("h", "Notice of award"), ("p", f"Buyer: {w.en_buyer}"), ("p", f"Procurement reference: {w.en_reference}"), ("table", rows), ("p", f"Award date: {us(w.award)}")], {"kind": "award", "reference": w.en_reference, "buyer": w.en_buyer, "supplier": [w.en_supplier, w.en_other], "award": w.award}


def en_millions(w: World) -> tuple[str, list[Block], Facts]:
    millions = (w.budget / 1_000_000).quantize(Decimal("0.01"))
    text = [f"CONTRACT FOR {w.en_title.upper()}", f"Customer: {w.en_buyer}        Vendor: {w.en_supplier}", f"Contract number: {w.en_reference}", f"Contract value: RMB {millions} million (VAT included)", f"Date of signature: {en(w.signed)}", f"Commencement date: {en(w.signed + timedelta(days=14))}", "Warranty period: 36 months from acceptance"]
    return "contract", [("h", "FRAMEWORK CONTRACT"), *[("p", x) for x in text]], {"kind": "contract", "contract_no": w.en_reference, "buyer": w.en_buyer, "supplier": [w.en_supplier], "value": millions * 1_000_000, "currency": "CNY", "signed": w.signed, "start": w.signed + timedelta(days=14), "tax": "included"}


def en_letter_contract(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"Dear Sirs, we refer to our letter of {en(w.tender)} and to clause 4 of the contract.", "The Supplier: please note that the Buyer: has not replied.", "We look forward to hearing from you."]
    return "letter", [("p", x) for x in text], {}


def zh_news(w: World) -> tuple[str, list[Block], Facts]:
    text = [f"本报讯 记者日前获悉，{w.buyer}与{w.supplier}就{w.title}开展合作，总投资约{wan(w.budget)}万元。", "业内人士表示，相关部门应当加强监管。"]
    return "新闻", [("p", x) for x in text], {}


# ── feeds ──


def ocds(w: World) -> tuple[str, list[Block], Facts]:
    release = {"ocid": f"ocds-xyz123-{w.en_reference}", "id": "1", "date": f"{w.signed}T10:00:00Z", "tag": ["contract"], "initiationType": "tender", "parties": [{"id": "A", "name": w.en_buyer, "roles": ["buyer"]}, {"id": "B", "name": w.en_supplier, "roles": ["supplier"]}], "buyer": {"id": "A", "name": w.en_buyer}, "tender": {"id": w.en_reference, "title": w.en_title, "procurementMethod": "open", "value": {"amount": float(w.budget), "currency": "GBP"}}, "awards": [{"id": "a1", "date": f"{w.award}T00:00:00Z", "value": {"amount": float(w.amount), "currency": "GBP"}, "suppliers": [{"id": "B", "name": w.en_supplier}]}], "contracts": [{"id": f"C-{w.en_reference}", "awardID": "a1", "dateSigned": f"{w.signed}T00:00:00Z", "value": {"amount": float(w.amount), "currency": "GBP"}}]}
    return "ocds", [("json", {"uri": "https://example.org/x", "version": "1.1", "publishedDate": f"{w.signed}T10:00:00Z", "releases": [release]})], {"kind": "contract", "title": w.en_title, "reference": w.en_reference, "contract_no": f"C-{w.en_reference}", "buyer": w.en_buyer, "supplier": [w.en_supplier], "value": w.amount, "currency": "GBP", "budget": w.budget, "award": w.award, "signed": w.signed}


def ted(w: World) -> tuple[str, list[Block], Facts]:
    def tag(name: str, text: str, attributes: str = "") -> str:
        return f"<{name}{attributes}>{html.escape(text)}</{name}>"

    form = "<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY>" + tag("OFFICIALNAME", w.en_buyer) + "</ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY><OBJECT_CONTRACT><TITLE>" + tag("P", w.en_title) + "</TITLE>" + tag("REFERENCE_NUMBER", w.en_reference) + tag("VAL_TOTAL", f"{w.amount}.00", ' CURRENCY="EUR"') + "</OBJECT_CONTRACT><AWARD_CONTRACT><AWARDED_CONTRACT>" + tag("DATE_CONCLUSION_CONTRACT", w.signed.isoformat()) + "<CONTRACTORS><CONTRACTOR><ADDRESS_CONTRACTOR>" + tag("OFFICIALNAME", w.en_supplier) + "</ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS></AWARDED_CONTRACT></AWARD_CONTRACT><COMPLEMENTARY_INFO><ADDRESS_REVIEW_BODY>" + tag("OFFICIALNAME", "Court of Appeal") + "</ADDRESS_REVIEW_BODY></COMPLEMENTARY_INFO>"
    coded = '<NOTICE_DATA><NO_DOC_OJS>2021/S 1-1</NO_DOC_OJS></NOTICE_DATA><CODIF_DATA><TD_DOCUMENT_TYPE CODE="7">Contract award notice</TD_DOCUMENT_TYPE><PR_PROC CODE="1">Open procedure</PR_PROC></CODIF_DATA>'
    xml = f'<?xml version="1.0" encoding="UTF-8"?><TED_EXPORT><CODED_DATA_SECTION>{coded}</CODED_DATA_SECTION><FORM_SECTION><F03_2014 CATEGORY="ORIGINAL" LG="EN" FORM="F03">{form}</F03_2014></FORM_SECTION></TED_EXPORT>'
    return "ted", [("xml", xml)], {"kind": "award", "title": w.en_title, "reference": w.en_reference, "buyer": w.en_buyer, "supplier": [w.en_supplier], "value": w.amount, "currency": "EUR", "signed": w.signed}


_ZH = (award_form, award_numbered, award_lots, award_letter, contract_cover, contract_prose, contract_buyer_seller, contract_consortium, tender_document, tender_form, correction, supplement, acceptance, contract_notice, ppp, order_sheet, service_contract, mismatch, zh_news)
_EN = (en_award, en_prose, en_supply, en_tender, en_order, en_notice, en_two_suppliers, en_millions, en_letter_contract)
_FEEDS = (ocds, ted)
_SHEETS = (order_sheet, en_order)
TUNED = frozenset({"award_form", "award_lots", "contract_cover", "contract_buyer_seller", "tender_document", "correction", "acceptance", "ppp", "service_contract", "zh_news", "en_award", "en_supply", "en_order", "en_two_suppliers", "en_letter_contract", "ocds"})
"""Layouts that were looked at; the others are only measured."""

# ── forms of documents ──


def as_text(blocks: list[Block]) -> bytes:
    """Plain text, tables with tabs."""
    lines = []
    for kind, held in blocks:
        lines += ["\t".join(row) for row in held] if kind in {"form", "form4", "table"} else [held]
    return "\n".join(lines).encode()


def as_html(blocks: list[Block]) -> bytes:
    """A web page."""
    parts = []
    for kind, held in blocks:
        if kind in {"form", "form4", "table"}:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in held)
            parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        else:
            parts.append(f"<{'h1' if kind == 'h' else 'p'}>{html.escape(held)}</{'h1' if kind == 'h' else 'p'}>")
    return f"<!doctype html><html><head><meta charset='utf-8'></head><body>{''.join(parts)}</body></html>".encode()


def as_docx(blocks: list[Block]) -> bytes:
    """A Word document."""
    document = Document()
    for kind, held in blocks:
        if kind in {"form", "form4", "table"}:
            table = document.add_table(len(held), max(map(len, held)))
            table.style = "Table Grid"
            for n, row in enumerate(held):
                for m, cell in enumerate(row):
                    table.cell(n, m).text = cell
        else:
            document.add_heading(held) if kind == "h" else document.add_paragraph(held)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(blocks: list[Block]) -> bytes:
    """A born-digital PDF, tables with borders."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(_MADE)
    pdf.add_font("cjk", fname=_FONT)
    pdf.set_font("cjk", size=11)
    pdf.add_page()
    for kind, held in blocks:
        if kind in {"form", "form4", "table"}:
            with pdf.table(first_row_as_headings=False) as table:
                for row in held:
                    table.row(row)
        else:
            pdf.set_font("cjk", size=16 if kind == "h" else 11)
            pdf.multi_cell(0, 9, held, new_x="LMARGIN", new_y="NEXT", align="C" if kind == "h" else "L")
    return bytes(pdf.output())


def as_xlsx(blocks: list[Block]) -> bytes:
    """A workbook, its one sheet the rows in order."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for kind, held in blocks:
        for row in held if kind in {"form", "form4", "table"} else [[held]]:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_FORMS_OF = {"txt": as_text, "html": as_html, "docx": as_docx, "pdf": as_pdf, "xlsx": as_xlsx}


def documents() -> Iterator[tuple[str, bytes, Facts, str]]:
    """Name, bytes, facts and part of each document."""
    turn = ("pdf", "docx", "html", "txt")
    for n, layout in enumerate((*_ZH, *_EN, *_FEEDS)):
        part = "tuned" if layout.__name__ in TUNED else "measured"
        for m in range(3 if layout not in _FEEDS else 2):
            world = World(random.Random(f"{layout.__name__} {m}"))
            word, blocks, facts = layout(world)
            forms = ("xlsx", "docx", "html") if layout in _SHEETS else (turn[(n + m) % 4],)
            form = forms[m % len(forms)]
            kind, held = blocks[0]
            if kind in {"json", "xml"}:
                form, data = kind, json.dumps(held, ensure_ascii=False).encode() if kind == "json" else held.encode()
            else:
                data = _FORMS_OF[form](blocks)
            yield f"{n:02d}{'abc'[m]} {word}.{form}", data, facts, part


def main(folder: Path) -> None:
    """Write the documents and what they say."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {}
    for name, data, facts, part in documents():
        (folder / name).write_bytes(data)
        told[name] = {"part": part, "facts": facts}
    (folder / "facts.json").write_text(json.dumps(told, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
    print(f"{len(told)} documents in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
