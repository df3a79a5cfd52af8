# ruff: noqa: E501 (rows of bills, one a line)
"""Five bills without rules, set as word processors and LaTeX set schedules of prices; only measured on.

What is varied comes from the anatomy of real ones: lines of a cell as far apart as rows are, descriptions that wrap
above and below the line of the figures, centred figures, heads of two lines, group heads, sections in the column of
descriptions, subtotals, lots, money to the right, pages that go on without a head.

python bench/schedules.py [FOLDER] [--show]
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import scans  # noqa: E402
from bench.items import FIELDS, flat, judged, pages_of, told  # noqa: E402

_FONT = scans._FONTS / "NotoSansCJKsc-Regular.otf"  # noqa: SLF001
_WIDE = 0x2E7F  # East Asian characters lie above
_FIELDS = {"n": "number", "d": "description", "b": "brand", "m": "model", "q": "quantity", "u": "unit"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document: ``columns`` are (field, head, width, l|c|r); a row is the text of its cells, parted by ``|``.

    A row of one text is set from the left edge, or from the second column where it begins with a space. ``¶`` ends a
    line in a cell, ``^`` prints the head. ``upright`` is 0 at the top of the row, 1 at its foot.
    """

    name: str
    columns: tuple[tuple[str, str, float, str], ...]
    rows: str
    size: float = 10.0
    lead: float = 15.6
    gap: float = 0.0
    upright: float = 0.5
    top: str = ""
    height: float = 842.0
    groups: tuple[tuple[int, int, str], ...] = ()
    cut: bool = False


SHEETS = (
    Sheet(
        "fenxiang",
        (
            ("n", "序号", 32, "c"),
            ("d", "货物名称", 92, "c"),
            ("b", "品牌", 50, "c"),
            ("m", "规格型号", 84, "c"),
            ("u", "单位", 30, "c"),
            ("q", "数量", 36, "c"),
            ("", "单价\n（元）", 66, "c"),
            ("", "合价\n（元）", 76, "c"),
        ),
        """^
一、前端设备
1|400万星光级红外筒型网络摄像机|宇视|IPC-B314-IR|台|128|1,350.00|172,800.00
2|高点全景鹰眼摄像机|大华|DH-PSDW5631S|台|6|28,600.00|171,600.00
3|摄像机支架|国产|定制|个|134|45.00|6,030.00
4|室外防水设备箱（含空气开关、插排及防雷模块，成套）|国产|定制|套|60|680.00|40,800.00
小计||||||| 391,230.00
二、后端存储与平台
5|视频云存储节点|浪潮|AS13000-R36|台|4|96,000.00|384,000.00
6|监控级硬盘|西部数据|WD82PURX|块|144|1,280.00|184,320.00
7|人脸识别比对服务器（含算法授权）|云从|CW-FS2000|台|2|185,000.00|370,000.00
8|综合管理平台软件|宇视|VM9500|套|1|220,000.00|220,000.00
小计|||||||1,158,320.00
合计|||||||1,549,550.00""",
        top="分项报价表\n项目名称：某县公共安全视频监控建设项目\n金额单位：人民币元",
    ),
    Sheet(
        "caigou",
        (
            ("n", "序号", 30, "l"),
            ("d", "标的名称", 84, "l"),
            ("", "主要技术参数", 236, "l"),
            ("u", "计量单位", 46, "l"),
            ("q", "采购数量", 46, "l"),
        ),
        """^
1|人证核验终端|1.屏幕不小于10.1英寸；¶2.支持二代身份证读取，人证比对时间不大于1秒；¶3.活体检测误识率不高于0.01%。|台|15
2|移动警务终端|八核处理器，内存不低于6GB，存储不低于128GB，支持全网通。|部|230
3|车辆识别卡口单元|1.900万像素；¶2.支持车牌、车型、车身颜色识别；¶3.捕获率不低于99%；¶4.含补光灯2只。|套|18
4|机柜|42U，600×1000×2000mm|个|3
5|光缆|GYTA-24B1|公里|7.5
6|不间断电源|在线式，20kVA，后备时间不少于2小时，含电池柜及电池32节。|套|2
7|核心路由器|交换容量不低于19Tbps；¶双主控、双电源。|台|1
8|安全隔离网闸|吞吐量不低于800Mbps，2U机架式|台|2
9|LED全彩显示屏|点间距1.86mm，面积不小于14平方米，含发送卡、接收卡、控制计算机及配电柜。|平方米|14.4
10|系统集成服务|安装、调试、培训及三年质保。|项|1""",
        upright=0.0,
        height=400,
        cut=True,
        top="第五章 采购清单\n下列货物均须为全新原装产品。",
    ),
    Sheet(
        "shebei",
        (
            ("n", "编号", 36, "c"),
            ("d", "设备名称", 110, "l"),
            ("b", "厂家", 56, "l"),
            ("m", "型号", 84, "l"),
            ("qu", "数量", 46, "c"),
            ("", "投标报价（元）", 84, "r"),
            ("", "备注", 60, "l"),
        ),
        """第一包：视频采集
^
1-1|双光谱云台热成像摄像机|高德红外|TD-M640|8台|436,000|
1-2|防爆摄像机|海康威视|DS-2XE3046FWD|24台|148,800|含护罩
1-3|立杆（6米，热镀锌，含地笼基础）|国产|L-6|30根|66,000|现场制作
合计|||||650,800|
第二包：网络与安全
^
2-1|万兆汇聚交换机|锐捷|RG-S6220-48XS|4台|112,000|
2-2|下一代防火墙|深信服|AF-1000-B1500|2台|98,000|三年授权
2-3|千兆单模光模块|华三|SFP-GE-LX|96个|28,800|
2-4|日志审计与数据库审计一体机|启明星辰|TSOC-SA|1套|75,000|
合计|||||313,800|""",
        lead=13.0,
        gap=3.0,
        upright=1.0,
        top="设备清单",
    ),
    Sheet(
        "schedule",
        (
            ("n", "Item", 36, "l"),
            ("d", "Description", 226, "l"),
            ("u", "Unit", 36, "c"),
            ("q", "Qty", 40, "r"),
            ("", "Unit rate\n(USD)", 62, "r"),
            ("", "Amount\n(USD)", 76, "r"),
        ),
        """^
 A. Field equipment
A.1|Supply, install and commission fixed dome camera, 4 MP, IR range 30 m, complete with bracket|No.|212|310.00|65,720.00
A.2|Ditto, but PTZ dome camera with 25x optical zoom|No.|18|1,450.00|26,100.00
A.3|Galvanised steel pole, 8 m high, including foundation, anchor bolts and earthing to the approval of the Engineer|No.|96|820.00|78,720.00
A.4|Outdoor cabinet|No.|96|265.50|25,488.00
 B. Transmission
B.1|24-core single-mode fibre cable laid in duct|m|12,400|2.15|26,660.00
B.2|Splice closure|No.|44|95.00|4,180.00
B.3|Industrial PoE switch, 8 ports, operating temperature -40 to 75 °C|No.|96|540.00|51,840.00
 C. Control room
C.1|Recording server with 36 bays|No.|4|9,800.00|39,200.00
C.2|Hard disk drive 8 TB, surveillance grade|No.|144|210.00|30,240.00
C.3|Face recognition licence, per channel, perpetual, including updates during the defects liability period|Ch.|64|400.00|25,600.00
C.4|Training of operators|Day|10|650.00|6,500.00
Total carried to summary|||||380,248.00""",
        size=9.0,
        lead=12.0,
        gap=4.0,
        upright=0.0,
        height=420,
        top="SCHEDULE OF PRICES\nBill No. 2: Video surveillance system",
    ),
    Sheet(
        "latex",
        (
            ("n", "No.", 26, "c"),
            ("d", "Description\nof Goods", 130, "l"),
            ("", "Country\nof origin", 56, "l"),
            ("q", "Quantity", 48, "c"),
            ("u", "Physical\nunit", 44, "c"),
            ("", "EXW", 60, "r"),
            ("", "CIP", 60, "r"),
            ("", "Total", 64, "r"),
        ),
        """^
1|Automatic number plate recognition camera|Germany|36|pcs|1,150.00|1,240.00|44,640.00
2|Illuminator, infrared|Germany|36|pcs|180.00|201.00|7,236.00
3|Edge processing unit with GPU accelerator, fanless, DIN rail mounting|China|12|pcs|2,300.00|2,395.00|28,740.00
4|Body-worn camera with docking station|Korea|150|sets|420.00|451.00|67,650.00
5|Cable, Cat 6A, shielded|Türkiye|40|drums|160.00|178.00|7,120.00
6|Video wall controller|Taiwan|1|set|14,500.00|15,020.00|15,020.00
7|Spare parts for two years of operation as per Annex 4|Various|1|lot|6,000.00|6,310.00|6,310.00
Total|||||||176,716.00""",
        size=9.5,
        lead=11.5,
        gap=1.5,
        groups=((5, 6, "Unit price (EUR)"),),
        top="Price Schedule for Goods",
    ),
)


class _Setter:
    """Sets a sheet row by row."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.pdf, self.y = sheet, FPDF(unit="pt", format=(595.0, sheet.height)), 0.0
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.add_font("noto", fname=str(_FONT))
        self.pdf.set_font("noto", size=sheet.size)
        self.edges = [62.0]
        for _, _, width, _ in sheet.columns:
            self.edges.append(self.edges[-1] + width)

    def document(self, path: Path) -> None:
        self.page()
        for line in self.sheet.top.split("\n"):
            self.pdf.text(62.0, self.y, line)
            self.y += 20
        for row in self.sheet.rows.split("\n"):
            texts = row.replace("¶", "\n").split("|")
            if row == "^":
                self.head()
            elif len(texts) == 1:
                self.room(1)
                self.pdf.text(self.edges[row.startswith(" ")] + 3, self.y, row.strip())
                self.y += self.sheet.lead + self.sheet.gap
            else:
                self.row(texts)
        self.pdf.text(62.0, self.y + 12, "投标人（盖章）：" if "序" in row or ord(row[0]) > _WIDE else "Signed:")
        self.pdf.output(str(path))

    def page(self) -> None:
        self.pdf.add_page()
        self.pdf.text(280.0, self.sheet.height - 25, str(self.pdf.page_no()))
        self.y = 70.0

    def room(self, deep: int) -> None:
        if self.y + (deep - 1) * self.sheet.lead > self.sheet.height - 60:
            self.page()

    def head(self) -> None:
        for first, last, words in self.sheet.groups:
            self.cell(words, (self.edges[first], self.edges[last + 1]), "c", self.y)
            self.y += self.sheet.lead
        heads = [head.split("\n") for _, head, _, _ in self.sheet.columns]
        self.lines(heads, 0.5 if self.sheet.upright else 0.0)

    def row(self, texts: list[str]) -> None:
        cells = [self.wrapped(text, column[2]) for text, column in zip(texts, self.sheet.columns, strict=True)]
        deep, left = max(map(len, cells)), int((self.sheet.height - 60 - self.y) // self.sheet.lead) + 1
        if self.sheet.cut and 0 < left < deep:
            self.lines([lines[:left] for lines in cells], self.sheet.upright)
            cells = [lines[left:] for lines in cells]
            self.page()
        else:
            self.room(deep)
        self.lines(cells, self.sheet.upright)

    def lines(self, cells: list[list[str]], upright: float) -> None:
        deep = max(map(len, cells))
        for n, lines in enumerate(cells):
            down = (deep - len(lines)) * self.sheet.lead * upright
            for m, words in enumerate(lines):
                self.cell(words, self.edges[n : n + 2], self.sheet.columns[n][3], self.y + down + m * self.sheet.lead)
        self.y += deep * self.sheet.lead + self.sheet.gap

    def cell(self, words: str, edges: list[float] | tuple[float, float], level: str, y: float) -> None:
        spare = edges[1] - edges[0] - 6 - self.pdf.get_string_width(words)
        self.pdf.text(edges[0] + 3 + spare * {"l": 0, "c": 0.5, "r": 1}[level], y, words)

    def wrapped(self, text: str, width: float) -> list[str]:
        lines: list[str] = []
        for part in text.strip().split("\n"):
            lines.append("")
            for word in _words(part):
                if lines[-1] and self.pdf.get_string_width((lines[-1] + word).rstrip()) > width - 6:
                    lines.append("")
                lines[-1] += word if lines[-1] else word.lstrip()
        return [line.rstrip() for line in lines]


def _words(text: str) -> list[str]:
    """A text cut where a line may end."""
    cut: list[str] = []
    for char in text:
        if cut and ord(char) <= _WIDE and ord(cut[-1][-1]) <= _WIDE and cut[-1][-1] != " ":
            cut[-1] += char
        else:
            cut.append(char)
    return cut


def due(sheet: Sheet) -> list[dict[str, str]]:
    """The lines of a sheet, as they must be read."""
    lines = []
    for texts in (row.replace("¶", "\n").split("|") for row in sheet.rows.split("\n")):
        if len(texts) > 1 and texts[0][:1] not in "小合T":
            line: dict[str, str] = {}
            for (field, *_), text in zip(sheet.columns, texts, strict=True):
                if field == "qu":
                    line |= {"quantity": text.rstrip("台根个套"), "unit": text.lstrip("0123456789")}
                elif field:
                    line[_FIELDS[field]] = text.replace(",", "") if field == "q" else text
            lines.append({name: "".join(text.split()) for name, text in line.items()})
    return lines


def main() -> None:
    """Print how many lines of each sheet are exact."""
    folder = Path(next((arg for arg in sys.argv[1:] if not arg.startswith("-")), ROOT / "bench/corpus/schedules"))
    folder.mkdir(parents=True, exist_ok=True)
    for sheet in SHEETS:
        _Setter(sheet).document(path := folder / f"{sheet.name}.pdf")
        wanted = [dict.fromkeys(FIELDS, "") | line for line in due(sheet)]
        counts, said = judged(wanted, [flat(item) for item in told(pages_of(path))])
        wrong = Counter({name: n for name, n in counts.items() if name in {f"wrong {f}" for f in _FIELDS.values()}})
        print(
            f"{sheet.name:10} {counts['due']:3} {counts['right'] / counts['due']:6.1%} {counts['extra']:3}", dict(wrong)
        )
        if "--show" in sys.argv:
            print(*said, sep="\n  ")


if __name__ == "__main__":
    main()
