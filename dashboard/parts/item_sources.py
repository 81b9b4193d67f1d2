"""Where each stored value stands in a ledger: file, sheet, cell, heading, the cell's own text."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.parts.paper import seen_and_printed
from dashboard.parts.safe import clean
from dashboard.reads import FIELD_LABELS, ItemHistory


def source_table(history: ItemHistory, words: Mapping[str, str]) -> None:
    """One line per field; what was entered in the program itself has no cell.

    `words` are the Chinese names of every field that a ledger may carry.
    """
    if not history.cells:
        st.caption("这件事项没有台账来源。")
        return
    seen_and_printed(
        pd.DataFrame(
            [
                {
                    "项目": field_word(cell.field, words),
                    "单元格": cell.cell,
                    "单元格原文": clean(cell.text),
                    "列标题": clean(cell.heading),
                    "工作表": clean(cell.sheet),
                    "台账文件": clean(cell.file_name),
                    "入库时间": f"{cell.stored_at:%Y-%m-%d %H:%M}",
                }
                for cell in history.cells
            ]
        ),
        key="sources",
        column_config={"单元格原文": st.column_config.TextColumn(width="large")},
        alt="每个值的来源单元格",
    )


def field_word(field: str, words: Mapping[str, str]) -> str:
    """The Chinese name of a field; of a ticked column (status:closed) that of its field."""
    name = field.partition(":")[0]
    return FIELD_LABELS.get(name) or words.get(name) or "其他"
