"""What the school's facts show: the newest figure of each measure, and every year of a subject on its own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify

from headship.core.pages import Link
from headship.core.scope import Scope
from headship.schools import published, queries, search
from headship.schools.choices import GROUP_WORDS, PUBLISHED, Published, year_words
from headship.schools.models import PublishedFigure, School

type Measured = Mapping[str, Mapping[int, PublishedFigure]]

SUBJECTS = {slugify(group): group for group in dict.fromkeys(each.group for each in PUBLISHED.values())}
OF_GROUPS = tuple(words for words in GROUP_WORDS.values() if words)


@dataclass(frozen=True, slots=True)
class Subject:
    """The newest figures of one subject, and where every year of it is told, where there is more."""

    name: str
    rows: tuple[tuple[str, str, str], ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class FactsPage:
    """A school as the register and the published tables tell it."""

    title: str
    register: tuple[tuple[str, str], ...]
    successors: tuple[tuple[int, str], ...]
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """Every year of one subject: a row for each measure, a column for each year."""

    title: str
    back: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...]


def facts_page(scope: Scope) -> FactsPage:
    """Arrange the newest published figure of each measure of the scope's school, by subject."""
    school = queries.school_of(scope.school_id)
    by_subject = _by_subject(published.figures_of(scope.school_id))
    successors = search.successors_of([school.urn]).get(school.urn, ()) if not school.is_open else ()
    subjects = tuple(_subject(scope, slug, by_subject[name]) for slug, name in SUBJECTS.items() if name in by_subject)
    return FactsPage("School facts", _register(school), successors, subjects)


def subject_page(scope: Scope, slug: str) -> SubjectPage | None:
    """Arrange every year of a subject; None where there is no such subject."""
    name = SUBJECTS.get(slug)
    if name is None:
        return None
    measures = _by_subject(published.figures_of(scope.school_id)).get(name, {})
    years = sorted({year for told in measures.values() for year in told}, reverse=True)
    rows = tuple((PUBLISHED[code].words, *_in_years(PUBLISHED[code], told, years)) for code, told in measures.items())
    sources = dict.fromkeys(PUBLISHED[code].source for code in measures)
    heads = ("Measure", *(year_words(year) for year in years))
    return SubjectPage(f"School facts: {_inside(name)}", _address(scope), heads, rows, tuple(sources))


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:]


def _address(scope: Scope, slug: str = "") -> str:
    assert scope.place is not None  # pages of a school
    kwargs = {"urn": scope.place.key, **({"subject": slug} if slug else {})}
    return reverse("facts-subject" if slug else "facts", kwargs=kwargs)


def _by_subject(figures: Sequence[PublishedFigure]) -> dict[str, dict[str, dict[int, PublishedFigure]]]:
    """Return figures by subject, measure and year, in the order in which they come."""
    found: dict[str, dict[str, dict[int, PublishedFigure]]] = {}
    for each in figures:
        if measure := PUBLISHED.get(each.measure):
            found.setdefault(measure.group, {}).setdefault(each.measure, {})[each.year] = each
    return found


def _subject(scope: Scope, slug: str, measures: Measured) -> Subject:
    """Return the newest figure of each measure of all pupils; those of one group are told with every year."""
    rows = tuple(
        _newest(PUBLISHED[code], told)
        for code, told in measures.items()
        if not PUBLISHED[code].words.endswith(OF_GROUPS) or not _of_everybody(code, measures)
    )
    held = sum(len(told) for told in measures.values())
    name = SUBJECTS[slug]
    more = Link(f"{name}: all {held} figures, every year", _address(scope, slug)) if held > len(rows) else None
    return Subject(name, rows, more)


def _of_everybody(code: str, measures: Measured) -> bool:
    """Whether the measure of one group is also told of all pupils."""
    words = PUBLISHED[code].words
    whole = next((words.removesuffix(end) for end in OF_GROUPS if words.endswith(end)), words)
    return any(PUBLISHED[each].words == whole for each in measures)


def _newest(measure: Published, told: Mapping[int, PublishedFigure]) -> tuple[str, str, str]:
    figure = told[max(told)]
    return measure.words, published.told(figure, measure), figure.source


def _in_years(measure: Published, told: Mapping[int, PublishedFigure], years: Sequence[int]) -> list[str]:
    return [published.told(told[year], measure) if year in told else "not published" for year in years]


def _register(school: School) -> tuple[tuple[str, str], ...]:
    ages = f"{school.age_from} to {school.age_to}" if school.age_from is not None and school.age_to else ""
    rows = (
        ("URN", str(school.urn)),
        ("Status", school.status),
        ("Phase", school.phase),
        ("Type", school.kind),
        ("Ages", ages),
        ("Religious character", school.religion),
        ("Local authority", school.authority.name if school.authority else ""),
        ("Trust or federation", school.trust.name if school.trust else ""),
        ("Address", ", ".join(filter(None, (school.street, school.town, school.postcode)))),
    )
    return tuple((words, value) for words, value in rows if value)
