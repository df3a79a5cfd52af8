"""The camera point list: two sheets, 210 cameras, as many of each kind as the contract orders."""

from collections.abc import Iterator

from scripts.demo_records.ids import CONTRACT_NO
from scripts.demo_records.office import workbook

_HEAD = ("序号", "点位编号", "点位名称", "类别", "设备类型", "数量")
_TOWNS = ("澜溪镇", "石桥镇", "北坡乡", "柳湾乡")
_DOME, _BULLET, _GATE = "球型摄像机", "枪型摄像机", "人员通道抓拍摄像机"
_MOSQUES = (
    *(
        "澜溪镇东关清真寺",
        "澜溪镇西关清真寺",
        "澜溪镇南街清真寺",
        "澜溪镇河沿清真寺",
        "澜溪镇青莲寺",
        "石桥镇上街清真寺",
    ),
    *("石桥镇下街清真寺", "石桥镇水磨清真寺", "北坡乡大寺", "北坡乡三队清真寺", "柳湾乡中心清真寺", "柳湾乡果园清真寺"),
)
_CENTRE = "澜溪镇教育培训中心"
_PUBLIC = ("客运站", "集贸市场", "人民医院", "第一中学", "中心小学", "加油站")


def points() -> bytes:
    """The point list annexed to the contract (XLSX)."""
    every = list(_every())
    caption = f"合同编号 {CONTRACT_NO} 附件三 前端点位清单"
    town = [row for row in every if row[0].startswith(_TOWNS[0])]
    rest = [row for row in every if not row[0].startswith(_TOWNS[0])]
    sheets = [
        ("城区点位", _HEAD, _numbered(town, 1), caption),
        ("乡镇点位", _HEAD, _numbered(rest, 1 + len(town)), caption),
    ]
    return workbook("2022-12-20", sheets)


def _numbered(rows: list[tuple[str, str, str]], first: int) -> list[tuple[object, ...]]:
    listed = [
        (number, f"LX-{first + number - 1:04d}", name, kind, device, 1)
        for number, (name, kind, device) in enumerate(rows, 1)
    ]
    return [*listed, ("", "", "合计", "", "", len(rows))]


def _every() -> Iterator[tuple[str, str, str]]:
    for n in range(74):
        yield f"{_TOWNS[n % 4]}{'东西南北'[n // 4 % 4]}环路与{n // 16 + 1}号路交叉口{n % 16 + 1}", "主干道路口", _BULLET
    for n in range(18):
        station = f"{_TOWNS[n % 4]}第{n // 4 + 1}便民警务站"
        yield f"{station}站前", "便民警务站", _DOME
        yield f"{station}广场", "便民警务站", _DOME
    for mosque in _MOSQUES:
        yield f"{mosque}大门出入口", "宗教场所", _GATE
        yield f"{mosque}院内", "宗教场所", _DOME
    yield from _centre()
    for n in range(44):
        device = _GATE if n < 6 else _DOME if n < 16 else _BULLET
        yield f"{_TOWNS[n % 4]}{_PUBLIC[n % 6]}{n // 12 + 1}号口", "车站市场医院学校", device
    for n in range(16):
        yield f"{_TOWNS[n % 4]}第{n // 4 + 1}社区（村）出入口", "社区出入口", _BULLET


def _centre() -> Iterator[tuple[str, str, str]]:
    kind = "教育培训中心"
    for n in range(2):
        yield f"{_CENTRE}大门通道{n + 1}", kind, _GATE
        yield f"{_CENTRE}岗楼{n + 1}", kind, _DOME
    for n in range(8):
        yield f"{_CENTRE}围墙{n + 1}段", kind, _BULLET
    for n in range(4):
        yield f"{_CENTRE}学员宿舍{n + 1}号楼道", kind, _BULLET


def changes() -> bytes:
    """The change of points that a mail carries as its attachment (XLSX)."""
    rows = (
        (1, "LX-0211", "澜溪镇西关清真寺停车场", "宗教场所", _DOME, 1),
        (2, "LX-0212", "澜溪镇客运站售票厅", "车站市场医院学校", _BULLET, 1),
    )
    return workbook("2023-02-06", [("变更点位", _HEAD, rows, f"合同编号 {CONTRACT_NO} 点位变更表")])
