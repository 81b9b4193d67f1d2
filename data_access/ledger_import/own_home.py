"""Where a resident lives, below road and village: hidden in the other texts of the case.

The road, the village and its group stay, and so does a house number at whose door something is
wrong: whoever mends the road must find it. Decision 0010.
"""

from __future__ import annotations

import re

_TAIL = re.compile(r"[\u4e00-\u9fa5]{2}\d[\dA-Za-z号栋幢座单元楼层室房组巷弄之\-—－#]{0,30}")
_A_HOME = re.compile("[号栋幢座室房]|单元")
_INSIDE = re.compile("[栋幢座室房]|单元")
_AT_THE_DOOR = "门前|门口|对面|附近|旁|路段|前面|后面"


def homes(address: str) -> tuple[str, ...]:
    """The house, building and room of an address, with the two characters before them."""
    plain = "".join(address.split())
    return tuple(
        tail.rstrip("室房-—－#之")
        for tail in _TAIL.findall(plain)
        if _A_HOME.search(tail[2:])
    )  # fmt: skip


def is_home(told: str) -> bool:
    """Whether this is one of `homes` and no name or number."""
    return not told[0].isdigit() and any(map(str.isdigit, told))


def without_home(text: str, home: str) -> str:
    """The text up to the road or village."""
    beside = r"(?!\d)" if _INSIDE.search(home) else rf"(?!\d|{_AT_THE_DOOR})"
    return re.sub(re.escape(home) + beside, f"{home[:2]}***", text)
