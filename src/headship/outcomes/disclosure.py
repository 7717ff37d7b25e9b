"""From how many pupils on a figure may be shown to anybody."""

from datetime import date
from typing import cast

from headship.policy import loader as policy


def fewest_on(day: date) -> int:
    """Return the number of pupils that a figure must rest on at least, as the rule stands on a day."""
    return cast("int", policy.value_on("disclosure.pupils_hidden_to", day).value) + 1
