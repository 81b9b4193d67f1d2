"""What people wrote around the cells, fit to be kept: names of file and sheets, headings.

A file called 联系人张三13800001234.xlsx tells of a person as any cell does.
"""

from __future__ import annotations

from dataclasses import replace

from data_access.ledger_import.model import JudgedLedger
from data_access.ledger_import.personal import masked


def fit_to_keep(judged: JudgedLedger) -> JudgedLedger:
    """The same ledger with residents' personal data masked in its names and headings."""
    names = _sheet_names(judged)
    sections = [
        replace(
            part,
            sheet=names.get(part.sheet, part.sheet),
            headings={column: masked(text) for column, text in part.headings.items()},
        )
        for part in judged.sections
    ]
    plain = replace(judged, file_name=masked(judged.file_name), sections=sections)
    if not names:
        return plain

    def of(sheet: str) -> str:
        return names.get(sheet, sheet)

    return replace(
        plain,
        rows=[replace(row, source=replace(row.source, sheet=of(row.source.sheet)))
              for row in judged.rows],
        raw_rows=[replace(raw, sheet=of(raw.sheet)) for raw in judged.raw_rows],
        flags=[
            replace(
                flag,
                sheet=of(flag.sheet),
                message=flag.message.replace(f"“{flag.sheet}”", f"“{of(flag.sheet)}”"),
            )
            for flag in judged.flags
        ],
        left_out=[replace(left, sheet=of(left.sheet)) for left in judged.left_out],
    )  # fmt: skip


def _sheet_names(judged: JudgedLedger) -> dict[str, str]:
    """Sheet → its masked name, only where they differ; two sheets never become one."""
    sheets = dict.fromkeys(raw.sheet for raw in judged.raw_rows)
    sheets.update(dict.fromkeys(flag.sheet for flag in judged.flags))
    taken = {sheet for sheet in sheets if masked(sheet) == sheet}
    names: dict[str, str] = {}
    for sheet in sheets:
        name = shown = masked(sheet)
        if name == sheet:
            continue
        n = 1
        while shown in taken:
            n += 1
            shown = f"{name}（{n}）"
        taken.add(shown)
        names[sheet] = shown
    return names
