"""The statement of vision for programs, by the rules of its pages."""

from datetime import date

from headship.core.errors import existing
from headship.core.scope import Scope
from headship.core.shapes import Asked, Given, Key, OfSchool, Page, page_of
from headship.strategy import vision_queries


class VisionGiven(Given):
    """A statement of what the school is for: one in force, one that was, or to leaders and governors a draft."""

    id: OfSchool[int]
    words: OfSchool[str]
    state: OfSchool[str]
    published_on: OfSchool[date | None]
    superseded_on: OfSchool[date | None]
    version: OfSchool[int]


def visions(scope: Scope, asked: Asked) -> Page[VisionGiven]:
    """List the statements the reader may know of, newest first."""
    return page_of(vision_queries.visible(scope).order_by("-pk"), asked, VisionGiven.of)


def vision(scope: Scope, vision: Key) -> VisionGiven:
    """Read one statement."""
    return VisionGiven.of(existing(vision_queries.vision(scope, vision)))
