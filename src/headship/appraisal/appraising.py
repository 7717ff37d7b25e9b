"""Who appraises whom here today: the one answer, for all that opens or is said by it outside of appraisal too."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet

from headship.appraisal import head_pages, head_queries, head_rules, staff_pages, staff_queries, staff_rules
from headship.appraisal.head_choices import HeadState, Part
from headship.appraisal.head_models import HeadMember, HeadYear
from headship.core.appraising import Appraising
from headship.core.pages import academic_year
from headship.core.scope import Scope
from headship.core.together import asked_once

OPENS = "To appraise opens that year, and the goals and learning that its person shows to their appraiser."
ADVISES = "To advise opens that year, and nothing else."
PARTS = (Part.PANEL, Part.TRUST, Part.ADVISER)


def appraised(scope: Scope) -> Q:
    """Return what makes a row's person somebody whom the reader appraises here today."""
    heads = Q(person_id__in=heads_appraised(scope))
    if staff_rules.open_list(scope):
        return heads
    theirs = staff_queries.read_by_appraisers(scope).filter(appraiser_id=scope.person_id)
    return heads | Q(person_id__in=theirs.values("person_id"))


@asked_once
def heads_appraised(scope: Scope) -> list[int]:
    """Return who is headteacher here today and appraised by the reader: of the panel, or by the trust's scheme."""
    own = head_rules.parts(scope) & head_rules.APPRAISERS
    if not own:
        return []
    part = HeadMember.objects.filter(year=OuterRef("pk"), person_id=scope.person_id, ended_on=None, part__in=own)
    return [each.head_id for each in _going_on(scope, head_queries.years(scope).filter(Exists(part)))]


def _going_on(scope: Scope, found: QuerySet[HeadYear]) -> list[HeadYear]:
    """Return the years of whoever is headteacher today that their panel reads: each autumn two, by two panels."""
    now = found.filter(head_id__in=staff_queries.heads_in_post(scope)).exclude(state=HeadState.CLOSED)
    return [each for each in now.select_related("head") if not head_queries.facts(scope, each).over]


def told(scope: Scope) -> Iterator[Appraising]:
    """Yield who appraises the reader here today, and whom they appraise or advise on."""
    if head_rules.find(scope) is None:
        yield from _of_heads(scope)
    if staff_rules.open_list(scope) is None:
        yield from _of_staff(scope)


def _of_staff(scope: Scope) -> Iterator[Appraising]:
    mine = Q(person_id=scope.person_id) | Q(appraiser_id=scope.person_id)
    found = staff_queries.read_by_appraisers(scope).filter(mine).select_related("person", "appraiser")
    for each in found.order_by("-starts_in", "person__name"):
        assert each.appraiser_id is not None  # whoever reads it
        assert each.appraiser is not None  # the same
        pair = _pair(scope, each.appraiser_id, each.appraiser.name, each.person.name)
        url = staff_pages.address(scope, "staff-year", appraised=each.pk)
        words = f"{pair[0]} {pair[1]}, {academic_year(each.starts_in)}"
        yield Appraising(each.appraiser_id, each.appraiser.name, each.person_id, words, OPENS, url)


def _of_heads(scope: Scope) -> Iterator[Appraising]:
    part = HeadMember.objects.filter(year=OuterRef("pk"), person_id=scope.person_id, ended_on=None)
    mine = head_queries.years(scope).filter(Q(head_id=scope.person_id) | Exists(part))
    for year in _going_on(scope, mine):
        for each in sorted(head_queries.serving(scope, year, PARTS), key=lambda its: PARTS.index(Part(its.part))):
            if scope.person_id in {year.head_id, each.person_id}:
                yield _of_head(scope, year, each)


def _of_head(scope: Scope, year: HeadYear, each: HeadMember) -> Appraising:
    judges = each.part != Part.ADVISER
    who, whom = _pair(scope, each.person_id, each.person.name, year.head.name, judges=judges)
    words = f"{who} {whom}, {academic_year(year.starts_in)}"
    url = head_pages.address(scope, "head-year", year=year.pk)
    return Appraising(each.person_id, each.person.name, year.head_id, words, OPENS if judges else ADVISES, url, judges)


def _pair(scope: Scope, holder: int, name: str, about: str, *, judges: bool = True) -> tuple[str, str]:
    """Say who appraises whom to one of the two."""
    if holder == scope.person_id:
        return "You appraise" if judges else "You advise the panel of", about
    return f"{name} {'appraises' if judges else 'advises the panel that appraises'}", "you"
