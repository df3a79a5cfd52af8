"""The words of the scanned pages that bench/scans.py makes: fictional contracts and tenders, Chinese and English.

Nobody and no company in them exists. Clauses hold the figures, dates, model numbers and look-alike characters
(维 唯 雄, 族 旅 旋, 汉 汊, 未 末, 己 已, 0 O 〇) that a reading must get right.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_SLOT = re.compile(r"\{(\w+)\}")


def _lines(text: str) -> list[str]:
    return text.strip().split("\n")


def _slots(text: str) -> dict[str, list[str]]:
    """Of each name before a colon the choices after it."""
    return {name: choices.split("|") for name, _, choices in (line.partition(": ") for line in _lines(text))}


_ZH_SLOTS = _slots(
    """
party: 甲方|乙方|采购人|中标供应商|监理单位|承建单位|运维单位|项目业主|联合体牵头人
place: 云岭县|青禾市|汉源区|汊河镇|雄石县|唯亭街道|末水乡|松桦自治县|平川新区
firm: 星桥数码科技有限公司|维石信息技术股份有限公司|启衡智能系统有限公司|雄略电子工程有限公司|远禾通信设备厂
thing: 高清网络摄像机|人脸抓拍单元|视频结构化服务器|卡口电警一体机|存储磁盘阵列|接入交换机|光纤收发器|不间断电源|移动采集终端|旋转云台|综合管理平台软件|图像比对服务模块
basis: 招标文件第三章|技术规格书|投标承诺函|国家现行标准GB/T 28181|双方确认的实施方案|本合同附件二《设备清单》
due: 到货验收|初步验收|系统试运行|竣工验收|质保期满|培训考核|资料移交
role: 项目经理|安全负责人|技术负责人|现场代表|档案管理员|值班员
attribute: 性别、年龄段、是否戴眼镜|上衣颜色、背包、帽子|民族属性（未知、非少数民族、维吾尔族）|旅客类别与携带物品|车辆品牌、车身颜色
"""  # noqa: E501 - one to a line
)
_ZH = _lines(
    """
{party}应当在{date}前完成{n}台{thing}的供货、安装与调试，并提交{due}报告一式{small}份。
本项目位于{place}，总投资{money}元，其中设备购置费{money}元，安装工程费{money}元，其他费用未列入。
合同价款为人民币{capital}（¥{money}），该价格已包含运输、保险、税金及培训等全部费用，{party}不再另行支付。
{firm}所供{thing}（型号{model}）应支持{attribute}等结构化属性的识别，识别准确率不低于{percent}。
因{party}自身原因导致{due}延误的，每逾期一日按合同总价的{percent}支付违约金，累计不超过{percent}。
系统应保存原始录像不少于{days}天，重要事件图片不少于{days}天，检索响应时间不超过{small}秒。
{party}已按照{basis}的规定对{thing}进行了抽检，末次抽检数量为{n}件，未发现不合格品。
质保期自{due}合格之日起计{small}年，{party}应提供7×24小时服务，{small}小时内到达{place}现场。
{party}指派的{role}不得擅自更换；确需更换的，应提前{days}日以书面形式征得对方同意。
投标人须具有独立承担民事责任的能力，近三年（{year}年至今）完成过类似业绩不少于{small}项，并附合同复印件。
平台应接入{place}已建成的{n}路视频资源，前端点位编号由{code}起连续编排，不得重号。
{basis}与本合同约定不一致的，以本合同为准；未尽事宜由双方另行协商并签订补充协议。
采购项目编号：{code}，开标时间：{date}{small}时30分，开标地点：{place}公共资源交易中心第{small}会议室。
付款方式：合同签订后支付{percent}预付款，{due}合格后支付至{percent}，余款作为质量保证金。
{firm}（统一社会信用代码：{uscc}）承诺所投产品均为原厂全新正品，并对其知识产权负责。
任何一方对履行过程中知悉的数据负有保密义务，未经{party}书面许可，不得向第三方提供或用于其他目的。
二〇{zeroyear}年度运维费用由{party}按季度结算，结算依据为{role}签字确认的《运维工作量确认单》。
本合同一式{small}份，甲乙双方各执{small}份，自双方法定代表人或授权代表签字并加盖公章之日起生效。
"""
)
_EN_SLOTS = _slots(
    """
party: the Supplier|the Purchaser|the Contractor|the Operator|the Engineer|the Lead Member
place: Cloud Ridge County|Greenhill City|Pine Valley District|Stonebridge Town|East Harbour
firm: Starbridge Digital Ltd|Vellstone Information Systems Inc.|Keyhollow Imaging GmbH|Farfield Networks Co., Ltd.
thing: network cameras|face capture units|video analysis servers|storage arrays|access switches|fibre transceivers|uninterruptible power supplies|mobile collection terminals|management platform licences
basis: the tender documents|the technical schedule|clause 14 of this Agreement|ISO/IEC 27001|the bill of quantities
due: delivery|preliminary acceptance|trial operation|final acceptance|handover of records|operator training
role: project manager|site representative|safety officer|records officer
attribute: age group, gender and headgear|vehicle make, colour and plate type|three values: unknown, not minority, Uyghur
"""  # noqa: E501 - one to a line
)
_EN = _lines(
    """
Not later than {date}, {party} shall deliver, install and commission {n} {thing} and submit the {due} report.
The total investment for {place} is USD {money}, of which equipment accounts for USD {money}.
The contract price of USD {money} includes freight, insurance, taxes and training; {party} shall pay nothing further.
Each unit (model {model}) supplied by {firm} shall support the attributes {attribute}, with an accuracy of at least {percent}.
For delay of {due} attributable to {party}, liquidated damages of {percent} of the price are due per day, up to {percent} in total.
Original recordings shall be kept for at least {days} days; a query must be answered within {small} seconds.
Under {basis}, {party} has inspected {n} of the {thing}; no defect was found at the last inspection.
The warranty runs for {small} years from {due}; {party} shall be on site in {place} within {small} hours.
The {role} named in Annex {small} may be replaced only with {days} days' written notice and the consent of the other party.
Bidders shall show at least {small} comparable projects completed since {year}, with copies of the contracts.
The platform shall connect the {n} existing video channels of {place}, numbered consecutively from {code}.
Where {basis} and this Agreement differ, this Agreement prevails; amendments must be in writing.
Procurement reference {code}; bids are opened on {date} at 9:30 a.m. in meeting room {small}.
Payment: {percent} on signature, up to {percent} on {due}, and the balance as retention money.
{firm} (registration no. {uscc}) warrants that all {thing} are new, original and free of third-party claims.
Neither party shall disclose data obtained in performance to third parties without the consent of {party}.
"""  # noqa: E501 - one to a line
)
TITLES = {
    "zh": (
        "社会面视频监控建设项目采购合同",
        "公开招标文件（技术部分）",
        "平安工程二期补充协议书",
        "中标结果公告",
        "运维服务合同",
    ),
    "en": ("Video System Supply Agreement", "Invitation to Tender: Technical Part", "Supplementary Agreement No. 2"),
}
HEADS = {
    "zh": ("序号", "设备名称", "规格型号及技术要求", "单位", "数量", "单价（元）", "合价（元）"),
    "en": ("No.", "Item", "Model and requirement", "Unit", "Qty", "Unit price", "Total"),
}
SECTIONS = {"zh": ("一、前端采集部分", "二、中心机房部分"), "en": ("Part A: field equipment", "Part B: control room")}
TOTAL = {"zh": "合计", "en": "Total"}
UNITS = {"zh": ("台", "套", "个", "只", "路", "项", "米"), "en": ("pcs", "set", "unit", "m", "lot")}
ITEMS = {
    "zh": _lines("""
高清网络摄像机
人脸抓拍摄像机
智能球形云台
视频结构化服务器
人像比对一体机
磁盘阵列
核心交换机
光纤收发器
不间断电源
拼接显示单元
操作控制台
平台管理软件
移动采集终端
无人机巡查系统
室外机箱
立杆及基础
网络布线
接地与防雷
车辆卡口单元
安装调试费
"""),
    "en": _lines("""
Network camera
Face capture camera
Dome camera with tilt head
Video analysis server
Portrait matching appliance
Storage array
Core switch
Fibre transceiver
UPS unit
Display wall panel
Operator console
Platform software
Mobile terminal
Inspection drone
Outdoor cabinet
Pole and footing
Network cabling
Lightning protection
Vehicle checkpoint unit
Installation and testing
"""),
}
SPECS = {
    "zh": _lines("""
{model}，{n}万像素，支持红外夜视
{model}
双路电源，{n}GB内存，含8块GPU加速卡
属性取值：未知、非少数民族、维吾尔族
24口千兆，{model}
支持{n}路并发接入
防护等级IP66，工作温度-40℃至60℃
含三年质保及末端接入
详见附件{small}
国产，未使用过
"""),
    "en": _lines("""
{model}, {n} MP, infrared
{model}
dual power supply, {n} GB RAM, 8 GPU cards
values: unknown, not minority, Uyghur
24 ports, {model}
up to {n} parallel streams
IP66, -40 to 60 C
three years' warranty
see Annex {small}
new, unused
"""),
}
NUMBERS = (
    "{money}",
    "¥{money}",
    "{model}",
    "{code}",
    "{uscc}",
    "{percent}",
    "二〇{zeroyear}年",
    "{n}O{n}",
    "O{n}-0{n}",
)
_FIGURES = "零壹贰叁肆伍陆柒捌玖"


def clause(chance: Random, language: str) -> str:
    """One sentence of a contract or tender in ``zh`` or ``en``."""
    text = fill(chance.choice(_ZH if language == "zh" else _EN), chance, language)
    return text[0].upper() + text[1:]


def fill(pattern: str, chance: Random, language: str) -> str:
    """A pattern with each of its slots filled by chance."""
    words = _ZH_SLOTS if language == "zh" else _EN_SLOTS
    return _SLOT.sub(lambda slot: _value(slot[1], words, chance, language), pattern)


def amount(value: int) -> str:
    """A sum as contracts write it: ``1,286,400.00``."""
    return f"{value:,}.00"


def _value(slot: str, words: dict[str, list[str]], chance: Random, language: str) -> str:
    if slot in words:
        return chance.choice(words[slot])
    if slot == "date":
        return _date(chance, language)
    return _FILLERS[slot](chance)


def _date(chance: Random, language: str) -> str:
    year, month, day = chance.randint(2014, 2024), chance.randint(1, 12), chance.randint(1, 28)
    return f"{year}年{month}月{day}日" if language == "zh" else f"{day:02}/{month:02}/{year}"


def _letters(chance: Random, characters: str, count: int) -> str:
    return "".join(chance.choice(characters) for _ in range(count))


def _model(chance: Random) -> str:
    return f"{_letters(chance, 'ABCDHKNOSVXZ', 2)}-{chance.randint(100, 9900)}{_letters(chance, 'BGSX0', 1)}"


def _capital(chance: Random) -> str:
    """A sum in Chinese capitals, of hundreds of thousands."""
    tens, units, thousands, hundreds = (chance.randint(1, 9) for _ in range(4))
    ten_thousands = f"{_FIGURES[tens]}拾{_FIGURES[units]}万"
    return f"{ten_thousands}{_FIGURES[thousands]}仟{_FIGURES[hundreds]}佰元整"


_FILLERS: dict[str, Callable[[Random], str]] = {
    "n": lambda chance: str(chance.randint(2, 960)),
    "small": lambda chance: str(chance.randint(2, 9)),
    "days": lambda chance: str(chance.choice((7, 15, 30, 60, 90, 180, 365))),
    "year": lambda chance: str(chance.randint(2015, 2023)),
    "zeroyear": lambda chance: chance.choice(("一八", "一九", "二〇", "二一", "二二")),
    "percent": lambda chance: f"{chance.choice((0.05, 0.5, 3, 5, 10, 30, 85, 92.5, 95, 98.7))}%",
    "money": lambda chance: amount(chance.randint(12, 98000) * 100),
    "capital": _capital,
    "model": _model,
    "code": lambda chance: f"{_letters(chance, 'CGHYZ', 2)}{chance.randint(2015, 2024)}-{chance.randint(1, 990):03}",
    "uscc": lambda chance: (
        f"91{_letters(chance, '0123456789', 6)}MA{_letters(chance, '0123456789ABCDEFGHJKLMNPQRTUWXY', 8)}"
    ),
}
