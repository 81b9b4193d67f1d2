"""Words on a chart that stay legible where a line runs through them."""

from __future__ import annotations

from typing import Any

import altair as alt

from dashboard.parts.theme import Palette


def words_on_lines(base: alt.Chart, colours: Palette, *, ink: Any, **mark: Any) -> list[alt.Chart]:
    """The words of `base` in `ink`, an alt.Color or a colour, on a ground of paper around them.

    `base` has its x, y and text; `mark` goes to the text mark.
    """
    tone = alt.value(ink) if isinstance(ink, str) else ink
    ground = base.mark_text(
        stroke=colours.paper, strokeWidth=5, strokeJoin="round", fill=colours.paper, **mark
    )
    return [ground, base.mark_text(**mark).encode(color=tone)]
