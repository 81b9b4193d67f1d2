"""What a browser says of itself, in words that people know."""

from __future__ import annotations

import re

_BROWSERS = (
    ("QQBrowser", "QQ 浏览器"),
    ("360SE", "360 浏览器"),
    ("360EE", "360 浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "安卓"),
    ("iPhone", "苹果手机"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_words(told: str) -> str:
    """Browser and system of a User-Agent, as far as it is one of the usual ones."""
    found = [
        next((word for sign, word in signs if sign in told), None)
        for signs in (_BROWSERS, _SYSTEMS)
    ]
    words = " · ".join(word for word in found if word)
    return words or re.split(r"[/\s]", told, maxsplit=1)[0] or "不详"
