"""What may be shown although the survey's runner may have made up some of those who answered. No database here.

Whoever made respondents up knows their answers and takes them away. So every cell is audited as often as there is
somebody to guess at: with all, with those alone who cannot be made up, and with these and each single one of those who
may be. What passes all of them isolates nobody, whoever of the doubtful is real. Decision 52.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from headship.analysis import disclosure_audit
from headship.analysis.disclosure_audit import Cell, Group, Membership
from headship.analysis.figures import Flags
from headship.analysis.trades import Verdict
from headship.voice.choices import Known


def views(known: Sequence[str], rows: Sequence[object]) -> list[Flags]:
    """Return (N) each: who is left of the respondents when the runner takes away whom they made up.

    `rows` is what tells respondents apart for the audit: of several doubtful ones who are alike, one is enough.

    >>> [each.tolist() for each in views(["sure", "unsure", "unsure", "nobody"], ["a", "b", "b", "c"])]
    [[True, True, True, True], [True, False, False, False], [True, True, False, False]]
    """
    sure = np.array([each == Known.SURE for each in known], dtype=bool)
    found = [np.ones(len(known), dtype=bool)]
    if sure.any() and not sure.all():
        found.append(sure)
    alike = {row: place for place, row in reversed([*enumerate(rows)]) if known[place] == Known.UNSURE}
    return found + [sure | (np.arange(len(known)) == place) for place in sorted(alike.values())]


def shown(
    memberships: Sequence[Membership], answered: Flags, wanted: Sequence[Cell], seen: Iterable[Flags], *, least: int
) -> list[Cell]:
    """Return the cells that may be shown whichever of these views an attacker has."""
    left = [*wanted]
    for who in seen:
        touched = _touched(memberships, answered & who[:, None], left)
        judged = [cell for cell in left if cell in touched] if not who.all() else left
        members = [own for own, here in zip(memberships, who, strict=True) if here]
        passed = {*disclosure_audit.audit(members, answered[who], judged, least=least).shown} if judged else set()
        left = [cell for cell in left if cell in passed or cell not in {*judged}]
    return left


def _touched(memberships: Sequence[Membership], answered: Flags, cells: Sequence[Cell]) -> set[Cell]:
    """Return the cells that hold an answer of these respondents: of the others nothing can be learned about them."""
    groups = list(dict.fromkeys(each.group for each in cells))
    sizes = disclosure_audit.members_of(memberships, groups).astype(int) @ answered.astype(int)
    places = {group: place for place, group in enumerate(groups)}
    return {cell for cell in cells if sizes[places[cell.group], cell.question]}


def enough_named(
    memberships: Sequence[Membership], answered: Flags, known: Sequence[str], groups: Sequence[Group], least: int
) -> Flags:
    """Return (G, Q) whether so many answered of each group who cannot be made up."""
    sure = np.array([each == Known.SURE for each in known], dtype=bool).reshape(-1, 1)
    sizes = disclosure_audit.members_of(memberships, groups).astype(int) @ (answered & sure).astype(int)
    return np.asarray(sizes >= least, dtype=bool)


def shown_over_time(sets: Flags, sure: Flags, unsure: Flags, *, before: int, least: int) -> list[bool]:
    """Return of each set of people behind the first `before` whether it may be shown beside those.

    All (C, N): who is in each set; who of them could not be made up then; who could, though asked by name.
    """
    doubtful = np.unique(np.flatnonzero(unsure.any(axis=0)))
    seen = [sets, sure] if (sets != sure).any() else [sets]
    seen += [sure | (unsure & (np.arange(sets.shape[1]) == each)) for each in doubtful]
    allowed = np.ones(len(sets) - before, dtype=bool)
    for view in seen:
        judged = np.flatnonzero(view[before:].any(axis=1) & allowed)
        out = view[:before][view[:before].any(axis=1)]
        verdicts = disclosure_audit.audit_sets(view[before:][judged], least=least, shown=out)
        allowed[judged] = [each is Verdict.SHOWN for each in verdicts]
    return allowed.tolist()
