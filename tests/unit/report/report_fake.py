"""A dossier's view made up for tests: fictional county, companies and records, with pages drawn here."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from countersight.model import (
    Box,
    Citation,
    DateSpan,
    Digest,
    FileRow,
    Finding,
    Locator,
    PageFault,
    PageReading,
    Severity,
    Status,
    Strength,
    Weak,
)
from countersight.pipeline.relating import told
from countersight.relate import Differing, Kind, Received, Related
from countersight.report.view import DossierView, Picture, key

SIZE = (1241, 1754)  # A4 at 150 dots per inch
TENDER, CONTRACT, POINTS, MANUAL, MAIL = (
    Digest.of(name.encode()) for name in ("tender", "contract", "points", "manual", "mail")
)
ENUMERATION = "人员属性识别结果取值：未知、非少数民族、某某族（单列一族）。"
CLAUSE = "乙方负责平台十年运营维护，向甲方推送布控告警，联系人电话███████████。"
TENDER_LINES = [
    "青石县社会面智能防控视频系统建设项目",
    "第四章  技术参数及要求（表 4）",
    "序号    项目    技术要求    备注",
    "10  ★ 前端摄像机不少于 210 台，夜视距离不低于 50 米。",
    "11  ★ 支持人脸抓拍，抓拍率不低于 95％。",
    f"12  ★ {ENUMERATION}",
    "13  ▲ 支持按上述属性检索并生成报警。",
    "14  存储时间不少于 90 天。",
    "15  服务器配置图形处理器不少于 8 块。",
]
CONTRACT_LINES = [
    "政府采购合同（虚构）",
    "甲方：青石县公安局    乙方：澄远视讯技术有限公司",
    "第七条  运营与维护",
    CLAUSE,
    "第八条  合同期限：自验收合格之日起二十一年。",
    "合同金额：人民币 48,600,000 元（大写：肆仟捌佰陆拾万元整）。",
]


def font(size: int) -> Any:
    """A Chinese font from the development packages, or Pillow's own where they are absent."""
    spec = find_spec("mpl_font")
    if spec and spec.origin:
        fonts = sorted(Path(spec.origin).parent.rglob("*Regular.otf"))
        if fonts:
            return ImageFont.truetype(str(fonts[0]), size)
    return ImageFont.load_default(size)


def draw(lines: list[str], path: Path | None) -> dict[str, Box]:
    """Draw a page of text; return where each line went. Repeats the lines to fill the page."""
    image = Image.new("RGB", SIZE, "white")
    pen, face, boxes = ImageDraw.Draw(image), font(27), {}
    for i in range(30):
        line = lines[i] if i < len(lines) else "　　本页其余条款从略，仅为示例排版。" * (i % 4 > 0)
        at = (140, 150 + i * 50)
        pen.text(at, line, fill="#222222", font=face)
        x0, y0, x1, y1 = pen.textbbox(at, line, font=face)
        if i < len(lines):
            boxes[line] = Box(x0 / SIZE[0], y0 / SIZE[1], min(1.0, x1 / SIZE[0]), y1 / SIZE[1])
    pen.text((SIZE[0] / 2, SIZE[1] - 90), "— 37 —", fill="#222222", font=face)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path, optimize=True)
    return boxes


def citation(digest: Digest, name: str, quote: str, **more: Any) -> Citation:
    """A citation with everything unimportant filled in."""
    given: dict[str, Any] = {
        "locator": Locator(name),
        "page": None,
        "page_label": None,
        "start": 10,
        "end": 10 + len(quote),
    }
    return Citation(digest=digest, name=name, quote=quote, **(given | more))


def finding(number: int, rule: str, title: str, citations: Iterable[Citation], **more: Any) -> Finding:
    """A finding with everything unimportant filled in."""
    given: dict[str, Any] = {
        "id": f"{rule}-{number:012x}",
        "family": rule[:3],
        "rung": "E4",
        "strength": Strength.FINDING,
        "severity": Severity(4, 5, 4),
        "explanation": "Terms for a group and for its place among permitted values occur in one table row.",
        "shows": "The software to be delivered outputs one of three values, one of which names a single group.",
        "does_not_show": "That the function was delivered, switched on or used.",
        "norms": ("ICERD arts 1, 2(1), 5(d) (unverified)", "UNGP 13 and 18 (unverified)"),
        "alternatives": (
            "Template text copied from another tender.",
            "The values are languages of the user interface.",
        ),
        "masks": ("MSK-02 street and place names", "MSK-05 user-interface languages"),
        "kind": "tender",
    }
    return Finding(rule=rule, title=title, citations=tuple(citations), **(given | more))


def row(name: str, status: Status = Status.READ, pages: int | None = None, **more: Any) -> FileRow:
    """A file row with everything unimportant filled in."""
    given: dict[str, Any] = {
        "digest": Digest.of(name.encode("utf-8", "surrogatepass")),
        "locator": Locator(name),
        "parent": None,
        "parent_locator": None,
        "media_type": "application/pdf",
        "kind": None,
        "kind_reason": None,
        "language": "zh",
        "dated": None,
        "size": 1000,
        "reason": None,
        "pages_ocr": 0,
        "pages_blank": 0,
        "pages_failed": (),
        "reader": "pdf 1",
    }
    return FileRow(name=name, status=status, pages=pages, **(given | more))


def member(parent: FileRow, name: str, step: str = "member", **more: Any) -> FileRow:
    """A file that came inside another."""
    return row(
        name, locator=parent.locator.into(step, name), parent=parent.digest, parent_locator=parent.locator, **more
    )


def files() -> tuple[FileRow, ...]:
    """Twenty-five files: every status, archives in archives, mail with attachments, hostile names."""
    archive = row("交付资料.zip", media_type="application/zip", reader="zip 1")
    inner = member(archive, "附件/旧版.zip", media_type="application/zip", reader="zip 1")
    mail = member(inner, "回复.eml", media_type="message/rfc822", digest=MAIL, kind="correspondence", language="en")
    scans = tuple(PageFault(n, "needs OCR: mostly a picture") for n in (2, 3, 4, 9))
    return (
        row(
            "招标文件.pdf",
            pages=85,
            digest=TENDER,
            kind="tender",
            dated=DateSpan.of(2022, 9, text="2022年9月"),
            pages_blank=2,
        ),
        row(
            "合同.pdf",
            Status.PARTIAL,
            41,
            digest=CONTRACT,
            kind="contract",
            dated=DateSpan.of(2022, 12, 5, text="2022-12-05"),
            pages_failed=(*scans, PageFault(17, "page is damaged")),
        ),
        row(
            "点位表.xlsx",
            digest=POINTS,
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            reader="sheets 1",
            kind="bill of quantities",
            notes=("hidden sheet 备份 was read too",),
        ),
        row(
            "manual-v2.html",
            digest=MANUAL,
            media_type="text/html",
            language="en",
            reader="html 1",
            dated=DateSpan.of(2019, text="2019"),
        ),
        row(
            "合同-扫描件.pdf",
            Status.PARTIAL,
            12,
            reason="needs OCR",
            pages_failed=tuple(PageFault(n, "needs OCR") for n in range(1, 13)),
        ),
        row("合同 (副本).pdf", Status.DUPLICATE, 41, digest=CONTRACT, reason="same bytes as 合同.pdf"),
        row("加密附件.pdf", Status.FAILED, reason="encrypted: a password is needed", reader=None),
        row("empty.txt", media_type="text/plain", reason="empty", language=None),
        row(
            "camera.mp4",
            Status.SKIPPED,
            media_type="video/mp4",
            reason="no reader for video",
            reader=None,
            language=None,
        ),
        row("damaged.pdf", Status.FAILED, 30, reason="the file ends before its page tree", language=None),
        row("<script>alert(1)</script>.html", media_type="text/html", language="en"),
        row(
            "invoice\u202efdp.exe",
            Status.SKIPPED,
            media_type=None,
            reason="no reader for programs",
            reader=None,
            language=None,
        ),
        row("very-long-" + "name-without-any-end-" * 12 + ".pdf", pages=3, language="en"),
        row("bad\udcffname.txt", media_type="text/plain", language=None),
        archive,
        inner,
        mail,
        member(mail, "报价.docx", "attachment", media_type="application/vnd.openxmlformats", reader="docx 1"),
        member(mail, "letter.pdf", "attachment", pages=2, language="en"),
        member(archive, "验收报告.pdf", pages=9, kind="acceptance", pages_ocr=3),
        member(
            archive, "bomb.gz", status=Status.SKIPPED, digest=None, reason="unpacks to more than the limit", reader=None
        ),
        *(row(f"innocent-{n}.pdf", pages=n + 1, language="en") for n in range(4)),
    )


SCAN = Digest.of("验收报告.pdf".encode())


def readings() -> dict[Digest, tuple[PageReading, ...]]:
    """Pages of a text layer in two languages, of a scan, and of a letter with a blank page."""
    return {
        TENDER: tuple(
            PageReading(n, "text", None if n in {84, 85} else "en" if n > 80 else "zh", blank=n in {84, 85})
            for n in range(1, 86)
        ),
        CONTRACT: tuple(
            PageReading(n, "ocr", "zh", round(0.99 - n / 200, 3)) if n in {12, 13, 14} else PageReading(n, "text", "zh")
            for n in range(1, 42)
        ),
        SCAN: tuple(PageReading(n, "ocr", "zh", 0.97 if n != 5 else 0.612) for n in range(1, 10)),
        POINTS: (PageReading(1, "text", "zh"),),
    }


NAMED = {"招标文件.pdf": TENDER, "合同.pdf": CONTRACT, "点位表.xlsx": POINTS, "manual-v2.html": MANUAL}


def digest_of(name: str) -> Digest:
    """The digest of the file of this name."""
    return NAMED.get(name) or Digest.of(name.encode())


def related(kind: Kind, one: str, other: str, score: float = 1.0, **more: Any) -> Related:
    """Two files of these names that are related."""
    records = tuple(Received(digest_of(name), name, Locator(name)) for name in (one, other))
    return Related(f"{kind.value}-{Digest.of((one + other).encode())[:12]}", kind, records, score, **more)


def passage(name: str, quote: str, page: int) -> Citation:
    """A passage on a page of a file."""
    return citation(digest_of(name), name, quote, page=page, locator=Locator(name).into("page", page))


def relations() -> tuple[Related, ...]:
    """One of each kind, with differences of every sort; one with a record that is not among the files."""
    amounts = Differing(passage("合同.pdf", "4860000", 9), passage("验收报告.pdf", "5120000", 9))
    signed = Differing(passage("合同.pdf", "签署页 法定代表人签字 二〇二二年十二月五日", 41), None)
    letters = Differing(None, passage("innocent-3.pdf", "<b>&", 1))
    return (
        related(Kind.VERSION, "合同.pdf", "验收报告.pdf", 0.9731, differing=(amounts, signed), more=3, by_ocr=True),
        related(Kind.SAME_TEXT, "招标文件.pdf", "点位表.xlsx"),
        related(Kind.CONTAINS, "招标文件.pdf", "manual-v2.html", 0.962),
        related(Kind.NEAR_DUPLICATE, "letter.pdf", "innocent-3.pdf", 0.8642, differing=(letters,), template=True),
        related(Kind.SAME_TEXT, "招标文件.pdf", "not among the files"),
    )


def view(folder: Path | None = None, copies: int = 1) -> DossierView:
    """The whole view; page pictures are written under ``folder``. ``copies`` multiplies the findings."""
    tender = draw(TENDER_LINES, folder and folder / "images" / "tender-0041.png")
    contract = draw(CONTRACT_LINES, folder and folder / "images" / "contract-0012.png")
    at = tender[TENDER_LINES[5]]
    enumeration = citation(
        TENDER,
        "招标文件.pdf",
        ENUMERATION,
        page=41,
        page_label="37",
        locator=Locator("招标文件.pdf").into("page", 41),
        start=120,
        end=120 + len(ENUMERATION),
        boxes=(Box(at.x0 + 0.06, at.y0, at.x1, at.y1),),
    )
    clause = citation(
        CONTRACT,
        "合同.pdf",
        CLAUSE,
        page=12,
        locator=Locator("合同.pdf").into("page", 12),
        boxes=(contract[CLAUSE],),
        confidence=0.934,
        weak=(Weak(10, 0.61), Weak(12, 0.72, "员贝"), Weak(31, 0.4, "誓"), Weak(32, 0.88)),
    )
    cell = citation(
        POINTS,
        "点位表.xlsx",
        "宗教活动场所",
        locator=Locator("点位表.xlsx").into("sheet", "点位表").into("cell", "C7"),
        page=1,
        page_label="点位表",
    )
    manual = citation(
        MANUAL,
        "manual-v2.html",
        "The interface reserves a field for <group>; it is not filled & not exported.",
        locator=Locator("manual-v2.html"),
    )
    denial = citation(
        MAIL,
        "回复.eml",
        "the delivered firmware does not contain this function",
        locator=Locator("交付资料.zip").into("member", "附件/旧版.zip").into("member", "回复.eml"),
    )
    found = (
        finding(1, "GRP-03", "Enumerated group output naming one group", [enumeration, clause]),
        finding(
            2,
            "SYS-07",
            "Vendor designs, builds, finances and operates",
            [clause],
            rung="E5",
            kind="contract",
            severity=Severity(3, 5, 3),
            shows="The company is to run the platform for ten years and to pass on alerts.",
        ),
        finding(
            3,
            "REL-01",
            "Religious sites as surveillance targets",
            [cell],
            rung="E5",
            kind="bill of quantities",
            severity=Severity(4, 4, 3),
            shows="The list of camera points has places of worship as a category.",
            does_not_show="Who chose the category or that the cameras stand there.",
        ),
        finding(
            4,
            "GRP-01",
            "Ethnicity attribute in a data schema or specification",
            [manual],
            rung="E1",
            strength=Strength.LEAD,
            kind="manual",
        ),
        finding(
            5,
            "GRP-01",
            "Ethnicity attribute in a data schema or specification",
            [denial],
            rung="E3",
            strength=Strength.EXCULPATORY,
            kind="correspondence",
            shows="The writer states that the firmware as delivered does not contain the function.",
            does_not_show="That this was checked by anybody else.",
        ),
    )
    return DossierView(
        title="Qingshi County video system 青石县视频系统",
        as_of=date(2026, 3, 14),
        version="0.1.0",
        evidence_root=Digest.of(b"evidence"),
        rules_digest=Digest.of(b"rules"),
        code_digest=Digest.of(b"code"),
        languages=("zh", "en"),
        legal_basis=None,
        questions=("Which functions single out a group?", "谁负责系统的运营？"),
        findings=_copied(found, copies),
        files=tuple(told(files(), relations())),
        pictures={
            (TENDER, 41): Picture("images/tender-0041.png", *SIZE),
            (CONTRACT, 12): Picture("images/contract-0012.png", *SIZE),
        },
        contexts={
            key(cell): ("青石县一期点位清单 · 序号 6 · 类别：", " · 人脸抓拍机 · 数量 12"),
            key(manual): ("Table 9, response object. ", " See release notes."),
            key(denial): ("In answer to question 2: ", ". We attach the release notes."),
        },
        emphasis={("GRP-03", key(enumeration)): ((131, 133), (134, 139), (140, 143))},
        readings=readings(),
        relations=relations(),
        notice="Fictional records made for demonstration. No real company, place or person is meant.",
    )


def _copied(findings: tuple[Finding, ...], copies: int) -> tuple[Finding, ...]:
    if copies == 1:
        return findings
    return tuple(dataclasses.replace(f, id=f"{f.id}-{i}") for f in findings for i in range(copies))
