"""Links mailed by the worker, one at a time. A mail that was not taken is tried again; nobody learns who answered."""

from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from headship.core import background
from headship.core.scope import Scope
from headship.core.sealed import unseal
from headship.voice import documents, queries
from headship.voice.choices import State
from headship.voice.models import Invitation, Survey


def mail_links(*, by: Scope, survey: Survey, origin: str) -> str:
    """Have everybody mailed who is known by an address; say so. Whether they have answered is looked at later."""
    assert by.place is not None  # only pages of a school open surveys
    keys = list(queries.mailed(survey).values_list("pk", flat=True))
    with transaction.atomic():
        for key in keys:
            mail_link.enqueue(str(key), by.account_id, by.place.key, origin)
    told = [f"{len(keys)} people are being mailed their link."] if keys else []
    if printed := queries.to_print(survey).count():
        told.append(f"Print the links of the {printed} without an e-mail address, and hand them out.")
    return " ".join(told) or "Print the codes and hand them out."


@task
def mail_link(invitation: str, account_id: int, urn: int, origin: str) -> None:
    """Mail one link, unless it was used meanwhile or its survey is over."""
    background.scope_of(account_id, timezone.now(), "school", urn)
    waiting = Invitation.objects.select_related("survey__school").filter(used=False).exclude(sealed_token="")
    found = waiting.filter(pk=invitation, survey__state=State.OPEN).first()
    if found is None:
        return
    link = f"{origin}{reverse('answer', kwargs={'token': unseal(found.sealed_token)})}"
    if not documents.send_link(found, link):
        raise background.NotMailed
