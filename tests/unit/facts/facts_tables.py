"""Pages of one table, cell by cell, as readers leave them."""

from countersight.model import Block, BlockKind, Citation, Digest, Locator, Page

DIGEST = Digest("0" * 64)


def page_of(*rows, number=1, paged=False, above="", below=""):
    """A page with one table; a cell is its text, ``(text, across)`` or ``(text, across, down)``, or None: covered."""
    text, blocks = above, []
    for r, row in enumerate(rows, 1):
        begin = len(text)
        for c, cell in enumerate(row, 1):
            if not cell:
                continue
            words, across, down = (cell, 1, 1) if isinstance(cell, str) else (*cell, 1)[:3]
            blocks.append(Block(len(text), len(text) + len(words), BlockKind.CELL, f"T1R{r}C{c}", across, down))
            text += words + "\t"
        text = text[:-1] + "\n"
        blocks.append(Block(begin, len(text) - 1, BlockKind.ROW))
    return Page(number, text + below, paged=paged, blocks=tuple(blocks))


def citing(*pages):
    """Cites ranges of these pages."""
    texts = {page.number: page.text for page in pages}

    def cite(page, start, end):
        return Citation(DIGEST, "a.pdf", Locator("a.pdf"), page, None, start, end, texts[page][start:end])

    return cite
