"""Tables of PDF pages: what is drawn cell by cell must come back cell by cell, and nothing else must become a table."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_rawpdf import Sheet, line, pdf
from read_sink import MemorySink

from countersight.model import BlockKind, Page
from countersight.ports import Limits
from countersight.read.pdf import MEDIA_TYPE, PdfReader, places

Slot = tuple[int, int, int, int]  # row, column, rows, columns from 0
WIDE, HIGH, LEFT, TOP = 90, 30, 60, 760


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.pdf"


def page_of(path: Path, content: str, extra: str = "") -> Page:
    path.write_bytes(pdf(Sheet(content, extra=extra)))
    (page,) = PdfReader().read(path, MEDIA_TYPE, None, Limits(), MemorySink()).pages
    return page


def rows_of(page: Page) -> list[list[str]]:
    """The words of each row, cell by cell, by the blocks alone."""
    rows = [b for b in page.blocks if b.kind is BlockKind.ROW]
    cells = [b for b in page.blocks if b.kind is BlockKind.CELL]
    inside = [[c for c in cells if row.start <= c.start and c.end <= row.end] for row in rows]
    assert sum(map(len, inside)) == len(cells), "each cell lies in one row"
    return [[page.text[c.start : c.end] for c in found] for found in inside]


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def ruled(columns: int, rows: int) -> str:
    """A grid of strokes."""
    right, bottom = LEFT + columns * WIDE, TOP - rows * HIGH
    across = [stroke(LEFT, TOP - n * HIGH, right, TOP - n * HIGH) for n in range(rows + 1)]
    down = [stroke(LEFT + n * WIDE, TOP, LEFT + n * WIDE, bottom) for n in range(columns + 1)]
    return "".join([*across, *down])


def words(row: float, column: float, said: str, below: float = 0) -> str:
    return line(said, LEFT + column * WIDE + 4, TOP - row * HIGH - 12 - below, 10)


def filled(rows: list[list[str]]) -> str:
    return "".join(words(r, c, said) for r, row in enumerate(rows) for c, said in enumerate(row) if said)


GOODS = [["No.", "Item", "Qty"], ["1", "Camera", "20"], ["2", "Server", "3"]]


class TestRuled:
    def test_rows_and_cells_between_the_text_above_and_below(self, path: Path) -> None:
        page = page_of(path, line("Before", y=800) + ruled(3, 3) + filled(GOODS) + line("After", y=600))
        assert rows_of(page) == GOODS
        assert page.text.split("\n")[0].strip() == "Before"
        assert [part.strip() for part in page.text.split("\n")][1:] == [*map("\t".join, GOODS), "After"]
        assert [b.ref for b in page.blocks][:5] == ["T1R1", "T1R1C1", "T1R1C2", "T1R1C3", "T1R2"]

    @pytest.mark.parametrize("how", ["thin rectangles", "a box for each cell", "one path", "dots", "white"])
    def test_however_the_rules_are_drawn(self, path: Path, how: str) -> None:
        drawn = {
            "thin rectangles": "".join(f"{LEFT} {TOP - n * HIGH} 270 0.5 re f\n" for n in range(4))
            + "".join(f"{LEFT + n * WIDE} {TOP - 90} 0.5 90 re f\n" for n in range(4)),
            "a box for each cell": "".join(
                f"{LEFT + c * WIDE} {TOP - (r + 1) * HIGH} {WIDE} {HIGH} re S\n" for r in range(3) for c in range(3)
            ),
            "one path": "0 0 m 1 1 l S 0 0 m 1 1 l S 0 0 m 1 1 l S\n" + ruled(3, 3).replace(" S\n", "\n") + "S\n",
            "dots": "".join(f"{LEFT + n} {TOP - r * HIGH} 1 1 re f\n" for r in range(4) for n in range(0, 271, 2))
            + "".join(f"{LEFT + c * WIDE} {TOP - n} 1 1 re f\n" for c in range(4) for n in range(0, 91, 2)),
            "white": "1 1 1 RG\n" + ruled(3, 3) + "0 0 0 RG\n",
        }[how]
        assert rows_of(page_of(path, drawn + filled(GOODS))) == GOODS

    def test_a_table_open_at_its_sides(self, path: Path) -> None:
        across = "".join(stroke(LEFT, TOP - n * HIGH, LEFT + 270, TOP - n * HIGH) for n in range(4))
        inner = "".join(stroke(LEFT + n * WIDE, TOP, LEFT + n * WIDE, TOP - 90) for n in (1, 2))
        assert rows_of(page_of(path, across + inner + filled(GOODS))) == GOODS

    def test_lines_of_cells_drawn_across_the_row_are_gathered_cell_by_cell(self, path: Path) -> None:
        first = words(0, 0, "face") + words(0, 1, "plate") + words(0, 2, "crowd")
        second = words(0, 0, "capture", 11) + words(0, 1, "reader", 11) + words(0, 2, "alarm", 11)
        page = page_of(path, ruled(3, 2) + first + second + words(1, 0, "a") + words(1, 1, "b"))
        assert rows_of(page) == [["face capture", "plate reader", "crowd alarm"], ["a", "b"]]

    def test_chinese_lines_join_and_paragraphs_stay_apart(self, path: Path) -> None:
        cell = words(0, 1, "设备名称以及型", 0) + words(0, 1, "号", 11)
        other = words(1, 1, "名称：甲", 0) + words(1, 1, "地址：乙丙丁戊己", 11)
        page = page_of(path, ruled(2, 2) + words(0, 0, "一") + cell + words(1, 0, "二") + other)
        assert rows_of(page) == [["一", "设备名称以及型号"], ["二", "名称：甲\n地址：乙丙丁戊己"]]

    def test_two_tables_on_a_page(self, path: Path) -> None:
        lower = "q 1 0 0 1 0 -200 cm\n" + ruled(3, 3) + "Q\n"
        said = "".join(words(r + 200 / HIGH, c, w) for r, row in enumerate(GOODS) for c, w in enumerate(row))
        page = page_of(path, ruled(3, 3) + filled(GOODS) + line("between", y=640) + lower + said)
        assert rows_of(page) == [*GOODS, *GOODS]
        assert {b.ref[:2] for b in page.blocks} == {"T1", "T2"}

    def test_on_a_turned_page(self, path: Path) -> None:
        turn = f"q 0 1 -1 0 {595} 0 cm\n"
        page = page_of(path, turn + ruled(3, 3) + filled(GOODS) + "Q", extra="/Rotate 90")
        assert rows_of(page) == GOODS

    @pytest.mark.parametrize(
        "drawn",
        [
            stroke(60, 700, 500, 700) * 6,  # underlines
            "60 600 400 150 re S\n" * 5,  # a frame, drawn again and again
            stroke(60, 100, 60, 800) + "".join(stroke(50, y, 70, y) for y in range(100, 800, 20)),  # an axis
            "q 60 600 400 150 re W n Q\n" * 9,  # clips, never drawn
        ],
    )
    def test_what_is_no_table(self, path: Path, drawn: str) -> None:
        said = line("One sentence of prose,", y=690) + line("and another one.", y=670)
        page = page_of(path, drawn + said)
        assert page.blocks == ()
        assert page.text == "One sentence of prose, \nand another one."

    def test_a_drawing_of_very_many_strokes_is_left_alone(self, path: Path) -> None:
        strokes = "".join(stroke(n % 500, n // 50, n % 500 + 9, n // 50) for n in range(21_000))
        page = page_of(path, ruled(3, 3) + strokes + line("map", y=800))
        assert page.text == "map"


def tilings() -> st.SearchStrategy[tuple[int, int, list[Slot]]]:
    """Grids of up to five rows and columns, some of whose cells are merged."""

    def tiled(size: tuple[int, int], wishes: list[Slot]) -> tuple[int, int, list[Slot]]:
        rows, columns = size
        free = {(r, c) for r in range(rows) for c in range(columns)}
        slots = []
        for r, c, down, across in wishes:
            area = {(r + i, c + j) for i in range(down) for j in range(across)}
            if area <= free:
                free -= area
                slots.append((r, c, down, across))
        return rows, columns, sorted([*slots, *((r, c, 1, 1) for r, c in free)])

    size = st.tuples(st.integers(2, 5), st.integers(2, 5))
    wish = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 3), st.integers(1, 3))
    return st.builds(tiled, size, st.lists(wish, max_size=3)).filter(_rules_all_show)


def _rules_all_show(tiling: tuple[int, int, list[Slot]]) -> bool:
    """Whether a cell begins in each row and column: else the grid has a rule less."""
    rows, columns, slots = tiling
    return {s[0] for s in slots} == set(range(rows)) and {s[1] for s in slots} == set(range(columns)) and len(slots) > 2


class TestMerged:
    """A ruled table of any shape comes back exactly: each cell's words, row, column and extent."""

    @given(tilings())
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_law(self, path: Path, tiling: tuple[int, int, list[Slot]]) -> None:
        _, _, slots = tiling
        content = "".join(
            f"{LEFT + c * WIDE} {TOP - (r + down) * HIGH} {across * WIDE} {down * HIGH} re S\n"
            + words(r + (down - 1) / 2, c, f"w{n}")
            for n, (r, c, down, across) in enumerate(slots)
        )
        page = page_of(path, content)
        found = {page.text[b.start : b.end]: b for b in page.blocks if b.kind is BlockKind.CELL}
        assert {said: (b.ref, b.down, b.across) for said, b in found.items()} == {
            f"w{n}": (f"T1R{r + 1}C{c + 1}", down, across) for n, (r, c, down, across) in enumerate(slots)
        }


class TestPlaces:
    def test_each_cell_lies_where_its_words_do(self, path: Path) -> None:
        first = words(0, 0, "face") + words(0, 1, "plate") + words(0, 0, "capture", 11) + words(0, 1, "人脸识别", 11)
        page = page_of(path, line("𠮷 above", y=800) + ruled(2, 2) + first + words(1, 0, "left") + words(1, 1, "right"))
        cells = [b for b in page.blocks if b.kind is BlockKind.CELL]
        boxes = places(path, 1, [(b.start, b.end) for b in cells])
        with pdfium.PdfDocument(path) as document:
            textpage = document[0].get_textpage()
            for cell, found in zip(cells, boxes, strict=True):
                sides = [(p.box.x0 * 595, (1 - p.box.y1) * 842, p.box.x1 * 595, (1 - p.box.y0) * 842) for p in found]
                read = "".join(textpage.get_text_bounded(*side) for side in sides)
                assert "".join(read.split()) == "".join(page.text[cell.start : cell.end].split())
        assert len(cells) == 4


def spread(rows: list[list[str]], *stops: float, leading: float = 16) -> str:
    """Rows of words at these distances from the left, without any rule."""
    return "".join(
        line(said, stop, 700 - n * leading, 10)
        for n, row in enumerate(rows)
        for stop, said in zip(stops, row, strict=False)
        if said
    )


PRICES = [
    ["Item", "Quantity", "Unit price"],
    ["Dome camera", "20", "1,250.00"],
    ["Storage server", "3", "48,000.00"],
    ["Optical switch", "12", "2,380.00"],
    ["Installation", "1", "30,000.00"],
]


class TestWithoutRules:
    def test_three_columns(self, path: Path) -> None:
        prose = line("The supplier shall deliver the goods listed here within thirty days of signing.", y=740, size=10)
        page = page_of(path, prose + spread(PRICES, 72, 250, 380))
        assert rows_of(page) == PRICES
        assert page.text.startswith("The supplier shall deliver")

    def test_chinese(self, path: Path) -> None:
        rows = [
            ["序号 名称", "数量", "单价"],
            ["1 摄像机", "20", "500"],
            ["2 服务器", "3", "9000"],
            ["3 交换机", "8", "70"],
        ]
        assert rows_of(page_of(path, spread(rows, 72, 250, 380))) == [[*row[0].split(), *row[1:]] for row in rows]

    def test_two_columns_far_apart(self, path: Path) -> None:
        rows = [[f"Province {n}", f"{n * 1_137} cameras"] for n in range(1, 7)]
        assert rows_of(page_of(path, spread(rows, 72, 300))) == rows

    @pytest.mark.parametrize(
        "rows",
        [
            [[f"the first column of prose goes on {n}", f"and the second one has words {n}"] for n in range(9)],
            [["1.", "Deliver the cameras"], ["2.", "Install the servers"], ["3.", "Train"], ["4.", "Hand over"]],
            [["By: /s/ A. Adams", "By: /s/ B. Brown"], ["Name", "Name"], ["Title", "Title"], ["Date", "Date"]],
            [["Definitions", "3"], ["Delivery", "4"], ["Payment", "7"], ["Warranty", "12"], ["Law", "15"]],
            [["Seller:", "Acme Ltd"], ["Buyer:", "The County"], ["Place:", "Lanxi"], ["Date:", "3 May 2020"]],
            [["Item", "Price"], ["Camera", "20"]],
        ],
        ids=["prose in columns", "list", "signatures", "contents", "labels", "too few rows"],
    )
    def test_what_is_no_table(self, path: Path, rows: list[list[str]]) -> None:
        page = page_of(path, spread(rows, 72, 300))
        assert page.blocks == ()
        assert page.text.split() == " ".join(word for row in rows for word in row).split()


def test_text_of_a_page_without_tables_is_pdfiums_own(path: Path) -> None:
    said = "".join(line(f"Clause {n} says what clause {n} said before.", y=780 - n * 16) for n in range(30))
    page = page_of(path, said)
    with pdfium.PdfDocument(path) as document:
        assert page.text == document[0].get_textpage().get_text_range().replace("\r\n", " \n")
