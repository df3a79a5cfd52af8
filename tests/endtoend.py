"""What the end-to-end tests share: commands run for real, a small folder of records of every kind, trees of bytes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Collection
from contextlib import closing
from email.message import EmailMessage
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from docx import Document
from fpdf import FPDF
from openpyxl import Workbook
from PIL import Image
from pypdfium2 import PdfDocument, PdfPage

from countersight.case import Case
from countersight.cli import main

PROGRAM = str(Path(sys.executable).with_name("countersight"))
EPOCH = "1700000000"  # 2023-11-14T22:13:20Z
CITED = "Ethnicity attribute of the face recognition platform: unknown, Uyghur, non-Uyghur."
GPUS = "The video surveillance platform needs no less than 8 pieces of NVIDIA Tesla T4."
PLAIN = "Minutes of the meeting. The road lamps are to be repaired before winter."
LOCKED = "open sesame"
CHINESE = "视频监控平台应支持人脸识别，属性包括性别、年龄、民族属性。"
UNSEALED = ("derived/case.db", "derived/SHA256SUMS", ".lock")  # the order of rows in the database is free


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with the tests' time, and changes."""
    return {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONWARNINGS": "error", **changes}


def countersight(*arguments: object, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program."""
    command = [PROGRAM, *map(str, arguments)]
    return subprocess.run(
        command,
        env=environment(**changes),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        check=False,
    )


def here(*arguments: object) -> int:
    """Run a command in this process; the exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        return main(list(map(str, arguments)))


def audit(records: Path, case: Path, *options: object) -> int:
    """Audit a folder in this process, one item after another; the exit code."""
    return here("audit", records, "--case", case, "--executor", "serial", *options)


def tree(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder by its path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def results(case: Path, out: Path) -> dict[str, str]:
    """All that must be the same bytes wherever a case comes from: ledger, evidence, dossier, pictures, tables."""
    found = {name: digest for name, digest in tree(case).items() if name not in UNSEALED}
    Case(case).export("jsonl", out, pages=True)
    Case(case).export("csv", out, pages=True)
    return found | {f"export {name}": digest for name, digest in tree(out).items()}


def rows(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def files(case: Path) -> dict[str, Any]:
    """The account of files by locator."""
    return {str(file.locator): file for file in Case(case).files()}


# ── acts on the disk ──

_OWNERS = {"module", "Connection", "FileIO", "BufferedWriter", "BufferedRandom"}


def before_acts(names: Collection[str], do: Callable[[Any], None]) -> None:
    """From now on call ``do`` before each call of these into the operating system, a file or SQLite.

    In this process and those it forks, until ``sys.setprofile(None)``. What ``do`` raises, the call seems to raise.
    """

    def watch(frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and called.__name__ in names and type(called.__self__).__name__ in _OWNERS:
            do(called)

    sys.setprofile(watch)


# ── records ──


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with these pages."""
    document = FPDF()
    document.set_font("Helvetica", size=11)
    for text in pages:
        document.add_page()
        document.multi_cell(0, 6, text)
    if password:
        document.set_encryption(owner_password=f"{password}2", user_password=password)
    return bytes(document.output())


def mail(text: str, **attachments: bytes) -> bytes:
    """A mail with attachments."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "tender@example.org", "buyer@example.org", "Offer"
    message["Date"] = "Tue, 02 Mar 2021 10:00:00 +0000"
    message.set_content(text)
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def zipped(**members: bytes) -> bytes:
    """A zip of these members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def table() -> bytes:
    """A CSV with a row a rule holds on and cells a spreadsheet would take for formulas."""
    out = StringIO()
    csv.writer(out).writerows([["item", "requirement"], ["=1+1", GPUS], ["+2", CITED], ["-", PLAIN]])
    return out.getvalue().encode()


def workbook() -> bytes:
    """A workbook of two sheets."""
    book = Workbook()
    for title, rows_ in (("Points", [["no", "place"], [1, CITED], [2, "县职业学校门口"]]), ("说明", [[CHINESE]])):
        sheet = book.create_sheet(title)
        for row in rows_:
            sheet.append(row)
    book.remove(book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def document(text: str) -> bytes:
    """A word processor's document."""
    made, out = Document(), BytesIO()
    made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def picture() -> bytes:
    """A PNG."""
    out = BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()


def small_folder(folder: Path) -> Path:
    """Records of every kind: long, nested, duplicate, broken, encrypted, empty, not read at all."""
    tender = [f"{CITED} {GPUS}" if number in {3, 66, 68} else f"{PLAIN} Page {number}." for number in range(1, 71)]
    long = pdf(*tender)
    csv_, xlsx = table(), workbook()
    html = f"<html><title>Offer</title><body><p>{CITED}</p><p>{PLAIN}</p></body></html>".encode()
    kept: dict[str, bytes] = {
        "01 tender.pdf": long,
        "02 cut off.pdf": long[: len(long) // 3],
        "03 locked.pdf": pdf(CITED, password=LOCKED),
        "04 offer.eml": mail(CITED, **{"points.csv": csv_, "sheet.xlsx": xlsx}),
        "05 page.html": html,
        "06 points.csv": csv_,
        "07 points.xlsx": xlsx,
        "08 all.zip": zipped(**{"in/inner.zip": zipped(**{"内.txt": CHINESE.encode()}), "again.csv": csv_}),
        "09 会议/记录.txt": f"{CHINESE}\n{PLAIN}".encode("gb18030"),
        "09 会议/copy of page.html": html,
        "10 empty.txt": b"",
        "11 picture.png": picture(),
        "12 unknown.bin": bytes(range(256)) * 8,
        "13 memo.docx": document(f"{GPUS} Ask Li Lei, phone 13912345678."),
    }
    for name, data in kept.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


# ── citations ──


def squeezed(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def read_back(case: Path, citation: dict[str, Any]) -> str:
    """The words PDFium finds in the boxes of a citation from a PDF, without white space."""
    with closing(PdfDocument(case / "evidence" / citation["digest"])) as document:
        page = document[citation["page"] - 1]
        text = page.get_textpage()
        found = [text.get_text_bounded(*_in_points(page, box)) for box in citation["boxes"]]
    return squeezed("".join(found)).replace("\x02", "-").replace("\ufffe", "-")


def _in_points(page: PdfPage, box: list[float]) -> tuple[float, float, float, float]:
    """Left, bottom, right and top in the page's own space, of a box on the page as it is displayed."""
    left, bottom, right, top = page.get_bbox()
    x0, y0, x1, y1 = box
    a, b, c, d = {
        0: (x0, 1 - y1, x1, 1 - y0),
        90: (y0, x0, y1, x1),
        180: (1 - x1, y0, 1 - x0, y1),
        270: (1 - y1, 1 - x1, 1 - y0, 1 - x0),
    }[page.get_rotation()]
    width, height = right - left, top - bottom
    return left + a * width, bottom + b * height, left + c * width, bottom + d * height
