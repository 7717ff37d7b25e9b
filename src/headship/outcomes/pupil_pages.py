"""Exactly what the pages of files of pupils and results show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils import timezone

from headship.core.models import ImportBatch
from headship.core.pages import academic_year, in_words, listed
from headship.core.scope import Scope
from headship.outcomes import disclosure, rules
from headship.outcomes import pupil_queries as queries
from headship.outcomes.choices import SCALES
from headship.outcomes.pupil_brought import KNOWN, Brought
from headship.outcomes.pupil_columns import PUPIL
from headship.outcomes.pupil_plan import Plan
from headship.outcomes.pupil_queries import Standing
from headship.outcomes.subjects import SUBJECTS

STATES = {
    "unmapped": "Waits for its columns",
    "unworded": "Waits for its words",
    "previewed": "Waits for you",
    "committed": "Taken in",
    "undone": "Undone",
}
PAGES = {"unmapped": "pupil-columns", "unworded": "pupil-words"}
SEEN_BY = (
    "These pages: those who may bring files, which are the headteacher, senior leaders and the office",
    "Figures made of them, never a pupil: staff, governors, and leaders of its trust or authority with a post here",
    "Nobody sees a pupil's UPN: it becomes a keyed hash as the file is read",
)


def address(scope: Scope, name: str, **kwargs: Any) -> str:
    """Return the address of a page of files at the reader's school."""
    assert scope.place is not None  # only pages of a school ask
    return reverse(name, kwargs={"urn": scope.place.key, **kwargs})


def address_of(scope: Scope, batch: ImportBatch) -> str:
    """Return where a file goes on."""
    return address(scope, PAGES.get(batch.state, "pupil-file"), file=batch.pk)


@dataclass(frozen=True, slots=True)
class Row:
    """One file that was brought."""

    name: str
    url: str
    state: str
    waits: bool
    words: str


@dataclass(frozen=True, slots=True)
class FilesPage:
    """The files brought so far, the assessments that stand, and the form for another."""

    title: str
    form: Form
    rows: tuple[Row, ...]
    standing: tuple[tuple[str, ...], ...]
    names: str
    names_url: str
    seen_by: tuple[str, ...]


def files_page(scope: Scope, form: Form) -> FilesPage:
    """Arrange the files of a school."""
    files = queries.files_here(scope)
    people = queries.bringers(scope, files)
    kept = queries.names_are_kept(scope)
    whose = f"Pupils' names, which this school keeps: {listed(rules.NAMER_WORDS)}" if kept else ""
    return FilesPage(
        title="Bring pupils and results",
        form=form,
        rows=tuple(_row(scope, each, people) for each in files),
        standing=tuple(_standing(each) for each in queries.assessments(scope)),
        names="This school keeps pupils' names" if kept else "This school keeps no names of pupils",
        names_url=address(scope, "pupil-names") if rules.switch_names(scope) is None else "",
        seen_by=(*SEEN_BY, whose) if whose else SEEN_BY,
    )


def _row(scope: Scope, batch: ImportBatch, people: Mapping[int, str]) -> Row:
    told = batch.summary
    by = people.get(batch.created_by or 0, "somebody who is no longer here")
    year = academic_year(told["year"]) if "year" in told else ""
    what = listed([each["name"] for each in told.get("sat", ())]) or "what is known of pupils"
    parts = (year, what if year else "", f"brought by {by}", in_words(timezone.localdate(batch.created_at)))
    return Row(
        name=batch.file_name,
        url=address_of(scope, batch),
        state=STATES[batch.state],
        waits=batch.state not in {"committed", "undone"},
        words=", ".join(filter(None, parts)),
    )


def _standing(each: Standing) -> tuple[str, ...]:
    pupils = "not told: some are few" if each.pupils is None else f"{each.pupils:,}"
    return each.name, academic_year(each.year), SCALES[each.scale].words, in_words(each.taken_on), pupils


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """The columns of a table, and what each may be."""

    title: str
    form: Form
    guessed: int
    remembered: bool


def columns_page(batch: ImportBatch, form: Form, guessed: int, *, remembered: bool) -> ColumnsPage:
    """Arrange the columns of a table."""
    return ColumnsPage(f"Which column is which in {batch.file_name}?", form, guessed, remembered)


@dataclass(frozen=True, slots=True)
class WordsPage:
    """The words of a file, and what each may mean."""

    title: str
    form: Form
    columns_url: str


def words_page(scope: Scope, batch: ImportBatch, form: Form) -> WordsPage:
    """Arrange the words of a file."""
    back = address(scope, "pupil-columns", file=batch.pk) if "headings" in batch.summary else ""
    return WordsPage(f"What do the words in {batch.file_name} mean?", form, back)


@dataclass(frozen=True, slots=True)
class FilePage:
    """One file: what it would change, or has changed."""

    title: str
    state: str
    words: str
    counts: tuple[tuple[str, ...], ...]
    known: tuple[tuple[str, str], ...]
    subjects: tuple[tuple[str, ...], ...]
    left_out: tuple[tuple[str, str], ...]
    file: int
    can_take: bool
    can_undo: bool


def file_page(scope: Scope, batch: ImportBatch, brought: Brought | None, found: Plan | None) -> FilePage:
    """Arrange a file: by the plan before it is taken in, by what was kept afterwards."""
    told = batch.summary
    counts = found.counts() if found else told.get("counts", {})
    changes = found is not None and found.changes
    says = f"{academic_year(told['year'])}, {told['pupils']:,} pupil{'' if told['pupils'] == 1 else 's'}. No faults."
    return FilePage(
        title=_title(batch, changes=changes, waits=found is not None),
        state=STATES[batch.state],
        words=says,
        counts=(("Pupils", *(f"{counts[kind]:,}" for kind in ("new", "changed", "unchanged"))),) if counts else (),
        known=_known(brought) if brought else (),
        subjects=tuple(_subjects(scope, brought)) if brought else (),
        left_out=tuple((words[0].upper() + words[1:], f"{count:,}") for words, count in told["left_out"].items()),
        file=batch.pk,
        can_take=changes,
        can_undo=batch.state == "committed",
    )


def _title(batch: ImportBatch, *, changes: bool, waits: bool) -> str:
    if not waits:
        return f"{batch.file_name}: {STATES[batch.state].lower()}"
    return f"{batch.file_name} can be taken in" if changes else f"{batch.file_name} changes nothing"


def _known(brought: Brought) -> tuple[tuple[str, str], ...]:
    """Return of how many pupils each thing is known by this file."""
    every = len(brought.known)
    rows = ((PUPIL[name], sum(name in told for told in brought.known.values())) for name in KNOWN)
    return tuple((words.split(",")[0].split(":")[0], f"{count:,} of {every:,}") for words, count in rows if count)


def _subjects(scope: Scope, brought: Brought) -> Sequence[tuple[str, ...]]:
    fewest = disclosure.fewest_on(timezone.localdate(scope.at))
    return [
        (each.name, SUBJECTS[subject].words, f"{count:,}", _mean(count, mean, fewest))
        for each in brought.sat
        for subject, (count, mean) in queries.means(each.scores).items()
    ]


def _mean(count: int, mean: float | None, fewest: int) -> str:
    return f"{mean:.1f}" if mean is not None and count >= fewest else "too few to tell"


@dataclass(frozen=True, slots=True)
class NamesPage:
    """Whether names of pupils are kept: what that means, who sees them, and what happens on switching off."""

    title: str
    kept: bool
    words: tuple[str, ...]
    seen_by: tuple[str, ...]
    cannot_switch: str | None


def names_page(scope: Scope) -> NamesPage:
    """Arrange the switch of names."""
    kept, count = queries.names_are_kept(scope), queries.count_of_names(scope)
    title = "This school keeps no names of pupils"
    if kept:
        title = "This school keeps names, and has none yet"
    if kept and count:
        title = f"This school keeps the names of {count:,} pupil{'' if count == 1 else 's'}"
    words = (rules.NAMES_OFF,) if kept else rules.NAMES_ON
    return NamesPage(title, kept, words, tuple(rules.NAMER_WORDS), rules.switch_names(scope))
