"""What the vendor published, and what was published about it: brochure, statement, two copies of one story."""

from scripts.demo_records import ids
from scripts.demo_records.ids import LABEL, SERVER_MODEL, VENDOR, VENDOR_EN
from scripts.demo_records.paper import Paper

_FEATURES = (
    (
        "Person 人员",
        "gender, age band, glasses, mask, backpack, colour of clothing 性别、年龄段、眼镜、口罩、背包、衣着颜色",
    ),
    ("Ethnicity attribute 民族属性", "three values: unknown, Uyghur, non-Uyghur 未知、维族、非维族"),
    ("Vehicle 车辆", "type, colour, brand 车型、颜色、品牌"),
    ("Search 检索", "any attribute or combination over 90 days of video 按属性组合检索90天录像"),
)
_MODELS = (
    (SERVER_MODEL, "2U, up to 8 GPU cards (NVIDIA T4)", "160 streams"),
    ("YS-AS5000-4G", "2U, up to 4 GPU cards", "80 streams"),
    ("YS-FC7330-T", "2 MP global shutter, edge capture", "30 targets per frame"),
)


def brochure() -> bytes:
    """The product brochure of May 2019 (PDF, English and Chinese)."""
    paper = Paper("SmartSense product brochure 2019", "2019-05-16T09:00:00", running="SmartSense 2019", numbered="{}")
    paper.add_page()
    paper.set_fill_color(18, 52, 92)
    paper.rect(0, 60, 210, 110, style="F")
    paper.set_text_color(255)
    paper.set_y(84)
    paper.title_lines("SmartSense", size=40, gap=4)
    paper.title_lines("Video Structuring Platform", "视频结构化分析平台", size=20)
    paper.set_text_color(0)
    paper.set_y(190)
    paper.title_lines(f"{VENDOR_EN}  {VENDOR}", "Product brochure · Edition May 2019", size=12)
    paper.add_page()
    paper.body(
        "##Turn video into searchable data 让视频成为可检索的数据",
        "SmartSense extracts the attributes of persons and vehicles from live and recorded video and makes them "
        "searchable in seconds. The functions below ship with every server as standard configuration.",
        "SmartSense对实时和历史视频中的人员、车辆目标进行结构化分析，数秒内完成检索。下列功能为标准配置。",
        indent=0,
    )
    paper.grid(("Analytics 分析功能", "Attributes 属性"), _FEATURES, (46, 114))
    paper.body(
        "##Image quality 图像质量",
        "True skin tone rendering 肤色还原 and automatic white balance keep colours natural at night.",
        "##Where it is used 应用场景",
        "Campus safety, retail, transport hubs, public security 校园、商业、交通枢纽、公共安全。",
        indent=0,
    )
    paper.body("##Models 型号", indent=0)
    paper.grid(("Model 型号", "Hardware 硬件", "Capacity 性能"), _MODELS, (44, 76, 40))
    paper.body("Specifications may change without notice. 产品规格如有变更，恕不另行通知。", size=8, indent=0)
    return paper.data()


def _html(title: str, body: str, *, language: str = "en", charset: str = "utf-8", site: str = "") -> str:
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="{charset}">
<title>{title}</title>
<style>
body{{font-family:sans-serif;max-width:46em;margin:2em auto}}nav a{{margin-right:1em}}footer{{color:#666}}
</style>
<script>window.visits=(window.visits||0)+1;/* counts visits */</script>
</head>
<body>
<p class="label">{LABEL}</p>
<nav>{site}</nav>
<main>
{body}
</main>
<footer>{site}</footer>
</body>
</html>
"""


def statement() -> bytes:
    """The vendor's statement of 9 March 2021 (HTML)."""
    site = '<a href="#">Products</a><a href="#">Investors</a><a href="#">Newsroom</a>'
    body = f"""<h1>Statement on recent media reports</h1>
<p class="date">9 March 2021</p>
<p>{VENDOR_EN} has noted reports about an attribute in its video analytics.</p>
<p>The attribute referred to in these reports was removed from all of our products in 2018. Since 2018 no product sold
by {VENDOR_EN} has contained it, and the company does not offer minority recognition in any market.</p>
<p>As a manufacturer we do not oversee the operation of the systems that our customers build.</p>
<p>Media contact: Corporate Communications.</p>"""
    return _html("Statement on recent media reports", body, site=site).encode()


_STORY = (
    (
        "A brochure published by the camera maker Yunling Vision in May 2019 lists an attribute with three values, "
        "one of which names a single ethnic group, the Ledger has found."
    ),
    (
        "The 2019 brochure describes the function as part of the standard configuration of its analysis servers. "
        "The company had told investors that year that the function was dropped in 2018."
    ),
    (
        "Yunling Vision did not answer questions sent on 19 February. An industry analyst said a brochure shows "
        "what was advertised, not what was installed."
    ),
    (
        "In Lanxi County a project company in which Yunling Vision holds 90 per cent runs the county's cameras "
        "under an agreement that ends in 2039."
    ),
)


def ledger_story() -> bytes:
    """The story as first printed on 26 February 2021 (HTML)."""
    site = '<a href="#">Home</a><a href="#">World</a><a href="#">Technology</a>'
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in _STORY)
    title = "Camera maker's 2019 brochure lists ethnic attribute"
    body = f"<h1>{title}</h1>\n<p>The Halloway Ledger, 26 February 2021</p>\n{text}"
    return _html(f"{title} - The Halloway Ledger", body, site=site).encode()


def wire_story() -> bytes:
    """The same story a day later, slightly reworded by a wire service (plain text, CRLF)."""
    first, second, third, fourth = _STORY
    lines = (
        LABEL,
        "MERROW WIRE - 27 Feb 2021",
        "Brochure of camera maker lists ethnic attribute",
        first.replace("the Ledger has found", "The Halloway Ledger reported on Friday"),
        second.replace("The company had told", "Yunling had told"),
        fourth.replace("runs", "operates"),
        third.replace("did not answer questions sent on 19 February", "did not immediately respond"),
        "(Reporting by The Halloway Ledger; edited for length)",
    )
    return "\r\n\r\n".join(lines).encode()


def award() -> bytes:
    """The award notice of 25 October 2022: a page in GBK with the furniture of a procurement site."""
    rows = (
        ("项目编号", ids.TENDER_NO),
        ("项目名称", "澜溪县社会面防控视频监控系统建设项目"),
        ("采购人", ids.BUYER),
        ("采购代理机构", ids.AGENT),
        ("中标供应商", f"{VENDOR}（统一社会信用代码：{ids.VENDOR_USCC}）"),
        ("中标金额", f"{ids.PRICE:,}.00元（大写：{ids.capitals(ids.PRICE)}）"),
        ("主要标的", "前端摄像机210台、多旋翼无人机6架、视图分析服务器及平台软件，详见招标文件"),
        ("供货期", "自合同签订之日起三个月内"),
        ("公告期限", "自本公告发布之日起1个工作日"),
    )
    table = "\n".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
    body = f"""<h1>澜溪县社会面防控视频监控系统建设项目中标公告</h1>
<p>发布时间：2022年10月25日　来源：{ids.AGENT}</p>
<table border="1" cellpadding="6">
{table}
</table>
<p>各有关当事人对中标结果有异议的，可以在中标公告期限届满之日起七个工作日内以书面形式提出质疑。</p>
<p>联系电话：{ids.LANDLINE}</p>"""
    links = "".join(f'<a href="#">{name}</a>' for name in ("首页", "采购公告", "中标公告", "政策法规"))
    site = f"{links} 示例省政府采购电子平台"
    page = _html("中标公告 - 示例省政府采购电子平台", body, language="zh-CN", charset="gb2312", site=site)
    return page.encode("gbk")
