"""Every act that a page offers, with its form: the one place to add another."""

from __future__ import annotations

from dashboard.item_forms.closing_forms import CLOSING
from dashboard.item_forms.duty_forms import DUTIES
from dashboard.item_forms.handling_forms import HANDLING
from dashboard.item_forms.notice_forms import NOTICES
from dashboard.item_forms.opening_forms import OPENING
from dashboard.item_forms.register_form import REGISTER
from dashboard.item_forms.sheet import ActForm
from supervision.beside_acts import AnyAct

FORMS: dict[AnyAct, ActForm] = {**REGISTER, **OPENING, **HANDLING, **CLOSING, **NOTICES, **DUTIES}
"""In the order in which a panel lists them."""
