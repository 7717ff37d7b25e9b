"""Who appraises whom, as the two of them are told outside of appraisal."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Appraising:
    """That somebody appraises somebody here today, or advises on it, as one of the two reads it; `opens` says to what.

    `url` is where it is read; `judges` is False of an adviser.
    """

    holder_id: int
    holder: str
    about_id: int
    words: str
    opens: str
    url: str
    judges: bool = True
