"""The generated page of states: every declared table of moves, as a diagram and in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from headship.appraisal import head_choices as head_appraisal
from headship.appraisal import staff_choices as staff_appraisal
from headship.appraisal import support_choices as support
from headship.equality import choices as equality
from headship.improvement import choices as improvement
from headship.policies import choices as policies
from headship.strategy import choices as strategy
from headship.talent import choices as talent
from headship.voice import choices as surveys
from headship.voice import complaint_choices as complaints
from headship.workload import choices as workload


class State(Protocol):
    """A state: its code and its words."""

    @property
    def value(self) -> str:
        """How it is kept."""

    @property
    def words(self) -> str:
        """As it stands on pages."""


TABLES: Sequence[tuple[str, Mapping[Any, Iterable[State]]]] = (
    ("A survey", surveys.MOVES),
    ("A complaint", complaints.MOVES),
    ("A statement of vision", strategy.VISION_MOVES),
    ("An action of the strategic plan", strategy.ACTION_MOVES),
    ("A headteacher's year of appraisal", head_appraisal.HEAD_MOVES),
    ("A year of staff appraisal", staff_appraisal.STAFF_MOVES),
    ("Excellent practice of somebody on the staff", staff_appraisal.PRACTICE_MOVES),
    ("An equality objective", equality.AIM_MOVES),
    ("A statement of equality information", equality.STATEMENT_MOVES),
    ("An equality check", equality.CHECK_MOVES),
    ("A bet", improvement.BET_MOVES),
    ("A demand on staff", workload.MOVES),
    ("A year of directed time", workload.YEAR_MOVES),
    ("A version of a policy", policies.VERSION_MOVES),
    ("An action that policy asks for", policies.ACTION_MOVES),
    ("A development goal", talent.MOVES),
    ("Support before capability", support.MOVES),
)


def page() -> str:
    """Return the page."""
    parts = ["# States and the moves between them\n", "What is not drawn here cannot be done.\n"]
    for title, moves in TABLES:
        parts += [f"## {title}\n", diagram(moves)]
    return "\n".join(parts)


def diagram(moves: Mapping[Any, Iterable[State]]) -> str:
    """Return a table of moves as a Mermaid diagram, the first state of the table being where things begin."""
    lines = [f"    {state.value} : {state.words}" for state in moves]
    lines.append(f"    [*] --> {next(iter(moves)).value}")
    lines += [f"    {state.value} --> {to.value}" for state, after in moves.items() for to in after]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```", ""])
