"""Makes bills of quantities whose every line is known, as office files, web pages, PDFs, plain text and scans.

``python bench/goods.py FOLDER``. A style says how a bill is laid out: its columns in the words of real records, and
marks such as sections, lots, nested numbers, merged cells, heads of two rows, amounts in 万元, a second table that goes
on without a head, or labels beside their values. The styles of part ``writing`` are there to write readers with, those
of part ``measured`` only to measure them; they share neither heads nor goods. Beside each document lies its truth as
JSON. The same program makes the same documents; files that exist stay.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from random import Random

import docx
import openpyxl
from fpdf import FPDF
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import openbills, scans  # noqa: E402
from bench.goodswords import GOODS, STYLES, WORDS, Style  # noqa: E402

FORMS = ("docx", "xlsx", "html", "ruled.pdf", "open.pdf", "txt", *openbills.LAYOUTS)
SCANS = ("B", "C")
"""Levels of damage of bench/scans.py, after the clean one."""
_FONT = scans._FONTS / "NotoSansCJKsc-Regular.otf"  # noqa: SLF001
_PADDING = (1.0, 1.9, 1.0, 1.9)  # mm above, right, below, left of the words of a cell: what word processors leave
_WAN = 10_000
_MERGED = 3  # rows that a category covers


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a bill as it must be read; figures as text, in whole units of money."""

    number: str
    description: str
    brand: str
    model: str
    origin: str
    spec: str
    quantity: str
    operator: str
    unit: str
    price: str
    total: str
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A cell: its words and how many columns and rows it covers."""

    text: str
    across: int = 1
    down: int = 1


Rows = list[list[Part | None]]
"""Rows of a grid; None where a cell from above or from the left covers it."""


def lines(style: Style, chance: Random) -> list[Line]:
    """The lines of a bill of this style."""
    goods = chance.sample(GOODS[style.part, style.language], style.lines)
    made = []
    for n, (description, brand, model, spec, origin, unit) in enumerate(goods, 1):
        count, price = chance.choice((1, 2, 4, 12, 36, 150, 1200)), chance.randint(3, 900) * 10 * style.coarse
        operator = chance.choice(("", ">=", ">=")) if "least" in style.marks else ""
        figures = (str(count), operator, unit, str(price), str(price * count))
        made.append(Line(_number(style, n), description, brand, model, origin, spec, *figures, _lot(style, n)))
    return made


def _number(style: Style, n: int) -> str:
    if "nested" in style.marks:
        return f"{(n - 1) // 4 + 1}.{(n - 1) % 4 + 1}"
    if "han" in style.marks:
        return f"（{'一二三四五六七八九十'[n - 1]}）"
    return f"{style.prefix}{n}"


def _lot(style: Style, n: int) -> str:
    return WORDS[style.language]["lots"][(n - 1) // 4].split("|")[0] if "lots" in style.marks else ""


def grid(style: Style, bill: Sequence[Line], chance: Random) -> list[Rows]:
    """The tables of a bill, cell by cell."""
    if "side" in style.marks:
        return [[_own((head, _said(style, line, form, chance))) for head, form in style.columns] for line in bill]
    rows = _heads(style)
    breaks = []
    for n, line in enumerate(bill):
        rows += _above(style, n, len(style.columns))
        if "split" in style.marks and n == len(bill) // 2:
            breaks.append(len(rows))
        rows.append(_own(_said(style, line, form, chance) for _, form in style.columns))
        if "subtotals" in style.marks and n % 4 == 3:
            rows.append(_sum(style, bill[n - 3 : n + 1], "subtotal"))
    if "total" in style.marks:
        rows.append(_sum(style, bill, "total"))
    if "merged" in style.marks:
        _merge(rows, len(_heads(style)))
    cuts = [0, *breaks, len(rows)]
    return [rows[a:b] for a, b in pairwise(cuts)]


def _own(texts: Sequence[str] | Iterator[str]) -> list[Part | None]:
    return [Part(text) for text in texts]


def _heads(style: Style) -> Rows:
    heads = [head for head, _ in style.columns]
    rows: Rows = []
    if "titled" in style.marks:
        rows.append(_across(WORDS[style.language]["title"][0], len(heads)))
    if any("|" in head for head in heads):
        rows += _two(heads)
    else:
        rows.append(_own(heads))
    if "numbered" in style.marks:
        rows.append(_own(str(n) for n in range(1, len(heads) + 1)))
    return rows


def _two(heads: list[str]) -> Rows:
    """Heads in two rows: ``above|below`` share what stands above, others reach over both."""
    above: list[Part | None] = []
    for n, head in enumerate(heads):
        group = head.split("|")[0] if "|" in head else ""
        if group and n and heads[n - 1].startswith(group + "|"):
            above.append(None)
        elif group:
            above.append(Part(group, across=sum(other.startswith(group + "|") for other in heads)))
        else:
            above.append(Part(head, down=2))
    return [above, [Part(head.split("|")[1]) if "|" in head else None for head in heads]]


def _across(text: str, columns: int) -> list[Part | None]:
    return [Part(text, across=columns), *[None] * (columns - 1)]


def _above(style: Style, n: int, columns: int) -> Rows:
    """What stands above the n-th line: a lot, a section."""
    if n % 4:
        return []
    said = WORDS[style.language]
    if "lots" in style.marks:
        return [_across(said["lots"][n // 4].replace("|", ""), columns)]
    if "sections" in style.marks:
        return [_across(said["sections"][n // 4], columns)]
    if "nested" in style.marks:
        return [_own([str(n // 4 + 1), said["groups"][n // 4], *[""] * (columns - 2)])]
    return []


def _said(style: Style, line: Line, form: str, chance: Random) -> str:
    """What a cell says of a line."""
    scale = _WAN if "wan" in style.marks else 1
    least = chance.choice(WORDS[style.language]["least"]) if line.operator else ""
    places = 4 if scale > 1 else 2
    price, total = (f"{int(value) / scale:,.{places}f}" for value in (line.price, line.total))
    if "bare" in style.marks:
        price, total = (f"{int(value) / scale:g}" if int(value) < _WAN else value for value in (line.price, line.total))
    facts = {name: str(value) for name, value in asdict(line).items()}
    facts |= {"price": price, "total": total, "quantity": f"{least}{int(line.quantity):{style.thousands}}"}
    facts |= {"remark": chance.choice(WORDS[style.language]["remarks"]), "category": "", "plain": line.quantity}
    return form.format(**facts)


def _sum(style: Style, bill: Sequence[Line], word: str) -> list[Part | None]:
    """A row of a sum: its word over all columns up to that of totals."""
    scale = _WAN if "wan" in style.marks else 1
    value = sum(int(line.total) for line in bill) / scale
    shown = f"{value:,.{4 if scale > 1 else 2}f}"
    at = next(n for n, (_, form) in enumerate(style.columns) if "{total}" in form)
    rest = [Part("") for _ in style.columns[at + 1 :]]
    return [*_across(WORDS[style.language][word][0], at), Part(shown), *rest]


def _merge(rows: Rows, heads: int) -> None:
    """Join the first column three rows by three, as categories are."""
    for n in range(heads, len(rows) - 1):
        at = (n - heads) % _MERGED
        down = min(_MERGED, len(rows) - 1 - n)
        rows[n][0] = None if at else Part(f"{'ABCDEF'[(n - heads) // _MERGED]}", down=down)


# ── documents ──


def write(path: Path, form: str, style: Style, tables: list[Rows]) -> None:
    """Write the tables between their paragraphs as a document of a form."""
    before, after = WORDS[style.language]["before"], WORDS[style.language]["after"]
    writers = {"docx": _docx, "xlsx": _xlsx, "html": _html, "txt": _txt}
    if form in openbills.LAYOUTS:
        layout, heads = openbills.LAYOUTS[form], 0 if "side" in style.marks else len(_heads(style))
        openbills.write(path, _FONT, layout, tables, heads, (before, after))
    elif form.endswith("pdf"):
        _pdf(path, tables, before, after, ruled=form.startswith("ruled"))
    elif form == "txt":
        _txt(path, tables, before, after, style.text)
    else:
        writers[form](path, tables, before, after)  # type: ignore[operator]


def _cells(rows: Rows) -> Iterator[tuple[int, int, Part]]:
    return ((r, c, part) for r, row in enumerate(rows) for c, part in enumerate(row) if part)


def _docx(path: Path, tables: list[Rows], before: Sequence[str], after: Sequence[str]) -> None:
    document = docx.Document()
    for text in before:
        document.add_paragraph(text)
    for rows in tables:
        table = document.add_table(len(rows), len(rows[0]))
        for r, c, part in _cells(rows):
            table.cell(r, c).merge(table.cell(r + part.down - 1, c + part.across - 1)).text = part.text
        document.add_paragraph(after[0])
    document.save(str(path))


def _xlsx(path: Path, tables: list[Rows], before: Sequence[str], after: Sequence[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([before[0]])
    at = 2
    for rows in tables:
        for r, c, part in _cells(rows):
            sheet.cell(at + r + 1, c + 1).value = _typed(part.text)
            if part.across > 1 or part.down > 1:
                sheet.merge_cells(
                    start_row=at + r + 1, end_row=at + r + part.down, start_column=c + 1, end_column=c + part.across
                )
        at += len(rows) + 2
    sheet.cell(at + 1, 1).value = after[0]
    book.save(path)


def _typed(text: str) -> str | float | int:
    """Figures as numbers, as workbooks have them."""
    plain = text.replace(",", "")
    return (int(plain) if plain.isdigit() else float(plain)) if plain.replace(".", "", 1).isdigit() else text


def _html(path: Path, tables: list[Rows], before: Sequence[str], after: Sequence[str]) -> None:
    made = ["<!doctype html><meta charset=utf-8><title>", escape(before[0]), "</title><body>"]
    made += [f"<p>{escape(text)}</p>" for text in before]
    for rows in tables:
        made.append("<table>")
        for row in rows:
            cells = (f"<td colspan={p.across} rowspan={p.down}>{escape(p.text)}</td>" for p in row if p)
            made.append(f"<tr>{''.join(cells)}</tr>")
        made.append(f"</table><p>{escape(after[0])}</p>")
    path.write_text("\n".join(made), encoding="utf-8")


def _pdf(path: Path, tables: list[Rows], before: Sequence[str], after: Sequence[str], *, ruled: bool) -> None:
    pdf = FPDF(format="A4")
    pdf.add_font("noto", fname=str(_FONT))
    pdf.set_font("noto", size=8)
    pdf.add_page()
    for text in before:
        pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
    for rows in tables:
        widths = _widths(rows)
        layout = "ALL" if ruled else "NONE"
        with pdf.table(
            borders_layout=layout,
            col_widths=widths,
            first_row_as_headings=False,
            line_height=5,
            padding=_PADDING,
            text_align="LEFT",
            v_align="MIDDLE" if ruled else "TOP",
        ) as t:
            for row in rows:
                out = t.row()
                for part in row:
                    if part:
                        out.cell(part.text, colspan=part.across, rowspan=part.down)
        pdf.multi_cell(0, 8, after[0], new_x="LMARGIN", new_y="NEXT")
    pdf.output(str(path))


def _widths(rows: Rows) -> tuple[float, ...]:
    """Widths of columns by what stands in them, none much narrower than its head."""
    wide = [3.0] * len(rows[0])
    for _, c, part in _cells(rows):
        if part.across == 1:
            wide[c] = max(wide[c], min(14.0, sum(2 if ord(char) > 0x2E7F else 1.1 for char in part.text)))
    return tuple(wide)


def _txt(path: Path, tables: list[Rows], before: Sequence[str], after: Sequence[str], style: str) -> None:
    made = [*before, ""]
    for rows in tables:
        widest = [max((_wide(row[c]) for row in rows if row[c]), default=0) for c in range(len(rows[0]))]
        made += [_text_row(row, style, widest) for row in rows]
        made += ["", after[0], ""]
    path.write_text("\n".join(made), encoding="utf-8")


def _text_row(row: list[Part | None], style: str, widest: list[int]) -> str:
    texts = [part.text if part else "" for part in row]
    if style == "tab":
        return "\t".join(texts)
    if style == "pipe":
        return "| " + " | ".join(texts) + " |"
    padded = [text + " " * (width - _wide(Part(text))) for text, width in zip(texts, widest, strict=True)]
    return "   ".join(padded).rstrip()


def _wide(part: Part | None) -> int:
    """Columns of a terminal that a text takes, one of several columns aside."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in part.text) if part and part.across == 1 else 0


def scan(path: Path, style: Style, rows: Rows, level: str) -> None:
    """Write a table as the picture of a scanned page, ruled."""
    sheet = scans.Sheet(style.language)
    font = scans._font(10.5)  # noqa: SLF001
    for n, text in enumerate(WORDS[style.language]["before"]):
        sheet.write(scans._LEFT, 200 + 60 * n, text[:60], font)  # noqa: SLF001
    share = _widths(rows)
    edges = [180 + 2120 * sum(share[:n]) / sum(share) for n in range(len(share) + 1)]
    cells = [scans.Cell(r + 1, c + 1, p.text, p.down, p.across) for r, c, p in _cells(rows)]
    tops = [420.0]
    for r in range(1, len(rows) + 1):
        most = max((len(scans._cell_lines(x, edges, font)) for x in cells if x.row == r and x.rows == 1), default=1)  # noqa: SLF001
        tops.append(tops[-1] + most * font.size * 1.3 + 26)
    for cell in cells:
        cell.box = (edges[cell.column - 1], tops[cell.row - 1], *scans._far(cell, edges, tops))  # noqa: SLF001
        scans._set_cell(sheet, cell, edges, font, centred=True)  # noqa: SLF001
    image, _ = scans.damaged(sheet, scans.LEVELS[level], Random(f"{path.stem}"))
    Image.fromarray(image).save(path, quality=35 if level == "C" else 90, dpi=(150, 150))


def make(folder: Path, part: str, forms: Sequence[str] = FORMS, levels: Sequence[str] = SCANS) -> list[Path]:
    """The documents of a part, made where they do not exist. ``folder`` is created."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for style in (style for style in STYLES if style.part == part):
        bill = lines(style, Random(f"goods {style.name}"))
        tables = grid(style, bill, Random(f"grid {style.name}"))
        wanted = [(form, folder / f"{style.name}.{form}") for form in forms]
        wanted += [(level, folder / f"{style.name}.{level}.jpg") for level in levels if "split" not in style.marks]
        for form, path in wanted:
            made.append(path)
            if path.exists():
                continue
            if form in levels:
                scan(path, style, [row for table in tables for row in table], form)
            else:
                write(path, form, style, tables)
        truth = json.dumps([asdict(line) for line in bill], ensure_ascii=False, indent=1)
        (folder / f"{style.name}.json").write_text(truth, encoding="utf-8")
    return made


def main() -> None:
    """Make all documents and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    made = [path for part in ("writing", "measured") for path in make(options.folder / part, part)]
    print(f"{len(made)} documents in {options.folder}")


if __name__ == "__main__":
    main()
