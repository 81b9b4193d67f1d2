"""数据质量：哪些数据对不上、缺什么、有什么迹象要核查，到哪里改。"""

from __future__ import annotations

import streamlit as st

from dashboard import quality_reads, reads
from dashboard.parts import quality_lists
from dashboard.parts.leading import open_item, set_query
from dashboard.viewer import viewer_with
from supervision.quality import QUALITY_RULES, QualityList
from supervision.rights import Right, may

who, as_of = viewer_with(Right.CHECK_QUALITY), reads.today()
asked = st.query_params.get("list")
if asked not in list(QualityList):
    quality_lists.all_lists(quality_reads.quality(who, as_of))
    st.stop()

slug = QualityList(asked)
st.button("← 回到数据质量", type="tertiary", on_click=set_query,
          kwargs={"list": None, "after": None})  # fmt: skip
found = quality_reads.quality_rows(who, as_of, slug, st.query_params.get("after"))
quality_lists.list_head(slug, found.total)
quality_lists.repair_line(QUALITY_RULES[slug].repair, may_import=may(who, Right.IMPORT_LEDGER))
chosen = quality_lists.quality_table(found, slug, who)
if chosen is not None:
    item, batch = chosen
    if item is not None:
        open_item(item)
    if may(who, Right.IMPORT_LEDGER):
        quality_lists.open_batch(batch)
    st.info("这一行没有入库，没有对应的事项；所在的导入批次由督查督办员查看。")
