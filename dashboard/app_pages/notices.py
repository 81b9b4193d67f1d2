"""督办单：该督办的事项、待签发、待回复、已结束，以及问责登记。"""

from __future__ import annotations

from dashboard import notice_reads, reads
from dashboard.frame import shared
from dashboard.item_forms.desk_acts import roles_with
from dashboard.item_forms.dialog import draw_forms
from dashboard.item_forms.told import draw_told
from dashboard.notices.accountability import draw_register
from dashboard.notices.lists import LISTS, PLACE, draw_notices, draw_proposed
from dashboard.parts.address_choice import segments
from dashboard.viewer import viewer_with
from supervision.beside_acts import BesideAct
from supervision.lifecycle import Act
from supervision.rights import Right
from supervision.scope import Role

PROPOSED, REGISTER, WAITING, OUT = "proposed", "register", "waiting", "out"

who, as_of = viewer_with(Right.VIEW_ITEMS), reads.today()
drafts = bool(roles_with(BesideAct.DRAFT_NOTICE) & who.roles)
# What the office only considers is not told to those it is about.
office = notice_reads.of_the_office(who)
views = {
    **({PROPOSED: "建议拟制"} if drafts else {}),
    **{code: shown.name for code, shown in LISTS.items() if office or code != WAITING},
    **({REGISTER: "问责登记"} if office and who.roles - {Role.CALLBACK} else {}),
}
signs = bool(roles_with(Act.ISSUE_NOTICE) & who.roles)
first = WAITING if signs else PROPOSED if drafts else OUT
draw_told(PLACE)
view = segments("督办单", views, key="view", first=first)
if view == PROPOSED:
    draw_proposed(shared(), who, as_of)
elif view == REGISTER:
    draw_register(shared(), who, as_of)
else:
    draw_notices(view, shared(), who, as_of)
draw_forms(PLACE)
