"""The 21-year agreement of the local project company, and an English summary of how it is operated."""

from scripts.demo_records import ids
from scripts.demo_records.ids import BUYER, PROJECT_COMPANY, PROJECT_COMPANY_EN, VENDOR, VENDOR_EN, capitals
from scripts.demo_records.office import Letter
from scripts.demo_records.paper import Paper

_TOTAL = 98_600_000
_FUND = "澜溪县城市建设投资有限公司"
_SHARES = (
    ("1", VENDOR, "社会资本方", "1,972.00", "90%"),
    ("2", _FUND, "政府出资方代表", "219.11", "10%"),
)
_GENERAL = (
    "#第一章 总则",
    (
        "1.1 经澜溪县人民政府授权，"
        f"{BUYER}（以下简称“甲方”）作为澜溪县平安城市视频监控政府和社会资本合作（PPP）项目的实施机构，"
        f"与{PROJECT_COMPANY}（以下简称“乙方”或“项目公司”）签订本合同。"
    ),
    f"1.2 乙方统一社会信用代码：{ids.PROJECT_USCC}。乙方系为实施本项目在澜溪县注册成立的项目公司，股权结构如下：",
)
_SCOPE = (
    "#第二章 合作内容与期限",
    "2.1 合作内容：乙方负责本项目的设计、投资、建设、运营、维护和移交，项目采用DBFOT（设计—建设—融资—运营—移交）模式。",
    "2.2 合作期限：本项目合作期为21年，其中建设期1年，运营期20年，自2018年7月1日起至2039年6月30日止。",
    (
        f"2.3 项目总投资为人民币{_TOTAL:,}.00元（大写：{capitals(_TOTAL)}），其中资本金占比22.2%，"
        "其余由乙方通过银行贷款等方式筹集。"
    ),
    "2.4 建设内容包括县级视频监控中心1处、乡镇分中心4处、高清前端点位1,260个、无线传输链路及配套机房。",
    "#第三章 投融资与建设",
    "3.1 乙方应于本合同生效之日起60日内完成融资交割，并向甲方提交融资文件副本备案。",
    "3.2 乙方不得擅自转让其在本合同项下的权利和义务；运营期前5年内，社会资本方不得转让其持有的项目公司股权。",
    "3.3 建设期自开工令载明之日起算，乙方应按经批准的初步设计组织施工，接受甲方和监理单位的监督。",
)
_OPERATION = (
    "#第四章 运营与维护",
    "4.1 运营期内，乙方应组建不少于24人的驻场运营团队，实行7×24小时值守，负责平台运行、视频巡查、数据分析和设备维护。",
    "4.2 乙方运营人员应根据甲方指令开展视频巡查和数据研判，每日形成运行日报，每月提交运营分析报告。",
    "4.3 乙方应保证前端设备在线率不低于98%、录像完整率不低于97%，故障修复时间城区不超过4小时、乡镇不超过12小时。",
    "4.4 乙方应每5年对前端设备和平台软件进行一次更新改造，费用计入运营成本。",
    "4.5 运营期内形成的全部数据归甲方所有，乙方不得用于本项目以外的任何用途。",
    "#第五章 付费机制",
    (
        "5.1 本项目回报机制为政府付费。甲方按年度向乙方支付可用性服务费和运营维护绩效服务费，"
        "纳入县级财政预算和中期财政规划。"
    ),
    "5.2 运营维护绩效服务费按绩效考核结果支付，考核得分90分以上的全额支付，80至90分的按90%支付，80分以下的按80%支付。",
    "5.3 各年度付费基准金额如下：",
)
_PAYMENTS = (
    ("2019年7月—2024年6月", "742.00", "318.00", "1,060.00"),
    ("2024年7月—2029年6月", "742.00", "356.00", "1,098.00"),
    ("2029年7月—2034年6月", "742.00", "399.00", "1,141.00"),
    ("2034年7月—2039年6月", "742.00", "447.00", "1,189.00"),
)
_END = (
    "#第六章 移交",
    "6.1 合作期满，乙方应将项目设施、软件、资料和数据完好、无偿地移交给甲方或甲方指定的机构。",
    "6.2 移交前12个月，双方成立移交委员会，确定移交范围、程序和最后恢复性大修方案。",
    "#第七章 违约与提前终止",
    "7.1 因甲方违约导致提前终止的，甲方应按项目账面净值加合理收益向乙方支付补偿。",
    "7.2 因乙方违约导致提前终止的，甲方有权从履约保函中扣除相应款项，并按账面净值的80%支付补偿。",
    "#第八章 附则",
    "8.1 本合同未尽事宜，双方可签订补充协议。补充协议与本合同具有同等法律效力。",
    "8.2 本合同正本一式八份，自双方签字盖章之日起生效。",
)
_BUYER_SIDE = ("甲方（盖章）：", BUYER, "授权代表（签字）：（签名）", "签订日期：2018年6月20日")
_COMPANY_SIDE = ("乙方（盖章）：", PROJECT_COMPANY, "法定代表人（签字）：（签名）", "签订日期：2018年6月20日")


def agreement() -> bytes:
    """The build-finance-operate agreement of June 2018 (PDF)."""
    number = "LXPPP-2018-003"
    paper = Paper(
        "PPP项目合同", "2018-06-20T10:00:00", running=f"澜溪县平安城市PPP项目合同  {number}", numbered="第 {} 页"
    )
    paper.add_page()
    paper.ln(34)
    paper.title_lines("澜溪县平安城市视频监控", "政府和社会资本合作（PPP）项目", size=20)
    paper.ln(8)
    paper.title_lines("项 目 合 同", size=28)
    paper.ln(40)
    parties = (f"甲方：{BUYER}", f"乙方：{PROJECT_COMPANY}", f"合同编号：{number}", "签订日期：2018年6月20日")
    paper.body(*parties, size=13, indent=24)
    paper.add_page()
    paper.body(*_GENERAL)
    paper.grid(("序号", "股东名称", "股东性质", "出资额（万元）", "持股比例"), _SHARES, (14, 62, 36, 28, 20))
    paper.body(*_SCOPE)
    paper.add_page()
    paper.body(*_OPERATION)
    paper.words("单位：人民币万元/年", 9, indent=0, align="R")
    heads = ("期间", "可用性服务费", "运营维护绩效服务费", "合计")
    paper.grid(heads, _PAYMENTS, (56, 32, 42, 30))
    paper.add_page()
    paper.body(*_END)
    paper.signed((_BUYER_SIDE, BUYER), (_COMPANY_SIDE, PROJECT_COMPANY))
    return paper.data()


_TERMS = (
    (
        "2.1",
        "Scope",
        "The Project Company shall design, finance, build, operate, maintain and transfer the project (DBFOT).",
    ),
    ("2.2", "Co-operation period", "21 years: one year of construction and 20 years of operation, to 30 June 2039."),
    (
        "4.1",
        "On-site team",
        "At least 24 staff of the Project Company on site, day and night: platform, video patrol, data analysis.",
    ),
    (
        "4.2",
        "Instructions",
        "Operating staff carry out video patrol and data analysis on the instructions of the County PSB.",
    ),
    ("5.1", "Payment", "Annual availability payment and performance-based operation payment, from the county budget."),
    (
        "6.1",
        "Transfer",
        "Facilities, software, documents and data are handed over free of charge at the end of the period.",
    ),
)


def summary() -> bytes:
    """The English working translation of the operation terms (DOCX): table, footnote, tracked change and comment."""
    paper = Letter("Operation terms of the Lanxi agreement")
    paper.words(
        "# Lanxi County public-private partnership: operation terms",
        f"Project Company: {PROJECT_COMPANY_EN} ({PROJECT_COMPANY}), held 90 % by {VENDOR_EN} and 10 % by the "
        "county's investment vehicle. Grantor: Lanxi County Public Security Bureau. Signed on 20 June 2018.",
    )
    first = paper.words(
        "The agreement is a public-private partnership under which the Project Company finances, builds and "
        "operates the county's video system and is paid by the county for availability and performance."
    )
    paper.footnote(first, "Working translation. The Chinese text of contract LXPPP-2018-003 prevails.")
    paper.words("## Terms")
    paper.grid(("Clause", "Subject", "Summary in English"), _TERMS)
    paper.words("## Remarks of the translator")
    changed = paper.words("The staff named in clause 4.1 are employed by ")
    paper.changed(changed, "the county", "the Project Company", "Translator 1", "2023-05-03T09:12:00Z")
    noted = paper.words("Clause 4.4 renews cameras and platform software every five years.")
    paper.comment(
        noted, "Please check against the list of equipment in the annex.", "Reviewer", "2023-05-04T08:00:00+00:00"
    )
    return paper.data("2023-05-04")
