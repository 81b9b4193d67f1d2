"""共性问题：哪一类问题在哪里集中、在上升、反复发生，怎样从解决一个问题到解决一类问题。"""

from __future__ import annotations

import streamlit as st

from dashboard import leader_reads, reads
from dashboard.administration.done import done_told
from dashboard.frame import shared
from dashboard.parts.leading import lead_to
from dashboard.parts.panels import headline
from dashboard.parts.style import is_dark
from dashboard.parts.tiles import tile_row
from dashboard.problems.alike_groups import draw_alike
from dashboard.problems.heat_map import choose_scale, draw_heat
from dashboard.problems.hotline import draw_hotline
from dashboard.problems.matters import draw_matters
from dashboard.problems.part_choice import HEAT, HOTLINE, MATTERS, REPEATS, choose_part
from dashboard.problems.repeats import draw_repeats
from dashboard.problems.told import (
    INTAKE,
    Kinds,
    days_told,
    densest,
    problem_tiles,
    problems_told,
    rises,
    tiles_of,
)
from dashboard.viewer import viewer_with
from supervision.rights import Right

who, as_of, filters = viewer_with(Right.VIEW_ITEMS), reads.today(), shared()
change, dark = reads.change(), is_dark()
names = reads.choices(change, who.scope, as_of)
seen = leader_reads.common_problems(change, who.scope, as_of, filters)
kinds = Kinds.of(names)
found = rises(seen, kinds, names)

done_told()
headline(problems_told(seen, found), days_told(seen), key="problems_told")
with st.container(horizontal=True, horizontal_alignment="distribute", key="problem_choices"):
    part = choose_part()
    scale = choose_scale() if part == HEAT else None
if scale is not None:
    dense = densest(tiles_of(seen, INTAKE, kinds, names))
    tile_row(problem_tiles(seen, found, dense, kinds, lead_to()))
    draw_heat(seen, found, kinds, names, scale, dark=dark)
elif part == MATTERS:
    draw_matters(names, filters, who, as_of, st.query_params.get("matter", ""))
elif part == HOTLINE:
    draw_hotline(leader_reads.hotline(change, who.scope, as_of, filters), who, as_of, dark=dark)
else:
    with st.spinner("正在比对诉求的文字……"):
        said = leader_reads.alike(change, who.scope, as_of, filters)
    if part == REPEATS:
        draw_repeats(said, names, who, as_of)
    else:
        draw_alike(said, names, filters, who, as_of, st.query_params.get("saying", ""))
