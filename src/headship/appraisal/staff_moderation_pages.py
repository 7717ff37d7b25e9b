"""Exactly what the page of a group beside one another shows, and what a year says of having been looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.forms import Form

from headship.appraisal import staff_moderation_forms as forms
from headship.appraisal import staff_moderation_lines as lines
from headship.appraisal import staff_moderation_queries as moderation
from headship.appraisal import staff_moderation_rules as rules
from headship.appraisal import staff_queries as queries
from headship.appraisal import staff_rules
from headship.appraisal.head_choices import Reached
from headship.appraisal.staff_choices import Looked, StaffState
from headship.appraisal.staff_models import StaffCycle, StaffYear
from headship.appraisal.staff_moderation_actions import shown
from headship.appraisal.staff_moderation_models import StaffModeration
from headship.appraisal.staff_pages import A_PAGE, address
from headship.core.pages import academic_year
from headship.core.scope import Scope

HEADS = ("Appraised by", "Met", "Partly met", "Not met", "Not assessed")


@dataclass(frozen=True, slots=True)
class LookRow:
    """That a year was looked at beside others, what came of it; the words for whoever may read them."""

    words: str
    asked: Sequence[str]
    answer: Sequence[str]
    changes: Sequence[str]
    open: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody among others: who appraises them, what stands, and how far the looking is."""

    name: str
    appraiser: str
    url: str
    state: str
    status: str
    waits: bool
    stands: Sequence[tuple[str, str]]
    looks: Sequence[LookRow]
    ask_url: str


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group's objectives or ratings beside one another."""

    title: str
    group: str
    looked: str
    tabs: Sequence[tuple[str, str, bool]]
    heads: Sequence[str]
    by_appraiser: Sequence[Sequence[str]]
    rows: Sequence[PersonRow]
    form: Form | None
    button: str
    post_url: str
    previous: str
    next: str
    back: str


def group_page(scope: Scope, of: StaffCycle, looked: Looked, page: int) -> GroupPage:
    """Arrange a page of a group."""
    found = moderation.group(scope, of, looked)
    start = (page - 1) * A_PAGE
    years = list(found[start : start + A_PAGE + 1])
    more, years = len(years) > A_PAGE, years[:A_PAGE]
    ready = [each for each in years if _to_note(scope, each, looked)]
    url = address(scope, "staff-moderation", cycle=of.pk)
    table = _by_appraiser(of) if looked == Looked.RATINGS else []
    return GroupPage(
        title=f"{looked.words} beside one another",
        group=f"{of.name}, {academic_year(of.starts_in)}",
        looked=looked.words.lower(),
        tabs=[(each.words, f"{url}?{urlencode({'of': each})}", each == looked) for each in Looked],
        heads=HEADS,
        by_appraiser=table,
        rows=[_row(scope, each, looked) for each in years],
        form=_form(looked, ready) if ready else None,
        button=_button(len(ready), looked),
        post_url=address(scope, "staff-looked-at", cycle=of.pk),
        previous=_at(url, looked, page - 1) if page > 1 else "",
        next=_at(url, looked, page + 1) if more else "",
        back=address(scope, "staff-appraisal"),
    )


def _at(url: str, looked: Looked, page: int) -> str:
    return f"{url}?{urlencode({'of': looked, 'page': page})}"


def _button(count: int, looked: Looked) -> str:
    whose = "one person" if count == 1 else f"{count} people"
    return f"I looked at the {looked.words.lower()} of {whose}: nothing to ask"


def _form(looked: Looked, ready: Sequence[StaffYear]) -> Form:
    keys = [each.pk for each in ready]
    return forms.LookedAtForm(initial=forms.hidden_values(looked, keys, shown(ready, looked)))


def _to_note(scope: Scope, year: StaffYear, looked: Looked) -> bool:
    """Whether the reader can still say that they looked at a year as it stands."""
    facts = queries.facts(scope, year)
    fits = rules.seen(scope, facts) is None and rules.stage(facts) == looked
    return fits and bool(lines.standing(year, looked)) and not moderation.fresh(year, looked)


def _by_appraiser(of: StaffCycle) -> list[list[str]]:
    told = moderation.reached_by_appraiser(of).items()
    return [[name, *(str(counts.get(each, 0)) for each in (*Reached, ""))] for name, counts in told]


def _row(scope: Scope, year: StaffYear, looked: Looked) -> PersonRow:
    facts = queries.facts(scope, year)
    asks = rules.ask_again(scope, facts) is None and rules.stage(facts) == looked
    asked = moderation.open_one(year, looked) is not None
    return PersonRow(
        name=year.person.name,
        appraiser="you" if year.appraiser_id == scope.person_id else _appraiser(year),
        url=address(scope, "staff-year", appraised=year.pk),
        state=StaffState(year.state).words,
        status=_status(year, looked),
        waits=asked,
        stands=[(called, said) for _, called, said in lines.standing(year, looked)],
        looks=look_rows(scope, year, looked),
        ask_url=address(scope, "staff-look-again", appraised=year.pk) if asks and not asked else "",
    )


def _appraiser(year: StaffYear) -> str:
    return year.appraiser.name if year.appraiser else "nobody yet"


def _status(year: StaffYear, looked: Looked) -> str:
    if moderation.open_one(year, looked):
        return "Asked, not answered yet"
    settled = moderation.settled(year, looked)
    if settled is None:
        return "Not looked at yet"
    return "Looked at" if settled == lines.standing(year, looked) else "Changed since you looked"


def look_rows(scope: Scope, year: StaffYear, looked: Looked | None = None) -> list[LookRow]:
    """Return what a year says of having been looked at, as far as this reader may read it.

    What was asked and answered is read by the headteacher and whoever appraises. The person reads that it was looked at
    and what changed: of ratings once their statement is given, as of all ratings.
    """
    facts = queries.facts(scope, year)
    words = rules.reads_words(scope, facts)
    found = moderation.looks(year, looked)
    if not words:
        found = [each for each in found if each.settled_on and _told(scope, year, each)]
    return [_look(each, words=words) for each in found]


def _told(scope: Scope, year: StaffYear, each: StaffModeration) -> bool:
    return each.looked == Looked.OBJECTIVES or staff_rules.told(scope, queries.facts(scope, year))


def _look(each: StaffModeration, *, words: bool) -> LookRow:
    return LookRow(
        words=lines.told(each),
        asked=_lines(each.asked) if words else (),
        answer=_lines(each.answer) if words else (),
        changes=lines.changed(each),
        open=each.settled_on is None,
    )


def _lines(words: str) -> list[str]:
    return [each.strip() for each in words.splitlines() if each.strip()]
