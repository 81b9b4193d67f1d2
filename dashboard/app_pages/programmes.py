"""专题：各项机制的台账和指标，先看逾期和未报；点开一个专题看全貌，也在那里导入台账。"""

from __future__ import annotations

import streamlit as st

from dashboard import programme_reads, reads
from dashboard.frame import shared
from dashboard.parts.filters import told
from dashboard.parts.style import is_dark
from dashboard.programmes.cards import draw_cards
from dashboard.programmes.discreet import fit_for
from dashboard.programmes.importing import draw_importing
from dashboard.programmes.managing import draw_managing
from dashboard.programmes.one import draw_programme
from dashboard.programmes.told import asked_of
from dashboard.programmes.weekly_export import draw_weekly
from dashboard.viewer import viewer_with
from supervision.rights import Right, may

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change = reads.change()
asked = asked_of(filters, as_of)
name = st.query_params.get("programme", "")
seen = programme_reads.programme(change, who.scope, as_of, filters, name) if name else None
if seen is not None:
    seen = fit_for(seen, who)
    draw_programme(seen, asked, filters, dark=is_dark())
    if seen.entries and may(who, Right.EXPORT):
        names = reads.choices(change, who.scope, as_of)
        draw_weekly(seen, filters, told(filters, names), who, as_of)
    if may(who, Right.IMPORT_LEDGER):
        draw_importing(seen, who, as_of)
else:
    draw_cards(programme_reads.programmes(change, who.scope, as_of, filters), asked)
if may(who, Right.MANAGE_RULES):
    draw_managing(seen.programme if seen else None, who)
