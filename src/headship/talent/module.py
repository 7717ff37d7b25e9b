"""What `talent` offers the rest of the house."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from headship.core.personal import Fate
from headship.core.registry import (
    Destination,
    EvidenceKind,
    Module,
    NavigationItem,
    News,
    NextAction,
    Permit,
    PersonData,
    Retention,
    SourcePage,
)
from headship.core.scope import Scope
from headship.talent import pages, queries, rules

SOON = timedelta(days=7)


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Say what others have shown of their learning since the reader was last here."""
    if rules.write_notes(scope) is None:
        for each in queries.shared_since(scope, since, limit=5):
            url = pages.address(scope, "learning-note", note=each.id)
            yield News(each.written_at, f"{each.person.name} shares something learned: {each.what}", url)


def next_actions(scope: Scope) -> Iterator[NextAction]:
    """Say which of the reader's goals are due soon."""
    if rules.set_goals(scope) is None:
        for each in queries.goals_due(scope, timezone.localdate(scope.at) + SOON):
            url = pages.address(scope, "goal", goal=each.pk)
            yield NextAction(f"Look at your goal: {each.what}"[:120], url, 5, each.due_on, 45)


MODULE = Module(
    name="talent",
    label="Learning",
    purpose="To let people keep their own notes of professional learning.",
    characteristics=("1.3", "1.4"),
    navigation=(NavigationItem("People", "My learning", "learning", rules.write_notes),),
    next_actions=next_actions,
    evidence_kinds=(
        EvidenceKind("talent.learning_note", "note of learning", "notes of learning", from_work=False),
        EvidenceKind("talent.goal", "goal reached", "goals reached"),
    ),
    sources=(
        SourcePage("talent.LearningNote", "learning-note", "note", rules.write_notes),
        SourcePage("talent.Goal", "goal", "goal", rules.set_goals),
    ),
    news=news,
    destinations=(
        Destination(
            "talent.write_note", "Note something you learned", "learning-write", rules.SUGGESTED, rules.write_notes
        ),
        Destination("talent.set_goal", "Set yourself a goal", "goal-set", rules.SUGGESTED, rules.set_goals),
    ),
    person_data=(
        PersonData(
            "talent.LearningNote",
            ("person",),
            "deleted: a note belongs to its writer",
            heading="What you noted of your learning",
            own=True,
            fate=Fate.DELETE,
        ),
        PersonData(
            "talent.Goal",
            ("person",),
            "deleted: a goal belongs to whoever set it",
            heading="Goals you set yourself",
            own=True,
            fate=Fate.DELETE,
        ),
    ),
    retention=(
        Retention(
            "talent.LearningNote",
            "notes of learning",
            "As long as its writer keeps it",
            "A note belongs to its writer, who can withdraw it.",
        ),
        Retention(
            "talent.Goal",
            "goals people set themselves",
            "As long as whoever set it works here",
            "A goal belongs to whoever set it.",
        ),
    ),
    permits=(
        Permit("talent:read", "Read notes of learning"),
        Permit("talent:write", "Write, change and withdraw my notes of learning"),
    ),
)
