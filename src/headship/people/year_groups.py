"""Year groups by one name each, however a file writes them."""

from collections.abc import Mapping

GROUPS: Mapping[str, str] = {
    **dict.fromkeys(("r", "rec", "reception", "year r", "yr r", "0"), "Reception"),
    **dict.fromkeys(("n", "nursery", "n1", "n2", "nur", "-1", "-2"), "Nursery"),
    **{
        f"{before}{number}": f"Year {number}"
        for number in range(1, 15)
        for before in ("", "y", "y ", "yr", "yr ", "year ", "year", "yr0", "y0", "0")
        if number < 10 or not before.endswith("0")
    },
}


def named(text: str) -> str:
    """Return the one name of a year group; words that are none are left as they are.

    >>> named("7"), named("yr 7"), named("Year 7"), named("Seedlings")
    ('Year 7', 'Year 7', 'Year 7', 'Seedlings')
    """
    return GROUPS.get(" ".join(text.casefold().split()), text)
