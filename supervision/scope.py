"""Who is looking and what they may see; nothing is seen without a scope."""

from __future__ import annotations

from dataclasses import dataclass, field

from supervision.vocabulary import Worded


class Role(Worded):
    """Roles of lifecycle.md 3.1."""

    LEADER = "leader", "市领导"
    SUPERVISOR = "supervisor", "督查督办员"
    APPROVER = "approver", "督查室负责人"
    LEAD_UNIT = "lead_unit", "牵头单位联络员"
    CO_UNIT = "co_unit", "协办单位联络员"
    COUNTY_ADMIN = "county_admin", "县(区)专班"
    CALLBACK = "callback", "回访员"
    AUDITOR = "auditor", "审计员"
    SYSADMIN = "sysadmin", "系统管理员"
    SYSTEM = "system", "系统"


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows a viewer may see: everything, or those of some units and departments.

    Names are those of the registers. A scope that names nothing sees nothing. `departments` lead
    a round, alone or jointly (共同牵头); `co_departments` help in one (协办).
    """

    everything: bool = False
    reporting_units: frozenset[str] = field(default_factory=frozenset)
    departments: frozenset[str] = field(default_factory=frozenset)
    co_departments: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def whole_city(cls) -> Scope:
        """All rows, said explicitly."""
        return cls(everything=True)

    def sees(self, reporting_unit: str | None, department: str | None) -> bool:
        """Whether a row of this unit and lead department is inside."""
        return (
            self.everything
            or reporting_unit in self.reporting_units
            or department in self.departments
        )


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person (or command) that asks or acts."""

    account: str
    name: str
    roles: frozenset[Role]
    scope: Scope


def scope_words(scope: Scope) -> str:
    """A scope as people read it: 全市, or its units and departments."""
    if scope.everything:
        return "全市"
    return "、".join([*sorted(scope.reporting_units), *sorted(scope.departments)]) or "无"
