"""Where an item belongs: county, township, village, as far as the row tells (maps.md 9).

A township is taken only by its full name and without contradiction; all else is proposed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from data_access.ledger_import.cell_text import BLANK_MARKS, is_unknown_word
from data_access.ledger_import.gazetteer import Gazetteer, plain_place
from supervision.vocabulary import Severity

LONGEST, LONGEST_ADDRESS = 200, 500
"""Characters in which a place is looked for: a paragraph names none, and costs time."""
_EVERY_COUNTY = re.compile(r"^(?:全市)?各(?:县区|县|区|县市区|地|乡镇|镇街).*$")


@dataclass(slots=True)
class PlaceFault:
    """What a person should look at; `field` is the column it is about."""

    field: str
    code: str
    severity: Severity
    say: str
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Place:
    """A row's place as judged; names are official."""

    county: str | None = None
    township: str | None = None
    faults: list[PlaceFault] = field(default_factory=list)


class PlaceReader:
    """Reads the place cells of a ledger and remembers what it has seen.

    `chosen` are a person's answers: place as printed → township code.
    """

    def __init__(self, gazetteer: Gazetteer, *, chosen: dict[str, str] | None = None) -> None:
        self._gazetteer, self.names = gazetteer, gazetteer.names
        self._chosen = {plain_place(name): code for name, code in (chosen or {}).items()}
        self._read: dict[tuple[str, str, str, str, str | None], Place] = {}

    def read(
        self, county: str, township: str, village: str, address: str, context: str | None
    ) -> Place:
        """`context` is the county that the section, sheet or title tells."""
        if township:
            # The address only helps where the township column is blank.
            address = ""
        key = (county, township, village, address, context)
        place = self._read.get(key)
        if place is None:
            place = self._read[key] = self._judged(*key)
        return place

    def county_named(self, text: str) -> str | None:
        """The one county a title, sheet or section heading names; None for none or several."""
        plain = self.names.without_city(plain_place(text))
        exact = self._gazetteer.counties.get(plain)
        if exact is not None:
            return exact
        found = self._gazetteer.counties_in(plain)
        return found[0] if len(found) == 1 else None

    def _judged(
        self, county: str, township: str, village: str, address: str, context: str | None
    ) -> Place:
        place = Place()
        rest = self._judge_county(county, place)
        place.county = place.county or (None if county and not rest else context)
        if not self._judge_township(township or rest, village, place, printed=bool(township)):
            self._judge_address(address, village, place)
        return place

    def _judge_county(self, text: str, place: Place) -> str:
        """Sets the county; returns what stands after it (东源县船塘镇 → 船塘镇)."""
        if not text or text in BLANK_MARKS:
            return ""
        if is_unknown_word(text):
            place.faults.append(_unknown_word("county"))
            return ""
        plain = self.names.without_city(plain_place(text))
        if len(plain) > LONGEST:
            place.faults.append(_too_long("county", "county-unknown", Severity.ERROR))
            return ""
        if self.names.means_the_city(plain):
            return ""
        if _EVERY_COUNTY.match(plain):
            say = "写的是各县区，不归到某一个县区"
            place.faults.append(PlaceFault("county", "county-several", Severity.NOTICE, say))
            return ""
        named = self._gazetteer.counties_in(plain)
        if len(named) > 1:
            say = "写了几个县区，请只留一个"
            place.faults.append(
                PlaceFault("county", "county-several", Severity.ERROR, say, tuple(named))
            )
            return ""
        prefix = self._gazetteer.county_prefix(plain)
        if prefix is not None:
            place.county = prefix[0]
            return prefix[1]
        towns, villages = self._gazetteer.scan(plain)
        if towns or villages or plain in self._gazetteer.short:
            return plain
        names = tuple(dict.fromkeys(self._gazetteer.counties.values()))
        say = "看不出是哪个县区，请从登记的县区中选择"
        place.faults.append(PlaceFault("county", "county-unknown", Severity.ERROR, say, names))
        return ""

    def _judge_township(self, text: str, village: str, place: Place, *, printed: bool) -> bool:
        """True where the cell says something about the township, settled or not."""
        if not text or text in BLANK_MARKS or text == "无":
            return False
        if is_unknown_word(text):
            place.faults.append(_unknown_word("township"))
            return False
        plain = self.names.without_city(plain_place(text))
        if len(plain) > LONGEST:
            place.faults.append(_too_long("township", "township-doubtful", Severity.WARNING))
            return True
        prefix = self._gazetteer.county_prefix(plain)
        if prefix is not None:
            self._same_county(prefix[0], place)
            plain = prefix[1]
            if not plain:
                return False
        if self.names.means_the_city(plain):
            return False
        codes = self._codes(plain, village)
        if codes is None:
            codes = self._gazetteer.short.get(plain) if printed or place.county else None
            codes = self._short_name(codes, place)
        if codes is None:
            self._propose(plain, place, printed=printed)
            return True
        self._settle(codes, place)
        return True

    def _same_county(self, named: str, place: Place) -> None:
        if place.county is None:
            place.county = named
        elif place.county != named:
            say = f"县区栏写{place.county}，镇街栏写{named}，请核对"
            place.faults.append(
                PlaceFault("county", "county-township-contradiction", Severity.ERROR, say,
                           (place.county, named))
            )  # fmt: skip

    def _codes(self, plain: str, village: str) -> set[str] | None:
        """Townships that the text names in full; a village may tell which of two."""
        chosen = self._chosen.get(plain)
        if chosen is not None:
            return {chosen}
        exact = self._gazetteer.full.get(plain)
        if exact is None:
            towns, villages = self._gazetteer.scan(plain)
            if not towns:
                return None
            common = set.intersection(*towns)
            exact = common or set().union(*towns)
            exact = self._by_village(exact, villages)
        near = plain_place(village)
        _, villages = self._gazetteer.scan(near) if len(near) <= LONGEST else ([], [])
        return self._by_village(exact, villages)

    @staticmethod
    def _by_village(codes: set[str], villages: list[set[str]]) -> set[str]:
        if len(codes) == 1 or not villages:
            return codes
        return (codes & set().union(*villages)) or codes

    def _short_name(self, codes: set[str] | None, place: Place) -> set[str] | None:
        """船塘 under 东源县: one township bears it, taken and told."""
        if codes is None:
            return None
        near = {c for c in codes if place.county and self._gazetteer.belongs(c, place.county)}
        if len(near) != 1:
            return codes if len(codes) > 1 or place.county else None
        name = self._gazetteer.towns[next(iter(near))].name
        say = f"只写了简称，按{name}理解，请核对"
        place.faults.append(
            PlaceFault("township", "township-short-name", Severity.NOTICE, say, (name,))
        )
        return near

    def _settle(self, codes: set[str], place: Place) -> None:
        gazetteer = self._gazetteer
        fitting = {
            code for code in codes if place.county is None or gazetteer.belongs(code, place.county)
        }
        if not fitting:
            say = f"镇街不属于{place.county}，请核对县区和镇街"
            place.faults.append(
                PlaceFault("township", "county-township-contradiction", Severity.ERROR, say,
                           gazetteer.shown(codes))
            )  # fmt: skip
            return
        if len(fitting) > 1:
            say = "不止一个镇街叫这个名字或写了几个镇街，请选择"
            place.faults.append(
                PlaceFault("township", "township-doubtful", Severity.WARNING, say,
                           gazetteer.shown(fitting))
            )  # fmt: skip
            return
        town = gazetteer.towns[next(iter(fitting))]
        place.township = town.name
        if place.county is None:
            place.county = town.reporting_unit

    def _propose(self, plain: str, place: Place, *, printed: bool) -> None:
        gazetteer = self._gazetteer
        _, villages = gazetteer.scan(plain)
        codes: set[str] = set().union(*villages) if villages else set()
        codes |= gazetteer.short.get(plain, set())
        if place.county is not None:
            codes = {code for code in codes if gazetteer.belongs(code, place.county)} or codes
        shown = (
            gazetteer.shown(codes)
            if codes
            else gazetteer.shown(gazetteer.alike(plain, place.county))
        )
        if not printed and not shown:
            return
        severity = Severity.WARNING if printed else Severity.NOTICE
        say = "不是登记的镇街全称，请选择是哪个镇街"
        place.faults.append(PlaceFault("township", "township-doubtful", severity, say, shown))

    def _judge_address(self, address: str, village: str, place: Place) -> None:
        """An address settles a township only by one full name that contradicts nothing."""
        plain = self.names.without_city(plain_place(f"{address}{village}"))
        if not 0 < len(plain) <= LONGEST_ADDRESS:
            return
        chosen = self._chosen.get(plain_place(address)) if address else None
        towns, villages = self._gazetteer.scan(plain)
        named = self._gazetteer.counties_in(plain)
        if place.county is None and len(named) == 1:
            place.county = named[0]
        if chosen is not None:
            self._settle({chosen}, place)
        elif towns:
            codes = set.intersection(*towns) or set().union(*towns)
            self._settle(self._by_village(codes, villages), place)


def _too_long(field_name: str, code: str, severity: Severity) -> PlaceFault:
    return PlaceFault(field_name, code, severity, "文字太长，看不出是哪里，请只写县区或镇街")


def _unknown_word(field_name: str) -> PlaceFault:
    say = "写明不详或保密，按空白处理"
    return PlaceFault(field_name, "unknown-word", Severity.NOTICE, say)
