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
_SEATS = {"人民政府": "政府", "管理委员会": "管委会"}
"""Where a county or a zone is administered, in full and in short."""
_LOCAL_GROUPS = frozenset({PeerGroup.COUNTY, PeerGroup.FUNCTIONAL_ZONE})
_BULLET = re.compile(r"^(?:[①-⑳]|[(（]?\d{1,2}[)）]?[.、．:：]?|[-·•*])(?=\D)")


def _in_force(alias: Alias, on: date) -> bool:
    begun = alias.valid_from is None or alias.valid_from <= on
    return begun and (alias.valid_to is None or on <= alias.valid_to)


def _local_forms(own: str) -> set[str]:
    """钟祥市人民政府 is also 钟祥市政府 and 钟祥市; 屈家岭管理区管理委员会 is 屈家岭管委会."""
    for seat, shorter in _SEATS.items():
        bare = own.removesuffix(seat)
        if len(bare) >= 2 and bare != own:
            return {own, bare, f"{bare}{shorter}", f"{bare.removesuffix('管理区')}{shorter}"}
    return {own}


class NameBook:
    """Canonical names, aliases and their plain variants (荆门市X, 市X, X); exact only."""

    def __init__(self, registers: Registers, *, on: date) -> None:
        self.names = registers.names
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
        names, stem, level = self.names, self.names.stem, self.names.level
        if entry.group in _LOCAL_GROUPS:
            forms = _local_forms(names.without_stem(name))
            short = {form[:-1] for form in forms if len(form) == 3 and form[-1] in "县区市"}
            aboves = ("", level, *names.forms, stem)
            return short | {f"{above}{form}" for form in forms for above in aboves}
        if name.startswith(level):
            own = name.removeprefix(level)
            return {own, f"{stem}{name}", *(f"{above}{own}" for above in (*names.forms, stem))}
        for city in names.forms:
            if name.startswith(city):
                own = name.removeprefix(city)
                return {own, f"{level}{own}"}
        return {f"{above}{name}" for above in (level, *names.forms)}

    def exact(self, text: str) -> str | None:
        """The canonical name of a compact text; None where the register does not know it."""
        found = self._names.get(text)
        return found if found is not None else self._names.get(self.names.without_seat(text))

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
            of_a_county = not self.names.says_its_level(written)
            if of_a_county and not written.endswith(("政府", "委员会", "管委会")):
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
        government = self.county_of(self.names.without_city(plain))
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
