"""Who a unit cell names: leads and co-departments, resolved or asked about.

One cell may hold several names, roles (A牵头，B、C配合) and persons with phones; a name that
is not in the register is proposed, never replaced (ledger-contract).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from data_access.ledger_import.cell_text import (
    BLANK_MARKS,
    compact,
    is_unknown_word,
    without_brackets,
)
from data_access.ledger_import.department_names import NameBook
from data_access.ledger_import.personal import looks_like_person
from data_access.ledger_import.unit_text import LEAD, TooManyNames, UnitText
from supervision.vocabulary import Severity

LONGEST = 1_000
"""Characters of a cell in which units are looked for: a longer one costs minutes."""
MOST_PROPOSED = 8
"""Unknown names of one cell for which likely ones are looked for."""
_PERSON_LABEL = re.compile(
    r"(?:联系人|责任人|负责人|经办人|联络员|承办人|联系电话|电话|手机|办公电话)[::]?"
)
_PHONE = re.compile(
    r"\(?(?:1[3-9]\d[\s\-]?\d{4}[\s\-]?\d{4}|0\d{2,3}[)\-\s]{0,2}\d{7,8}|\d{7,8})\)?"
)
_COLLECTIVE = re.compile(
    r"^(?:各|相关|有关|全[市州]|[市州县]直|属地|所在地|辖区|涉及)[^局]{0,4}.*"
    r"|^(?:县|区|镇|街道|乡镇)(?:级)?(?:人民)?政府$|.*(?:等|各|相关|有关)(?:单位|部门|县区|成员单位)$"
)
_POST = re.compile(
    r"^(?:党组|党委|党工委)?(?:常务)?副?(?:局长|主任|书记|县长|区长|镇长|科长|股长|处长|队长|院长|负责人)"
)
_PERSON_OF = re.compile(r"([^()]+)\(([^()]+)\)")
_ORGANISATION = re.compile(
    r"(?:局|委|办|府|部|院|会|司|中心|队|所|站|处|集团|行|校|园|厅|室|段|台|社|店|厂|科|镇"
    r"|街道|乡|村|社区|区|县|单位|部门)$"
)


@dataclass(slots=True)
class UnitFault:
    """What a person should look at in a unit cell."""

    code: str
    severity: Severity
    say: str
    candidates: tuple[str, ...] = ()


@dataclass(slots=True)
class Units:
    """A unit cell as judged. `leads` and `cos` are canonical, in order, each once."""

    leads: list[str] = field(default_factory=list)
    cos: list[str] = field(default_factory=list)
    faults: list[UnitFault] = field(default_factory=list)
    lead_unknown: bool = False
    """The first lead printed is not in the register: nobody may move up in its place."""


class DepartmentReader:
    """Reads the unit cells of a ledger and remembers every text it has seen.

    `chosen` are a person's answers: name as printed → canonical name.
    `county_ledger`: the ledger comes from a county, whose own bureaus bear the same short
    names as the city's.
    """

    def __init__(
        self, book: NameBook, *, chosen: dict[str, str] | None = None, county_ledger: bool = False
    ) -> None:
        self._book = book
        self._cut = UnitText(book, self._resolved)
        self._chosen = {compact(name): choice for name, choice in (chosen or {}).items()}
        self._county_ledger = county_ledger
        self._read: dict[tuple[str, str], Units] = {}

    def read(self, text: str, role: str) -> Units:
        """`role` is what the column says: lead or co."""
        key = (text, role)
        units = self._read.get(key)
        if units is None:
            units = self._read[key] = self._judged(text, role)
        return units

    def _judged(self, text: str, role: str) -> Units:
        units = Units()
        if not text or text in BLANK_MARKS or compact(text) in ("无", "暂无", "没有"):
            return units
        if is_unknown_word(text):
            units.faults.append(
                UnitFault("unknown-word", Severity.NOTICE, "写明不详或保密，按空白处理")
            )
            return units
        # One sign may become eighteen when its form is made plain.
        if len(text) > LONGEST or len(unicodedata.normalize("NFKC", text)) > LONGEST:
            return _too_long()
        whole = self._chosen.get(compact(text)) or self._book.exact(compact(text))
        if whole is not None:
            (units.leads if role == LEAD else units.cos).append(whole)
            self._doubt_level(text, units)
            return units
        try:
            parts = self._cut.parts(text, role)
        except TooManyNames:
            return _too_long()
        for name, part_role in parts:
            self._take(name, part_role, units)
        units.leads = list(dict.fromkeys(units.leads))
        units.cos = [name for name in dict.fromkeys(units.cos) if name not in units.leads]
        self._judge_leads(units)
        return units

    def _resolved(self, name: str) -> str | None:
        chosen = self._chosen.get(compact(name))
        return chosen if chosen is not None else self._book.lookup(name)

    def _doubt_level(self, name: str, units: Units) -> None:
        plain = compact(name)
        if self._county_ledger and not self._book.names.says_its_level(plain):
            resolved = self._resolved(name)
            if resolved is not None and not self._book.is_local(resolved):
                say = f"县区台账没有写明是不是市级单位，按{resolved}理解，请核对"
                units.faults.append(
                    UnitFault("department-level-doubtful", Severity.WARNING, say, (resolved,))
                )

    def _take(self, name: str, role: str, units: Units) -> None:
        resolved = self._resolved(name)
        if resolved is None:
            resolved = self._without_person(name, units)
        if resolved is not None:
            (units.leads if role == LEAD else units.cos).append(resolved)
            self._doubt_level(name, units)
            return
        plain = compact(_PERSON_LABEL.sub("", _PHONE.sub("", name)))
        if not plain or self._is_person(plain):
            self._tell_person(units)
            return
        decides = role == LEAD and not units.leads
        units.lead_unknown = units.lead_unknown or decides
        severity = Severity.ERROR if decides else Severity.WARNING
        units.faults.append(self._unknown(without_brackets(plain), severity, units))

    def _without_person(self, name: str, units: Units) -> str | None:
        """市教育局张三 138…: the unit, where all that is left is a person."""
        plain = compact(_PERSON_LABEL.sub("", _PHONE.sub("", unicodedata.normalize("NFKC", name))))
        found = self._resolved(plain) if plain else None
        if found is None and plain:
            prefix = self._book.prefix(plain)
            person_of = _PERSON_OF.fullmatch(plain)
            if prefix is not None and self._is_holder(without_brackets(prefix[1]).strip(":")):
                found = prefix[0]
            elif person_of is not None and self._is_person(person_of[1]):
                found = self._resolved(person_of[2])
        if found is not None:
            self._tell_person(units)
        return found

    def _is_holder(self, text: str) -> bool:
        """局长张三, or the person alone."""
        person = _POST.sub("", text)
        return self._is_person(person) or (person == "" and text != "")

    def _is_person(self, text: str) -> bool:
        named = looks_like_person(text) and self._resolved(text) is None
        return named and _ORGANISATION.search(text) is None

    @staticmethod
    def _tell_person(units: Units) -> None:
        if all(fault.code != "person-in-unit" for fault in units.faults):
            say = "单位栏里写了人名或电话，只取单位"
            units.faults.append(UnitFault("person-in-unit", Severity.NOTICE, say))

    def _unknown(self, name: str, severity: Severity, units: Units) -> UnitFault:
        if _COLLECTIVE.match(name):
            say = f"{_quoted(name)}没有写明是哪个单位，请逐个写明"
            return UnitFault("department-collective", severity, say, self._book.local_names[:8])
        say = f"{_quoted(name)}不在单位登记簿里，请选择对应单位或先登记"
        # To look for what a name may mean takes a while: a cell full of them is told once each.
        proposed = self._book.candidates(name) if len(units.faults) < MOST_PROPOSED else ()
        return UnitFault("department-unknown", severity, say, proposed)

    def _judge_leads(self, units: Units) -> None:
        if units.lead_unknown:
            units.cos = [name for name in units.cos if name not in units.leads]
            units.leads = []
        if len(units.leads) < 2:
            return
        local = [name for name in units.leads if self._book.is_local(name)]
        city = [name for name in units.leads if name not in local]
        if local and city and units.leads[0] in local:
            say = (
                f"县区与市直部门并列，按顺序以{units.leads[0]}牵头；按惯例应由市直部门牵头，请核对"
            )
            units.faults.append(
                UnitFault("lead-county-with-department", Severity.WARNING, say, tuple(city))
            )
        say = f"写了{len(units.leads)}个牵头单位，以第一个{units.leads[0]}为牵头，其余为共同牵头"
        units.faults.append(UnitFault("several-leads", Severity.WARNING, say, tuple(units.leads)))


def _too_long() -> Units:
    say = "文字太长，看不出是哪些单位，请只写单位名称"
    return Units(faults=[UnitFault("unknown-department", Severity.ERROR, say)])


def _quoted(name: str) -> str:
    """An unknown name is repeated only where it is plainly an organisation, never a person."""
    plain = compact(name)
    if len(plain) <= 30 and not re.search(r"\d{5}", plain) and _ORGANISATION.search(plain):
        return f"“{plain}”"
    return "所写名称"
