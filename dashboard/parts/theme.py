"""One palette, one type scale, one set of lamps for charts, maps, tiles and tables.

Red is kept for 超期 alone, so the brand is ink blue. Every lamp is told three times: by
colour, by shape and by word. The four main colours stay apart for colour-blind eyes
(OKLab distance ×100 of at least 13 under protan, deutan and tritan, measured).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from supervision.vocabulary import Light

FONT = (
    "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, "
    "WenQuanYi Micro Hei, sans-serif"
)


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one appearance; the names say what a colour is for."""

    ink: str
    soft_ink: str
    grid: str
    paper: str
    card: str
    line: str
    brand: str
    brand_soft: str
    link: str
    """As linkColor in .streamlit/config.toml."""
    red: str
    amber: str
    amber_ink: str
    """Amber dark (or light) enough to be read as text."""
    green: str
    green_ink: str
    """Green dark (or light) enough to be read as text."""
    rest: str
    """A cell or tile about which there is nothing to say."""
    load: tuple[str, str, str, str]
    """Four strengths of the brand, none of them so middling that no ink stands out on it."""
    ramp: tuple[str, str, str, str, str]
    """Five classes from nothing to most; lightness only rises or only falls."""


LIGHT = Palette(
    ink="#1B2733",
    soft_ink="#5B6B7B",
    grid="#E6EAEE",
    paper="#FFFFFF",
    card="#FFFFFF",
    line="#D5DCE4",
    brand="#1F3A5F",
    brand_soft="#9DB8D3",
    link="#1F5AA6",
    red="#A8201A",
    amber="#F0A92E",
    amber_ink="#8A5F08",
    green="#23907C",
    green_ink="#1A7464",
    rest="#EFF2F5",
    load=("#D3DFEB", "#9DB8D3", "#4A6A92", "#1F3A5F"),
    ramp=("#E9EDF2", "#F9CF8F", "#F29A4C", "#C44E20", "#8C1D18"),
)

DARK = Palette(
    ink="#E6EDF7",
    soft_ink="#9FB0C6",
    grid="#22344F",
    paper="#0B1626",
    card="#13233A",
    line="#2B3D57",
    brand="#7FA8DC",
    brand_soft="#35527A",
    link="#8FB8EC",
    red="#E0574C",
    amber="#F0A92E",
    amber_ink="#F2C15E",
    green="#2FA98F",
    green_ink="#45C2A7",
    rest="#1A2A41",
    load=("#263C5C", "#35527A", "#7FA8DC", "#B9D2F2"),
    # Bright is bad here: on a dark ground the eye goes to light.
    ramp=("#243244", "#7A3B20", "#C2571A", "#F28C28", "#FFD580"),
)


@dataclass(frozen=True, slots=True)
class Lamp:
    """How one light looks: a sign that every Chinese font has, and its colours."""

    light: Light
    sign: str
    on_light: str
    on_dark: str

    @property
    def word(self) -> str:
        """The sign with the word, for instance ▲ 逾期."""
        return f"{self.sign} {self.light.label}"

    @property
    def chip(self) -> str:
        """The fill of a chip in a table, whose ink Streamlit chooses: amber would get white."""
        return _PALE_CHIPS.get(self.light, self.on_light)

    def colour(self, dark: bool) -> str:
        """The fill of this lamp in one appearance."""
        return self.on_dark if dark else self.on_light


# Streamlit writes white on these fills, which nobody could read; paler, it writes dark.
_PALE_CHIPS = {Light.YELLOW: "#F8D38A", Light.AWAITING_CLOSURE: "#C9D6E6"}

# In the order in which they stack; those without an alarm are blue-grey inks.
LAMPS = MappingProxyType(
    {
        lamp.light: lamp
        for lamp in (
            Lamp(Light.RED, "▲", LIGHT.red, DARK.red),
            Lamp(Light.YELLOW, "◆", LIGHT.amber, DARK.amber),
            Lamp(Light.GREEN, "●", LIGHT.green, DARK.green),
            Lamp(Light.NO_DEADLINE, "○", "#B7C1CC", "#5C6E86"),
            Lamp(Light.UNASSIGNED, "□", "#D3DAE1", "#43546B"),
            Lamp(Light.AWAITING_CLOSURE, "◇", "#8FA6C1", "#7E97B5"),
            Lamp(Light.REASSIGN_PENDING, "◎", "#4F6785", "#A9BEDA"),
            Lamp(Light.HANGING, "■", "#75828F", "#8793A3"),
            Lamp(Light.GREY, "√", "#C9D1D9", "#3A4B62"),
            Lamp(Light.OUT, "－", "#E3E7EB", "#2A3A50"),
        )
    }
)


def palette(dark: bool) -> Palette:
    """The palette of one appearance."""
    return DARK if dark else LIGHT


def lamp_word(light: str) -> str:
    """`▲ 逾期` for a stored light; an unknown value is shown as it is."""
    try:
        return LAMPS[Light(light)].word
    except ValueError:
        return light


def ink_on(fill: str) -> str:
    """White ink on `fill` (#RRGGBB) where it stands out enough for bold labels, else dark."""
    red, green, blue = (_linear(int(fill[i : i + 2], 16) / 255) for i in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#FFFFFF" if 1.05 / (luminance + 0.05) >= 3.5 else "#1B2733"


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def chart_config(dark: bool) -> dict[str, Any]:
    """The Vega-Lite `config` of one appearance: fonts, colours, Chinese dates and numbers."""
    colours = palette(dark)
    return {
        "font": FONT,
        "background": "transparent",
        # A chart is described once, as a whole (alt); what is in it would be read out in English.
        "aria": False,
        "locale": LOCALE,
        "view": {"stroke": None},
        "bar": {"color": colours.brand},
        "line": {"color": colours.brand, "strokeWidth": 3},
        "text": {"color": colours.ink, "fontSize": 13},
        "axis": {
            "labelFontSize": 13,
            "labelColor": colours.ink,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "titleColor": colours.soft_ink,
            "gridColor": colours.grid,
            "domainColor": colours.line,
            "tickColor": colours.line,
            "labelPadding": 6,
        },
        "axisY": {"domain": False, "ticks": False},
        "legend": {
            "labelColor": colours.ink,
            "titleColor": colours.soft_ink,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
        },
    }


_MONTHS = [f"{month}月" for month in range(1, 13)]

LOCALE: dict[str, Any] = {
    "number": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["¥", ""]},
    "time": {
        "dateTime": "%Y年%-m月%-d日 %H:%M",
        "date": "%Y年%-m月%-d日",
        "time": "%H:%M:%S",
        "periods": ["上午", "下午"],
        "days": ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        "shortDays": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
        "months": _MONTHS,
        "shortMonths": _MONTHS,
    },
}
