"""The signed contract of December 2022, and the degraded scan of two of its pages."""

import io
import random
from datetime import UTC, datetime

import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageChops, ImageFilter
from scripts.demo_records import ids
from scripts.demo_records.ids import BUYER, CONTRACT_NO, PRICE, SERVER_MODEL, TENDER_NO, VENDOR, capitals
from scripts.demo_records.paper import Paper

_ITEMS: tuple[tuple[str, str, int, str, int], ...] = (
    ("球型摄像机", "YS-IPC8421-PW", 60, "台", 8_500),
    ("枪型摄像机", "YS-IPC6420-H", 130, "台", 4_200),
    ("人员通道抓拍摄像机", "YS-FC7330-T", 20, "台", 16_800),
    ("多旋翼无人机", "YS-UAV600", 6, "架", 185_000),
    ("视图分析服务器", SERVER_MODEL, 1, "套", 1_460_000),
    ("视图库平台软件", "YS-VIMS V5.2", 1, "套", 2_380_000),
    ("存储阵列", "YS-ST7200", 4, "套", 420_000),
    ("传输网络及线缆", "定制", 1, "批", 1_958_000),
    ("安装、调试及培训", "—", 1, "项", 1_200_000),
    ("三年质保及技术服务", "—", 1, "项", 1_500_000),
)
_SITES = (
    (
        "1",
        "清真寺等宗教场所",
        "24台",
        "每处出入口安装人员通道抓拍摄像机1台，院内安装球型摄像机",
        "国保大队、辖区派出所",
    ),
    ("2", "县职业技能教育培训中心", "16台", "周界围墙、岗楼、学员宿舍楼道及大门，画面接入监管大队", "监管大队"),
    ("3", "便民警务站周边", "36台", "站前道路及广场", "治安大队"),
    ("4", "主干道路及路口", "74台", "路口立杆", "交警大队、治安大队"),
    ("5", "车站、集贸市场、医院、学校周边", "44台", "公共区域出入口", "辖区派出所"),
    ("6", "社区（村）出入口", "16台", "出入口立杆", "辖区派出所"),
)
_OPENING = (
    f"甲方（采购人）：{BUYER}",
    f"统一社会信用代码：{ids.BUYER_USCC}",
    f"乙方（供应商）：{VENDOR}",
    f"统一社会信用代码：{ids.VENDOR_USCC}",
    (
        f"根据《中华人民共和国民法典》《中华人民共和国政府采购法》及{TENDER_NO}号招标项目的中标结果，"
        "甲乙双方在平等自愿的基础上，就澜溪县社会面防控视频监控系统建设项目签订本合同，共同遵守。"
    ),
    "##第一条 合同标的",
    (
        "1.1 "
        "乙方向甲方提供前端摄像机共计210台、无人机6架、视图分析服务器1套、视图库平台软件1套及配套存储、网络设备，"
        "并负责安装、调试和培训，明细见附件一《分项报价表》。"
    ),
    (
        f"1.2 视图分析服务器（型号{SERVER_MODEL}）每套配置不少于8块NVIDIA Tesla T4 "
        "GPU卡、2颗英特尔至强金牌5218处理器，随机文件中应附显卡序列号清单。"
    ),
    (
        "1.3 平台软件应实现招标文件第五章规定的全部功能，"
        "乙方在技术偏离表中对表5-2“人员目标结构化属性”各项的应答均为“无偏离”。"
    ),
    "##第二条 合同金额",
    f"2.1 本合同总金额为人民币{PRICE:,}.00元（大写：{capitals(PRICE)}），含税，税率13%。",
    (
        "2.2 合同金额为固定总价，包括设备、软件、运输、保险、安装、调试、培训及质保期服务的全部费用，"
        "甲方不再另行支付其他费用。"
    ),
    "##第三条 供货期",
    "3.1 供货期：自合同签订之日起三个月内，乙方完成全部设备的供货、安装和调试，并具备初验条件。",
    "3.2 因甲方点位变更造成工期延误的，经双方书面确认后工期相应顺延。",
)
_DEPLOYMENT = (
    "##第四条 交货地点与安装部署",
    "4.1 交货地点：示例省澜溪县境内甲方指定地点。前端设备按下表部署，具体点位以甲方提供的点位清单为准。",
)
_MIDDLE = (
    "4.2 清真寺等宗教场所的视频及抓拍数据实时上传至县公安局视图库平台，录像保存期限90天。",
    (
        "4.3 县职业技能教育培训中心由甲方监管大队统一管理，乙方施工人员进场须经甲方审批，"
        "施工期间不得携带具有拍摄功能的设备。"
    ),
    "##第五条 技术服务与培训",
    "5.1 乙方派驻不少于3名工程师驻场服务至终验合格，负责平台运维、算法参数调整和操作培训。",
    "5.2 乙方对甲方值班人员进行不少于5天的集中培训，内容包括结构化检索、重点人员分级管理和聚集预警的处置流程。",
    "5.3 重点人员等级由甲方各业务大队在平台中录入，分为红、黄、绿三级，乙方负责按等级配置布控任务和预警推送对象。",
    "##第六条 验收",
    "6.1 乙方完成安装调试并连续无故障试运行30日后，书面申请初验；初验合格后运行90日进行终验。",
    "6.2 验收依据为本合同、招标文件、乙方投标文件及国家有关标准。验收不合格的，乙方应在15日内整改，费用自负。",
    "##第七条 质保期",
    "7.1 质保期为终验合格之日起三年。质保期内乙方免费维修、更换故障设备，提供软件补丁和固件升级。",
    "##第八条 付款方式",
    f"8.1 合同签订后10个工作日内，甲方支付合同金额的30%，即人民币{PRICE * 3 // 10:,}.00元。",
    f"8.2 初验合格后支付40%，即人民币{PRICE * 4 // 10:,}.00元；终验合格后支付27%，即人民币{PRICE * 27 // 100:,}.00元。",
    f"8.3 余款3%即人民币{PRICE * 3 // 100:,}.00元为质量保证金，质保期满无质量问题后无息支付。",
    "##第九条 违约责任",
    "9.1 乙方逾期交货的，每逾期一日按合同金额的0.5‰支付违约金；逾期超过30日的，甲方有权解除合同。",
    "9.2 甲方无正当理由逾期付款的，每逾期一日按应付未付金额的0.5‰支付违约金。",
    "##第十条 数据与保密",
    "10.1 系统采集的数据归甲方所有。乙方及其工作人员对在履行合同过程中知悉的甲方工作秘密负有保密义务，保密期限为长期。",
    "##第十一条 争议解决",
    "11.1 因履行本合同发生争议的，双方协商解决；协商不成的，向甲方所在地人民法院提起诉讼。",
    "##第十二条 合同生效",
    "12.1 本合同自双方法定代表人或授权代表签字并加盖公章之日起生效，一式六份，甲方四份，乙方二份，具有同等法律效力。",
)
_SCHEDULE = (
    ("第一阶段", "点位勘查确认，立杆、管线施工，服务器及存储设备到货", "2023年1月8日前"),
    ("第二阶段", "前端摄像机、无人机到货，安装并接入传输网络", "2023年2月8日前"),
    ("第三阶段", "平台部署、联调，操作培训，具备初验条件", "2023年3月8日前"),
)
_BUYER_SIDE = (
    "甲方（盖章）：",
    BUYER,
    "授权代表（签字）：（签名）",
    "地址：示例省澜溪县东风路1号",
    "签订日期：2022年12月8日",
)
_VENDOR_SIDE = (
    "乙方（盖章）：",
    VENDOR,
    "授权代表（签字）：（签名）",
    f"授权代表身份证号：{ids.ID_NUMBER}",
    f"联系电话：{ids.MOBILE}",
    f"电子邮箱：{ids.EMAIL}",
    f"差旅结算卡号：{ids.CARD}",
    f"进场车辆牌照：{ids.PLATE}",
    "签订日期：2022年12月8日",
)


def contract() -> bytes:
    """The contract (PDF), signed on 8 December 2022; the items add up to the price, in figures and in capitals."""
    if sum(count * price for _, _, count, _, price in _ITEMS) != PRICE:
        raise ValueError("the items do not add up to the price")
    paper = Paper("政府采购合同", "2022-12-08T15:30:00", running=f"合同编号：{CONTRACT_NO}", numbered="第 {} 页")
    _cover(paper)
    paper.add_page()
    paper.title_lines("政府采购合同", size=16, gap=4)
    paper.body(*_OPENING)
    paper.add_page()
    paper.body(*_DEPLOYMENT)
    paper.grid(("序号", "部署场所", "数量", "部署要求", "使用单位"), _SITES, (12, 42, 16, 60, 30))
    paper.body(*_MIDDLE)
    paper.signed((_BUYER_SIDE, BUYER), (_VENDOR_SIDE, VENDOR))
    _annex(paper)
    return paper.data()


def _cover(paper: Paper) -> None:
    paper.add_page()
    paper.ln(24)
    paper.title_lines("示例省政府采购合同", size=26)
    paper.title_lines("（货物类）", size=16)
    paper.ln(36)
    lines = ("项目名称：澜溪县社会面防控视频监控系统建设项目", f"项目编号：{TENDER_NO}", f"合同编号：{CONTRACT_NO}")
    parties = (f"甲　　方：{BUYER}", f"乙　　方：{VENDOR}", "签订地点：示例省澜溪县", "签订日期：二〇二二年十二月八日")
    paper.body(*lines, *parties, size=13, indent=14)


def _annex(paper: Paper) -> None:
    paper.add_page()
    paper.heading("附件一 分项报价表", 1)
    paper.words("单位：人民币元（含税）", 9, indent=0, align="R")
    rows = [
        (str(n), name, model, str(count), unit, f"{price:,}.00", f"{count * price:,}.00")
        for n, (name, model, count, unit, price) in enumerate(_ITEMS, 1)
    ]
    widths = (12, 40, 34, 14, 12, 23, 25)
    paper.grid(("序号", "名称", "品牌型号", "数量", "单位", "单价", "合价"), rows, widths, 8.5)
    paper.grid((), [("合计", f"人民币{PRICE:,}.00元（大写：{capitals(PRICE)}）")], (52, 108), 9)
    paper.body("##附：视图分析服务器配置", indent=7.4)
    parts = (
        ("1", "GPU卡", "NVIDIA Tesla T4 16GB", "8", "块"),
        ("2", "处理器", "Intel Xeon Gold 5218", "2", "颗"),
        ("3", "内存", "32GB DDR4 ECC", "8", "条"),
        ("4", "系统盘", "480GB SSD", "2", "块"),
    )
    paper.grid(("序号", "部件", "规格", "数量", "单位"), parts, (14, 36, 70, 20, 20))
    paper.seal(VENDOR, 158, paper.get_y() + 14)
    paper.add_page()
    paper.heading("附件二 供货进度计划", 1)
    paper.grid(("阶段", "工作内容", "完成时间"), _SCHEDULE, (24, 96, 40))
    paper.body("注：点位清单另册装订，见附件三《前端点位清单》（电子表格）。", indent=0)


def scan(signed: bytes) -> bytes:
    """Pages 3 and 4 of the contract as a copier left them: skewed, soft, speckled; pictures only, no text layer."""
    chance = random.Random(20221208)
    pdf = FPDF()
    pdf.set_creation_date(datetime(2023, 2, 14, 9, 0, tzinfo=UTC))
    pdf.set_title(f"{ids.LABEL} — 合同扫描件")
    pdf.set_producer("countersight demo")
    source = pypdfium2.PdfDocument(signed)
    for number, skew in ((2, 1.3), (3, -0.8)):
        page = source[number].render(scale=1.45, grayscale=True).to_pil().convert("L")
        pdf.add_page()
        pdf.image(io.BytesIO(_worn(page, skew, chance)), 0, 0, 210, 297)
    return bytes(pdf.output())


def _worn(page: Image.Image, skew: float, chance: random.Random) -> bytes:
    noise = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height)).point(lambda v: 90 + v // 2)
    turned = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=225).filter(ImageFilter.GaussianBlur(0.7))
    faded = ImageChops.multiply(turned.point(lambda v: 60 + v * 175 // 255), noise.point(lambda v: 205 + v // 5))
    out = io.BytesIO()
    faded.save(out, "JPEG", quality=38)
    return out.getvalue()
