"""Exactly what the pages about asking by an address show."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form

from headship.core.scope import Scope
from headship.voice import pages, queries
from headship.voice.addresses import Addresses
from headship.voice.mail_forms import AskByMailForm
from headship.voice.models import Survey


@dataclass(frozen=True, slots=True)
class AddressesPage:
    """Where addresses are given. `asked` says how many of each group are so asked now."""

    title: str
    form: Form
    asked: Sequence[tuple[str, int]]
    none_url: str
    version: int
    back: str


@dataclass(frozen=True, slots=True)
class AddressesSeenPage:
    """What was read of them, before anything is kept."""

    title: str
    count: int
    groups: Sequence[tuple[str, int]]
    told: Sequence[str]
    instead: int
    form: Form
    ask_url: str
    back: str


def addresses_page(scope: Scope, survey: Survey, form: Form) -> AddressesPage:
    """Arrange the form."""
    return AddressesPage(
        title="Ask by e-mail",
        form=form,
        asked=queries.mailed_by_group(survey),
        none_url=pages.address(scope, "survey-addresses-ask", survey=survey.pk),
        version=survey.version,
        back=pages.address(scope, "survey-people", survey=survey.pk),
    )


def seen_page(scope: Scope, survey: Survey, read: Addresses) -> AddressesSeenPage:
    """Arrange what would be asked."""
    counted = Counter(group for _, group in read.found)
    lines = "\n".join(f"{address}\t{group}" for address, group in read.found)
    return AddressesSeenPage(
        title="Look before you ask them",
        count=len(read.found),
        groups=sorted(counted.items()),
        told=read.told,
        instead=sum(count for _, count in queries.mailed_by_group(survey)),
        form=AskByMailForm(initial={"pasted": lines, "version": survey.version}),
        ask_url=pages.address(scope, "survey-addresses-ask", survey=survey.pk),
        back=pages.address(scope, "survey-addresses", survey=survey.pk),
    )
