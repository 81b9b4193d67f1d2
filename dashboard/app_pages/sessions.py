"""面对面：各场次办到哪里、会前会后要办什么、承诺兑现了没有、哪些主题一再出现；点开一场看它的挂图作战。"""

from __future__ import annotations

import streamlit as st

from dashboard import leader_reads, meeting_reads, reads
from dashboard.administration.done import done_told
from dashboard.frame import shared
from dashboard.meetings.all_sessions import draw_all_sessions
from dashboard.meetings.one_session import draw_session
from dashboard.parts.style import is_dark
from dashboard.viewer import viewer_with
from supervision.rights import Right

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change, dark = reads.change(), is_dark()
names = reads.choices(change, who.scope, as_of)
seen = leader_reads.sessions(change, who.scope, as_of, filters)

done_told()
asked = st.query_params.get("one", "")
one = next((session for session in seen.sessions if str(session.id) == asked), None)
if one is not None:
    draw_session(one, seen, names, who, filters, as_of=as_of, dark=dark)
else:
    promised = meeting_reads.commitments(change, who.scope, as_of, filters)
    draw_all_sessions(seen, promised, names, who, filters, as_of=as_of, dark=dark)
