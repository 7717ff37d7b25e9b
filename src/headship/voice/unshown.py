"""Which statements of feedback can never be shown at the sizes of the groups that are asked: told before it opens."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from headship.voice import known, pages, queries
from headship.voice.choices import POST, Known
from headship.voice.instruments import CHOICE, Question
from headship.voice.models import Survey


def unshown(survey: Survey, at: datetime) -> list[tuple[str, str]]:
    """Return each statement put to fewer people than must answer, with whom it is put to and how many they are.

    Only those count who count toward how few are shown.
    """
    if survey.about_id is None or not survey.invitations.exists():
        return []
    count = known.of(survey, at)
    asked = survey.invitations.values_list("pk", "groups")
    sizes = Counter(groups[POST] for key, groups in asked if count.get(key) is Known.SURE)
    groups = list(pages.groups_of(survey))
    put_to = ((each, _asked(each, sizes)) for each in queries.questions(survey) if each.kind == CHOICE)
    return [(each.words, _whom(each, groups, size)) for each, size in put_to if size < survey.fewest]


def _asked(question: Question, sizes: Mapping[str, int]) -> int:
    return sum(size for group, size in sizes.items() if question.is_for(group))


def _whom(question: Question, groups: Sequence[str], count: int) -> str:
    put_to = ", ".join(pages.group_words(group) for group in groups if question.is_for(group))
    return f"{put_to}: {count} asked"
