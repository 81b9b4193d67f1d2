"""A unit cell cut into names with their roles: A牵头，B、C配合; 牵头：A；配合：B; A和B."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from data_access.ledger_import.cell_text import compact
from data_access.ledger_import.department_names import NameBook

LEAD, CO = "lead", "co"
MOST_NAMES = 100
"""Names in one cell: a city has fewer departments."""
_LONGEST_NAME, _MOST_AT_AND = 40, 20
Resolve = Callable[[str], str | None]

_HARD = re.compile(r"([、,，;；/／|｜\n。]+|→|\+)")
_STRONG = re.compile(r"[,，;；\n。]")
_AND = "和及与跟同并"
_ENUMERATION = re.compile(r"[①-⑳⑴-⒇❶-❿★☆◆●■▲※]|(?<!\d)\d{1,2}[.．)）、](?=[^\d\s])")
_LEAD_WORDS = "牵头|主办|主责|责任|承办"
_CO_WORDS = "协办|配合|协同|协助|参与|会办"
_WITH_OTHERS = re.compile(
    r"会同([^,，;；。\n]*?)(?:共同)?(?:负责|办理|落实|实施|处理)?(?=[,，;；。\n]|$)"
)
_ROLE_LABEL = re.compile(rf"(?<!^)(?=(?:{_LEAD_WORDS}|{_CO_WORDS})(?:责任)?(?:单位|部门)?:)")
_LEAD_PREFIX = re.compile(
    rf"^(?:由)?(?:{_LEAD_WORDS})(?!人)(?:责任)?(?:单位|部门)?:?(?=.)|^由(?=.)"
)
_CO_PREFIX = re.compile(rf"^(?:{_CO_WORDS})(?:责任)?(?:单位|部门)?:?(?=.)")
_ROLE_SUFFIX = re.compile(
    r"(?:等)?(?:单位|部门)?(?:共同|具体|分别)?"
    r"(?:(?P<lead>牵头负责|牵头办理|牵头|主办|主责|负责|办理|承办|为主)"
    r"|(?P<co>配合办理|协助办理|积极配合|配合|协办|协助|协同|参与|会办))(?:单位|部门)?$"
)
_BRACKET_ROLE = re.compile(
    rf"[(\[【](?:(?P<lead>{_LEAD_WORDS}|主)|(?P<co>{_CO_WORDS}|协|配))(?:单位|部门)?[)\]】]"
)
_FIRST_ROLE = re.compile(rf"\s*{_BRACKET_ROLE.pattern}\s*\S")
_BY_DUTY = re.compile(r"(?:按照?|根据|依)(?:各自)?(?:工作)?(?:职责|职能|分工).*$|分工负责$")
_AND_OTHERS = re.compile(r"等(?:有关|相关|各)?(?:单位|部门)?$")
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_ROLE_INSIDE = re.compile(rf"(?:{_LEAD_WORDS}|{_CO_WORDS})$")


class TooManyNames(Exception):
    """A cell with more names than a city has departments."""


def _plain(text: str) -> str:
    """Enumerations and brackets as separators, where a bracket holds a role or a unit."""
    text = unicodedata.normalize("NFKC", _ENUMERATION.sub("、", text))
    # [牵头]A[配合]B puts the role before the name, A（牵头）、B（配合） behind it.
    before = _FIRST_ROLE.match(text) is not None
    lead, co = ("；牵头:", "；配合:") if before else ("牵头、", "配合、")
    text = _BRACKET_ROLE.sub(lambda match: lead if match["lead"] else co, text)
    text = _WITH_OTHERS.sub(r"；配合:\1；", text)
    text = _BRACKET.sub(_bracket, text)
    return _ROLE_LABEL.sub("；", text)


def _bracket(match: re.Match[str]) -> str:
    inside = match[1].strip()
    if _ROLE_INSIDE.search(inside):
        return f"；{inside}；"
    return "" if not inside or _HARD.search(inside) or any(map(str.isdigit, inside)) else match[0]


def _run(pending: list[tuple[str, bool]], current: str, meant: str) -> list[tuple[str, str]]:
    """Which of the names before a role word bear that role.

    市教育局，市财政局、市人社局配合: the comma ends the run of those who assist.
    """
    start = 0
    if meant == CO:
        start = max((n for n, (_, strong) in enumerate(pending) if strong), default=0)
        if start == 0 and current == LEAD and len(pending) > 1:
            start = 1
    return [(name, current if n < start else meant) for n, (name, _) in enumerate(pending)]


class UnitText:
    """Cuts unit cells; `resolve` says whether a piece is a known name."""

    def __init__(self, book: NameBook, resolve: Resolve) -> None:
        self._book = book
        self._resolve = resolve

    def parts(self, text: str, role: str) -> list[tuple[str, str]]:
        """Names with their roles. A role word ends the run of names before it."""
        found: list[tuple[str, str]] = []
        pending: list[tuple[str, bool]] = []
        current, strong = role, True
        pieces = _HARD.split(_plain(text))
        if len(pieces) > 2 * MOST_NAMES:
            raise TooManyNames
        for n, printed in enumerate(pieces):
            if n % 2:
                strong = _STRONG.search(printed) is not None
                continue
            piece, labelled = self._label(printed.strip())
            if labelled is not None:
                found += [(name, current) for name, _ in pending]
                pending, current = [], labelled
            piece, meant = self._role(piece)
            for name in self.names(piece):
                pending.append((name, strong))
                strong = False
            if meant is not None:
                found += _run(pending, current, meant)
                pending = []
                # 市教育局牵头，市财政局: who is named after the lead stands beside it.
                current = CO if meant == LEAD else role
        return found + [(name, current) for name, _ in pending]

    def _label(self, piece: str) -> tuple[str, str | None]:
        if self._resolve(piece) is None:
            for prefix, role in ((_LEAD_PREFIX, LEAD), (_CO_PREFIX, CO)):
                if prefix.match(piece):
                    return prefix.sub("", piece, count=1), role
        return piece, None

    def _role(self, piece: str) -> tuple[str, str | None]:
        if self._resolve(piece):
            return piece, None
        piece = _BY_DUTY.sub("", piece)
        suffix = _ROLE_SUFFIX.search(piece)
        if suffix is None:
            return piece, None
        return piece[: suffix.start()], LEAD if suffix["lead"] else CO

    def names(self, piece: str) -> list[str]:
        """The names in one piece without separators: spaces, 和, or nothing between them."""
        piece = piece.strip()
        if not piece:
            return []
        if self._resolve(piece) is not None:
            return [piece]
        listed = _AND_OTHERS.sub("", piece)
        if listed and listed != piece and self._resolve(listed) is not None:
            return [listed, "等单位"]
        words = piece.split()
        if len(words) > 1 and any(self._resolve(word) is not None for word in words):
            return [name for word in words for name in self.names(word)]
        return self._at_and(piece) or self._book.segments(compact(piece)) or [piece]

    def _at_and(self, piece: str, most: int = _MOST_AT_AND) -> list[str] | None:
        """A和B only where both sides resolve (和平县 keeps its 和)."""
        for place, letter in enumerate(piece[: _LONGEST_NAME + 1]):
            if letter not in _AND or not 0 < place < len(piece) - 1:
                continue
            left, right = piece[:place], piece[place + 1 :]
            if self._resolve(left) is None:
                continue
            if self._resolve(right) is not None:
                return [left, right]
            rest = self._at_and(right, most - 1) if most else None
            if rest is not None:
                return [left, *rest]
        return None
