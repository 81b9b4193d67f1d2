"""The department register as a name book: which printed name is which canonical name."""

from __future__ import annotations

import re
from datetime import date

from rapidfuzz import fuzz, process

from data_access.ledger_import.cell_text import compact, without_brackets
from data_access.registers import Alias, DepartmentEntry, Registers
from supervision.vocabulary import PeerGroup

CANDIDATES = 6
_LOOKS_ALIKE = 60.0
_LOCAL_GROUPS = frozenset({PeerGroup.COUNTY, PeerGroup.FUNCTIONAL_ZONE})
_BULLET = re.compile(r"^(?:[①-⑳]|[(（]?\d{1,2}[)）]?[.、．:：]?|[-·•*])(?=\D)")
_SEAT_WORDS = re.compile(r"^(?:中共|广东省)+")


def _in_force(alias: Alias, on: date) -> bool:
    begun = alias.valid_from is None or alias.valid_from <= on
    return begun and (alias.valid_to is None or on <= alias.valid_to)


class NameBook:
    """Canonical names, aliases and their plain variants (河源市X, 市X, X); exact only."""

    def __init__(self, registers: Registers, *, on: date) -> None:
        self._city = registers.city
        self._city_stem = registers.city.removesuffix("市")
        self._groups = {entry.name: entry.group for entry in registers.departments}
        self._names: dict[str, str | None] = {}
        variants: dict[str, set[str]] = {}
        for in_force in (True, False):
            self._enter(registers, on, in_force=in_force)
        for entry in registers.departments:
            for name in (entry.name, *(alias.name for alias in entry.aliases)):
                for variant in self._variants(compact(name), entry):
                    variants.setdefault(variant, set()).add(entry.name)
        for variant, names in variants.items():
            if len(names) == 1:
                self._names.setdefault(variant, next(iter(names)))
        self.longest = max(map(len, self._names), default=0)
        self._counties = tuple((county, self._names.get(county)) for county in registers.counties)
        self._by_spelling = {
            name: canonical for name, canonical in self._names.items() if canonical
        }

    def _enter(self, registers: Registers, on: date, *, in_force: bool) -> None:
        """Names in force first; an expired alias still names its department if nobody else's.

        A name that two departments bear on the same day names neither: a person is asked.
        """
        entered: dict[str, set[str]] = {}
        for entry in registers.departments:
            for alias in (Alias(entry.name), *entry.aliases):
                if _in_force(alias, on) == in_force:
                    entered.setdefault(compact(alias.name), set()).add(entry.name)
        for name, owners in entered.items():
            self._names.setdefault(name, next(iter(owners)) if len(owners) == 1 else None)

    def _variants(self, name: str, entry: DepartmentEntry) -> set[str]:
        if entry.group in _LOCAL_GROUPS:
            stem = name.removeprefix(self._city).removeprefix(self._city_stem)
            short = {stem[:-1]} if len(stem) == 3 and stem[-1] in "县区" else set()
            return {stem, f"市{stem}", f"{self._city}{stem}", f"{self._city_stem}{stem}", *short}
        if name.startswith("市"):
            return {name[1:], f"{self._city_stem}{name}"}
        if name.startswith(self._city):
            return {name.removeprefix(self._city_stem), name.removeprefix(self._city)}
        return {f"市{name}", f"{self._city}{name}"}

    def exact(self, text: str) -> str | None:
        """The canonical name of a compact text; None where the register does not know it."""
        found = self._names.get(text)
        if found is None and _SEAT_WORDS.match(text):
            found = self._names.get(_SEAT_WORDS.sub("", text))
        return found

    def lookup(self, text: str) -> str | None:
        """Exact, then without a bullet, then without what stands in brackets."""
        plain = compact(text).strip(".,;:、，。；：·")
        for form in (plain, _BULLET.sub("", plain), without_brackets(_BULLET.sub("", plain))):
            found = self.exact(form)
            if found is not None:
                return found
        return None

    def prefix(self, text: str) -> tuple[str, str] | None:
        """The longest known name that `text` begins with, and what is left of the text."""
        for length in range(min(self.longest, len(text)), 1, -1):
            found = self._names.get(text[:length])
            if found is not None:
                return found, text[length:]
        return None

    def segments(self, text: str) -> list[str] | None:
        """市教育局市财政局 → both names; None unless the names cover the whole text.

        Every name must say its level: 东源县水务局 is a county's bureau, not two names.
        """
        found: list[str] = []
        while text:
            match = self.prefix(text)
            if match is None:
                return None
            written = text.removesuffix(match[1]) if match[1] else text
            if not written.startswith(("市", self._city_stem)) and not written.endswith(
                ("政府", "委员会", "管委会")
            ):
                return None
            found.append(match[0])
            text = match[1]
        return found

    def is_local(self, name: str) -> bool:
        """A county government or the administration of a zone."""
        return self._groups.get(name) in _LOCAL_GROUPS

    @property
    def local_names(self) -> tuple[str, ...]:
        """All county governments and zones, in the register's order."""
        return tuple(name for name in self._groups if self.is_local(name))

    def county_of(self, text: str) -> str | None:
        """The government of the county that a text begins with (东源县水务局 → 东源县…)."""
        for county, government in self._counties:
            if text.startswith((county, county[:-1])) and government is not None:
                return government
        return None

    def candidates(self, text: str) -> tuple[str, ...]:
        """What an unknown name may mean: proposed to a person, never taken."""
        plain = compact(text)
        found: dict[str, None] = {}
        government = self.county_of(plain.removeprefix(self._city))
        if government is not None:
            found[government] = None
        prefix = self.prefix(plain)
        if prefix is not None:
            found[prefix[0]] = None
        # What is three times as long as the longest name is like none of them.
        close = (
            []
            if len(plain) > 3 * self.longest
            else process.extract(
                plain,
                list(self._by_spelling),
                scorer=fuzz.ratio,
                limit=12,
                score_cutoff=_LOOKS_ALIKE,
            )
        )
        for spelling, _, _ in close:
            found[self._by_spelling[spelling]] = None
        return tuple(found)[:CANDIDATES]
