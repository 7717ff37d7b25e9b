"""The exact disclosure audit: which cells of a survey may be shown, so that nobody is singled out by subtraction.

A cell is a question's answers from a group: from everybody, from one role, from one role in one phase. Whoever reads
the cells can add and subtract them. Cells are decided on one after another, in the order given: each is shown where
it is proved that nothing made of it and the cells shown before rests on fewer than `least` respondents. Who answered
decides, never what they answered. Method: docs/methods/disclosure-audit.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from headship.analysis.figures import Flags, Floats, Places
from headship.analysis.trades import Shown, Verdict, apart, looked_closer

METHOD = "disclosure-audit 1"
CLOSE = 100  # respondents up to whom each question is gone through on its own
STEPS, IN_ALL = 60, 600  # branches of close looks at a question, and at all: where they do not suffice, not shown
FLOOR = 3  # below it, one respondent who compares notes with another knows the third

type Membership = Sequence[str | None]
type Group = tuple[tuple[int, str], ...]  # (variable, its value), in the order of variables; () is everybody


@dataclass(frozen=True, slots=True)
class Cell:
    """The answers of a group to a question, by its place."""

    question: int
    group: Group = ()


@dataclass(frozen=True, slots=True)
class Release:
    """What was decided: of each cell that was asked for, whether it is shown, or why not.

    Readers are told only that a cell is not shown: the reasons are for whoever looks after the release.
    """

    verdicts: dict[Cell, Verdict]
    least: int
    method: str = METHOD

    @property
    def shown(self) -> tuple[Cell, ...]:
        """The cells that are shown, in the order of decision."""
        return tuple(cell for cell, verdict in self.verdicts.items() if verdict is Verdict.SHOWN)

    def all_shown(self, questions: Iterable[int], group: Group = ()) -> bool:
        """Whether a group is shown for each of some questions: then what is made of them may be shown, too."""
        return all(self.verdicts.get(Cell(each, group)) is Verdict.SHOWN for each in questions)


def groups_of(memberships: Sequence[Membership], *, crossed: int = 2) -> list[Group]:
    """Return everybody, then each group, then groups of two variables crossed, and so on up to `crossed` variables.

    `memberships` (N) one tuple each, a group for every variable; None where it is not known, and then in none of it.

    >>> groups_of([("teacher", "infant"), ("teacher", None), ("assistant", "infant")])[:4]
    [(), ((0, 'assistant'),), ((0, 'teacher'),), ((1, 'infant'),)]
    """
    variables = range(len(memberships[0])) if memberships else ()
    groups: list[Group] = [()]
    for size in range(1, crossed + 1):
        for some in combinations(variables, size):
            groups += sorted({known for own in memberships if len(known := _known(own, some)) == size})
    return groups


def _known(own: Membership, variables: Iterable[int]) -> Group:
    return tuple((each, value) for each in variables if (value := own[each]) is not None)


def members_of(memberships: Sequence[Membership], groups: Sequence[Group]) -> Flags:
    """Return (G, N) who is in each group.

    >>> members_of([("teacher", "infant"), ("teacher", None)], [(), ((0, "teacher"), (1, "infant"))]).tolist()
    [[True, True], [True, False]]
    """
    found = np.ones((len(groups), len(memberships)), dtype=bool)
    columns = {
        pair: np.array([own[pair[0]] == pair[1] for own in memberships], dtype=bool)
        for pair in {pair for group in groups for pair in group}
    }
    for place, group in enumerate(groups):
        for pair in group:
            found[place] &= columns[pair]
    return found


def audit(
    memberships: Sequence[Membership], answered: Flags, cells: Sequence[Cell], *, least: int, shown: Sequence[Cell] = ()
) -> Release:
    """Decide which cells are shown.

    `memberships` (N) of the respondents; `answered` (N, Q) who gave a score to which question: "cannot say" and a
    skipped question are no answer; `cells` wanted, the most important first: groups are gone through in the order in
    which they first occur, for all questions; `least` respondents that anything worked out must rest on; `shown` cells
    out already, which are counted on and not judged again. Errors: ValueError for `least` under 3.

    >>> staff = [("teacher",)] * 6 + [("assistant",)] * 4
    >>> wanted = [Cell(0, group) for group in groups_of(staff)]
    >>> found = audit(staff, np.ones((10, 1), dtype=bool), wanted, least=5)
    >>> [(cell.group, str(verdict)) for cell, verdict in found.verdicts.items()]
    [((), 'shown'), (((0, 'assistant'),), 'small'), (((0, 'teacher'),), 'isolates')]
    """
    _check(least)
    groups = list(dict.fromkeys(each.group for each in (*shown, *cells)))
    out, wanted = {*shown}, {*cells}
    further = wanted - out
    members = members_of(memberships, groups)
    found = dict.fromkeys(shown, Verdict.SHOWN)
    parts = list(_parts(answered, groups, out, wanted))
    for part, same in parts:
        told = _Questions(members, answered[:, part], least, steps=min(STEPS, IN_ALL // len(parts)))
        for place, group in enumerate(groups):
            told.show(place, [at for at, each in enumerate(part) if Cell(each, group) in out])
            asked = [at for at, each in enumerate(part) if Cell(each, group) in further]
            for at, verdict in told.decide(place, asked).items():
                found |= {Cell(each, group): verdict for each in same[at]}
    return Release({cell: found[cell] for cell in cells}, least)


def audit_sets(wanted: Flags, *, least: int, shown: Flags | None = None) -> tuple[Verdict, ...]:
    """Decide which sets of people may have their sum shown, one after another, beside those that are `shown` already.

    `wanted` (C, N) and `shown` (S, N) who is in each: people, of one survey or of several over time. Errors: ValueError
    for `least` under 3.

    >>> staff = np.ones((1, 12), dtype=bool)
    >>> last_year = np.arange(12)[None, :] < 11  # one of the twelve came since
    >>> [str(each) for each in audit_sets(staff, least=5, shown=last_year)]
    ['isolates']
    """
    _check(least)
    out = np.zeros((0, wanted.shape[1]), dtype=bool) if shown is None else shown
    told = _Questions(np.vstack([out, wanted]), np.ones((wanted.shape[1], 1), dtype=bool), least, steps=STEPS)
    for place in range(len(out)):
        told.show(place, [0])
    return tuple(told.decide(place, [0])[0] for place in range(len(out), len(out) + len(wanted)))


def publishable(memberships: Sequence[Membership], groups: Sequence[Group], *, least: int, share: float) -> list[Group]:
    """Return the groups that would be shown if a share of those asked, 0 to 1, answered, alike in every group.

    `memberships` (N) of those asked; `groups` wanted, the most important first. A preview, and no promise: who answers
    decides. Errors: ValueError for `least` under 3.

    >>> staff = [("teacher",)] * 12 + [("assistant",)] * 8
    >>> [publishable(staff, groups_of(staff), least=5, share=share) for share in (0.5, 1)]
    [[()], [(), ((0, 'assistant'),), ((0, 'teacher'),)]]
    """
    order = sorted(range(len(memberships)), key=lambda place: tuple(each or "" for each in memberships[place]))
    answered = np.zeros((len(memberships), 1), dtype=bool)
    answered[order, 0] = np.diff(np.floor(np.arange(len(order) + 1) * share + 1e-9)) > 0
    return [cell.group for cell in audit(memberships, answered, [Cell(0, each) for each in groups], least=least).shown]


def _parts(
    answered: Flags, groups: list[Group], out: set[Cell], wanted: set[Cell]
) -> Iterator[tuple[list[int], list[list[int]]]]:
    """Give the questions gone through together, one for all that are alike in every respect, and those that are."""
    alike: dict[tuple[bytes, ...], list[int]] = {}
    for question, own in enumerate(answered.T):
        asked = [[Cell(question, group) in each for group in groups] for each in (out, wanted)]
        alike.setdefault((own.tobytes(), *(bytes(each) for each in asked)), []).append(question)
    same = [*alike.values()]
    for some in [[each] for each in same] if len(answered) <= CLOSE else [same]:
        yield [each[0] for each in some], some


class _Questions:
    """Questions gone through together; what is shown for any of them is taken as shown for all, which errs safely."""

    def __init__(self, members: Flags, answered: Flags, least: int, *, steps: int) -> None:
        patterns, atom = np.unique(members, axis=1, return_inverse=True)
        counted = [np.bincount(atom.ravel()[own], minlength=patterns.shape[1]) for own in answered.T]
        self.shown, self.weights, self.least = Shown.none_of(patterns.astype(np.int64)), np.stack(counted), least
        self.steps = iter(range(steps))
        self.out = np.zeros((len(counted), len(members)), dtype=bool)

    def show(self, place: int, questions: Sequence[int]) -> None:
        """Show a group for some questions."""
        if questions:
            self.out[questions, place] = True
            self.shown.add(place, self.weights.sum(axis=0))

    def decide(self, place: int, questions: Sequence[int]) -> dict[int, Verdict]:
        """Decide on a group for some questions, and show it where that is right."""
        sizes = self.weights @ self.shown.sets[place]
        large = np.array([each for each in questions if sizes[each] >= self.least], dtype=np.int64)
        found = dict.fromkeys(questions, Verdict.SMALL)
        if len(large):
            found |= zip(large.tolist(), self._judged(place, large), strict=True)
        self.show(place, [each for each, verdict in found.items() if verdict is Verdict.SHOWN])
        return found

    def _judged(self, place: int, large: Places) -> list[Verdict]:
        left = self.shown.left_of(place)
        touched = self.weights[large] @ (left[: self.shown.atoms] != 0)
        open_ = large[touched >= self.least]
        trades = apart(self.shown, place, self.weights[open_], enough=self.least)
        proved = {*open_[trades >= self.least].tolist()}
        return [
            Verdict.SHOWN if each in proved else self._otherwise(place, left, each, few)
            for each, few in zip(large.tolist(), touched.tolist(), strict=True)
        ]

    def _otherwise(self, place: int, left: Floats, question: int, touched: int) -> Verdict:
        """Decide where there are too few trades, or none is needed because nothing new is told."""
        if touched == 0:
            return Verdict.SHOWN if self._made(place, left, question) else Verdict.UNPROVED
        if touched < self.least:
            return Verdict.ISOLATES
        if len(self.weights) > 1:
            return Verdict.UNPROVED
        return looked_closer(self.shown, place, self.weights[question], least=self.least, steps=self.steps)

    def _made(self, place: int, left: Floats, question: int) -> bool:
        """Whether a group's sum follows from what is shown for the same question."""
        used = np.flatnonzero(left[self.shown.atoms :])
        shown = bool(self.out[question, used[used != place]].all())
        return shown and self.shown.made_of_shown(left, self.weights[question])


def _check(least: int) -> None:
    if least < FLOOR:
        raise ValueError(f"Nothing is shown that may rest on fewer than {FLOOR} respondents.")
