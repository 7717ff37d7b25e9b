"""The documents a school must show, filled with what Headship knows of it. `data/documents` leads to docs/privacy.

What stands in [square brackets] is filled where it is known; the rest stays for people to fill.
"""

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from headship.core import prose
from headship.core.pages import in_words, listed
from headship.core.prose import Block
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility, opened_by
from headship.people.models import Post
from headship.policy import loader as policy
from headship.privacy import record
from headship.schools.models import School

FOLDER = Path(__file__).parent / "data" / "documents"
PLACEHOLDER = re.compile(r"\[(?P<what>[^\]\n]+)\](?!\()")
LAW: Mapping[str, str] = {
    "answer": "subject_request.answer_within",
    "breach": "breach.report_within",
    "assessment": "impact_assessment.before",
    "notice": "privacy_notice.tells",
    "erasure": "erasure.right",
    "record": "processing.record",
    "terms": "processing.terms",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its reader gets it: title, blocks, the Markdown itself, and how much is left to fill."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    text: str
    left: int


@functools.cache
def titles() -> Mapping[str, str]:
    """Return the documents' titles by their names."""
    files = sorted(path for path in FOLDER.glob("*.md") if path.stem != "README")
    return {path.stem: _text(path.stem).partition("\n")[0].lstrip("# ") for path in files}


def filled(scope: Scope, name: str) -> Document:
    """Return a document of a school. Errors: LookupError where there is none of that name."""
    if name not in titles():
        raise LookupError(name)
    known = _known(scope)

    def fill(match: re.Match[str]) -> str:
        return known[match["what"]]() if match["what"] in known else match[0]

    text = PLACEHOLDER.sub(fill, _text(name))
    title, _, rest = text.partition("\n")
    return Document(name, title.lstrip("# "), prose.blocks(rest), text, len(PLACEHOLDER.findall(text)))


def _text(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def _known(scope: Scope) -> dict[str, Callable[[], str]]:
    """Return what can be filled, each worked out only where a document asks for it."""
    school = School.objects.get(pk=scope.school_id)
    today = timezone.localdate(scope.at)
    return {
        "school name": lambda: school.name,
        "urn": lambda: str(school.urn),
        "address": lambda: (
            ", ".join(part for part in (school.street, school.town, school.postcode) if part) or "[address]"
        ),
        "today": lambda: in_words(today),
        "headteacher": lambda: _holders(scope, Role.HEADTEACHER, today),
        "data protection officer": lambda: _holders(scope, Role.DATA_PROTECTION_OFFICER, today),
        "table: processing": lambda: record.record_page(scope.school_id),
        "table: staff": lambda: _staff(scope.school_id),
        "table: roles": _roles,
        **{f"law: {short}": functools.partial(_law, code, today) for short, code in LAW.items()},
    }


def _holders(scope: Scope, role: Role, today: date) -> str:
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    held = Post.objects.filter(running, school_id=scope.school_id, role=role, starts_on__lte=today)
    names = sorted(set(held.values_list("person__name", flat=True)))
    return listed(names) if names else f"[{role.words.lower()}: nobody holds the post in Headship]"


def _law(code: str, today: date) -> str:
    value = policy.value_on(code, today)
    told = {"rule": str(value.value), "months": f"{value.value} month{'' if value.value == 1 else 's'}"}
    return f"{value.words.lower()}: {told.get(value.unit) or f'{value.value} {value.unit}'}; {value.cited}"


def _staff(school_id: int) -> str:
    """Say what is held, in few columns: people read a notice, not a register."""
    purposes = [f"- **{label}.** {purpose}" for label, purpose in record.purposes()]
    rows = ((each.name, each.kept, each.then) for each in record.of_school(school_id))
    return "\n".join(purposes) + "\n\n" + record.table(("What of it may tell of you", "Kept", "Then"), rows)


def _roles() -> str:
    opened = (
        (role.words, role.meaning, ", ".join(each.words for each in Visibility if each in opened_by({role})))
        for role in Role
    )
    return record.table(("Role", "What it means", "Opens what is marked"), opened)
