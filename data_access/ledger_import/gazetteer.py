"""The place names of the register, found in text by exact longest match (maps.md 9)."""

from __future__ import annotations

import re
from collections import defaultdict

from rapidfuzz import fuzz, process

from data_access.ledger_import.cell_text import compact
from data_access.registers import Registers, TownshipEntry

CANDIDATES = 6
_LOOKS_ALIKE = 66.0
_OLD_FORMS = str.maketrans(
    "東縣鎮區鄉龍連學興廣慶馬黃廻迴嶺塢關寶義齊雲處莞條間橋邊醫場燈園圍陽長貝頭隴",
    "东县镇区乡龙连学兴广庆马黄回回岭坞关宝义齐云处莞条间桥边医场灯园围阳长贝头陇",
)
_MARKS = re.compile(r"[,，。.;；:：、/\\\-—_()（）【】\[\]·|>→]+")
_TOWN_SUFFIX = re.compile(r"(?:街道|镇|民族乡|族乡|乡)$")
_VILLAGE_SUFFIX = re.compile(r"(?:社区|村)$")
_ZONE_TAIL = re.compile(r"(?:新区|管理区|[县市区])$")
_ZONES = {
    "高新区": ("高新技术产业开发区",),
    "经开区": ("经济技术开发区", "经济开发区"),
}
"""Zones that many cities have: what such a one is called in full."""
_SEATS = (
    "人民政府", "政府", "管委会", "管理委员会", "委区政府", "委县政府", "委市政府",
)  # fmt: skip
_OFFICES = ("办事处", "办", "人民政府", "政府")


def plain_place(text: str) -> str:
    """Compact, simplified, without marks: the form in which places are compared."""
    return _MARKS.sub("", compact(text).translate(_OLD_FORMS))


class Gazetteer:
    """Counties, townships and villages by every printed form; exact, nothing guessed."""

    def __init__(self, registers: Registers) -> None:
        self.towns = {town.code: town for town in registers.townships}
        self.names = registers.names
        self.counties = self._county_forms(registers)
        self._longest_county = max(map(len, self.counties), default=0)
        self.bare_zones = frozenset(registers.counties) - {
            name for town in registers.townships for name in (town.county, town.reporting_unit)
        }
        """Zones under which the register enters no township: any township may be theirs."""
        self.full: dict[str, set[str]] = defaultdict(set)
        self.short: dict[str, set[str]] = defaultdict(set)
        self.villages: dict[str, set[str]] = defaultdict(set)
        for town in registers.townships:
            self._add_town(town)
        for village in registers.villages:
            self._add_village(village.name, village.township_code)
        self._longest = max(map(len, [*self.full, *self.villages]), default=0)
        self._spellings = {plain_place(town.name): town.code for town in registers.townships}

    def _county_forms(self, registers: Registers) -> dict[str, str]:
        forms: dict[str, str] = {}
        city, level = self.names.stem, self.names.level
        for county in registers.counties:
            own = self.names.without_stem(county)
            stems = {county, own, f"{city}{own}", f"{level}{own}"}
            for kind, in_full in _ZONES.items():
                if own.endswith(kind):
                    stems |= {f"{city}国家{own}", f"国家{own}", *in_full}
                    stems |= {f"{city}{name}" for name in in_full}
            stems |= {f"{stem}{office}" for stem in stems for office in _SEATS}
            short = _ZONE_TAIL.sub("", own)
            if len(short) >= 2 and own not in _ZONES:
                stems |= {short, f"{city}{short}"}
            forms |= {plain_place(stem): county for stem in stems}
        return forms

    def _add_town(self, town: TownshipEntry) -> None:
        for name in (town.name, *town.aliases):
            plain = plain_place(name)
            stem = _TOWN_SUFFIX.sub("", plain)
            self.full[plain].add(town.code)
            for office in _OFFICES:
                self.full[plain + office].add(town.code)
            if len(stem) >= 2:
                self.short[stem].add(town.code)

    def _add_village(self, name: str, code: str) -> None:
        plain = plain_place(name)
        stem = _VILLAGE_SUFFIX.sub("", plain)
        if len(stem) < 2:
            return
        self.villages[plain].add(code)
        for office in ("委会", "民委员会") if plain.endswith("村") else ("居委会", "居民委员会"):
            self.villages[plain + office].add(code)

    def county_prefix(self, plain: str) -> tuple[str, str] | None:
        """The county a text begins with and the rest; a bare 源城 counts only alone."""
        for length in range(min(self._longest_county, len(plain)), 1, -1):
            county = self.counties.get(plain[:length])
            if county is None:
                continue
            rest = plain[length:]
            if plain[:length] + rest[:1] in self.short or _TOWN_SUFFIX.match(rest[:2] or "·"):
                return None
            return county, rest
        return None

    def counties_in(self, plain: str) -> list[str]:
        """Full county names anywhere in a text, each once."""
        names = dict.fromkeys(self.counties.values())
        return [name for name in names if name in plain]

    def belongs(self, code: str, county: str) -> bool:
        """Whether a township lies in the county or is administered by the zone."""
        town = self.towns[code]
        return county in (town.county, town.reporting_unit) or county in self.bare_zones

    def scan(self, plain: str) -> tuple[list[set[str]], list[set[str]]]:
        """Full township names and villages in a text, longest first, left to right."""
        towns: list[set[str]] = []
        villages: list[set[str]] = []
        start = 0
        while start < len(plain):
            for length in range(min(self._longest, len(plain) - start), 2, -1):
                piece = plain[start : start + length]
                if piece in self.full:
                    towns.append(self.full[piece])
                elif piece in self.villages:
                    villages.append(self.villages[piece])
                else:
                    continue
                start += length
                break
            else:
                start += 1
        return towns, villages

    def alike(self, plain: str, county: str | None) -> tuple[str, ...]:
        """Codes of townships spelt alike: proposed only."""
        pool = {
            name: code
            for name, code in self._spellings.items()
            if county is None or self.belongs(code, county)
        }
        close = process.extract(
            plain, list(pool), scorer=fuzz.partial_ratio, limit=4, score_cutoff=_LOOKS_ALIKE
        )
        return tuple(pool[name] for name, _, _ in close)

    def shown(self, codes: tuple[str, ...] | set[str]) -> tuple[str, ...]:
        """Candidates as people read them: 连平县上坪镇."""
        ordered = sorted(codes) if isinstance(codes, set) else codes
        return tuple(
            f"{self.towns[code].reporting_unit}{self.towns[code].name}"
            for code in ordered[:CANDIDATES]
        )
