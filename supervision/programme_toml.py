"""A definition's TOML as tables that know their lines, and what is wrong with them in Chinese."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from supervision.vocabulary import Worded

LONGEST = 500
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z_]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z_]+)\s*=")
_AT = re.compile(r"\(at line (\d+), column \d+\)")
_Word = TypeVar("_Word", bound=Worded)
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class DefinitionFault:
    """One fault: the line (None: the whole file), the key, and a Chinese sentence."""

    line: int | None
    key: str
    message: str

    @property
    def told(self) -> str:
        """第 7 行 field[2].kind：…"""
        place = f"第 {self.line} 行 " if self.line else ""
        return f"{place}{self.key}：{self.message}" if self.key else f"{place}{self.message}"


@dataclass(slots=True)
class Faults:
    """All faults of a file, with the lines of its keys."""

    lines: Mapping[Path, int]
    all: list[DefinitionFault] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        """Tell one at the nearest key that stands in the file."""
        at = path
        while at and at not in self.lines:
            at = at[:-1]
        self.all.append(DefinitionFault(self.lines.get(at), key_told(path), message))


class Rows:
    """One table of the file: takes values by key, tells what is wrong, and what nobody took."""

    def __init__(self, values: Mapping[str, Any], path: Path, faults: Faults) -> None:
        self._values, self.path, self.faults = values, path, faults
        self._taken: set[str] = set()

    def fault(self, key: str, message: str) -> None:
        """Tell a fault at one of its keys."""
        self.faults.add((*self.path, key) if key else self.path, message)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def raw(self, key: str) -> Any:
        """The value as it stands; None where there is none."""
        self._taken.add(key)
        return self._values.get(key)

    def text(self, key: str, *, needed: bool = True, most: int = 40) -> str:
        """A text that people read; empty where it is wrong or absent."""
        value = self.raw(key)
        if value is None:
            if needed:
                self.fault(key, "缺少这一项。")
            return ""
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            self.fault(key, "应是一段文字。")
            return ""
        if len(value) > most:
            self.fault(key, f"最多 {most} 个字。")
        return value.strip()[:most]

    def name(self, key: str = "name") -> str:
        """An identifier."""
        value = self.text(key)
        if value and not _NAME.fullmatch(value):
            self.fault(key, "标识用小写英文字母、数字和下划线，字母开头，最多 40 个。")
        return value

    def word(self, key: str, words: type[_Word]) -> _Word | None:
        """One of a vocabulary."""
        value = self.raw(key)
        if value is None:
            self.fault(key, "缺少这一项。")
        elif value not in list(words):
            known = "、".join(f"{one.value}（{one.label}）" for one in words)
            self.fault(key, f"不认得“{str(value)[:40]}”，可以写：{known}。")
        else:
            return words(value)
        return None

    def flag(self, key: str) -> bool:
        """true or false; false where absent."""
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(key, "只能写 true 或 false。")
        return False

    def number(self, key: str, *, least: int, most: int, usual: int = 0) -> int:
        """A whole number within bounds."""
        value = self.raw(key)
        if value is None:
            return usual
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault(key, f"应是 {least} 到 {most} 的整数。")
            return usual
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where absent."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(
            isinstance(one, str) and one.strip() and len(one) <= LONGEST for one in value
        ):
            self.fault(key, '应是一列文字，例如 ["甲", "乙"]。')
            return ()
        return tuple(one.strip() for one in value)

    def one(self, key: str) -> Rows | None:
        """A table within; None where absent or wrong."""
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(key, "应写成 { 键 = 值 } 。")
            return None
        return Rows(value, (*self.path, key), self.faults)

    def many(self, key: str) -> list[Rows]:
        """Tables within, as [[key]] or as a list of { }."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(key, f"应写成若干个 [[{key}]]。")
            return []
        return [Rows(one, (*self.path, key, n), self.faults) for n, one in enumerate(value, 1)]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key of the table."""
        return tuple(self._values)

    def done(self) -> None:
        """Whatever nobody asked for is a mistake of writing."""
        for key in self._values:
            if key not in self._taken:
                self.fault(key, "没有这一项，请检查拼写。")


def read_tables(text: str) -> tuple[dict[str, Any] | None, Faults]:
    """The file's tables, or the fault that keeps it from being TOML."""
    faults = Faults(_lines(text))
    try:
        return tomllib.loads(text), faults
    except (ValueError, RecursionError) as wrong:
        # Beside what is no TOML: figures of thousands of digits, thousands of brackets.
        told = _AT.search(str(wrong))
        line = int(told[1]) if told else max(len(text.splitlines()), 1)
        faults.all.append(
            DefinitionFault(line, "", "这一行不是规范的 TOML，请检查引号、括号和等号。")
        )
        return None, faults


def key_told(path: Path) -> str:
    """field[2].kind."""
    told = ""
    for part in path:
        told += f"[{part}]" if isinstance(part, int) else f"{'.' if told else ''}{part}"
    return told


def _lines(text: str) -> dict[Path, int]:
    """Where each table and each key of the first level below it stands."""
    found: dict[Path, int] = {}
    at: Path = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            name = header[2]
            counts[name] = counts.get(name, 0) + 1
            at = (name, counts[name]) if header[1] == "[[" else (name,)
            found.setdefault(at, number)
        elif key := _KEY.match(line):
            found.setdefault((*at, key[1]), number)
    return found
