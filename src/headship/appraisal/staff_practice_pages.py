"""Exactly what the page of excellent practice shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from headship.appraisal import staff_practice_queries as queries
from headship.appraisal import staff_practice_rules as rules
from headship.appraisal.staff_choices import PracticeState
from headship.appraisal.staff_pages import address
from headship.appraisal.staff_practice_models import ExcellentPractice
from headship.core.pages import in_words
from headship.core.scope import Scope


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One thing somebody does excellently; where the reader answers or takes it back, if they may."""

    name: str
    words: str
    facts: str
    state: str
    answer_url: str
    back_url: str


@dataclass(frozen=True, slots=True)
class PracticePage:
    """What the reader is asked, what is shown to all staff, and what else they have a part in."""

    title: str
    asked: Sequence[PracticeRow]
    shown: Sequence[PracticeRow]
    others: Sequence[PracticeRow]
    recognise_url: str


def list_page(scope: Scope) -> PracticePage:
    """Arrange what this reader knows of."""
    found = queries.practices(scope)
    asked = [each for each in found if each.state == PracticeState.ASKED and each.person_id == scope.person_id]
    shown = [each for each in found if each.state == PracticeState.AGREED]
    rest = [each for each in found if each not in asked and each not in shown]
    return PracticePage(
        title="Excellent practice",
        asked=[_row(scope, each) for each in asked],
        shown=[_row(scope, each) for each in shown],
        others=[_row(scope, each) for each in rest],
        recognise_url="" if rules.recognise(scope) else address(scope, "practice-recognise"),
    )


def _row(scope: Scope, each: ExcellentPractice) -> PracticeRow:
    state, at = PracticeState(each.state), {"practice": each.pk}
    may_agree = rules.answer(scope, each.person_id, state, PracticeState.AGREED) is None
    may_take_back = rules.take_back(scope, each.person_id, each.seen_by_id, state) is None
    return PracticeRow(
        name=each.person.name,
        words=each.words,
        facts=f"Seen by {each.seen_by.name}, {in_words(each.asked_on)}",
        state=state.words,
        answer_url=address(scope, "practice-answer", **at) if may_agree else "",
        back_url=address(scope, "practice-take-back", **at) if may_take_back else "",
    )
