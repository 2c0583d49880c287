"""Tables in HTML: merged cells are divided, cells become lines, a table that only frames text is taken apart."""

from collections.abc import Callable

from selectolax.lexbor import LexborNode

from communique.importing.manuscript import Block, Heading, Line, Listing, Paragraph, Run, Table, plain, tidy
from communique.importing.notes import Remark, brief

LIMIT_COLUMNS = 50


def read_table(
    node: LexborNode, inside: Callable[[LexborNode], tuple[Block, ...]], number: int
) -> tuple[list[Block], list[Remark]]:
    """The table in an element, or the blocks that it frames, and remarks."""
    remarks: list[Remark] = []
    rows = _rows(node)
    captions = [block for caption in node.css("caption")[:1] for block in inside(caption)]
    cells = [[(cell, inside(cell)) for cell in _cells(row)] for row in rows]
    if max((len(row) for row in cells), default=0) <= 1:
        blocks = [block for row in cells for _, inner in row for block in inner]
        if blocks:
            message = "a frame (a table of one column) is taken apart; its text is kept"
            remarks.append(Remark("table", message, "", blocks[0].number))
        return captions + blocks, remarks
    grid, merged = _grid(cells)
    if not grid:
        return captions, remarks
    first = brief(" | ".join(plain(Paragraph(cell)) for cell in grid[0]))
    if merged:
        message = f"the table “{first}” had merged cells; they are divided"
        remarks.append(Remark("table", message, "see whether each figure still stands in its column", number))
    if any(len(inner) > 1 or not isinstance(inner[0], Paragraph) for row in cells for _, inner in row if inner):
        message = f"cells of the table “{first}” held several paragraphs, lists or tables; each is one line now"
        remarks.append(Remark("table", message, "see whether the cells still read well", number))
    if not any(cell.tag == "th" for cell, _ in cells[0]):
        message = f"the first row of the table, “{first}”, is now its head"
        remarks.append(Remark("table", message, "every table needs a head; add one if this row is none", number))
    return [*captions, Table(tuple(grid), number)], remarks


def _rows(node: LexborNode) -> list[LexborNode]:
    rows = []
    for child in node.iter():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in child.iter() if row.tag == "tr"]
    return rows


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")][:LIMIT_COLUMNS]


def _span(cell: LexborNode, key: str, most: int) -> int:
    value = cell.attributes.get(key) or "1"
    return min(max(int(value), 1), most) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _grid(cells: list[list[tuple[LexborNode, tuple[Block, ...]]]]) -> tuple[list[tuple[Line, ...]], bool]:
    """Rows of equal length, and whether cells had been merged. Words stand in the first part of a merged cell."""
    taken: set[tuple[int, int]] = set()
    rows: list[dict[int, Line]] = []
    merged = False
    for y, row in enumerate(cells):
        line: dict[int, Line] = {}
        x = 0
        for cell, blocks in row:
            while (x, y) in taken:
                x += 1
            wide = _span(cell, "colspan", LIMIT_COLUMNS)
            high = _span(cell, "rowspan", len(cells) - y)
            if x + wide > LIMIT_COLUMNS:
                wide = 1
            merged = merged or wide > 1 or high > 1
            taken.update((x + i, y + j) for i in range(wide) for j in range(high) if i or j)
            line[x] = one_line(blocks)
            x += wide
        rows.append(line)
    width = max([max(line, default=0) + 1 for line in rows] + [x + 1 for x, _ in taken], default=0)
    filled = [tuple(line.get(x, ()) for x in range(width)) for line in rows]
    return [row for row in filled if any(row)], merged


def one_line(blocks: tuple[Block, ...]) -> Line:
    """Blocks as one line, their line breaks as spaces."""
    parts: list[Line] = []
    for block in blocks:
        match block:
            case Paragraph(content) | Heading(content):
                parts.append(content)
            case Listing(items):
                parts += [one_line(item) for item in items]
            case Table(rows):
                parts += [cell for row in rows for cell in row]
            case _:
                parts.append((Run(plain(block)),))
    joined = [part for line in parts if line for part in (*line, Run(" "))]
    return tidy(
        Run(part.text.replace("\n", " "), part.strong, part.emphasis, part.link) if isinstance(part, Run) else part
        for part in joined
    )
