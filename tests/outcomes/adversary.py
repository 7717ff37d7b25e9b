"""A reader who puts all pages of a school's results together, adds and subtracts, and looks for few pupils.

The school is made at random. Pupils fall into cells: the product of everything a page parts them by. Each number on a
page is a row over the cells; whoever adds and subtracts knows what lies in the span of those rows, and no more. Means
are taken as if they were not rounded. A group of one to five pupils in that span is a leak.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from itertools import product
from random import Random

import numpy as np

from headship.core.scope import Scope
from headship.outcomes import (
    groups,
    own,
    own_pages,
    own_year_pages,
    progress_pages,
    pupil_queries,
    spend_queries,
    target_pages,
)
from headship.outcomes.models import Assessment, PupilYear, Scores, Target
from headship.outcomes.own_frame import Asked, OwnPage
from headship.outcomes.subjects import SUBJECTS
from headship.people.models import Pupil
from headship.schools.models import School

YEAR, SUBJECTS_SAT = 2025, ("maths", "french")
FACTS = {
    "disadvantaged": ("yes", "no", ""),
    "sex": ("female", "male", ""),
    "sen": ("none", "support", "plan", ""),
}
GROUPS = ("", "disadvantaged:yes", "disadvantaged:no", "sex:female", "sex:male", "sen:support")
YEAR_GROUPS = ("11", "10", "")
SAT = (None, (), ("maths",), ("french",), ("maths", "french"))  # None: not in the file of results at all
CELLS = list(product(YEAR_GROUPS, SAT, (True, False), (True, False), *FACTS.values()))
ATTENDANCE = "attendance"
VALUE_OF = {
    fact: {words: value for value, words in groups.WORDS[fact].items()} | {groups.UNKNOWN: ""} for fact in FACTS
}
FACT_OF = {groups.FACTS[fact]: fact for fact in FACTS}
CODE_OF = {SUBJECTS[code].words: code for code in SUBJECTS_SAT}


@cache
def cells(year_group: str | None, **told: object) -> np.ndarray:
    """Return which cells a group of pupils is made of (None: of every year group); `sat` "" is any result at all."""
    found = []
    for here, sat, prior, attends, *facts in CELLS:
        known = dict(zip(FACTS, facts, strict=True)) | {"prior": prior, "attends": attends}
        in_it = year_group in {None, here} and all(known[name] == told[name] for name in told if name != "sat")
        if "sat" in told:
            in_it &= sat is not None and (not told["sat"] or told["sat"] in sat)
        found.append(in_it)
    return np.array(found, dtype=float)


def fill(school: School, random: Random) -> Assessment:
    """Give a school 10 to 60 pupils at random, with the odd one not known, not there, or in another year group."""
    for model in (Target, Scores, Assessment, PupilYear, Pupil):
        model.objects.all().delete()
    sat = Assessment.objects.create(school=school, year=YEAR, name="GCSE", scale="gcse", taken_on=date(2026, 6, 1))
    count, rare, lacking = random.randint(10, 60), random.random() * 0.25, random.random() * 0.3
    made = Pupil.objects.bulk_create(
        Pupil(school=school, key_hash=f"{at:064}", since=date(2020, 9, 1)) for at in range(count)
    )
    weights = {fact: [random.random(), random.random(), *[rare] * (len(values) - 2)] for fact, values in FACTS.items()}
    in_years = random.choice(([1, 0, 0], [1, 0.3, 0], [1, 0.3, 0.2], [0.4, 0, 1]))
    years, scores = [], []
    for pupil in made:
        told = {fact: random.choices(values, weights[fact])[0] for fact, values in FACTS.items()}
        disadvantaged = {"yes": True, "no": False, "": None}[told.pop("disadvantaged")]
        possible = None if random.random() < rare else 100
        prior = None if random.random() < rare else random.choice((50.0, 95.0, 105.0))
        years.append(
            PupilYear(
                school=school,
                pupil=pupil,
                year=YEAR,
                year_group=random.choices(YEAR_GROUPS, in_years)[0],
                disadvantaged=disadvantaged,
                prior=prior,
                sessions_possible=possible,
                sessions_missed=possible and random.randint(0, 30),
                **told,
            )
        )
        if random.random() > rare / 2:
            by = {code: float(random.randint(0, 9)) for code in SUBJECTS_SAT if random.random() > lacking}
            scores.append(Scores(assessment=sat, pupil=pupil, by_subject=by))
    PupilYear.objects.bulk_create(years)
    Scores.objects.bulk_create(scores)
    return sat


@dataclass(frozen=True)
class Known:
    """What a reader knows: `counts` and `sums` of scores, rows over the cells; `differences` of two means.

    `truth` is how many pupils stand in each cell, `fewest` the number a figure must rest on.
    """

    truth: np.ndarray
    fewest: int
    counts: list[np.ndarray] = field(default_factory=list)
    sums: dict[str, list[np.ndarray]] = field(
        default_factory=lambda: {code: [] for code in (*SUBJECTS_SAT, ATTENDANCE)}
    )
    differences: list[tuple[str, np.ndarray, np.ndarray, str]] = field(default_factory=list)

    def count(self, group: np.ndarray, told: str) -> None:
        """Note a count; it must be true, or this reader reads wrongly."""
        assert int(told.replace(",", "")) == round(group @ self.truth), told
        self.counts.append(group)

    @cached_property
    def _counted(self) -> np.ndarray:
        return _span(self.counts)

    def leaks(self) -> Iterator[str]:
        """Yield each group of one to five pupils whose number or mean follows, and each figure of nobody knows whom."""
        sums = {code: list(rows) for code, rows in self.sums.items()}
        for code, ours, theirs, words in self.differences:
            if not (_in(self._counted, ours) and _in(self._counted, theirs)):
                yield f"{words}: held against a number of pupils that is hidden"
                continue
            sums[code].append(ours / (ours @ self.truth) - theirs / (theirs @ self.truth))
        spans = {code: _span(rows) for code, rows in sums.items()}
        for words, code, group in _candidates():
            size = round(group @ self.truth)
            if not 1 <= size < self.fewest:
                continue
            if _in(self._counted, group):
                yield f"the number of {words} ({size})"
            if code and _in(spans[code], group):
                yield f"the mean of {words} ({size})"


def _whole_school() -> Iterator[tuple[str, str, np.ndarray]]:
    """Yield the groups of the whole school: of those whose sessions are known, and of those on roll."""
    for fact, values in {"year_group": YEAR_GROUPS, **FACTS}.items():
        for value in values:
            yield f"{fact} {value!r} whose sessions are known", ATTENDANCE, _attending(fact, value)
            yield f"{fact} not {value!r} whose sessions are known", ATTENDANCE, _attending() - _attending(fact, value)
    for fact, values in FACTS.items():
        for value in values:
            yield f"on roll, {fact} {value!r}", "", cells(None, **{fact: value})


def _candidates() -> Iterator[tuple[str, str, np.ndarray]]:
    yield from _whole_school()
    for year_group in YEAR_GROUPS:
        yield f"year group {year_group!r}", "", cells(year_group)
        for code in SUBJECTS_SAT:
            everyone = cells(year_group, sat=code)
            yield f"{year_group!r} in {code}", code, everyone
            for fact, values in FACTS.items():
                for value in values:
                    part = cells(year_group, sat=code, **{fact: value})
                    yield f"{year_group!r} in {code}, {fact} {value!r}", code, part
                    yield f"{year_group!r} in {code}, {fact} not {value!r}", code, everyone - part
        for fact, values in FACTS.items():
            for value in values:
                yield f"{year_group!r} on roll, {fact} {value!r}", "", cells(year_group, **{fact: value})


def _attending(fact: str = "", value: str = "") -> np.ndarray:
    """Return those whose sessions are known: all of them, or one group."""
    if fact == "year_group":
        return cells(value, attends=True)
    return cells(None, attends=True, **({fact: value} if fact else {}))


def _span(rows: list[np.ndarray]) -> np.ndarray:
    if not rows:
        return np.zeros((0, len(CELLS)))
    _, sizes, basis = np.linalg.svd(np.array(rows), full_matrices=False)
    return basis[sizes > 1e-9 * sizes[0]]


def _in(span: np.ndarray, group: np.ndarray) -> bool:
    return bool(np.linalg.norm(group - span.T @ (span @ group)) < 1e-6 * np.linalg.norm(group))


def _truth() -> np.ndarray:
    scored = {pupil: tuple(code for code in SUBJECTS_SAT if code in by)
              for pupil, by in Scores.objects.values_list("pupil_id", "by_subject")}  # fmt: skip
    places = {cell: at for at, cell in enumerate(CELLS)}
    truth = np.zeros(len(CELLS))
    for each in PupilYear.objects.all():
        yes = {True: "yes", False: "no", None: ""}[each.disadvantaged]
        attends = bool(each.sessions_possible)
        key = (each.year_group, scored.get(each.pupil_id), each.prior is not None, attends, yes, each.sex, each.sen)
        truth[places[key]] += 1
    return truth


def read(scope: Scope, sat: Assessment, day: date) -> Known:
    """Read every page of an assessment: every year group, every subject, and every target anybody could set."""
    known = Known(_truth(), own.sitting(scope, sat, day).fewest)
    names = {own.sitting(scope, sat, day, year_group=name).year_group for name in ("", *YEAR_GROUPS)}
    for name in names:
        found = own.sitting(scope, sat, day, year_group=name)
        who = name or ("" if set(found.cohort.known.facts["year_group"]) <= {""} else None)
        _read_results(known, own_pages.results_page(scope, Asked(sat.pk, name)), who)
        _read_gap(known, own_pages.gap_page(scope, Asked(sat.pk, name)), who)
        _read_progress(known, progress_pages.progress_page(scope, Asked(sat.pk, name)), who)
        for code in SUBJECTS_SAT:
            _read_groups(known, own_pages.groups_page(scope, Asked(sat.pk, name, code)), who, code)
            for group in GROUPS if name else ():
                _read_target(known, scope, sat, name, code, group)
    _read_attendance(known, own_year_pages.attendance_page(scope, Asked(year=sat.year)))
    _read_totals(known, scope, day)
    return known


def _read_attendance(known: Known, page: OwnPage) -> None:
    """Read the attendance of the whole school and of its groups."""
    if not page.tables:
        return
    _note_attendance(known, _attending(), page.tables[0].rows[0][1])
    for table in page.tables[1:]:
        fact = {**FACT_OF, groups.FACTS["year_group"]: "year_group"}[table.caption]
        words_of = VALUE_OF.get(fact, {name or groups.UNKNOWN: name for name in YEAR_GROUPS})
        told = _attending() - _attending(fact, "")
        named = {words_of[words] for words, *_ in table.rows}
        for value in {"year_group": YEAR_GROUPS, **FACTS}[fact]:
            if value not in named:  # a group that is not named has nobody in it
                _note_attendance(known, _attending(fact, value), "0")
        for words, count, _, _, against in table.rows:
            group = _attending(fact, words_of[words])
            _note_attendance(known, group, count)
            if count.isdecimal() and against[0] in "+-":
                known.differences.append((ATTENDANCE, group, told - group, f"{table.caption}: {words}"))


def _note_attendance(known: Known, group: np.ndarray, count: str) -> None:
    if count.isdecimal():
        known.count(group, count)
        known.sums[ATTENDANCE].append(group)


def _read_totals(known: Known, scope: Scope, day: date) -> None:
    """Read what the pages of files and of spending tell: pupils of an assessment, and disadvantaged ones on roll."""
    (standing,) = pupil_queries.assessments(scope)
    if standing.pupils is not None:
        known.count(cells(None, sat=""), str(standing.pupils))
    disadvantaged = spend_queries.disadvantaged(scope, YEAR, day)
    if disadvantaged is not None:
        known.count(cells(None, disadvantaged="yes"), str(disadvantaged))


def _read_results(known: Known, page: OwnPage, who: str | None) -> None:
    for words, count, mean, *_ in page.tables[0].rows if page.tables else ():
        group = cells(who, sat=CODE_OF[words])
        if count.isdecimal():
            known.count(group, count)
            known.sums[CODE_OF[words]].append(group)
            assert "grades" in mean
    for row in page.rows:
        if found := re.search(r"of \d+ of (\d+) pupils", row.behind):
            known.count(cells(who, sat=""), found[1])


def _read_gap(known: Known, page: OwnPage, who: str | None) -> None:
    for words, yes, no, *_ in page.tables[0].rows if page.tables else ():
        if yes.isdecimal():
            code = CODE_OF[words]
            ours, theirs = (cells(who, sat=code, disadvantaged=each) for each in ("yes", "no"))
            known.count(ours, yes)
            known.count(theirs, no)
            known.differences.append((code, ours, theirs, "gap"))


def _read_progress(known: Known, page: OwnPage, who: str | None) -> None:
    for words, count, _, _, *parts in page.tables[0].rows if page.tables else ():
        code = CODE_OF[words]
        if count.isdecimal():
            known.count(cells(who, sat=code, prior=True), count)
        for value, told in zip(("yes", "no"), parts, strict=True):
            if "grades" in told:  # its number follows from the two means and that of all
                group = cells(who, sat=code, prior=True, disadvantaged=value)
                known.count(group, str(round(group @ known.truth)))


def _read_groups(known: Known, page: OwnPage, who: str | None, code: str) -> None:
    for table in page.tables:
        fact = FACT_OF[table.caption]
        told = cells(who, sat=code) - cells(who, sat=code, **{fact: ""})
        for value in set(FACTS[fact]) - {VALUE_OF[fact][words] for words, *_ in table.rows}:
            nobody = cells(who, sat=code, **{fact: value})  # a group that is not named has nobody in it
            known.count(nobody, "0")
            known.sums[code].append(nobody)
        for words, count, _, _, against in table.rows:
            group = cells(who, sat=code, **{fact: VALUE_OF[fact][words]})
            if count.isdecimal():
                known.count(group, count)
                known.sums[code].append(group)
                if against[0] in "+-":
                    known.differences.append((code, group, told - group, f"{table.caption}: {words}"))


def _read_target(  # noqa: PLR0917
    known: Known, scope: Scope, sat: Assessment, name: str, code: str, group: str
) -> None:
    target = Target(
        pk=1, school=sat.school, year=sat.year, year_group=name, subject=code, group=group, assessment=sat.name,
        kind="mean", aim=5.0, due_on=sat.taken_on, owner_id=scope.person_id, set_by_id=scope.person_id,
    )  # fmt: skip
    fact, _, value = group.partition(":")
    part = {fact: value} if group else {}
    page = target_pages.target_page(scope, target)
    if found := re.search(r"of (\d+) pupils with a result", page.finding):
        pupils = cells(name, sat=code, **part)
        known.count(pupils, found[1])
        known.sums[code].append(pupils)
    target.kind, target.standard = "standard", 5.0
    for _, told in target_pages.target_page(scope, target).facts:
        if found := re.search(r"of (\d+) pupils reach", told):
            known.count(cells(name, **part), found[1])
