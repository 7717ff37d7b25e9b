"""An attacker on survey releases, and the two rules that do not withstand them.

The attacker knows who is in which group and who answered which question, and is told the mean and the number of
answers of each cell that is shown. They look at every few respondents in turn: can a sum over just these be made of
the shown sums? Written apart from the audit, it shares no code with it.
"""

import itertools
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ROLES, PHASES, SEXES = ("teacher", "assistant", "office"), ("lower", "upper", None), ("f", "m", None)

# No determinant of 35 rows of 0 and 1 is as large (Hadamard's bound), so that what is nought modulo it is nought.
PRIME, EXACT = 2**61 - 1, 35

type Group = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """People by their groups, and what each answered to each question, 1 to 5; None for no answer."""

    people: tuple[tuple[str | None, ...], ...]
    answers: tuple[tuple[int | None, ...], ...]

    def who(self, question: int, group: Group) -> frozenset[int]:
        """Return who of a group answered a question."""
        return frozenset(
            place
            for place, own in enumerate(self.people)
            if self.answers[place][question] is not None and all(own[at] == value for at, value in group)
        )


def made(chance: random.Random, *, questions: int, large: bool = False) -> Survey:
    """Make a survey of a school, small unless it is to be `large`."""
    size = chance.randint(101, 160) if large else chance.randint(8, 45)
    weights = [[chance.random() + 0.1 for _ in each] for each in (ROLES, PHASES, SEXES)]
    people = tuple(
        tuple(chance.choices(each, own)[0] for each, own in zip((ROLES, PHASES, SEXES), weights, strict=True))
        for _ in range(size)
    )
    skipped = chance.choice([0, 0.05, 0.2])
    answers = tuple(
        tuple(None if chance.random() < skipped else chance.randint(1, 5) for _ in range(questions)) for _ in people
    )
    return Survey(people, answers)


def wanted(survey: Survey) -> list[Group]:
    """Return everybody, each group of one variable, and each of two crossed."""
    groups: list[Group] = [()]
    for size in (1, 2):
        for some in itertools.combinations(range(3), size):
            groups += sorted(
                {tuple((at, own[at]) for at in some) for own in survey.people if all(own[at] for at in some)}
            )
    return groups


def naive(survey: Survey, question: int, least: int) -> list[Group]:
    """Show whatever has enough answers."""
    return [group for group in wanted(survey) if len(survey.who(question, group)) >= least]


def remainder_hidden(survey: Survey, question: int, least: int) -> list[Group]:
    """Show what has enough answers; where that leaves few of a whole, hide the smallest part that was shown, too."""
    shown = {group: survey.who(question, group) for group in naive(survey, question, least)}
    for whole, parts in _wholes(survey):
        if whole not in shown:
            continue
        told = sorted((each for each in parts if each in shown), key=lambda each: (len(shown[each]), each))
        while told and 0 < len(shown[whole]) - sum(len(shown[each]) for each in told) < least:
            shown.pop(told.pop(0))
    return [*shown]


def _wholes(survey: Survey) -> Iterator[tuple[Group, list[Group]]]:
    """Give each group with its parts by one variable more."""
    parts = defaultdict(list)
    for group in wanted(survey):
        for pair in group:
            parts[tuple(each for each in group if each != pair), pair[0]].append(group)
    for (whole, _), each in parts.items():
        yield whole, each


def isolated(shown: Iterable[frozenset[int]], *, least: int) -> frozenset[int]:
    """Return fewer than `least` respondents of whom the sums shown tell something; nobody if there are none.

    Those in the same sets cannot be told apart, so they come together. Sums are combined until those who are many are
    out of them; then any that is left over some few alone tells of these.
    """
    sets = [*dict.fromkeys(each for each in shown if each)]
    alike = defaultdict(set)
    for person in frozenset().union(*sets):
        alike[tuple(int(person in each) for each in sets)].add(person)
    few = {column: own for column, own in alike.items() if len(own) < least}
    many = [column for column in alike if column not in few]
    rows = [[each[at] for each in (*many, *few)] for at in range(len(sets))]
    if len(rows) > EXACT:
        raise ValueError(f"More than {EXACT} sums are not told apart exactly.")
    own = [row[len(many) :] for row in _reduced(rows, range(len(many)))]
    own = [row for row in _reduced(own, range(len(few)), keep=True) if any(row)]
    for chosen in _choices([len(each) for each in few.values()], least - 1):
        outside = [place for place in range(len(few)) if place not in chosen]
        if _reduced(own, outside):
            return frozenset().union(*(each for place, each in enumerate(few.values()) if place in chosen))
    return frozenset()


def _choices(sizes: list[int], most: int) -> Iterator[tuple[int, ...]]:
    """Give all choices of at most so many respondents to which none can be added: fewer can tell no more."""
    for number in range(1, most + 1):
        for chosen in itertools.combinations(range(len(sizes)), number):
            room = most - sum(sizes[place] for place in chosen)
            others = (size for place, size in enumerate(sizes) if place not in chosen)
            if room >= 0 and all(size > room for size in others):
                yield chosen


def _reduced(rows: list[list[int]], columns: Iterable[int], *, keep: bool = False) -> list[list[int]]:
    """Return what can be made of rows with nothing in some columns; `keep` returns the rows of the steps as well."""
    left, steps = [*rows], []
    for column in columns:
        found = next((row for row in left if row[column]), None)
        if found is None:
            continue
        left = [row for row in left if row is not found]
        back = pow(found[column], -1, PRIME)
        left = [
            [(own - row[column] * back * above) % PRIME for own, above in zip(row, found, strict=True)]
            if row[column]
            else row
            for row in left
        ]
        steps.append(found)
    return steps + left if keep else left
