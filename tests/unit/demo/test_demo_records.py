"""The shipped records: what the script makes, labelled fictional, naming nobody real, holding what is expected."""

import email
import io
import os
import re
import subprocess
import sys
import zipfile
import zlib
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
import yaml

from countersight.demo import records

ROOT = Path(__file__).resolve().parents[3]
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "tests/corpus/demo_expected.yaml").read_text("utf-8"))
TEN_FLAGS = {"GRP-01", "GRP-03", "GRP-04", "REL-01", "DET-01", "SYS-02", "SYS-07", "SUP-01", "OVR-02", "OVR-03"}
LOCKED, LABEL = "27_会议纪要_加密.pdf", "FICTIONAL SAMPLE"
# Two makers of components are named: the flag about foreign components needs a name. Nothing is said of them.
COMPONENT = re.compile(r"NVIDIA\s+(?:Tesla\s+)?T4|Intel Xeon|英特尔至强")
REAL_NAMES = re.compile(
    r"\b(?:NVIDIA|Intel|AMD|Hikvision|Dahua|Uniview|Tiandy|SenseTime|Megvii|CloudWalk|Yitu|iFlytek|Huawei|ZTE|Alibaba|Aliyun|"
    r"Tencent|Baidu|Xiaomi|Lenovo|Inspur|Sugon|CETC|Meiya Pico|NetPosa|Kedacom|DJI|BYD|Ezviz|TP-Link|Flock Safety|Axon|"
    r"Palantir|Clearview|Motorola|Vigilant|Honeywell|Bosch|Axis|Avigilon|Verkada|Genetec|Milestone|Hanwha|Samsung|NEC|"
    r"Panasonic|Sony|Cisco|Oracle|IBM|Microsoft|Google|Amazon|Apple|Meta|Dell|Seagate|Western Digital|Toshiba|Xilinx|"
    r"Thermo Fisher|Reuters|Associated Press|BBC|CNN|Guardian|New York Times|Washington Post|Bloomberg|IPVM|"
    r"Xinjiang|Urumqi|Hotan|Kashgar|Karakax|Moyu|Tibet|London|Washington|California|Texas)\b"
    r"|英伟达|英特尔|海康|大华|宇视|天地伟业|商汤|旷视|云从|依图|科大讯飞|华为|中兴|阿里|腾讯|百度|小米|联想|浪潮|曙光|中电科|电科集团|"
    r"美亚柏科|东方网力|科达|大疆|比亚迪|希捷|西部数据|赛灵思|思科|甲骨文|微软|谷歌|立昂|熙菱|"
    r"新疆|乌鲁木齐|和田|喀什|墨玉|洛浦|皮山|于田|伊犁|阿克苏|西藏|拉萨|宁夏|云南|四川"
)
PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof)\b\.? [A-Z]|先生|女士|同志|法定代表人[:：]\s*[一-鿿]")


def _pages(name: str, data: bytes) -> list[str]:
    if name.endswith(".pdf"):
        document = pypdfium2.PdfDocument(data, password="sample" if name == LOCKED else None)
        return [page.get_textpage().get_text_range() for page in document]
    if name.endswith(".xlsx"):
        sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        return ["\n".join(str(cell) for row in sheet.values for cell in row) for sheet in sheets]
    return [_unpaged(name, data)]


def _unpaged(name: str, data: bytes) -> str:
    if name.endswith(".docx"):
        xml = (member.decode() for part, member in _members(data) if part.startswith("word/") and part.endswith(".xml"))
        return "\n".join(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", text)) for text in xml)
    charset = {"02": "gbk", "15": "cp1252", "21": "gb18030", "22": "gb18030", "运维": "gb18030"}
    return data.decode(charset.get(name[:2], "utf-8"))


def _members(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _inside(name: str, data: bytes) -> dict[str, bytes]:
    """A file and all that is inside it, by name; a mail's text counts as the mail."""
    if name.endswith(".zip"):
        return {inner: body for member in _members(data) for inner, body in _inside(*member).items()}
    if not name.endswith(".eml"):
        return {name: data}
    parts = [part for part in email.message_from_bytes(data, policy=default).walk() if not part.is_multipart()]
    return {part.get_filename() or name: _payload(part) for part in parts}


def _payload(part: Any) -> bytes:
    content = part.get_content()
    return content if isinstance(content, bytes) else content.encode()


FILES = {path.name: path.read_bytes() for path in sorted(records().iterdir())}
PAPERS = {inner: body for name, data in FILES.items() if data for inner, body in _inside(name, data).items()}
TEXTS = {name: _pages(name, data) for name, data in PAPERS.items()}


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _places() -> list[tuple[str, dict[str, Any]]]:
    every = list(EXPECTED.items())
    every += [(name, inner) for _, expected in every for name, inner in expected.get("inside", {}).items()]
    return [(name, place) for name, each in every for key in ("found", "traps") for place in each.get(key, ())]


@pytest.mark.skipif("ng" in zlib.ZLIB_RUNTIME_VERSION, reason="zlib-ng packs the same data into other bytes than zlib")
def test_the_script_makes_the_shipped_bytes_whatever_the_clock_zone_hash_seed_and_folder(tmp_path: Path) -> None:
    odd = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
    command = [sys.executable, str(ROOT / "scripts/make_demo.py"), str(tmp_path / "out")]
    subprocess.run(command, check=True, cwd=tmp_path, env=odd, capture_output=True)
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert [name for name in sorted(made | FILES) if made.get(name) != FILES.get(name)] == []


def test_the_expectations_name_exactly_the_shipped_records() -> None:
    assert sorted(EXPECTED) == sorted(FILES)
    assert sum(map(len, FILES.values())) < 3_000_000


@pytest.mark.parametrize("name", PAPERS)
def test_every_record_says_that_it_is_fictional(name: str) -> None:
    metadata = pypdfium2.PdfDocument(PAPERS[name]).get_metadata_dict() if name.startswith("04") else {}
    assert LABEL in "\n".join(TEXTS[name]) + metadata.get("Title", "")


def test_the_record_without_bytes_says_in_its_name_that_it_is_fictional() -> None:
    assert [name for name, data in FILES.items() if not data] == [f"26_运维记录_待补 {LABEL}.docx"]


@pytest.mark.parametrize("name", PAPERS)
def test_no_record_names_a_real_company_place_or_person(name: str) -> None:
    words = COMPONENT.sub("", name + "\n" + "\n".join(TEXTS[name]))
    assert REAL_NAMES.findall(words) == []
    assert PERSON.findall(words) == []


def test_the_name_check_sees_real_names_but_not_named_components() -> None:
    assert REAL_NAMES.findall("Hikvision、海康威视 and NVIDIA") == ["Hikvision", "海康", "NVIDIA"]
    assert REAL_NAMES.findall(COMPONENT.sub("", "8块NVIDIA Tesla T4，intelligence, axis of rotation")) == []


@pytest.mark.parametrize(("name", "place"), _places())
def test_expected_words_stand_where_the_expectation_says(name: str, place: dict[str, Any]) -> None:
    scan_of = {"04_合同扫描件_第3-4页.pdf": "03_政府采购合同_LXCG2022-118-HT.pdf"}
    pages = TEXTS[name] if name not in scan_of else TEXTS[scan_of[name]][2:4]
    searched = [pages[place["page"] - 1]] if "page" in place else pages
    assert any(_squeezed(place["quote"]) in _squeezed(page) for page in searched)


def test_these_flags_have_an_expected_finding_and_no_clean_record_has_one() -> None:
    certain = {place["rule"] for _, place in _places() if "strength" not in place}
    assert certain == TEN_FLAGS | {"GRP-02", "GRP-05", "OWN-02", "SYS-04"}
    assert not [name for name, expected in EXPECTED.items() if expected.get("clean") and "found" in expected]


def test_page_counts_and_labels_are_those_of_the_papers() -> None:
    papers = {name: pypdfium2.PdfDocument(FILES[name]) for name in EXPECTED if "pages" in EXPECTED[name]}
    assert {name: len(paper) for name, paper in papers.items()} == {name: EXPECTED[name]["pages"] for name in papers}
    tender = next(paper for name, paper in papers.items() if name.startswith("01"))
    assert [tender.get_page_label(page) for page in range(8)] == ["i", "ii", "1", "2", "3", "4", "5", "6"]


def test_the_odd_ones_are_odd_in_the_way_expected() -> None:
    assert FILES["25_brochure_2019 (copy).pdf"] == FILES["08_SmartSense_brochure_2019.pdf"]
    assert not "".join(TEXTS["04_合同扫描件_第3-4页.pdf"]).strip()
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(FILES[LOCKED])


def test_the_contract_holds_what_the_story_needs() -> None:
    text = _squeezed("".join(TEXTS["03_政府采购合同_LXCG2022-118-HT.pdf"]))
    for words in (
        "签订日期：2022年12月8日",
        "摄像机共计210台、无人机6架",
        "三个月内",
        "12,680,000.00元（大写：壹仟贰佰陆拾捌万元整）",
    ):
        assert words in text


def test_the_contents_of_the_tender_give_the_printed_pages_of_its_chapters() -> None:
    _, contents, *body = TEXTS["01_招标文件_澜溪县社会面防控视频监控系统_LXCG2022-118.pdf"]
    listed = re.findall(r"(第.章)　(\S+) \.+ (\d)", contents)
    assert len(listed) == 6
    assert all(_squeezed(number + title) in _squeezed(body[int(page) - 1]) for number, title, page in listed)


def test_the_point_list_counts_as_many_cameras_as_the_contract() -> None:
    sheets = openpyxl.load_workbook(records() / "05_附件三_前端点位清单.xlsx").worksheets
    rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=4, values_only=True) if row[1]]
    assert len(rows) == len({row[1] for row in rows}) == 210
    assert sum(row[3] == "宗教场所" for row in rows) == 24
