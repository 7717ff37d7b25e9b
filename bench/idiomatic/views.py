"""The idiomatic view: models, querysets, prefetching; the template does the arranging."""

from collections import Counter, defaultdict

from django.db.models import F, Min, OuterRef, Prefetch, Q, Subquery
from django.shortcuts import render
from django.utils import timezone

from headship.core.pages import academic_year, percent
from headship.core.roles import Role
from headship.evidence import drawing, pages
from headship.evidence.choices import MONTHS, PROFILE_FRAMEWORKS, year_of
from headship.evidence.models import Entry, Reading, Reflection, Tally
from headship.people.models import Post
from headship.standards.models import Characteristic, Framework


def profile(request, scope):
    """Show the Standards profile of a school."""
    today = timezone.localdate(scope.at)
    year = year_of(today)
    seen = Q(owner_key=0, visibility__in=scope.opens) | Q(owner_key=scope.person_id)
    tallies = Tally.objects.filter(seen, school_id=scope.school_id)
    newest = tallies.filter(characteristic_key=OuterRef("pk"), latest_on__lt=f"{year + 1}-09-01")
    newest = newest.order_by("-latest_on", "-latest_entry_id").values("latest_entry_id")[:1]
    framework = Framework.objects.prefetch_related(
        Prefetch(
            "characteristics",
            Characteristic.objects.filter(assessable=True)
            .select_related("parent__parent")
            .annotate(newest_id=Subquery(newest)),
        )
    ).get(code="nse-2015")
    characteristics = list(framework.characteristics.all())
    post = _head_post(scope, today)
    head = post.person if post else None
    entries = Entry.objects.in_bulk([each.newest_id for each in characteristics if each.newest_id])
    stands = _stands(scope, head)
    readings = {each.measure: each for each in _readings(scope, year)}
    counted = _counted(tallies.filter(year=year))
    for each in characteristics:
        each.months, each.kinds, _ = counted.get(each.pk, ((), (), 0))
        each.latest = entries.get(each.newest_id)
        each.stand = stands.get(each.pk)
        each.measure = _measure(each, readings)
        each.destination = _destination(scope, each)
    own = head is not None and head.pk == scope.person_id
    most = max((max(each.months) for each in characteristics if each.months), default=0)
    context = {
        "framework": framework,
        "frameworks": Framework.objects.filter(code__in=PROFILE_FRAMEWORKS).order_by("version"),
        "bands": _bands(characteristics),
        "head": head,
        "own": own,
        "share": _share(counted.get(0), year),
        "scale": f"The tallest bar is {most} {'entry' if most == 1 else 'entries'} in a month." if most else "",
        "seen_as": "" if own else _seen_as(head, sum(each.stand is not None for each in characteristics)),
        "most": most,
        "year": year,
        "years": _years(tallies, year),
        "today": today,
        "urn": scope.place.key,
        "seen_by": pages.SEEN_BY,
    }
    return render(request, "idiomatic/profile.html", context)


def _share(counted, year):
    if not counted:
        return f"No evidence yet in {academic_year(year)}. It gathers by itself as work is done in Headship."
    months, _, from_work = counted
    total = sum(months)
    rate = percent(round(from_work / total, 2))
    entries = "entry" if total == 1 else "entries"
    return f"{from_work:,} of {total:,} {entries} ({rate}) came from doing work elsewhere in Headship."


def _seen_as(head, shared):
    if head is None:
        return ""
    if not shared:
        return f"You see the evidence open to you. {head.name} has not shared reflections with you."
    words = "one reflection" if shared == 1 else f"{shared} reflections"
    return f"You see this as {head.name} shares it: {words}, and the evidence open to you."


def _head_post(scope, today):
    posts = Post.objects.filter(school_id=scope.school_id, role=Role.HEADTEACHER, starts_on__lte=today)
    posts = posts.filter(Q(ends_on=None) | Q(ends_on__gte=today)).select_related("person")
    newest_first = posts.order_by("-starts_on", "-pk")
    return min(newest_first, key=lambda post: post.person_id != scope.person_id, default=None)


def _stands(scope, head):
    told = Reflection.objects.filter(school_id=scope.school_id, person=head)
    told = told.filter(Q(person_id=scope.person_id) | Q(visibility__in=scope.opens)).order_by("written_at", "pk")
    return {each.characteristic_id: each for each in told}


def _readings(scope, year):
    return Reading.objects.filter(school_id=scope.school_id, year__lte=year).order_by("measure", "year")


def _counted(tallies):
    by_key = defaultdict(list)
    for row in tallies:
        by_key[row.characteristic_key].append(row)
    return {key: _added(rows) for key, rows in by_key.items()}


def _added(rows):
    kinds, from_work = Counter(), 0
    for row in rows:
        count = sum(getattr(row, month) for month in MONTHS)
        kinds[row.kind] += count
        from_work += count * row.from_work
    months = tuple(sum(getattr(row, month) for row in rows) for month in MONTHS)
    return months, tuple(kinds.most_common()), from_work


def _measure(characteristic, readings):
    for measure in pages.measures_for(pages.standards.statement(characteristic.pk)):
        if reading := readings.get(measure.code):
            return drawing.measure_shown(measure, reading)
    return None


def _destination(scope, characteristic):
    offered = pages.destinations_for(pages.standards.statement(characteristic.pk))
    return next((each for each in offered if each.allows(scope) is None), None)


def _bands(characteristics):
    bands = defaultdict(list)
    for each in characteristics:
        bands[each.parent or each].append(each)
    return list(bands.items())


def _years(tallies, year):
    first = tallies.filter(characteristic_key=0).aggregate(first=Min(F("year")))["first"] or year
    return range(year, max(first, year - 4) - 1, -1)
