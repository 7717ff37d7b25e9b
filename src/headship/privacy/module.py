"""What `privacy` offers the rest of the house."""

from collections.abc import Iterator
from datetime import timedelta

from headship.core.personal import Fate
from headship.core.registry import Module, NavigationItem, NextAction, PersonData, Retention, Upkeep
from headship.core.scope import Scope
from headship.privacy import pages, queries, rules, upkeep

PROOF = "the school must be able to show what it answered and deleted, and why"
YEARS = 36


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Say which requests are to be answered and what waits to be deleted."""
    if scope.place is None or scope.place.kind != "school" or rules.handle_requests(scope):
        return
    asked, erasures = queries.waiting_counts(scope)
    for key, due_on in asked[:3]:
        url = pages.address(scope, "privacy-request", asked=key)
        yield NextAction("Answer a request about personal data", url, 30, due_on, weight=20)
    if erasures:
        url = pages.address(scope, "erasures")
        yield NextAction("Look at what is due to be deleted", url, 10, weight=70)


MODULE = Module(
    name="privacy",
    label="Personal data",
    purpose="To answer people who ask about their data, and to delete what is no longer needed.",
    navigation=(
        NavigationItem(
            "People", "Requests about personal data", "privacy-requests", rules.handle_requests, "Personal data"
        ),
        NavigationItem("People", "How long we keep things", "keeping", rules.see_keeping, "Personal data"),
    ),
    next_actions=next_actions,
    upkeep=(
        Upkeep(
            "privacy.prepare_due",
            "Prepare what is due to be deleted, for somebody to approve",
            timedelta(days=1),
            upkeep.prepare_due,
        ),
    ),
    person_data=(
        PersonData(
            "privacy.SubjectRequest",
            ("person", "noted_by", "closed_by", "drafts_by"),
            "Stays for its time: it shows that the erasure was asked for.",
            heading="What you asked about your data, and how it was answered",
            whose=("person",),
        ),
        PersonData(
            "privacy.SubjectRequest",
            ("noted_by", "closed_by", "drafts_by"),
            "Stays: it says who answered.",
            heading="Requests you noted or answered",
            whose=("noted_by", "closed_by", "drafts_by"),
            others=("asks", "words", "outcome", "received_on", "due_on", "drafts", "drafts_why"),
        ),
        PersonData(
            "privacy.Passage",
            ("decided_by",),
            "Stays with its request: it says who read.",
            heading="Passages you read for somebody's request",
            others=("words", "fingerprint", "model", "key", "field"),
        ),
        PersonData("privacy.KeepingTime", ("set_by",), "Stays: it says who set it.", heading="Keeping times you set"),
        PersonData(
            "privacy.LegalHold",
            ("person", "placed_by", "lifted_by"),
            "Stays for its time: a hold that stands forbids the erasure.",
            heading="Holds on deleting your data",
            whose=("person",),
            passages=("why",),
        ),
        PersonData(
            "privacy.LegalHold",
            ("placed_by", "lifted_by"),
            "Stays: it says who placed it.",
            heading="Holds you placed or lifted",
            whose=("placed_by", "lifted_by"),
            others=("why", "until"),
        ),
        PersonData(
            "privacy.Erasure",
            ("person", "prepared_by", "decided_by"),
            "Stays: it shows what was erased, by whom.",
            heading="Erasures about you, or prepared or approved by you",
        ),
    ),
    retention=(
        Retention(
            "privacy.SubjectRequest",
            "requests about personal data",
            "three years after it was received",
            PROOF,
            "received_on",
            YEARS,
            Fate.DELETE,
        ),
        Retention(
            "privacy.Passage",
            "what was decided of passages",
            "as long as its request",
            PROOF,
            follows="privacy.SubjectRequest",
        ),
        Retention(
            "privacy.KeepingTime", "keeping times the school set", "for as long as the school uses Headship", PROOF
        ),
        Retention(
            "privacy.LegalHold", "holds", "three years after it was lifted", PROOF, "lifted_at", YEARS, Fate.DELETE
        ),
        Retention(
            "privacy.Erasure", "what was deleted, and who approved it", "for as long as the school uses Headship", PROOF
        ),
    ),
)
