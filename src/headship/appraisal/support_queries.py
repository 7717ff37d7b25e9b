"""Reads of support before capability: never what its caller may not know of, counts included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from headship.appraisal import support_rules as rules
from headship.appraisal.support_choices import OVER, Kind, Standing
from headship.appraisal.support_models import Support, SupportLine, SupportReview
from headship.appraisal.support_rules import Facts
from headship.core.roles import LEADERS, STAFF, Role
from headship.core.scope import Scope
from headship.people import queries as people
from headship.people.models import Post

MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of support waits for the reader: to reply, or to hold a review by a day."""

    support: Support
    reply: bool
    due_on: date | None


def source(support: int) -> str:
    """Return what evidence and the audit call support."""
    return f"appraisal.Support:{support}"


def today_of(scope: Scope) -> date:
    """Return the reader's day."""
    return timezone.localdate(scope.at)


def known(scope: Scope) -> QuerySet[Support]:
    """Return the support the reader knows of: given to them, given by them, or led by them."""
    here = Support.objects.filter(school_id=scope.school_id)
    if rules.open_list(scope):
        return here.none()
    today = today_of(scope)
    not_over = Q(ends_on=None) | Q(ends_on__gte=today)
    headed = Post.objects.filter(
        not_over,
        school_id=scope.school_id,
        person_id=OuterRef("person_id"),
        role=Role.HEADTEACHER,
        starts_on__lte=today,
    )
    wanted, apart = Q(person_id=scope.person_id), Q(apart=True) | Q(headed=True)
    if scope.has(*STAFF):
        wanted |= Q(supporter_id=scope.person_id) & ~apart
    if rules.may_support(scope, apart=True):
        wanted |= Q(supporter_id=scope.person_id) & apart
    if scope.has(Role.HEADTEACHER):
        wanted |= ~apart
    if rules.leads_apart(scope):
        wanted |= apart
    return here.annotate(headed=Exists(headed)).filter(wanted)


def _whole(found: QuerySet[Support]) -> QuerySet[Support]:
    lines = SupportLine.objects.select_related("by").order_by("number")
    reviews = SupportReview.objects.order_by("due_on")
    return found.select_related("person", "supporter").prefetch_related(
        Prefetch("lines", queryset=lines), Prefetch("reviews", queryset=reviews)
    )


def supports(scope: Scope) -> list[Support]:
    """Return the support the reader knows of, what goes on first, then the newest."""
    rows = list(_whole(known(scope)).order_by("-offered_on", "-pk")[:MOST])
    return sorted(rows, key=lambda each: each.standing in OVER)


def support(scope: Scope, key: int) -> Support | None:
    """Return one, with its lines and reviews, or None where this reader may not know of it."""
    return _whole(known(scope)).filter(pk=key).first()


def facts(of: Support) -> Facts:
    """Return what the rights over support depend on. Whoever has many of them fetches lines and reviews first."""
    lines = list(of.lines.all())
    kinds = [each.kind for each in lines]
    asked = max((each.number for each in lines if each.kind == Kind.ASKED), default=0)
    reviewed = max((each.number for each in lines if each.kind == Kind.REVIEW), default=0)
    return Facts(
        standing=Standing(of.standing),
        person_id=of.person_id,
        supporter_id=of.supporter_id,
        apart=of.apart or bool(getattr(of, "headed", False)),
        aims=kinds.count(Kind.AIMS),
        helped=kinds.count(Kind.HELP),
        reviews=len({each.on for each in lines if each.kind == Kind.REVIEW}),
        asked=asked > reviewed,
        asked_on=_asked_on(of, lines),
        ended_on=of.ended_on,
    )


def _asked_on(of: Support, lines: Sequence[SupportLine]) -> tuple[date, ...]:
    """Return the days on which a reply was asked for that no yes of the person's has answered."""
    yes = of.accepted_on or of.yes_on or date.min
    return tuple(sorted({each.on for each in lines if each.kind == Kind.ASKED and timezone.localdate(each.at) > yes}))


def planned(of: Support) -> list[SupportReview]:
    """Return the reviews still to come, or overdue, the nearest first."""
    return [each for each in of.reviews.all() if each.held_on is None]


def owed(of: Support) -> bool:
    """Whether the person was asked something they have not replied to."""
    lines = [each for each in of.lines.all() if each.kind in {Kind.OFFER, Kind.ASKED, Kind.REPLY}]
    return bool(lines) and lines[-1].kind != Kind.REPLY


def to_support(scope: Scope) -> dict[int, str]:
    """Return whom the reader can offer support: the headteacher the staff, the chair the headteacher."""
    leading = rules.leads_apart(scope)
    return {
        key: words
        for key, (words, held) in _holders(scope).items()
        if key != scope.person_id and (Role.HEADTEACHER in held) is leading and held & STAFF
    }


def supporters(scope: Scope, *, apart: bool) -> dict[int, str]:
    """Return who can give support: staff; to the headteacher the board and its adviser, no leader of the school."""
    able = rules.OUTSIDE if apart else STAFF
    found = _holders(scope).items()
    return {key: words for key, (words, held) in found if held & able and not (apart and held & LEADERS)}


def _holders(scope: Scope) -> dict[int, tuple[str, set[str]]]:
    """Return whom the reader knows by name here: their name and post, and every role they hold."""
    found: dict[int, tuple[str, set[str]]] = {}
    for post in people.holders_here(scope):
        words = f"{post.name}, {post.title or _as_post(post.role)}"
        found.setdefault(post.person_id, (words, set()))[1].add(post.role)
    return found


def _as_post(role: str) -> str:
    words = Role(role).words
    return f"{words[:1].lower()}{words[1:]}"


def waiting(scope: Scope, until: date) -> list[Waiting]:
    """Return what waits for the reader: a reply; a review due by a day, for whoever gives it; if late, who leads it."""
    due = Exists(SupportReview.objects.filter(support=OuterRef("pk"), held_on=None, due_on__lte=until))
    goes_on = known(scope).exclude(standing__in=OVER).filter(Q(person_id=scope.person_id) | due)
    found = []
    for each in _whole(goes_on).order_by("offered_on", "pk")[:MOST]:
        if each.person_id == scope.person_id:
            if owed(each):
                found.append(Waiting(each, reply=True, due_on=None))
        elif day := _review_due(scope, each, until):
            found.append(Waiting(each, reply=False, due_on=day))
    return found


def _review_due(scope: Scope, each: Support, until: date) -> date | None:
    """Return the day of a review the reader is to hold by a day: late ones come to whoever leads it, too."""
    coming: Sequence[SupportReview] = planned(each)
    if not coming or each.standing == Standing.OFFERED:
        return None
    day = coming[0].due_on
    last = until if each.supporter_id == scope.person_id else today_of(scope)
    return day if day < last or (day == last and each.supporter_id == scope.person_id) else None


def reviews_between(scope: Scope, since: date, until: date) -> list[SupportReview]:
    """Return the reviews still to be held between two days, of support the reader knows of."""
    goes_on = known(scope).exclude(standing__in=OVER)
    found = SupportReview.objects.filter(
        support__in=goes_on.values("pk"), support__school_id=scope.school_id, held_on=None
    )
    return list(found.filter(due_on__range=(since, until)).order_by("due_on", "pk")[:MOST])


def over(school_id: int, cut: date) -> list[int]:
    """Return the support whose time is over: what is apart is deleted by whoever leads it."""
    ended = Support.objects.filter(school_id=school_id, apart=False, ended_on__lte=cut)
    return list(ended.values_list("pk", flat=True))


def may_be_read(scope: Scope) -> Q:
    """Return which support may be read by who answers requests: none for them, by no leader what is apart."""
    mine = Q(person_id=scope.person_id)
    return (~mine & Q(apart=False)) if scope.has(*LEADERS) else ~mine


def lines_read(scope: Scope) -> Q:
    """Return the same of its lines."""
    return Q(support__in=Support.objects.filter(may_be_read(scope), school_id=scope.school_id))


def line(scope: Scope, key: int) -> SupportLine | None:
    """Return one line of support the reader knows of."""
    found = SupportLine.objects.filter(pk=key, support__in=known(scope).values("pk"))
    return found.select_related("support__person").first()
