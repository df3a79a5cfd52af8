"""Pages of one table, cell by cell, as readers leave them."""

from collections.abc import Sequence

from countersight.facts.goods.bill import Cite
from countersight.model import Block, BlockKind, Citation, Digest, Locator, Page

Written = str | tuple[str, int] | tuple[str, int, int] | None
DIGEST = Digest("0" * 64)


def page_of(*rows: Sequence[Written], number: int = 1, paged: bool = False, above: str = "", below: str = "") -> Page:
    """A page with one table; a cell is its text, ``(text, across)`` or ``(text, across, down)``, or None: covered."""
    text, blocks = above, list[Block]()
    for r, row in enumerate(rows, 1):
        begin = len(text)
        for c, cell in enumerate(row, 1):
            if not cell:
                continue
            words, across = (cell, 1) if isinstance(cell, str) else cell[:2]
            down = cell[2] if len(cell) > 2 and not isinstance(cell, str) else 1
            blocks.append(Block(len(text), len(text) + len(words), BlockKind.CELL, f"T1R{r}C{c}", across, down))
            text += words + "\t"
        text = text[:-1] + "\n"
        blocks.append(Block(begin, len(text) - 1, BlockKind.ROW))
    return Page(number, text + below, paged=paged, blocks=tuple(blocks))


def citing(*pages: Page) -> Cite:
    """Cites ranges of these pages."""
    texts = {page.number: page.text for page in pages}

    def cite(page: int, start: int, end: int) -> Citation:
        return Citation(DIGEST, "a.pdf", Locator("a.pdf"), page, None, start, end, texts[page][start:end])

    return cite
