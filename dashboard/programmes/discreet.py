"""What a department reads of entries: nothing of residents, not even their masks.

It may be the one complained about (信访工作条例 30); `supervision.reporters` says why.
"""

from __future__ import annotations

from dataclasses import replace

from dashboard.notice_reads import of_the_office
from dashboard.programme_reads import ProgrammeSeen
from supervision.programme_figures import Entry, Value
from supervision.programmes import PERSONAL, FieldKind
from supervision.reporters import without_traces
from supervision.scope import Viewer

_TEXTS = frozenset({FieldKind.TEXT, FieldKind.TITLE})


def fit_for(seen: ProgrammeSeen, who: Viewer) -> ProgrammeSeen:
    """The same for the office; without traces of residents for a department."""
    if of_the_office(who):
        return seen
    personal = {one.name for one in seen.programme.fields if one.kind in PERSONAL}
    texts = {one.name for one in seen.programme.fields if one.kind in _TEXTS}

    def fit(entry: Entry) -> Entry:
        values: dict[str, Value] = {
            name: (without_traces(str(value)) or "") if name in texts else value
            for name, value in entry.values.items()
            if name not in personal
        }
        return replace(entry, values=values)

    return replace(seen, entries=tuple(fit(entry) for entry in seen.entries))
