"""What people wrote around the cells, fit to be kept: names of file and sheets, headings.

A file called 联系人张三13800001234.xlsx tells of a person as any cell does. A bare name is known
for one where the ledger's own column of reporters has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from data_access.ledger_import.model import JudgedLedger, Section
from data_access.ledger_import.personal import masked, masked_name
from data_access.ledger_import.readers import reporter_names

_PLACE_BEHIND = re.compile("[县区市镇乡村街路局委办社]")
"""和平县 and 连平县 are no residents, whoever is called 和平."""
_LENGTHS = (5, 4, 3, 2)
"""Characters that a name has, as `reporter_names` finds it."""
_LONGEST_HEADING = 300
"""A heading is a few words; of more than that the rest is not kept."""
_MOST_NAMES = 200
"""Characters of a cell of names that are read for names."""
Hide = Callable[[str], str]


def fit_to_keep(judged: JudgedLedger) -> JudgedLedger:
    """The same ledger with residents' personal data masked in its names and headings."""
    judged = replace(judged, sections=list(map(_in_few_words, judged.sections)))
    hide = _hiding(judged)
    names = _sheet_names(judged, hide)
    sections = [
        replace(
            part,
            sheet=names.get(part.sheet, part.sheet),
            headings={column: hide(text) for column, text in part.headings.items()},
        )
        for part in judged.sections
    ]
    plain = replace(judged, file_name=hide(judged.file_name), sections=sections)
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


def _in_few_words(part: Section) -> Section:
    short = {column: text[:_LONGEST_HEADING] for column, text in part.headings.items()}
    return replace(part, headings=short)


def _hiding(judged: JudgedLedger) -> Hide:
    """Masks what `masked` finds, and the reporters whom the ledger itself names."""
    around = "\n".join(
        [judged.file_name, *{raw.sheet for raw in judged.raw_rows},
         *(text for part in judged.sections for text in part.headings.values())]
    )  # fmt: skip
    pairs = set(map("".join, pairwise(around)))
    written = pairs | {
        around[at : at + size] for size in _LENGTHS[:-1] for at in range(len(around) - size + 1)
    }
    told = {
        name
        for row in judged.rows
        for field, clear in row.personal
        # Most ledgers name nobody there: two letters are asked for before names are read.
        if field == "reporter_name"
        and not pairs.isdisjoint(map("".join, pairwise(clear[:_MOST_NAMES])))
        for name in reporter_names(clear[:_MOST_NAMES])
        if name in written
    }
    return (lambda text: _without(told, masked(text))) if told else masked


def _without(names: set[str], text: str) -> str:
    """The names masked, of those that begin at a place the longest; many cost no more than one."""
    kept, at = "", 0
    while at < len(text):
        size = next((size for size in _LENGTHS if _is_named(names, text, at, size)), 0)
        kept += masked_name(text[at : at + size]) if size else text[at]
        at += size or 1
    return kept


def _is_named(names: set[str], text: str, at: int, size: int) -> bool:
    return text[at : at + size] in names and not _PLACE_BEHIND.match(text, at + size)


def _sheet_names(judged: JudgedLedger, hide: Hide) -> dict[str, str]:
    """Sheet → its masked name, only where they differ; two sheets never become one."""
    sheets = dict.fromkeys(raw.sheet for raw in judged.raw_rows)
    sheets.update(dict.fromkeys(flag.sheet for flag in judged.flags))
    taken = {sheet for sheet in sheets if hide(sheet) == sheet}
    names: dict[str, str] = {}
    for sheet in sheets:
        name = shown = hide(sheet)
        if name == sheet:
            continue
        n = 1
        while shown in taken:
            n += 1
            shown = f"{name}（{n}）"
        taken.add(shown)
        names[sheet] = shown
    return names
