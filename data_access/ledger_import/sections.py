"""A sheet walked from top to bottom: headers, the items under each, and what is left out."""

from __future__ import annotations

import re

from data_access.ledger_import.cell_text import as_text
from data_access.ledger_import.context import (
    Context,
    is_section_title,
    section_context,
    title_just_above,
    titles_among_items,
    with_preamble,
)
from data_access.ledger_import.found_sections import SAMPLED_ROWS, FoundSection, Item, Walk
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.header_search import (
    Header,
    begins_other_table,
    first_header,
    header_at,
    like_header,
    named_header,
)
from data_access.ledger_import.model import CellValue
from data_access.ledger_import.patience import Patience
from data_access.ledger_import.places import PlaceReader
from data_access.ledger_import.row_kinds import (
    NO_SUBSTANCE,
    NOTE,
    NUMBER_ONLY,
    OTHER_TABLE,
    OUTSIDE,
    REPEATED,
    SECTION,
    SIGNATURE,
    left_out_reason,
)

LONGEST_TITLE = 40
_CHAPTER = re.compile(r"^[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?$")
LONG_BLANK = 20
"""After so many blank rows only what is plainly an item is still taken."""
_UNITS = ("lead_departments", "co_departments")
_SUBSTANCE = ("lead_departments", "due_on", "close_due_on", "assigned_on", "status", "feedback_on")


def walk(
    grid: Grid,
    context: Context,
    places: PlaceReader,
    header_rows: tuple[int, ...] | None,
    mapping: dict[int, str | None],
    patience: Patience,
) -> Walk:
    """`header_rows`, `mapping`: what a person named as the header, and columns as chosen."""
    header = named_header(grid, header_rows) if header_rows else first_header(grid)
    if header is None:
        return Walk(context=context)
    context = with_preamble(context, grid, header.first, places)
    return _SheetWalk(grid, context, places, mapping, patience).run(
        header, title_just_above(grid, header.first)
    )


class _SheetWalk:
    """The walk itself; one row after the other."""

    def __init__(
        self, grid: Grid, context: Context, places: PlaceReader,
        mapping: dict[int, str | None], patience: Patience,
    ) -> None:  # fmt: skip
        self._grid = grid
        self._patience = patience
        self._mapping = mapping
        self._places = places
        self._sheet_context = context
        self._context = context
        self._walk = Walk(context=context)
        self._section: FoundSection
        self._open: Item | None = None
        self._blanks = 0
        self._left_at = -1
        self._in_other = False
        """Below the header of a table that holds no items, up to its end."""
        self._in_notes = False
        """After 备注： or a signature, lone lines below go on with it."""

    def run(self, header: Header, section_title: str | None) -> Walk:
        if section_title is not None:
            self._context = section_context(section_title, self._sheet_context, self._places)
        self._begin(header)
        row = header.first + header.height
        rows = self._grid.rows
        while row < len(rows):
            self._patience.check()
            cells = rows[row]
            if not any(cell is not None and cell != "" for cell in cells):
                self._blanks += 1
                self._in_other = False
                row += 1
                continue
            again = header_at(self._grid, row) if like_header(cells) else None
            if again is not None:
                self._repeat(again)
                row += again.height
            else:
                if not self._is_other_table(row, cells):
                    self._row(row, cells)
                row += 1
            self._blanks = 0
        return self._walk

    def _begin(self, header: Header) -> None:
        header.columns.choose(self._mapping)
        self._section = FoundSection(header, self._context, last_row=header.first)
        self._walk.sections.append(self._section)
        fields = header.columns.fields
        self._texts = [c for c, name in fields.items() if name in ("content", "title")]
        self._numbers = [c for c, name in fields.items() if name in ("number", "row_number")]
        self._substance = [c for c, name in fields.items() if name in _SUBSTANCE]
        self._units = [c for c, name in fields.items() if name in _UNITS]
        self._taken = [c for c, name in fields.items() if name is not None]
        self._width = header.width
        self._counted: bool | None = None
        self._open, self._in_notes, self._in_other = None, False, False

    def _is_other_table(self, row: int, cells: list[CellValue]) -> bool:
        """A count by county or a list of contacts below the items: told, never read as items."""
        if self._in_other:
            self._in_other = len(self._grid.texts(row)) >= 2
        elif self._blanks or self._left_at == row - 1:
            self._in_other = begins_other_table(cells)
            self._walk.other_tables += [row] if self._in_other else []
        if self._in_other:
            self._open = None
            self._leave(row, OTHER_TABLE)
        return self._in_other

    def _repeat(self, header: Header) -> None:
        self._walk.left_out += [(row, REPEATED) for row in header.rows]
        if header.headings == self._section.header.headings:
            # A header on every printed page: what only all values tell must see all of them.
            self._open, self._in_notes, self._in_other = None, False, False
        else:
            self._begin(header)

    def _own(self, cells: list[CellValue], columns: list[int]) -> list[int]:
        width = len(cells)
        return [c for c in columns if c < width and cells[c] is not None and cells[c] != ""]

    def _printed(self, cells: list[CellValue]) -> list[str]:
        """The row's texts, left to right, without notes beside the table."""
        return [text for text in map(as_text, cells[: self._width]) if text]

    def _row(self, row: int, cells: list[CellValue]) -> None:
        own_texts = self._own(cells, self._texts)
        first = next(c for c, cell in enumerate(cells) if cell is not None and cell != "")
        text = cells[own_texts[-1]] if own_texts else None
        if isinstance(text, str) and len(text) > 3 and text != cells[first]:
            # By far the most rows: a text of their own beside a number or a unit. A footer
            # with a text under 内容 begins with a word, never with a number or date.
            head = cells[first]
            may_be_footer = isinstance(head, str) and len(head) <= 30 and not head[:1].isdigit()
            if not may_be_footer or not (
                self._is_footer(row, has_content=True) or self._is_chapter(row, cells)
            ):
                self._item(row, cells)
            return
        if first >= self._width:
            self._leave(row, OUTSIDE)
            return
        texts = self._printed(cells)
        if not texts:
            return
        has_content = bool(own_texts) and (own_texts[-1] != first or self._names_unit(row, cells))
        if self._is_footer(row, has_content=has_content):
            return
        # Under a merged unit or limit even a lone text is an item of its own.
        part = bool(own_texts) and self._is_covered(row, self._substance)
        lone = not part and len(set(texts)) == 1 and self._lone(row, texts[0], first)
        if lone or self._is_chapter(row, cells):
            return
        if own_texts:
            self._item(row, cells)
        else:
            self._without_text(row, cells)

    def _is_footer(self, row: int, *, has_content: bool) -> bool:
        texts = self._printed(self._grid.rows[row])
        reason = left_out_reason(texts or [""], has_content=has_content)
        if reason is not None:
            self._leave(row, reason)
            self._open = None
            self._in_notes = reason in (NOTE, SIGNATURE)
        return reason is not None

    def _is_covered(self, row: int, columns: list[int]) -> bool:
        return not self._grid.down.get(row, {}).keys().isdisjoint(columns)

    def _names_unit(self, row: int, cells: list[CellValue]) -> bool:
        """物业费合计2万元 beside a unit is an item, 合计 beside 3件 is none."""
        if self._is_covered(row, self._units):
            return True
        return any(
            isinstance(cells[c], str) and not any(map(str.isdigit, str(cells[c])))
            for c in self._own(cells, self._units)
        )

    def _is_chapter(self, row: int, cells: list[CellValue]) -> bool:
        """一 | 民生实事 over items numbered 1, 2, 3: a title in the columns of the items."""
        numbers = self._own(cells, self._numbers)
        if not numbers or not _CHAPTER.match(as_text(cells[numbers[0]])):
            return False
        texts = self._own(cells, self._texts)
        if [*numbers, *texts] != self._own(cells, self._taken) or row in self._grid.down:
            return False
        text = as_text(cells[texts[0]]) if len(texts) == 1 else ""
        if not 0 < len(text) <= LONGEST_TITLE or not self._has_figures():
            return False
        self._context = section_context(text, self._sheet_context, self._places)
        self._leave(row, SECTION)
        self._open = None
        return True

    def _has_figures(self) -> bool:
        """Whether the section's items are numbered in figures."""
        if self._counted is None:
            first = self._section.header.first + self._section.header.height
            near = self._grid.rows[first : first + SAMPLED_ROWS]
            own = (as_text(cells[c]) for cells in near for c in self._own(cells, self._numbers))
            self._counted = any(map(str.isdecimal, own))
        return self._counted

    def _leave(self, row: int, reason: str) -> None:
        self._left_at = row
        self._walk.left_out.append((row, reason))

    def _lone(self, row: int, text: str, first: int) -> bool:
        """One text in the whole row: a section title, a stray number, or a part of an item."""
        if first in self._numbers and text.replace(".", "").isdigit():
            self._leave(row, NUMBER_ONLY)
            return True
        outside = first not in self._texts and (
            first in self._numbers or first <= min(self._taken, default=0)
        )
        if self._in_notes and outside:
            self._leave(row, NOTE)
            return True
        if not outside and not (first in self._texts and titles_among_items(text, self._places)):
            # A cell among the columns goes on with the item above, or is an item of one text.
            return False
        if outside and len(text) > LONGEST_TITLE and not is_section_title(text):
            self._leave(row, NO_SUBSTANCE)
            return True
        self._context = section_context(text, self._sheet_context, self._places)
        self._leave(row, SECTION)
        self._open = None
        return True

    def _item(self, row: int, cells: list[CellValue]) -> None:
        if self._blanks >= LONG_BLANK and not self._own(cells, self._substance):
            self._leave(row, OUTSIDE)
            return
        self._open = Item([row], self._context)
        self._section.items.append(self._open)
        self._section.last_row = row

    def _without_text(self, row: int, cells: list[CellValue]) -> None:
        """No text of its own: more of the item above, an item of few words, or nothing."""
        numbers = self._own(cells, self._numbers)
        down = self._grid.down.get(row, {})
        covered = [c for c in self._texts if c in down]
        if self._open is not None and not numbers and self._continues(row, covered, down, cells):
            self._open.rows.append(row)
            self._section.last_row = row
            return
        if covered and numbers:
            self._item(row, cells)
            return
        taken = self._own(cells, self._taken)
        substance = self._own(cells, self._substance)
        few_words = len(substance) >= 2 and self._blanks < LONG_BLANK
        if few_words or (numbers and (substance or len(taken) >= 3)):
            self._item(row, cells)
        else:
            only_number = bool(numbers) and len(taken) == len(numbers)
            self._leave(row, NUMBER_ONLY if only_number else NO_SUBSTANCE)

    def _continues(
        self, row: int, covered: list[int], down: dict[int, int], cells: list[CellValue]
    ) -> bool:
        if self._open is None:
            return False
        if covered:
            return all(down[c] >= self._open.rows[0] for c in covered)
        follows = self._blanks == 0 and row - 1 == self._open.rows[-1]
        return follows and bool(self._own(cells, self._taken))
