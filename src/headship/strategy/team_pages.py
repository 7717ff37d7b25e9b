"""Exactly what the pages of teams and their yearly reviews show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.utils import timezone

from headship.core.pages import academic_year, in_words, listed
from headship.core.scope import Scope
from headship.strategy import pages, rights_queries, team_queries, team_rules
from headship.strategy.models import Review, ReviewedDecision, Team
from headship.strategy.rights_choices import How
from headship.strategy.rights_queries import Everybody


@dataclass(frozen=True, slots=True)
class TeamCard:
    """One team on the list."""

    name: str
    url: str
    remit: str
    facts: str
    decides: str
    reviewed: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review on a list."""

    words: str
    url: str
    state: str
    late: bool


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """The school's teams, and the reviews the reader may know of."""

    title: str
    teams: Sequence[TeamCard]
    reviews: Sequence[ReviewRow]
    cannot_edit: str | None
    add_url: str
    review_url: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody in a team."""

    name: str
    since: str
    end_url: str


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One team."""

    title: str
    remit: str
    ended: str
    facts: Sequence[tuple[str, str]]
    members: Sequence[MemberRow]
    before: Sequence[str]
    form: Form
    version: int
    cannot_edit: str | None
    change_url: str
    join_url: str
    end_url: str
    back: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One decision of a review, and what was said of it."""

    what: str
    url: str
    good: str
    otherwise: str
    who: str
    write_url: str
    cannot_write: str | None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One review."""

    title: str
    state: str
    late: bool
    facts: Sequence[tuple[str, str]]
    rows: Sequence[ReadRow]
    choose_url: str
    draw: str
    back: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """What to say of one decision, with the decision itself."""

    title: str
    what: str
    facts: Sequence[tuple[str, str]]
    form: Form
    back: str


def teams_page(scope: Scope) -> TeamsPage:
    """Arrange the school's teams."""
    who, teams = rights_queries.everybody(scope), team_queries.teams(scope)
    decides, latest = team_queries.areas_of(scope), team_queries.latest_of(scope, [each.pk for each in teams])
    return TeamsPage(
        title="Teams",
        teams=[_card(scope, each, who, decides.get(each.pk, []), latest.get(each.pk)) for each in teams],
        reviews=[_row(scope, each, who) for each in team_queries.reviews(scope)],
        cannot_edit=team_rules.edit(scope),
        add_url=pages.address(scope, "team-add"),
        review_url=pages.address(scope, "review-arrange"),
    )


def team_page(scope: Scope, of: Team, form: Form) -> TeamPage:
    """Arrange one team."""
    who, cannot = rights_queries.everybody(scope), team_rules.edit(scope)
    decides = team_queries.areas_of(scope).get(of.pk, [])
    rows = list(of.members.order_by("since", "pk"))
    return TeamPage(
        title=of.name,
        remit=of.remit,
        ended=f"It ended on {in_words(of.ended_on)}." if of.ended_on else "",
        facts=[
            ("Led by", who.people.told(of.lead_id)),
            ("Since", in_words(of.since)),
            ("Decides", listed(decides) if decides else "No area yet"),
        ],
        members=[
            MemberRow(
                who.people.told(each.person_id),
                f"since {in_words(each.since)}",
                "" if cannot or each.person_id == of.lead_id else pages.address(scope, "member-end", member=each.pk),
            )
            for each in rows
            if each.until is None
        ],
        before=[
            f"{who.people.told(each.person_id)}, {in_words(each.since)} to {in_words(each.until)}"
            for each in rows
            if each.until
        ],
        form=form,
        version=of.version,
        cannot_edit=cannot,
        change_url=pages.address(scope, "team-change", team=of.pk),
        join_url=pages.address(scope, "member-add", team=of.pk),
        end_url=pages.address(scope, "team-end", team=of.pk),
        back=pages.address(scope, "teams"),
    )


def review_page(scope: Scope, of: Review) -> ReviewPage:
    """Arrange one review."""
    who, reviewing = rights_queries.everybody(scope), team_queries.reviewing(scope, of)
    read, count = team_queries.read(scope, of), of.read.count()
    mine = team_rules.review(scope, reviewing) is None
    return ReviewPage(
        title=_titled(of, who),
        state=_state(of),
        late=_late(scope, of),
        facts=[
            ("Of", academic_year(of.starts_in)),
            ("By when", in_words(of.due_on)),
            ("Which decisions", How(of.how).words),
        ],
        rows=[_read(scope, of, each, who, reviewing) for each in read],
        choose_url=pages.address(scope, "review-choose", review=of.pk) if mine and not count else "",
        draw=f"Drawn with the key “{of.key}” from the decisions {listed(str(each) for each in of.pool)}; "
        f"the {count} with the lowest SHA-256 digests of “key:number”."
        if of.how == How.DRAWN
        else "",
        back=pages.address(scope, "teams"),
    )


def reading_page(scope: Scope, of: ReviewedDecision, form: Form) -> ReadingPage:
    """Arrange the form about one decision, the decision beside it."""
    decided = of.decision
    facts = [("Decided", in_words(decided.decided_on)), ("Why", decided.why), ("Expected", decided.expected)]
    return ReadingPage(
        title="What we think of it",
        what=decided.what,
        facts=[(words, told) for words, told in facts if told],
        form=form,
        back=pages.address(scope, "review", review=of.review_id),
    )


def titled(scope: Scope, of: Review) -> str:
    """Say who looks at whose decisions."""
    return _titled(of, rights_queries.everybody(scope))


def _titled(of: Review, who: Everybody) -> str:
    by, whom = who.told(team_queries.by_whom(of)), who.told(team_queries.of_whom(of))
    return f"{by} on decisions of {whom}"


def _state(of: Review) -> str:
    return f"Done on {in_words(of.done_on)}" if of.done_on else f"Due by {in_words(of.due_on)}"


def _late(scope: Scope, of: Review) -> bool:
    return of.done_on is None and of.due_on < timezone.localdate(scope.at)


def _row(scope: Scope, each: Review, who: Everybody) -> ReviewRow:
    return ReviewRow(
        f"{_titled(each, who)}, {academic_year(each.starts_in)}",
        pages.address(scope, "review", review=each.pk),
        _state(each),
        _late(scope, each),
    )


def _card(scope: Scope, each: Team, who: Everybody, decides: Sequence[str], last: Review | None) -> TeamCard:
    count = sum(it.until is None for it in each.members.all())
    people = "one person" if count == 1 else f"{count} people"
    return TeamCard(
        each.name,
        pages.address(scope, "team", team=each.pk),
        each.remit,
        f"{people}, led by {who.people.told(each.lead_id)}, since {in_words(each.since)}",
        f"Decides {listed(decides)}" if decides else "Decides no area yet",
        f"Others last looked at its decisions of {academic_year(last.starts_in)}" if last else "",
    )


def _read(scope: Scope, of: Review, each: ReviewedDecision, who: Everybody, reviewing: frozenset[int]) -> ReadRow:
    cannot = team_rules.write(scope, reviewing, each.decision.decided_by_id)
    offered = cannot in {None, team_rules.OWN} and not team_rules.rewrite(scope, of.done_on, each.by_id)
    return ReadRow(
        each.decision.what,
        pages.address(scope, "decision", decision=each.decision_id),
        each.good,
        each.otherwise,
        f"{who.people.told(each.by_id)}, {in_words(each.on)}" if each.by_id and each.on else "",
        pages.address(scope, "reading-write", reading=each.pk) if offered else "",
        cannot,
    )
