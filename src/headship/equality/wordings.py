"""Equality objectives in words as they are told, and as they are kept with what was published of them."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from headship.core.pages import in_words, listed
from headship.equality import rules
from headship.equality.models import Aim, Statement
from headship.people.holders import Holders


@dataclass(frozen=True, slots=True)
class Kept:
    """An objective as it was told on the day a statement was published; `post` answered for it, `came` of it this."""

    aim: int
    words: str
    concerns: str
    measure: str
    post: str
    days: str
    came: str


def keep(statement: Statement, people: Holders, today: date) -> None:
    """Write the objectives of a statement into it as they are told now, for good."""
    rows = statement.aims.prefetch_related("readings", "reviews").order_by("starts_on", "pk")
    statement.kept = json.dumps([asdict(_kept(each, people, today)) for each in rows], ensure_ascii=False)
    statement.save(update_fields=["kept"])


def kept(statement: Statement) -> list[Kept] | None:
    """Return the objectives of a statement as they were published; None where they were not kept with it."""
    return [Kept(**each) for each in json.loads(statement.kept)] if statement.kept else None


def _kept(each: Aim, people: Holders, today: date) -> Kept:
    return Kept(
        aim=each.pk,
        words=each.words,
        concerns=concerns_told(each, today),
        measure=measure_told(each),
        post=people.posts.get(each.owner_id, "Not said"),
        days=days_told(each),
        came=came_told(each),
    )


def whole_told(each: Aim, today: date) -> str:
    """Say all that is published of an objective, on one line."""
    parts = (each.words, each.why, concerns_told(each, today), measure_told(each), days_told(each))
    return ". ".join(part.rstrip(".") for part in parts if part)


def concerns_told(each: Aim, today: date) -> str:
    """Say which protected characteristics an objective concerns."""
    protected = rules.protected(today)
    return listed(protected[code].words for code in each.concerns if code in protected)


def measure_told(each: Aim) -> str:
    """Say an objective's measure, from where to where, and where it stands by the newest reading."""
    newest = max(each.readings.all(), key=lambda it: (it.on, it.pk), default=None)
    ways = [f"from {each.baseline}" if each.baseline else "", f"to {each.target}" if each.target else ""]
    now = f"{newest.value} on {in_words(newest.on)}" if newest else ""
    told = "; ".join(filter(None, (" ".join(filter(None, ways)), now)))
    return f"{each.measure}: {told}" if told else each.measure


def days_told(each: Aim) -> str:
    """Say the days of an objective, and since when it stands in these words where it was published in others."""
    days = f"{in_words(each.starts_on)} to {in_words(each.ends_on)}"
    return f"{days}; in these words since {in_words(each.worded_on)}" if each.worded_on else days


def came_told(each: Aim) -> str:
    """Say what came of an objective by its newest review, or nothing."""
    newest = max(each.reviews.all(), key=lambda it: (it.on, it.pk), default=None)
    return f"{in_words(newest.on)}: {newest.came_of_it}" if newest else ""
