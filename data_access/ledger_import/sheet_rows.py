"""One sheet judged: its sections as found, its items, and every row as received (masked)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from data_access.ledger_import.cell_text import as_text, column_letter
from data_access.ledger_import.column_values import settle_by_values
from data_access.ledger_import.columns import Columns, shown_heading
from data_access.ledger_import.context import Context
from data_access.ledger_import.dates import DateReader
from data_access.ledger_import.department_names import NameBook
from data_access.ledger_import.departments import DepartmentReader
from data_access.ledger_import.field_names import DATES, LABELS, PERSONAL, kept_as
from data_access.ledger_import.flagging import Flags
from data_access.ledger_import.found_sections import SAMPLED_ROWS, FoundSection, Item, Walk
from data_access.ledger_import.grid import Grid
from data_access.ledger_import.item_cells import item_values, written_places, written_rows
from data_access.ledger_import.model import CellValue, Flag, Hints, LedgerRow, Section
from data_access.ledger_import.number_cells import are_cut
from data_access.ledger_import.outside_rows import OutsideRows
from data_access.ledger_import.patience import Patience
from data_access.ledger_import.personal import hide_reporter, masked_cell
from data_access.ledger_import.places import PlaceReader
from data_access.ledger_import.raw_row import RawRow
from data_access.ledger_import.raw_rows_kept import RawRowsKept
from data_access.ledger_import.readers import LimitCounter, Readers, SafeText
from data_access.ledger_import.room import ITEM, PRINTED, Room
from data_access.ledger_import.rows import RowBuilder
from data_access.ledger_import.values import only_ones_and_zeros, points_above_five
from supervision.vocabulary import Severity


@dataclass(slots=True)
class Judging:
    """What all sheets of a ledger are judged with; the year of the file's name is only a hint."""

    book: NameBook
    places: PlaceReader
    limits: LimitCounter
    as_of: date
    hints: Hints
    flags: Flags
    kind: str
    date_1904: bool
    safe_texts: dict[CellValue, str]
    patience: Patience
    room: Room
    file_year: int | None = None


class SheetJudge:
    """Judges the sections that a walk found."""

    def __init__(self, grid: Grid, judging: Judging, found: Walk) -> None:
        self._grid = grid
        self._sheet = grid.sheet
        self._judging = judging
        self._found = found
        self._safe = SafeText(judging.safe_texts)
        self._personal: dict[int, list[tuple[int, str]]] = {}
        """row of an item → its personal columns and what they hold."""
        self._begun: dict[int, list[tuple[int, str]]] = {}
        """row of a header → the personal columns of its table."""
        self._names: dict[int, tuple[str, ...]] = {}
        """row → the reporters it names."""
        self._dates: dict[tuple[int | None, bool], DateReader] = {}
        self._departments: DepartmentReader | None = None
        self.sections: list[Section] = []
        self.rows: list[LedgerRow] = []
        self.raw_rows: list[RawRow] = []

    def run(self) -> None:
        """Fill sections, rows and raw_rows."""
        for found in self._found.sections:
            self._section(found)
        self._keep_raw_rows()
        self._tell_hidden()
        self._tell_other_tables()

    def _section(self, found: FoundSection) -> None:
        columns = found.header.columns
        chosen = self._judging.hints.mapping.get(self._sheet.name, {})
        settle_by_values(columns, found.header.headings, self._sample(found), decided=chosen)
        builder = self._builder(found, columns)
        personal = [(c, name) for c, name in columns.fields.items() if name in PERSONAL and name]
        self._begun |= dict.fromkeys(found.header.rows, personal)
        for item in self._judging.patience.over(found.items):
            self._item(item, builder, columns, personal)
        self._keep_section(found, columns)
        self._tell_headings(found, columns)
        self._tell_unnamed(found)

    def _sample(self, found: FoundSection) -> Callable[[int], list[str]]:
        """The first texts of a column, blank ones left out."""

        def texts(column: int) -> list[str]:
            cells = (
                as_text(self._grid.value(item.rows[0], column))
                for item in found.items[:SAMPLED_ROWS]
            )
            return [text for text in cells if text]

        return texts

    def _builder(self, found: FoundSection, columns: Columns) -> RowBuilder:
        satisfaction = columns.column("satisfaction")
        levels = [
            self._grid.value(item.rows[0], satisfaction)
            for item in found.items
            if satisfaction is not None
        ]
        number = columns.column("number")
        return RowBuilder(
            sheet=self._sheet.name,
            columns=columns,
            headings=found.header.headings,
            readers=self._readers(found, columns),
            flags=self._judging.flags,
            percent_cells=self._sheet.percent_cells,
            hundred=points_above_five(levels),
            binary=only_ones_and_zeros(levels),
            numbers_cut=number is not None and are_cut(self._sample(found)(number)),
            says_ditto=self._sheet.seen is None or self._sheet.seen.says_ditto,
        )

    def _readers(self, found: FoundSection, columns: Columns) -> Readers:
        year, sure = found.context.year, True
        if year is None:
            year, sure = self._year_of_rows(found, columns) or self._judging.file_year, False
        judging = self._judging
        dates = self._dates.setdefault(
            (year, sure),
            DateReader(
                year=year,
                as_of=judging.as_of,
                year_is_sure=sure,
                zeros_may_be_lost=judging.kind == "csv",
                date_1904=judging.date_1904,
            ),
        )
        if self._departments is None:
            self._departments = DepartmentReader(
                judging.book,
                chosen=judging.hints.departments,
                county_ledger=_of_county(self._found.context, judging.places),
            )
        return Readers(
            dates, self._departments, judging.places, judging.limits, judging.as_of, self._safe
        )

    def _year_of_rows(self, found: FoundSection, columns: Columns) -> int | None:
        """The one year of the section's full dates; None where they name several."""
        judging = self._judging
        reader = DateReader(year=None, as_of=judging.as_of, date_1904=judging.date_1904)
        years: set[int] = set()
        for item in found.items[:SAMPLED_ROWS]:
            for column, name in columns.fields.items():
                value = self._grid.value(item.rows[0], column) if name in DATES else None
                if value is not None:
                    on = reader.read(value).on
                    if on is not None:
                        years.add(on.year)
        return years.pop() if len(years) == 1 else None

    def _item(
        self, item: Item, builder: RowBuilder, columns: Columns, personal: list[tuple[int, str]]
    ) -> None:
        values = item_values(self._grid, item, columns.fields)
        written = self._judging.flags.written = written_rows(self._grid, item)
        row = builder.build(self._grid.row_number(item.rows[0]), values, item.context)
        row.cells = written_places(written, row.cells)
        self._judging.room.take(ITEM + PRINTED * len(row.personal))
        self.rows.append(row)
        if personal:
            self._personal |= dict.fromkeys(item.rows, personal)
            self._names |= dict.fromkeys(item.rows, builder.residents.reporter)
        if self._sheet.hidden_rows:
            self._tell_hidden_row(row, item)

    def _keep_section(self, found: FoundSection, columns: Columns) -> None:
        header, number = found.header, self._grid.row_number
        first = header.first + header.height
        self.sections.append(
            Section(
                sheet=self._sheet.name,
                header_rows=tuple(number(row) for row in header.rows),
                first_row=number(first),
                last_row=number(max(found.last_row, first)),
                headings=header.headings,
                mapping=dict(columns.fields),
                asked=dict(columns.asked),
                personal=frozenset(c for c, name in columns.fields.items() if name in PERSONAL),
            )
        )

    def _keep_raw_rows(self) -> None:
        grid, scan, known = self._grid, self._safe.of, self._safe.known.get
        letters = [column_letter(c) for c in range(max(map(len, grid.rows), default=0))]
        outside, begun = OutsideRows(), self._begun
        raw = RawRowsKept(self._sheet.name, self._safe.known, self._judging.room)
        of_items = {
            row for part in self._found.sections for item in part.items for row in item.rows
        }
        ready = self._sheet.seen.cells if self._sheet.seen else [None] * len(grid.rows)
        for row, cells in enumerate(self._judging.patience.over(grid.rows)):
            personal = self._personal.get(row)
            if (seen := ready[row]) is not None and not personal and row in of_items:
                raw.all.append(RawRow(self._sheet.name, grid.row_number(row), *seen))
                continue
            if personal:
                cells = self._masked_cells(cells, personal)
            kept = {
                letter: known(value) or scan(value)
                for letter, value in zip(letters, cells, strict=False)
                if value is not None
            }
            if kept:
                changed = hide_reporter(kept, self._names.get(row, ()))
                if row in begun:
                    outside.enter_table({letters[c]: name for c, name in begun[row]})
                elif row not in of_items:
                    outside.hide(kept)
                raw.keep(grid.row_number(row), kept, changed=changed)
        self.raw_rows = raw.all

    def _masked_cells(
        self, cells: list[CellValue], personal: list[tuple[int, str]]
    ) -> list[CellValue]:
        cells = list(cells)
        for column, name in personal:
            if column < len(cells) and cells[column] is not None:
                cells[column] = masked_cell(name, self._safe.printed(cells[column]))
        return cells

    def _tell_headings(self, found: FoundSection, columns: Columns) -> None:
        row = self._grid.row_number(found.header.first + found.header.height - 1)
        tell = self._judging.flags.at_heading
        for fault in columns.faults:
            tell(self._sheet.name, row, fault.column, fault.field, fault.code, fault.severity,
                 fault.say, fault.candidates)  # fmt: skip
        for column, name in columns.fields.items():
            heading = shown_heading(found.header.headings, column)
            if name in PERSONAL:
                code, kept = kept_as(name)
                say = f"栏目“{heading}”是群众个人信息（{LABELS[name or '']}），{kept}"
                tell(self._sheet.name, row, column, name, code, Severity.NOTICE, say)
            elif name is None and column not in columns.asked:
                say = f"栏目“{heading}”没有对应的字段，没有取用"
                tell(self._sheet.name, row, column, None, "heading-not-taken",
                     Severity.NOTICE, say)  # fmt: skip

    def _tell_unnamed(self, found: FoundSection) -> None:
        """Columns between the headings that hold texts but have no heading of their own."""
        named, header = found.header.headings, found.header
        shared = {
            c
            for columns in self._grid.under_one_heading(header.first, header.height)
            for c in columns
        }
        for column in set(range(max(named, default=0))) - named.keys() - shared:
            texts = self._sample(found)(column)
            if any(not text.isdecimal() for text in texts):
                row = self._grid.row_number(header.first + header.height - 1)
                say = "这一列没有栏目名称，没有取用；如要导入请在表头补上名称"
                self._judging.flags.at_heading(
                    self._sheet.name, row, column, None, "column-without-heading",
                    Severity.WARNING, say,
                )  # fmt: skip

    def _tell_hidden_row(self, row: LedgerRow, item: Item) -> None:
        if not self._sheet.hidden_rows.isdisjoint(map(self._grid.row_number, item.rows)):
            say = f"工作表“{self._sheet.name}”第{row.source.row}行是隐藏行，已照常导入，请核对。"
            self._judging.flags.all.append(
                Flag(self._sheet.name, row.source.row, None, row.number, None, Severity.NOTICE,
                     "hidden-row", say)
            )  # fmt: skip

    def _tell_other_tables(self) -> None:
        for row in self._found.other_tables:
            say = "起像是另一张表，看不出是事项，没有取用"
            self._judging.flags.at_heading(
                self._sheet.name, self._grid.row_number(row), 0, None, "other-table",
                Severity.WARNING, say,
            )  # fmt: skip

    def _tell_hidden(self) -> None:
        if self._sheet.hidden_columns and self.sections:
            letters = "、".join(column_letter(c - 1) for c in sorted(self._sheet.hidden_columns))
            say = f"有隐藏的列（{letters[:60]}），已照常读取"
            self._judging.flags.at_sheet(self._sheet.name, "hidden-columns", Severity.NOTICE, say)


def _of_county(context: Context, places: PlaceReader) -> bool:
    """Whether the ledger was made by a county: its own bureaus bear the city's short names."""
    unit = context.reporting_unit
    return unit is not None and places.county_named(unit) is not None
