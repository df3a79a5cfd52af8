from __future__ import annotations

from countersight.read.ocr.order import Piece, in_order


def keys(pieces: list[Piece]) -> tuple[list[list[int]], int]:
    rows, columns = in_order(pieces)
    return [[piece.key for piece in row] for row in rows], columns


def line(key: int, x: float, y: float, width: float = 400, height: float = 20) -> Piece:
    return Piece(key, x, y, x + width, y + height)


def test_no_pieces_no_rows() -> None:
    assert keys([]) == ([], 1)


def test_rows_go_down_and_pieces_to_the_right_whatever_order_they_came_in() -> None:
    pieces = [line(k, x, y, 90) for k, (x, y) in enumerate([(300, 103), (0, 200), (0, 100), (150, 98)])]
    assert keys(pieces) == ([[2, 3, 0], [1]], 1)
    assert keys(pieces[::-1]) == keys(pieces)


def test_a_row_may_bend() -> None:
    bent = [line(k, 110 * k, 100 + 3 * k, 100) for k in range(8)]
    assert keys(bent) == ([list(range(8))], 1)


def test_columns_between_a_heading_and_a_foot() -> None:
    heading, foot = line(0, 0, 0, 900), line(99, 0, 400, 900)
    left = [line(10 + k, 0, 50 + 30 * k) for k in range(6)]
    right = [line(20 + k, 500, 62 + 30 * k) for k in range(6)]
    rows, columns = keys([foot, *right, *left, heading])
    assert rows == [[0], *([10 + k] for k in range(6)), *([20 + k] for k in range(6)), [99]]
    assert columns == 2


def test_three_columns() -> None:
    pieces = [line(10 * c + k, 450 * c, 30 * k) for c in range(3) for k in range(5)]
    assert keys(pieces) == ([[10 * c + k] for c in range(3) for k in range(5)], 3)


def test_a_table_of_short_cells_stays_in_rows() -> None:
    cells = [line(10 * r + c, 200 * c, 40 * r, 80) for r in range(8) for c in range(4)]
    assert keys(cells) == ([[10 * r + c for c in range(4)] for r in range(8)], 1)


def test_few_lines_side_by_side_are_no_columns() -> None:
    signed = [line(10 * r + c, 500 * c, 30 * r) for r in range(3) for c in range(2)]
    assert keys(signed) == ([[0, 1], [10, 11], [20, 21]], 1)


def test_a_heading_below_columns_belongs_to_what_follows_across_the_page() -> None:
    columns = [line(10 * c + k, 500 * c, 30 * k) for c in range(2) for k in range(6)]
    below = [line(90, 0, 200, 150), line(91, 0, 230, 900)]
    assert keys([*columns, *below])[0][-3:] == [[15], [90], [91]]


def test_a_left_column_may_be_the_longer_one() -> None:
    left = [line(k, 0, 30 * k) for k in range(9)]
    right = [line(20 + k, 500, 30 * k) for k in range(5)]
    assert keys([*left, *right, line(99, 0, 300, 900)])[0] == [[k] for k in (*range(9), *range(20, 25), 99)]
