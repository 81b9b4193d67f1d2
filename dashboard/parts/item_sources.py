"""Where each stored value stands in a ledger: file, sheet, row, column, the cell's own text."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.parts.safe import clean
from dashboard.reads import FIELD_LABELS, ItemHistory


def source_table(history: ItemHistory) -> None:
    """One line per field; what was entered in the program itself has no cell."""
    if not history.cells:
        st.caption("这件事项没有台账来源。")
        return
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "项目": FIELD_LABELS.get(cell.field, cell.field),
                    "单元格": cell.cell,
                    "单元格原文": clean(cell.text),
                    "列标题": clean(cell.heading),
                    "工作表": clean(cell.sheet),
                    "行": cell.row,
                    "台账文件": clean(cell.file_name),
                    "入库时间": f"{cell.stored_at:%Y-%m-%d %H:%M}",
                }
                for cell in history.cells
            ]
        ),
        hide_index=True,
        key="sources",
        height="content",
        column_config={"单元格原文": st.column_config.TextColumn(width="large")},
    )
