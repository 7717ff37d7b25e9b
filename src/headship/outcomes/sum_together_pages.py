"""The screens of what a model makes of the sums that a trust's schools share: no sums, no names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.urls import reverse

from headship.core.pages import Link
from headship.core.scope import Scope
from headship.outcomes import own_frame as frame
from headship.outcomes import published_drawing as drawing
from headship.outcomes import sum_choices as choices
from headship.outcomes import sum_model
from headship.outcomes import sum_queries as queries
from headship.outcomes.choices import SCALES
from headship.outcomes.models import SharedSums
from headship.outcomes.own import ATTAINMENT_8
from headship.outcomes.sum_model import Together
from headship.outcomes.sum_offers import subject_words
from headship.outcomes.sum_pages import named, standing

TITLE, METHOD = "Value added", "value-added"
TRUST_SEEN_BY = (
    "Leaders of this trust, without names",
    "Headteachers of schools that share the same, each with their own school marked for them alone",
)
OURS_SEEN_BY = (
    "The headteacher of this school",
    "Leaders of the trust see the same marks, without names and with none marked",
)
NOTHING = (
    "This page will show how much the schools of your trust differ in what pupils reach after the same prior "
    "attainment: from sums that schools share, never from pupils, and without a school's name."
)
ASK = "Ask headteachers to open Pupils, then Value added: each decides for their school, and can take it back."
OTHERWISE = (
    "Until then each school sees its pupils' progress beside all pupils in England who started alike: Pupils, Our "
    "results, Progress.",
    "A trust of fewer than ten schools cannot reach ten alone: whoever holds the pupils of more schools can work it "
    "out from a file (headship value_added).",
)


def trust_page(scope: Scope, asked: Mapping[str, str]) -> frame.OwnPage:
    """Arrange what leaders of a trust see of one assessment and subject."""
    rows, schools = queries.together(scope), queries.schools_of_trust(scope)
    if not rows:
        told = f"Of the {schools} schools of your trust that use Headship, none shares anything yet. {ASK}"
        return frame.OwnPage(TITLE, (), empty=NOTHING, refusal=told, seen_by=TRUST_SEEN_BY)
    kinds: dict[tuple[int, str, str, str], list[SharedSums]] = {}
    for row in rows:
        kinds.setdefault(queries.alike(row), []).append(row)
    alike = next((each for each in kinds.values() if _asked_for(each[0], asked)), next(iter(kinds.values())))
    subjects = _subjects(alike)
    subject = _chosen(subjects, asked)

    def address(kind: SharedSums, code: str, page: str = "trust-value-added") -> str:
        assert scope.place is not None  # pages of a trust
        return reverse(page, kwargs={"trust": scope.place.key}, query={**_kind(kind), "subject": code})

    sat = tuple(Link(_named(each[0]), address(each[0], subject), each is alike) for each in kinds.values())
    return _page(
        sum_model.of(alike, subject),
        alike[0],
        (frame.Choice("Assessment", sat), _choice(subjects, subject, lambda code: address(alike[0], code))),
        document=address(alike[0], subject, "trust-value-added-document") + "&as=",
        share=f"{{}} of the {schools} schools of your trust that use Headship",
        seen_by=TRUST_SEEN_BY,
    )


def standing_page(scope: Scope, mine: SharedSums, asked: Mapping[str, str]) -> frame.OwnPage:
    """Arrange where the reader's own school stands among those that share the same."""
    alike = queries.beside(mine)
    subjects = [code for code in _subjects(alike) if code in mine.by_subject]
    subject = _chosen(subjects, asked)
    return _page(
        sum_model.of(alike, subject, school=scope.school_id),
        mine,
        (_choice(subjects, subject, lambda code: standing(scope, mine, subject=code)),),
        document=standing(scope, mine, "value-added-standing-document", subject=subject) + "&as=",
        share="{} of the schools of our trust",
        seen_by=OURS_SEEN_BY,
    )


def _kind(row: SharedSums) -> dict[str, str]:
    """Return what tells an assessment of the trust's schools from others, as an address holds it."""
    year, name, scale, group = queries.alike(row)
    return {"year": str(year), "assessment": name, "scale": scale, "group": group}


def _asked_for(row: SharedSums, asked: Mapping[str, str]) -> bool:
    return all(asked.get(name) == value for name, value in _kind(row).items())


def _chosen(subjects: Sequence[str], asked: Mapping[str, str]) -> str:
    wanted = asked.get("subject", "")
    return wanted if wanted in subjects else next(iter(subjects), "")


def _subjects(rows: Sequence[SharedSums]) -> list[str]:
    """Return the subjects that any school shares: those of most schools first, then those of most pupils."""
    pupils: dict[str, float] = {}
    shared: dict[str, int] = {}
    for code, sums in (each for row in rows for each in row.by_subject.items()):
        shared[code] = shared.get(code, 0) + 1
        pupils[code] = pupils.get(code, 0) + sums[0]
    return sorted(shared, key=lambda code: (-shared[code], -pupils[code], subject_words(code)))


def _choice(subjects: Sequence[str], subject: str, address: Callable[[str], str]) -> frame.Choice:
    return frame.Choice(
        "Subject", tuple(Link(subject_words(each), address(each), each == subject) for each in subjects)
    )


def _named(row: SharedSums) -> str:
    return named(row.assessment, row.year_group, row.year)


def _page(  # noqa: PLR0913  # the model, whose it is, and what stands around it
    found: Together,
    kind: SharedSums,
    chosen: tuple[frame.Choice, ...],
    *,
    document: str,
    share: str,
    seen_by: tuple[str, ...],
) -> frame.OwnPage:
    sharing = share.format(found.schools)
    page = frame.OwnPage(
        TITLE,
        (),
        choices=chosen,
        words=f"{subject_words(found.subject)}: {_named(kind)}, after prior attainment. {SCALES[kind.scale].words}.",
        cannot=choices.CANNOT,
        document=document,
        seen_by=seen_by,
        sources=choices.RULES,
    )
    if found.fitted is None:
        lead, words = _silent(found, sharing)
        to_do = () if found.why_not else (ASK, *OTHERWISE)
        return replace(page, lead=lead, words=f"{page.words} {words}", to_do=to_do)
    unit = "points" if found.subject == ATTAINMENT_8 else SCALES[kind.scale].unit
    return replace(page, rows=(_row(found, unit, sharing),), tables=tuple(_tables(found)), can=tuple(_can(found, unit)))


def _silent(found: Together, sharing: str) -> tuple[str, str]:
    """Say that nothing is worked out, and why."""
    if found.why_not:
        return "Nothing can be worked out of these sums.", found.why_not
    share = "shares" if found.schools == 1 else "share"
    return (
        "Too few schools share this to say anything.",
        f"{sharing} {share} it. Of fewer than {choices.FEWEST_SCHOOLS} nobody can tell how much schools differ from "
        "how much pupils do, and a mark would hardly be without a name.",
    )


def _row(found: Together, unit: str, sharing: str) -> frame.Row:
    assert found.fitted is not None  # asked only where there is a model
    _, like, _ = found.apart
    finding = f"{like or 'None'} of {found.schools} schools cannot be told from the average"
    value, low, high = found.marks[found.order].T
    ours = None if found.ours is None else found.order.index(found.ours)
    own = "; ours is marked" if ours is not None else ""
    picture = drawing.caterpillar(value, low, high, ours, f"{finding}: each mark a school with its interval{own}")
    pupils = round(found.fitted.statistics.pupils, -1)
    behind = (
        f"{sharing} share it, about {pupils:,} pupils. Each mark is a school's effect with its 95% interval, the "
        f"lowest first, without names{own}; the line across is the average of these schools. In steps of "
        f"{found.step:g} {unit}."
    )
    return frame.Row(subject_words(found.subject), finding, picture, behind, METHOD)


def _can(found: Together, unit: str) -> Iterator[str]:
    assert found.fitted is not None  # as above
    if found.ours is not None:
        value, low, high = found.marks[found.ours]
        stands = "cannot be told from" if low <= 0 <= high else "is above" if value > 0 else "is below"
        yield f"Our school {stands} the average: {_signed(value)} {unit}, between {_signed(low)} and {_signed(high)}."
    yield (
        f"Of what prior attainment does not explain, {found.between:.0%} lies between schools and the rest between "
        "pupils of a school."
    )
    slope = float(found.fitted.fixed[1])
    way = "more" if slope >= 0 else "less"
    yield f"Pupils with one point more of prior attainment reached {abs(slope):.2g} {unit} {way} on average."


def _signed(value: float) -> str:
    return f"{value:+g}" if value else "0"


def _tables(found: Together) -> Iterator[frame.Table]:
    assert found.fitted is not None  # as above
    words = ("Below the average", "Cannot be told from the average", "Above the average")
    rows = tuple((name, str(count)) for name, count in zip(words, found.apart, strict=True))
    yield frame.Table("Schools by what their interval says", ("Interval", "Schools"), rows)
    fitted = found.fitted
    parts = (
        ("One point more of prior attainment", f"{fitted.fixed[1]:.2g}"),
        ("Variance between schools", f"{fitted.covariance[0, 0]:.2g}"),
        ("Variance between pupils of a school", f"{fitted.residual:.2g}"),
    )
    yield frame.Table("The model", ("Part", "Estimate"), parts, "By restricted maximum likelihood.")
