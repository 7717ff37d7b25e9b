"""Where an entry of evidence leads each reader, as the Standards profile links it."""

from headship.evidence import characteristic_pages
from headship.evidence.models import Entry
from tests.cast import Cast


def leads(cast: Cast, persona: str, kind: str) -> str:
    """Return the address at which a persona ends who follows the newest entry of a kind."""
    entry = Entry.objects.filter(kind=kind).latest("pk")
    answer = cast.client(persona).get(characteristic_pages.source_url(cast.scope(persona), entry.source))
    if answer.status_code == 302:
        return str(answer["Location"])
    assert answer.status_code == 200
    return str(answer.request["PATH_INFO"])
