"""共性问题：哪一类问题在哪里集中、在上升、反复发生，怎样从解决一个问题到解决一类问题。"""

from __future__ import annotations

from dashboard import leader_reads, reads
from dashboard.frame import shared
from dashboard.parts.leading import lead_to
from dashboard.parts.panels import headline
from dashboard.parts.style import is_dark
from dashboard.parts.tiles import tile_row
from dashboard.problems.heat_map import draw_heat
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

headline(problems_told(seen, found), days_told(seen), key="problems_told")
dense = densest(tiles_of(seen, INTAKE, kinds, names))
tile_row(problem_tiles(seen, found, dense, kinds, lead_to()), key="problem_tiles")
draw_heat(seen, found, kinds, names, dark=dark)
