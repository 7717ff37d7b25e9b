"""How other forms let somebody choose characteristics: those suggested first, the rest by domain."""

from collections.abc import Sequence

from headship.standards import queries

Choices = list[tuple[str, list[tuple[str, str]]]]


def characteristic_choices(suggested: Sequence[str], framework: str = queries.DEFAULT) -> Choices:
    """Return the statements evidence may point at as (heading, [(code, "1.1 Values …")]): suggested ones first."""
    view = queries.framework(framework)
    first = [each for each in view.assessable if each.code in suggested]
    groups = [("Most likely", [_choice(each) for each in first])] if first else []
    headings: dict[str, list[tuple[str, str]]] = {}
    for each in view.assessable:
        if each.code not in suggested:
            heading = view.by_code[each.parent].short_title if each.parent else "Preamble"
            headings.setdefault(heading, []).append(_choice(each))
    return [*groups, *headings.items()]


def _choice(each: queries.Statement) -> tuple[str, str]:
    return each.code, f"{each.code} {each.short_title}"
