"""What `talent` offers the rest of the house."""

from collections.abc import Iterator
from datetime import datetime

from headship.core.personal import Fate
from headship.core.registry import (
    Destination,
    EvidenceKind,
    Module,
    NavigationItem,
    News,
    Permit,
    PersonData,
    Retention,
    SourcePage,
)
from headship.core.scope import Scope
from headship.talent import pages, queries, rules


def news(scope: Scope, since: datetime) -> Iterator[News]:
    """Say what others have shown of their learning since the reader was last here."""
    if rules.write_notes(scope) is None:
        for each in queries.shared_since(scope, since, limit=5):
            url = pages.address(scope, "learning-note", note=each.id)
            yield News(each.written_at, f"{each.person.name} shares something learned: {each.what}", url)


MODULE = Module(
    name="talent",
    label="Learning",
    purpose="To let people keep their own notes of professional learning.",
    characteristics=("1.3", "1.4"),
    navigation=(NavigationItem("People", "My learning", "learning", rules.write_notes),),
    evidence_kinds=(EvidenceKind("talent.learning_note", "note of learning", "notes of learning", from_work=False),),
    sources=(SourcePage("talent.LearningNote", "learning-note", "note", rules.write_notes),),
    news=news,
    destinations=(
        Destination(
            "talent.write_note", "Note something you learned", "learning-write", rules.SUGGESTED, rules.write_notes
        ),
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
    ),
    retention=(
        Retention(
            "talent.LearningNote",
            "notes of learning",
            "As long as its writer keeps it",
            "A note belongs to its writer, who can withdraw it.",
        ),
    ),
    permits=(
        Permit("talent:read", "Read notes of learning"),
        Permit("talent:write", "Write, change and withdraw my notes of learning"),
    ),
)
