"""What a city decides for itself: each rule, its default, and the versions in force day by day.

A rule is decided for a day and from then on (自…起); what was in force before stays in force for
the days before. Sources of the defaults: lifecycle.md 3.3, metrics.md 2.3 to 2.10.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from supervision.deadlines import FEEDBACK_LIMIT, Deadline, Limit, feedback_due
from supervision.ranking import EXAMPLE_WEIGHTS, ScoreStyle, Weights, weights_of
from supervision.rule_values import (
    AnswerPoints,
    Choice,
    FeedbackLimit,
    Number,
    ScoreWeights,
    Several,
    Value,
)
from supervision.satisfaction import Points, points_of
from supervision.vocabulary import ReassignReason, Worded
from supervision.working_days import Convention, WorkCalendar

CONVENTION, DUE_SOON = "deadline_convention", "due_soon_working_days"
FEEDBACK, NEXT_ROUND = "feedback_limit", "next_round_working_days"
SIGNING, SATISFACTION_POINTS = "signing_working_days", "satisfaction_points"
SMALL_SAMPLE, LONG_OVERDUE = "small_sample", "long_overdue_working_days"
CALLBACK_WITHIN, LOOK_BACK_AFTER = "callback_within_days", "look_back_after_days"
REASONS, EXCLUDED = "reassign_reasons", "excluded_from_appraisal"
SCORE_WEIGHTS, SCORE_STYLE = "score_weights", "score_style"
EXAMPLES = frozenset({SATISFACTION_POINTS, SCORE_WEIGHTS})
"""Rules whose default is an example (示例) and no rule of any city: the first one decided may
say the same and be dated back."""

CATEGORY, ORIGIN = "category", "origin"
"""Kinds of subject: a rule of one category or one origin reads `category:12`."""


class RuleGroup(Worded):
    """Where a rule stands on the page."""

    DEADLINES = "deadlines", "期限"
    LOOP = "loop", "督办环节"
    MEASURES = "measures", "评价与考核"


@dataclass(frozen=True, slots=True)
class CityRule:
    """One rule: its label, what may be written, what holds until the city decides."""

    name: str
    label: str
    group: RuleGroup
    value: Value
    default: str
    by_kind: bool = False
    """Whether a category or an origin may have its own."""
    moves_deadlines: bool = False
    """Whether a change can move the deadlines of open rounds."""


def _number(
    name: str, label: str, group: RuleGroup, words: str, default: int, least: int, most: int
) -> CityRule:
    return CityRule(name, label, group, Number(words, least, most), str(default))


_D, _L, _M = RuleGroup.DEADLINES, RuleGroup.LOOP, RuleGroup.MEASURES
CITY_RULES: dict[str, CityRule] = {
    rule.name: rule
    for rule in (
        CityRule(FEEDBACK, "反馈期限", _D, FeedbackLimit(), "15 workday",
                 by_kind=True, moves_deadlines=True),
        CityRule(CONVENTION, "反馈期限的起算", _D,
                 Choice({choice.value: choice.label for choice in Convention}),
                 Convention.DAY_AFTER.value, moves_deadlines=True),
        _number(DUE_SOON, "临期的工作日数", _D, "{}个工作日内到期（含当日）为临期", 3, 1, 30),
        CityRule(NEXT_ROUND, "重新交办的反馈期限", _D,
                 Number("重新交办后{}个工作日内反馈", 1, 90), "15", moves_deadlines=True),
        _number(SIGNING, "签收的时限", _D, "交办后{}个工作日内签收", 1, 1, 10),
        _number("return_working_days", "退单的时限", _L, "交办后{}个工作日内可以申请退单",
                5, 1, 30),
        _number("fix_working_days", "退回补正的时限", _L,
                "退回后{}个工作日内重新提交，首次反馈日期有效", 3, 1, 30),
        _number("extension_times", "延期的次数", _L, "同一轮次最多批准延期{}次", 1, 1, 5),
        _number("extension_percent", "延期的长度", _L, "延长的时间不超过原期限的{}%", 100, 10, 200),
        _number("longest_hang_days", "挂账的最长时间", _L, "挂账最长{}天，0为不限", 0, 0, 1095),
        _number("notice_reply_days", "督办单的回复期限", _L, "签发后{}天内回复，遇休息日顺延",
                7, 1, 60),
        _number("notice_yellow_after", "督办单由蓝升黄", _L, "逾期超过{}个工作日，督办单由蓝升黄",
                5, 1, 60),
        _number("notice_red_after", "督办单由黄升红", _L, "逾期超过{}个工作日，督办单由黄升红",
                15, 1, 120),
        _number("notice_again_after", "再次督办的间隔", _L,
                "督办单回复或未签发后{}个工作日仍未解决，建议再次督办", 5, 1, 60),
        _number("co_silent_working_days", "协办未响应的时限", _L, "交办后超过{}个工作日无进展",
                3, 1, 30),
        _number(CALLBACK_WITHIN, "安排回访的时限", _L,
                "办结后{}天内安排回访，更早办结的不再列入待回访，0为不限", 90, 0, 1095),
        _number(LOOK_BACK_AFTER, "回头看的时间", _L, "销号满{}天后安排回头看", 30, 1, 365),
        CityRule(REASONS, "重新交办的原因", _L,
                 Several({reason.value: reason.label for reason in ReassignReason},
                         always=ReassignReason.OTHER.value),
                 ",".join(ReassignReason)),
        CityRule(SATISFACTION_POINTS, "满意度得分的分值", _M, AnswerPoints(), "100/70/60/0/0"),
        _number(SMALL_SAMPLE, "小样本的界限", _M, "不足{}件次的比率不着色、不比较", 10, 2, 100),
        _number(LONG_OVERDUE, "长期逾期的界限", _M, "逾期超过{}个工作日列为长期逾期", 15, 1, 250),
        CityRule(SCORE_WEIGHTS, "综合得分的权重", _M, ScoreWeights(), EXAMPLE_WEIGHTS),
        CityRule(SCORE_STYLE, "综合得分的计法", _M,
                 Choice({style.value: style.label for style in ScoreStyle}),
                 ScoreStyle.WEIGHTED.value),
        CityRule(EXCLUDED, "是否计入考核", _M, Choice({"no": "计入考核", "yes": "不计入考核"}),
                 "no", by_kind=True),
    )
}  # fmt: skip
"""Every rule, in the order of the page."""


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A value that was decided: from which day on, by what basis, by whom, when.

    `subject` is empty for all items, else the category or origin it holds for. An empty value
    ends a kind's own rule: from that day it follows the rule of all items.
    """

    name: str
    subject: str
    value: str
    valid_from: date
    basis: str
    decided_by: str = ""
    decided_at: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All versions ever decided; a later decision for the same day takes the place of another."""

    versions: tuple[RuleVersion, ...] = ()
    _of: dict[tuple[str, str], list[RuleVersion]] = field(default_factory=dict)

    @classmethod
    def of(cls, versions: Iterable[RuleVersion]) -> RuleBook:
        """The book of these versions."""
        ordered = tuple(sorted(versions, key=lambda one: (one.valid_from, one.id)))
        book = cls(ordered)
        for version in ordered:
            book._of.setdefault((version.name, version.subject), []).append(version)
        return book

    def version(self, name: str, on: date, subject: str = "") -> RuleVersion | None:
        """The version in force on a day; None before any was decided."""
        known = self._of.get((name, subject), ())
        return next((one for one in reversed(known) if one.valid_from <= on), None)

    def value(self, name: str, on: date, subject: str = "") -> str:
        """The value in force; for a kind without a rule of its own the empty text."""
        found = self.version(name, on, subject)
        if found is not None:
            return found.value
        return "" if subject else CITY_RULES[name].default

    def all_of(self, name: str) -> tuple[RuleVersion, ...]:
        """Every version of a rule, whatever it holds for."""
        return tuple(one for one in self.versions if one.name == name)

    def number(self, name: str, on: date) -> int:
        """The value of a rule that is a number."""
        return int(self.value(name, on))

    def subjects(self, name: str) -> tuple[str, ...]:
        """The kinds that ever had this rule for themselves, oldest first."""
        return tuple(dict.fromkeys(one.subject for one in self.versions
                                   if one.name == name and one.subject))  # fmt: skip

    def of_kind(
        self, name: str, on: date, category_id: int | None = None, origin_id: int | None = None
    ) -> str:
        """The value for an item: of its category, else of its origin, else of all items."""
        for kind, key in ((CATEGORY, category_id), (ORIGIN, origin_id)):
            if key is not None and (own := self.value(name, on, f"{kind}:{key}")):
                return own
        return self.value(name, on)

    def limit(
        self, on: date, category_id: int | None = None, origin_id: int | None = None
    ) -> Limit:
        """The limit of written feedback for an item assigned on this day."""
        told = FeedbackLimit.read(self.of_kind(FEEDBACK, on, category_id, origin_id))
        return told or FEEDBACK_LIMIT

    def limits(self, on: date) -> tuple[Limit, ...]:
        """Every limit that an assignment of this day can be given."""
        values = [self.value(FEEDBACK, on)]
        values += [self.value(FEEDBACK, on, subject) for subject in self.subjects(FEEDBACK)]
        found = [FeedbackLimit.read(value) for value in values]
        return (*(one for one in found if one), Limit(self.number(NEXT_ROUND, on)))

    def convention(self, on: date) -> Convention:
        """Which day is the first for deadlines given on this day."""
        return Convention(self.value(CONVENTION, on))

    def due(
        self, assigned_on: date, calendar: WorkCalendar, *, category_id: int | None = None,
        origin_id: int | None = None,
    ) -> Deadline:  # fmt: skip
        """The deadline of an assignment by what was in force on its day."""
        limit = self.limit(assigned_on, category_id, origin_id)
        return feedback_due(
            assigned_on, calendar, limit=limit, convention=self.convention(assigned_on)
        )

    def points(self) -> tuple[Points, ...]:
        """满意度得分: every dated set, oldest first; none until the city decides."""
        dated: dict[date, Points] = {}
        for one in self.versions:
            if one.name == SATISFACTION_POINTS:
                line = f"{one.valid_from.isoformat()} {one.value} {one.basis}".strip()
                if (read := points_of(line)) is not None:
                    dated[one.valid_from] = read
        return tuple(dated[day] for day in sorted(dated))

    def weights(self, on: date) -> Weights:
        """综合得分: the set in force on a day; the example until the city decides."""
        told = weights_of(self.value(SCORE_WEIGHTS, on)) or {}
        is_example = self.version(SCORE_WEIGHTS, on) is None
        return Weights(told, ScoreStyle(self.value(SCORE_STYLE, on)), is_example)

    def reasons(self, on: date) -> tuple[ReassignReason, ...]:
        """The reason codes of 重新交办 that are offered."""
        chosen = self.value(REASONS, on).split(",")
        return tuple(reason for reason in ReassignReason if reason.value in chosen)


AS_SHIPPED = RuleBook()
"""Nothing decided: every rule has the program's own value."""
