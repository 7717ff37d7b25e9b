"""Reads of boards' own rules: those that hold, where the school is one whose board may have them."""

from datetime import date

from headship.appraisal import own_rules as rules
from headship.appraisal.own_rule_models import OwnRule
from headship.appraisal.own_rules import Held, Ruled
from headship.core.scope import Scope
from headship.core.together import asked_once
from headship.schools.calendar_dates import bounds, group_of


def recorded(scope: Scope) -> list[OwnRule]:
    """Return every rule recorded at the school, newest first."""
    return list(OwnRule.objects.filter(school_id=scope.school_id).select_related("school").order_by("-adopted_on"))


@asked_once
def kept(scope: Scope) -> list[OwnRule]:
    """Return those that hold: of an academy's board. At a maintained school, none."""
    return [each for each in recorded(scope) if group_of(each.school.kind) == "academy"]


def ruled(scope: Scope, ends_on: date) -> Ruled:
    """Return what holds at the reader's school for a year that ends on a day."""
    return rules.ruled(kept(scope), ends_on)


def staff_due(scope: Scope, starts_in: int) -> Held[date]:
    """Return the last day for statements of staff of an academic year, and where it stands."""
    by = ruled(scope, bounds(starts_in)[1]).staff_by
    return Held(date(starts_in + 1, by.value.month, by.value.day), by.cited, own=by.own)


def own_rule(scope: Scope, key: int) -> OwnRule | None:
    """Return one of the school's rules."""
    return next((each for each in recorded(scope) if each.pk == key), None)
