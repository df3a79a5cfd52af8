"""Small whole files of every kind a reader takes, to be spoilt: made here, by the tests' builders, or of the demo."""

from __future__ import annotations

import base64
import bz2
import gzip
import lzma
import re
import struct
import tarfile
import tempfile
from collections.abc import Iterator
from importlib import resources
from io import BytesIO
from pathlib import Path

import read_rawpdf
import read_wordml
import xlwt
from fuzz_mutate import members, zipped
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import P
from PIL import Image
from read_wordml import p, picture, related, shown, tbl, tc

import endtoend
from countersight.read import cfb

WORDS = "视频监控平台应支持人脸识别 Ethnicity: unknown 民族属性 ½ \U0001f3ee é"
_DEMO_MOST = 120_000  # bytes of a demo record that is worth spoiling

HTML = f"""<!DOCTYPE html><html lang="zh"><head><title>公告</title><meta charset="utf-8"><style>p {{}}</style>
<meta property="article:published_time" content="2021-03-02T10:00:00+08:00"></head><body><nav><a href="/">Home</a></nav>
<h1>中标公告</h1><p>{WORDS}<br>second <del>gone</del><ins>new</ins> <b hidden>not seen</b></p><ul><li>one<li>two</ul>
<table><tr><th colspan=2>项目<th>数量</tr><tr><td rowspan=2>a<td>b<td>1<tr><td>c<table><tr><td>in</table><td>2</table>
<img src="data:image/png;base64,iVBORw0KGgo=" alt="plan"><pre>  kept
 as is</pre><script>var a = "</p>";</script><!-- said --><template>t</template><svg><title>s</title></svg>
<select><option>x<option>y</select><p>&nbsp;&amp;&#x4e2d;&#55357;&notin;&copy</body></html>"""
MARKDOWN = f"""# 记录

{WORDS}

| a | b |
|---|:-:|
| 1 | `x|y` |

- one
  - two

> said

```
code
```

1. x
---
"""
MAIL = b"""From: =?gb18030?B?1cXI/Q==?= <a@example.org>\r
To: b@example.org, "C, D" <c@example.org>\r
Subject: =?utf-8?q?=E6=B0=91=E6=97=8F?= offer\r
Date: Tue, 02 Mar 2021 10:00:00 +0800\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary="b0"\r
\r
--b0\r
Content-Type: multipart/alternative; boundary=b1\r
\r
--b1\r
Content-Type: text/plain; charset=gb18030\r
Content-Transfer-Encoding: base64\r
\r
ytPGtbzgv9jGvcyo\r
--b1\r
Content-Type: text/html; charset=utf-8\r
Content-Transfer-Encoding: quoted-printable\r
\r
<p>=E6=B0=91=E6=97=8F<img src=3D"cid:1"></p>\r
--b1--\r
--b0\r
Content-Type: message/rfc822\r
\r
From: x@example.org\r
Subject: inner\r
\r
inner body\r
--b0\r
Content-Type: application/pdf; name*=utf-8''%E9%99%84%E4%BB%B6.pdf\r
Content-Disposition: attachment; filename*0="long"; filename*1=" name.pdf"\r
Content-Transfer-Encoding: base64\r
\r
JVBERi0xLjQK\r
--b0\r
Content-Type: text/plain\r
Content-Disposition: attachment; filename="a.txt"\r
Content-Transfer-Encoding: x-uuencode\r
\r
begin 644 a.txt\r
#:&D*\r
`\r
end\r
--b0--\r
"""
RTF = rb"""{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\info{\title Offer}{\author X}}
{\header head}\pard\f0 \'c3\'f1\'d7\'e5 \u27665?\u-10179?\u-9026? plain\par{\*\generator x;}\b bold\b0\tab
\trowd\cellx100\cellx200 a\cell b\cell\row{\footnote note}{\pict\pngblip 89504e470d0a1a0a}\bin3 abc\par}"""
SRT = f"1\n00:00:01,000 --> 00:00:03,500\n{WORDS}\n\n2\n00:00:04,000 --> 00:00:06,000\n<i>second</i>\n"
SEVEN_ZIP = (  # two small texts, packed by 7z with LZMA, its header plain
    "N3q8ryccAAQKwi6WGgAAAAAAAABuAAAAAAAAACTSWbIAO5vKqtSwUnPCg6X4D9UQdIINdKAFvLggAAEEBgABCRoABwsBAAEjAwEB"
    "BV0AEAAADEkACA0CCUgKAdytnN35775xAAAFAhEZAGEALgB0AHgAdAAAAGIALgB0AHgAdAAAABkCAAAUEgEAHgy8M5p63QEeDLwz"
    "mnrdARUKAQAggKSBIICkgQAA"
)
VTT = f"WEBVTT - title\n\nSTYLE\n::cue {{}}\n\nid\n00:01.000 --> 00:03.500 align:start\n<v Ana>{WORDS}</v>\n"
WARC = (
    b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 6\r\n\r\na: b\r\n\r\n\r\n"
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\nWARC-Date: 2021-03-02T10:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 104\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"19\r\n<html><p>said</p></html>\n\r\n0\r\n\r\n\r\n\r\n"
)
OCDS = """{"uri": "https://example.org/r", "publishedDate": "2021-03-02T10:00:00Z", "version": "1.1", "releases": [
{"ocid": "ocds-1", "id": "1", "date": "2021-03-02T10:00:00Z", "tag": ["tender"], "language": "zh",
"buyer": {"id": "1", "name": "县公安局"}, "tender": {"id": "t", "title": "视频监控",
"value": {"amount": 1e6, "currency": "CNY"},
"items": [{"id": "1", "description": "摄像机 \\ud83c\\udfee", "quantity": 8}]}}]}"""
TED = """<?xml version="1.0" encoding="UTF-8"?><TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
DOC_ID="000001-2021" EDITION="2021001"><CODED_DATA_SECTION><NOTICE_DATA><NO_DOC_OJS>2021/S 001-000001</NO_DOC_OJS>
</NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION><F02_2014 LG="EN"><OBJECT_CONTRACT><TITLE><P>Cameras</P></TITLE>
<VAL_ESTIMATED_TOTAL CURRENCY="EUR">1000</VAL_ESTIMATED_TOTAL></OBJECT_CONTRACT></F02_2014></FORM_SECTION>
</TED_EXPORT>"""


def _message() -> bytes:
    """An Outlook message with an attachment and a message inside."""
    inner = {"__properties_version1.0": b"\0" * 32, "__substg1.0_0037001F": "内".encode("utf-16-le")}
    top = {
        "__nameid_version1.0/__substg1.0_00020102": b"\0" * 16,
        "__properties_version1.0": b"\0" * 32 + struct.pack("<IIQ", 0x3FFD0003, 6, 936) * 2,
        "__substg1.0_001A001F": "IPM.Note".encode("utf-16-le"),
        "__substg1.0_0037001F": WORDS.encode("utf-16-le"),
        "__substg1.0_0C1F001E": b"a@example.org",
        "__substg1.0_1000001E": "民族属性".encode("gb18030"),
        "__substg1.0_10130102": b"<p>\xe6\xb0\x91</p>",
        "__substg1.0_10090102": b"\x1a\0\0\0\x0e\0\0\0MELA\0\0\0\0{\\rtf1 said}",
        "__substg1.0_007D001F": "Subject: x\r\nDate: Tue, 02 Mar 2021 10:00:00 +0800\r\n".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__properties_version1.0": b"\0" * 8,
        "__attach_version1.0_#00000000/__substg1.0_37010102": b"attached",
        "__attach_version1.0_#00000000/__substg1.0_3707001F": "附件.txt".encode("utf-16-le"),
        "__attach_version1.0_#00000001/__properties_version1.0": b"\0" * 8 + struct.pack("<IIQ", 0x37050003, 6, 5),
    }
    nested = {f"__attach_version1.0_#00000001/__substg1.0_3701000D/{name}": data for name, data in inner.items()}
    return cfb.packed({tuple(name.split("/")): data for name, data in {**top, **nested}.items()})


def _slides() -> bytes:
    """A presentation of one slide with a table and speaker's notes."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    spaces = f'xmlns:a="urn:a" xmlns:p="urn:p" xmlns:r="{relations}"'
    said = f"<a:p><a:r><a:t>{WORDS}</a:t></a:r><a:br/><a:fld><a:t>2</a:t></a:fld></a:p>"
    place = '<p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr><a:off x="1" y="2"/></p:spPr>'
    shape = f"<p:sp>{place}<p:txBody>{said}</p:txBody></p:sp>"
    row = f"<a:tr><a:tc gridSpan='2'><a:txBody>{said}</a:txBody></a:tc></a:tr>"
    table = f"<a:graphic><a:graphicData><a:tbl>{row * 2}</a:tbl></a:graphicData></a:graphic>"
    inside = f"{shape}<p:grpSp>{shape}</p:grpSp><p:graphicFrame>{table}</p:graphicFrame>"
    tree = f"<p:cSld><p:spTree>{inside}</p:spTree></p:cSld>"
    ids = '<p:sldIdLst><p:sldId id="256" r:id="slide1"/></p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": related(officeDocument="ppt/presentation.xml"),
        "ppt/presentation.xml": f"<p:presentation {spaces}>{ids}</p:presentation>",
        "ppt/_rels/presentation.xml.rels": related(slide1="slides/slide1.xml"),
        "ppt/slides/slide1.xml": f"<p:sld {spaces}>{tree}</p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": related(notesSlide1="../notesSlides/notesSlide1.xml"),
        "ppt/notesSlides/notesSlide1.xml": f"<p:notes {spaces}>{tree}</p:notes>",
    }
    return endtoend.zipped(**{name: data.encode() for name, data in parts.items()})


def _office() -> Iterator[tuple[str, bytes]]:
    """Documents and workbooks."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        body = p(WORDS) + tbl(tc(p("a")) + tc(tbl(tc("in"))), tc("1") + tc("2")) + shown("image1") + p("end")
        yield "a.docx", read_wordml.packed(made, body, {"word/m.png": picture(8, 8)}, {"image1": "m.png"}).read_bytes()
        yield "b.docx", endtoend.document(WORDS)
        yield "a.xlsx", endtoend.workbook()
        book = xlwt.Workbook()
        sheet = book.add_sheet("清单")
        for row in range(4):
            sheet.write(row, row, f"{WORDS} {row}")
            sheet.write(row, row + 1, row * 1.5)
        book.save(str(made))
        yield "a.xls", made.read_bytes()
        spread = OpenDocumentSpreadsheet()
        table, row_ = Table(name="清单"), TableRow(numberrowsrepeated=2)
        cell = TableCell(valuetype="string", numbercolumnsrepeated=3)
        cell.addElement(P(text=WORDS))
        row_.addElement(cell)
        table.addElement(row_)
        spread.spreadsheet.addElement(table)
        spread.save(str(made))
        yield "a.ods", made.read_bytes()
        text = OpenDocumentText()
        text.text.addElement(P(text=WORDS))
        text.save(str(made))
        yield "a.odt", made.read_bytes()
    yield "a.pptx", _slides()
    yield "a.msg", _message()
    native = b"\x02\0a.txt\0C:\\a.txt\0\0\0\x03\0\x09\0\0\0C:\\a.txt\0" + struct.pack("<I", 6) + b"inside"
    yield "oleObject1.bin", cfb.packed({("\x01Ole10Native",): struct.pack("<I", len(native)) + native})


def _archives() -> Iterator[tuple[str, bytes]]:
    files = {"内/a.txt": WORDS.encode(), "b.csv": b"a,b\n1,2\n", "c.zip": endtoend.zipped(**{"d.txt": b"deep"})}
    yield "a.zip", endtoend.zipped(**files)
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
    tar = out.getvalue()
    yield "a.tar", tar
    yield "a.tgz", gzip.compress(tar, mtime=0)
    yield "a.txt.gz", gzip.compress(WORDS.encode(), mtime=0)
    yield "a.tar.bz2", bz2.compress(tar)
    yield "a.txt.xz", lzma.compress(WORDS.encode())
    yield "a.7z", base64.b64decode(SEVEN_ZIP)


def _pictures() -> Iterator[tuple[str, bytes]]:
    image = Image.linear_gradient("L").resize((40, 30))
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP"):
        out = BytesIO()
        image.save(out, kind)
        yield f"a.{kind.lower()}", out.getvalue()
    for compression in ("raw", "tiff_lzw", "jpeg"):
        out = BytesIO()
        image.save(out, "TIFF", save_all=True, append_images=[image, image], compression=compression)
        yield f"a-{compression}.tiff", out.getvalue()


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "a.html", HTML.encode()
    yield "b.html", HTML.replace("utf-8", "gb18030").encode("gb18030")
    yield "a.md", MARKDOWN.encode()
    yield "a.txt", f"{WORDS}\n第一章 总则\n1.1 {WORDS}\f\n2\n".encode()
    yield "b.txt", (WORDS[:20] * 3).encode("utf-16")
    yield "c.txt", "视频监控平台应支持人脸识别\r\n民族属性\r\n".encode("gb18030")
    yield "a.csv", endtoend.table()
    yield "a.tsv", "名称\t数量\n摄像机\t210\n".encode("utf-16")
    yield "a.eml", MAIL
    yield "b.eml", endtoend.mail(WORDS, **{"a.csv": b"a,b\n", "b.eml": MAIL})
    yield "a.mbox", b"From a@b Tue Mar  2 10:00:00 2021\n" + MAIL + b"\nFrom b@c Tue Mar  2 11:00:00 2021\n" + MAIL
    yield "a.rtf", RTF
    yield "a.srt", SRT.encode()
    yield "a.vtt", VTT.encode()
    yield "a.warc", WARC
    yield "a.warc.gz", gzip.compress(WARC, mtime=0)
    yield "a.json", OCDS.encode()
    yield "a.jsonl", (OCDS.replace("\n", " ") + "\n").encode() * 2
    yield "a.xml", TED.encode()


def _pdfs() -> Iterator[tuple[str, bytes]]:
    sheet = read_rawpdf.Sheet(read_rawpdf.line(WORDS[:14]) + read_rawpdf.line("plain", y=600))
    yield (
        "a.pdf",
        read_rawpdf.pdf(sheet, read_rawpdf.Sheet(read_rawpdf.image(0, 0, 400, 400), extra="/Rotate 90"), sheet),
    )
    yield "b.pdf", endtoend.pdf(endtoend.PLAIN, endtoend.CITED)


def _demo() -> Iterator[tuple[str, bytes]]:
    for file in sorted(resources.files("countersight").joinpath("demo/records").iterdir(), key=lambda f: f.name):
        data = file.read_bytes()
        if len(data) <= _DEMO_MOST:
            yield file.name, data


_OF_THE_MOMENT = re.compile(
    rb"(?<=D:)\d{14}|(?<====)\d{19}(?===)|(?<=<)[0-9A-F]{32}(?=>)|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d"
)


def _settled(data: bytes) -> bytes:
    """The same without the time and the dice of its making."""
    entries = members(data)
    if entries:
        return zipped([(name, _settled(content)) for name, content in entries])
    return _OF_THE_MOMENT.sub(lambda found: re.sub(rb"[0-9A-F]", b"1", found[0]), data)


def seeds() -> list[tuple[str, bytes]]:
    """Name and bytes of every seed, always the same and in the same order."""
    made = [*_pdfs(), *_texts(), *_office(), *_archives(), *_pictures()]
    return [*((name, _settled(data)) for name, data in made), *_demo()]
