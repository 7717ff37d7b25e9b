"""A sheet of answers: what is kept of one, how it is sealed, and what it is when it is opened at the end.

Sealed sheets have one of few lengths, so that their length tells little of what was written, and no date.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from headship.core.sealed import seal_undated, unseal
from headship.voice.choices import Known
from headship.voice.instruments import CHOICE, Question

PADDED_TO = 4096
UNSURE = -1  # "cannot say": an answer, never a score


@dataclass(frozen=True, slots=True)
class Answers:
    """What one person answered: the step chosen for each question (from 0, or UNSURE), and what they wrote.

    `groups` are the ones they answer in. `named` is their name where they chose to give it with their words. `known`
    says whether whoever runs the survey could have made them up.
    """

    groups: Mapping[str, str]
    steps: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    named: str = ""
    known: str = Known.NOBODY


def sealed(answers: Answers) -> str:
    """Seal a sheet, padded."""
    plain = json.dumps(asdict(answers), ensure_ascii=True)
    return seal_undated(plain.ljust(-(-len(plain) // PADDED_TO) * PADDED_TO))


def opened(text: str) -> Answers:
    """Open a sheet. Errors: Unusable where no key known here sealed it."""
    return Answers(**json.loads(unseal(text)))


def scores(answers: Sequence[Answers], question: Question) -> list[int | None]:
    """Return everybody's step for a question, None where there is none to count."""
    found = (each.steps.get(question.code) for each in answers)
    return [step if question.kind == CHOICE and step is not None and step != UNSURE else None for step in found]
