"""部门：各单位在办、逾期、排名；点单位名称看一家，点数字看清单。"""

from __future__ import annotations

import streamlit as st

from dashboard import leader_reads, reads
from dashboard.frame import nothing_seen, shared
from dashboard.parts.style import is_dark
from dashboard.units.all_units import draw_all_units
from dashboard.units.card import Asked, draw_unit
from dashboard.viewer import viewer_with
from supervision.rights import Right

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change, dark = reads.change(), is_dark()
names = reads.choices(change, who.scope, as_of)
seen = leader_reads.departments(change, who.scope, as_of, filters)

# A department's account sees others' items where it helps: no figures are made of those.
own = [key for key, name in names.departments.items() if name in who.scope.departments]
known = {str(key): key for key in own or names.departments}
asked = known.get(st.query_params.get("unit", ""))
if len(own) == 1:
    draw_unit(Asked(own[0], who, as_of, filters, dark), seen, names, others=())
elif asked is not None:
    draw_unit(Asked(asked, who, as_of, filters, dark), seen, names, others=own or None)
elif seen.figures.is_empty():
    nothing_seen(names)
else:
    draw_all_units(seen, names, who, as_of=as_of, dark=dark, only=own)
