"""The screens of interventions: exactly what each shows. Never in order of what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.utils.safestring import SafeString

from headship.core.pages import academic_year, in_words, money
from headship.core.scope import Scope
from headship.outcomes import drawing
from headship.outcomes import intervention_queries as queries
from headship.outcomes import intervention_rules as rules
from headship.outcomes import intervention_words as words
from headship.outcomes.intervention_forms import APART
from headship.outcomes.intervention_queries import Came
from headship.outcomes.models import Intervention
from headship.outcomes.target_pages import FormPage, address, subject_words
from headship.people.holders import Holders, holders

METHOD = "adjusted-difference"
SEEN_BY = ("Staff and governors of this school, and leaders above it with a post here: no pupil is named or listed",)
FEW = "Too few to say"
DRAWN = (
    "The dot is the difference, the bar its 95% interval, the dashed line none: to the right those who took part "
    "scored higher."
)


@dataclass(frozen=True, slots=True)
class InterventionRow:
    """An intervention on the list."""

    name: str
    url: str
    finding: str
    facts: str


@dataclass(frozen=True, slots=True)
class InterventionsPage:
    """The school's interventions, those begun last first."""

    title: str
    rows: Sequence[InterventionRow]
    cannot_plan: str | None
    plan_url: str


@dataclass(frozen=True, slots=True)
class InterventionPage:
    """One intervention: what it is, what it costs, and what came of it."""

    title: str
    key: int
    finding: str
    withdrawn: bool
    facts: Sequence[tuple[str, str]]
    approach: str
    picture: SafeString | None
    under: Sequence[str]
    conclusion: str
    seen_by: Sequence[str]
    version: int
    cannot_change: str | None
    cannot_review: str | None
    urls: Mapping[str, str]
    method: str = METHOD
    drawn: str = DRAWN


def interventions_page(scope: Scope) -> InterventionsPage:
    """Arrange the list."""
    found = queries.came_of(scope, list(queries.standing(scope)))
    people = holders(scope)
    told = sum(words.can_tell(each.found) for each in found)
    title = (
        f"Interventions: {len(found)}, {told or 'none'} with a difference that can be told"
        if found
        else "Interventions"
    )
    return InterventionsPage(
        title,
        [row(scope, each, people) for each in found],
        rules.plan_interventions(scope),
        address(scope, "intervention-plan"),
    )


def row(scope: Scope, came: Came, people: Holders) -> InterventionRow:
    """Arrange an intervention for a list."""
    one = came.one
    facts = (
        f"{subject_words(one.subject)}, {one.year_group}. {_when(one)}. Answers for it: {people.told(one.owner_id)}. "
        f"Cost: {money(one.cost)}."
    )
    return InterventionRow(one.name, address(scope, "intervention", intervention=one.pk), words.finding(came), facts)


def intervention_page(scope: Scope, one: Intervention) -> InterventionPage:
    """Arrange one intervention."""
    (came,) = queries.came_of(scope, [one])
    facts = queries.facts(one)
    names = ("change", "review", "withdraw")
    return InterventionPage(
        title=one.name,
        key=one.pk,
        finding="Withdrawn" if one.withdrawn_at else words.finding(came),
        withdrawn=one.withdrawn_at is not None,
        facts=_facts(came, holders(scope)),
        approach=one.approach,
        picture=None if one.withdrawn_at else _picture(came),
        under=() if one.withdrawn_at else _under(came),
        conclusion=one.conclusion,
        seen_by=SEEN_BY,
        version=one.version,
        cannot_change=rules.change_intervention(scope, facts),
        cannot_review=rules.review_intervention(scope, facts),
        urls={name: address(scope, f"intervention-{name}", intervention=one.pk) for name in names},
    )


def _facts(came: Came, people: Holders) -> list[tuple[str, str]]:
    one = came.one
    per_pupil = f"; {money(came.each)} for each pupil" if came.each is not None else ""
    hours = "not known" if one.hours is None else f"{one.hours.normalize():f}"
    return [
        ("For", f"{subject_words(one.subject)}, {one.year_group}"),
        ("When", _when(one)),
        ("Who answers for it", people.told(one.owner_id)),
        ("Pupils who take part", FEW if came.count is None else str(came.count)),
        ("Cost", f"{money(one.cost)}{per_pupil}"),
        ("Hours of staff", hours),
        ("Results before", _sat(one.before, one.before_year)),
        ("Results after", _sat(one.after, one.after_year)),
    ]


def _sat(name: str, year: int | None) -> str:
    return "not known yet" if year is None else f"“{name}”, {academic_year(year)}"


def _when(one: Intervention) -> str:
    starts = in_words(one.starts_on)
    return f"{starts} to {in_words(one.ends_on)}" if one.ends_on else f"From {starts}, no end set"


def _picture(came: Came) -> SafeString | None:
    found = came.found
    if found is None or found.value is None or found.low is None or found.high is None:
        return None
    reach = max(abs(found.low), abs(found.high)) * 1.1
    return drawing.whisker(found.value, (found.low, found.high), 0.0, words.finding(came), least=-reach, most=reach)


def _under(came: Came) -> list[str]:
    found = came.found
    if found is None or found.value is None:
        return []
    tells = words.can_tell(found)  # which way it goes is nothing to say of what nobody can tell
    one = words.one_pupil(found) if tells else ""
    told = (words.rests(found), one, words.effect(found), words.NO_PROOF, "" if tells else words.NULL)
    return [each for each in told if each]


def as_typed(one: Intervention) -> dict[str, Any]:
    """Return an intervention as its form holds it; who takes part is not given back."""
    names = ("name", "subject", "year_group", "approach", "starts_on", "ends_on", "cost", "hours", "version")
    told = {name: getattr(one, name) for name in names}
    before = f"{one.before_year}{APART}{one.before}" if one.before else ""
    after = f"{one.after_year}{APART}{one.after}" if one.after else ""
    return {**told, "owner": one.owner_id, "before": before, "after": after}


def plan_page(scope: Scope, form: Form) -> FormPage:
    """Arrange the form for a new intervention."""
    aside = "Say before it starts which results will tell. Then what comes of it can be told honestly."
    return FormPage("Plan an intervention", form, "Save", address(scope, "interventions"), aside)
