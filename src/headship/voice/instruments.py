"""What people are asked: the instruments that Headship brings, as data in `asked/`, and the scales they answer on."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, and ten times as fast where it was built
FOLDER = Path(__file__).parent / "asked"
CHOICE, COMMENT = "choice", "comment"
SELF = "self"
WITHOUT_NAMES = ("pupils", "parents")  # whom a school has no names of here


@dataclass(frozen=True, slots=True)
class Scale:
    """Steps from least to most, in words. `unknown` says that somebody cannot tell: an answer, never a score.

    `judges` is False where more is neither better nor worse, as with hours.
    """

    code: str
    steps: tuple[str, ...]
    unknown: str
    judges: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked. `asked_of` names the groups it is put to (empty: all); `words_for` says it in their words."""

    code: str
    words: str
    kind: str = CHOICE
    scale: str = "agreement"
    theme: str = ""
    serves: tuple[str, ...] = ()
    asked_of: tuple[str, ...] = ()
    words_for: Mapping[str, str] | None = None

    def put_to(self, group: str) -> str:
        """Return the words for a group.

        >>> Question("a", "Listens", words_for={"self": "I listen"}).put_to("self")
        'I listen'
        """
        return (self.words_for or {}).get(group, self.words)

    @property
    def part(self) -> str:
        """The part of feedback it stands in: its characteristic, or its theme where it has none."""
        return self.serves[0] if self.serves else self.theme

    @property
    def bare(self) -> str:
        """Its words as far as they tell it from others: what was put in the same words is the same question.

        >>> Question("own-1", "Lunch is  long enough.").bare
        'lunch is long enough'
        """
        return " ".join(self.words.casefold().rstrip(".?! ").split())

    def is_for(self, group: str) -> bool:
        """Whether a group is asked it."""
        return not self.asked_of or group in self.asked_of


@dataclass(frozen=True, slots=True)
class Instrument:
    """A set of questions for one purpose. `about_person` is True for 360 feedback; `of` says who answers."""

    code: str
    title: str
    purpose: str
    of: str
    minutes: int
    opening: str
    serves: tuple[str, ...]
    questions: tuple[Question, ...]
    about_person: bool = False

    @property
    def by_name(self) -> bool:
        """Whether those who answer are known by name here; others are asked by a code or an address."""
        return self.of not in WITHOUT_NAMES


@functools.cache
def scales() -> Mapping[str, Scale]:
    """Return every scale by its code.

    >>> scales()["agreement"].steps[0]
    'Strongly disagree'
    """
    read = read_file(FOLDER / "scales.yaml")
    return {code: Scale(code, **{**each, "steps": tuple(each["steps"])}) for code, each in read.items()}


@functools.cache
def instruments() -> Mapping[str, Instrument]:
    """Return every instrument by its code, in the order people are offered them.

    >>> len(instruments()["staff_pulse"].questions)
    6
    """
    found = [_instrument(read_file(path)) for path in sorted(FOLDER.glob("[0-9]*.yaml"))]
    return {each.code: each for each in found}


def read_file(path: Path) -> dict[str, Any]:
    """Read one of our own files."""
    loader = LOADER(path.read_text())
    try:
        read: dict[str, Any] = loader.get_single_data()
    finally:
        loader.dispose()
    return read


def _instrument(read: Mapping[str, Any]) -> Instrument:
    questions = tuple(question({"scale": read.get("scale", "agreement"), **each}) for each in read["questions"])
    whole = {name: value for name, value in read.items() if name not in {"scale", "questions", "serves"}}
    return Instrument(serves=tuple(read["serves"]), questions=questions, **whole)


def question(read: Mapping[str, Any]) -> Question:
    """Make a question of what is kept of it."""
    lists = {name: tuple(read[name]) for name in ("serves", "asked_of") if name in read}
    return Question(**{**read, **lists})


def kept(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Return questions as a survey keeps them.

    >>> kept([question({"code": "a", "words": "Is it so?"})])[0]["kind"]
    'choice'
    """
    return [asdict(each) for each in questions]


@functools.cache
def coaching() -> Mapping[str, tuple[str, ...]]:
    """Return questions for a coaching conversation: by characteristic, to begin and end with, and for all else.

    >>> len(coaching()["1.1"]), coaching()["end"][0]
    (3, 'What will you do first, and when?')
    """
    return {code: tuple(each) for code, each in read_file(FOLDER / "coaching.yaml").items()}
