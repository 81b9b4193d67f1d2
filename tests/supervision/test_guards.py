"""Guards let pass what is in order; a guard of an act that nobody tried is found here."""

from __future__ import annotations

from datetime import date

import pytest

from supervision import guards
from supervision.guards import Circumstances
from supervision.lifecycle import RULES

PASSES = [
    (guards.approved_merge, Circumstances(different_reporters=True, approved=True)),
    (guards.approved_merge, Circumstances(different_reporters=False)),
    (guards.evidence_of_solving, Circumstances(claims_solved=True, evidence_files=1)),
    (guards.evidence_of_solving, Circumstances(claims_solved=False)),
    (guards.solved_or_explained, Circumstances(explained=True)),
    (guards.solved_or_explained, Circumstances(resolved=True)),
    # The limit runs to the end of its last day.
    (guards.asked_in_time, Circumstances(asked_on=date(2026, 11, 12), due_on=date(2026, 11, 12))),
    (guards.asked_in_time, Circumstances(asked_on=date(2026, 11, 12))),
    (guards.later_than_due, Circumstances(new_due_on=date(2026, 11, 13))),
    (guards.not_longer_than_limit,
     Circumstances(new_due_on=date(2026, 11, 13), latest_due_on=date(2026, 11, 13))),
    (guards.return_in_time,
     Circumstances(asked_on=date(2026, 11, 9), return_deadline_on=date(2026, 11, 9))),
    (guards.return_in_time, Circumstances(asked_on=date(2026, 11, 9))),
    (guards.hang_not_too_long,
     Circumstances(review_on=date(2027, 3, 1), latest_review_on=date(2027, 3, 1))),
    (guards.hang_not_too_long, Circumstances(review_on=date(2027, 3, 1))),
    (guards.enough_attempts, Circumstances(reached=False, attempts=2)),
    (guards.enough_attempts, Circumstances(reached=True)),
    (guards.told_whether_reached, Circumstances(reached=True)),
    (guards.told_whether_reached, Circumstances(reached=False)),
    (guards.told_what_was_answered, Circumstances(reached=False)),
    (guards.told_what_was_answered, Circumstances(reached=True, declined=True)),
    (guards.told_what_was_answered,
     Circumstances(reached=True, rated=True, resolution_told=True)),
    (guards.not_extended_too_often, Circumstances(extensions_granted=1, extensions_allowed=2)),
    (guards.satisfied_or_confirmed, Circumstances(resolved_and_satisfied=True)),
    (guards.satisfied_or_confirmed, Circumstances(look_back_confirmed=True)),
    (guards.satisfied_or_confirmed, Circumstances(approved_reason="诉求不合理，已当面解释")),
]  # fmt: skip


@pytest.mark.parametrize(("guard", "said"), PASSES)
def test_a_guard_lets_pass_what_is_in_order(guard, said):
    assert guard(said) is None


def test_every_act_that_says_something_is_guarded():
    unguarded = {act for act, rule in RULES.items() if not rule.guards}
    # 签收 says nothing but its day; 归档 is the clock's.
    assert {act.label for act in unguarded} == {"签收", "归档"}
