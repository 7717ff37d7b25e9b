"""What a list of staff and pupils would change at a school: compared with what stands, written nowhere.

Posts that people gave each other stay as they are; a list adds posts, and changes or ends those a list gave before.
Whoever has an account keeps their own name and e-mail address.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from headship.core.pages import in_words
from headship.core.roles import STAFF, Role
from headship.core.scope import Scope
from headship.people import rosters, rules
from headship.people.models import Account, Post, Pupil, RosterKey
from headship.people.rosters import Member, Organisation, Roster

USUAL = {
    "teacher": Role.TEACHER, "class teacher": Role.TEACHER, "teaching": Role.TEACHER, "aide": Role.SUPPORT_STAFF,
    "teaching assistant": Role.SUPPORT_STAFF, "support staff": Role.SUPPORT_STAFF, "counselor": Role.SUPPORT_STAFF,
    "proctor": Role.SUPPORT_STAFF, "midday supervisor": Role.SUPPORT_STAFF, "office": Role.OFFICE,
    "administrative officer": Role.OFFICE, "school business manager": Role.BUSINESS_MANAGER,
    "business manager": Role.BUSINESS_MANAGER, "deputy headteacher": Role.SENIOR_LEADER,
    "assistant headteacher": Role.SENIOR_LEADER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choices:
    """What the reader chose: the post each role word stands for ("": none), and which organisation is this school."""

    posts: Mapping[str, str]
    organisation: str = ""
    end_missing: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One change to make. `kind`: join, change, replace, end or known (nothing but the key is noted)."""

    kind: str
    key: str
    name: str
    role: str
    words: str
    person_id: int | None = None
    post_id: int | None = None
    email: str = ""
    title: str = ""
    starts_on: str = ""
    ends_on: str = ""


@dataclass(frozen=True, slots=True)
class PupilStep:
    """One pupil to add, change or end."""

    kind: str
    key_hash: str
    year_group: str


@dataclass(slots=True)
class Plan:
    """All of it: what to do, what stays, and what is left out and why."""

    steps: list[Step] = field(default_factory=list)
    pupils: list[PupilStep] = field(default_factory=list)
    unchanged: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    missing: int = 0

    @property
    def change_count(self) -> int:
        """How many people or pupils it adds, changes or ends."""
        return len([each for each in self.steps if each.kind != "known"]) + len(self.pupils)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many of staff and pupils are new, changed, ended and unchanged."""
        staff = Counter("change" if each.kind == "replace" else each.kind for each in self.steps)
        pupils = Counter(each.kind for each in self.pupils)
        return {
            "staff": {"new": staff["join"], "changed": staff["change"], "ended": staff["end"],
                      "unchanged": self.unchanged["staff"] + staff["known"]},
            "pupils": {"new": pupils["join"], "changed": pupils["change"], "ended": pupils["end"],
                       "unchanged": self.unchanged["pupils"]},
        }  # fmt: skip


def offered(scope: Scope) -> tuple[Role, ...]:
    """Return the staff posts this person may give by a list; the headteacher's is never given by one."""
    given = rules.grantable(scope) & STAFF
    return tuple(role for role in Role if role in given and role != Role.HEADTEACHER)


def usual_post(scope: Scope, words: str) -> str:
    """Return the post a role word usually means, if this reader may give it."""
    role = USUAL.get(" ".join(words.casefold().split()))
    return role.value if role in offered(scope) else ""


def organisation_here(scope: Scope, organisations: Iterable[Organisation]) -> str:
    """Return the key of the organisation that is this school: by its URN, or the only school there is."""
    assert scope.place is not None  # only pages of a school ask
    schools = [each for each in organisations if each.kind == "school"]
    by_urn = [each.key for each in schools if str(scope.place.key) in {each.identifier, each.key}]
    if by_urn:
        return by_urn[0]
    return schools[0].key if len(schools) == 1 else ""


def plan(scope: Scope, roster: Roster, choices: Choices) -> Plan:
    """Compare a list with what stands at the scope's school."""
    found = Plan()
    found.left_out.update(roster.left_out)
    elsewhere = "people and pupils at another organisation"
    staff = [each for each in roster.staff if each.org == choices.organisation or not choices.organisation]
    pupils = [each for each in roster.pupils if each.org == choices.organisation or not choices.organisation]
    if apart := len(roster.staff) + len(roster.pupils) - len(staff) - len(pupils):
        found.left_out[elsewhere] += apart
    if roster.staff:
        _Staff(scope, choices, found).compare(staff)
    if roster.pupils:
        _compare_pupils(scope, {each.key_hash: each for each in pupils}, choices, found)
    return found


class _Staff:
    """Compares the members of a list with the posts held here."""

    def __init__(self, scope: Scope, choices: Choices, found: Plan) -> None:
        self.scope, self.choices, self.found = scope, choices, found
        self.today = timezone.localdate(scope.at)
        self.with_account = set(
            Account.objects.values_list("person_id", flat=True).filter(person__posts__school_id=scope.school_id)
        )
        held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gte=self.today), school_id=scope.school_id)
        self.by_email: dict[str, Post] = {}
        for post in held.select_related("person").order_by("-pk"):
            if post.person.email:
                self.by_email[post.person.email.lower()] = post
        self.known: dict[str, list[Post]] = defaultdict(list)
        keys = RosterKey.objects.filter(school_id=scope.school_id).select_related("post__person").order_by("pk")
        for each in keys:
            self.known[each.key].append(each.post)

    def compare(self, staff: list[Member]) -> None:
        """Say what each member asks for, then who is no longer listed."""
        rows = Counter(each.key for each in staff)
        for member in staff:
            role = self.choices.posts.get(member.role, "")
            if not role:
                self.found.left_out[f"with the role “{member.role or 'none'}”, which you left out"] += 1
            elif running := [each for each in self.known[member.key] if not self._over(each)]:
                self._known(member, Role(role), running, alone=rows[member.key] == 1)
            else:
                self._unknown(member, Role(role))
        for key in self.known.keys() - rows.keys():
            for post in self.known[key]:
                if not self._over(post):
                    self._missing(key, post)

    def _over(self, post: Post) -> bool:
        return post.ends_on is not None and post.ends_on < self.today

    def _known(self, member: Member, role: Role, held: list[Post], *, alone: bool) -> None:
        same = next((each for each in held if each.role == role), None)
        if same is not None:
            self._same(member, same)
        elif alone and len(held) == 1:
            self._turned(member, role, held[0])
        else:
            self._join(member, role, held[0].person_id)

    def _same(self, member: Member, post: Post) -> None:
        ends_on = _day(member.ends_on) or (self.today if member.gone else post.ends_on)
        if ends_on != post.ends_on:
            self._end(member.key, post, ends_on or self.today)
            return
        theirs = post.person_id in self.with_account
        name, email = (post.person.name, post.person.email) if theirs else (member.name, member.email)
        title = member.title or post.title
        changes = [
            f"{words}: {before or 'none'} → {after or 'none'}"
            for words, before, after in (("name", post.person.name, name), ("e-mail", post.person.email, email),
                                         ("title", post.title, title))
            if before != after
        ]  # fmt: skip
        if changes:
            self._step("change", member.key, post, "; ".join(changes), name=name, email=email, title=title)
        else:
            self.found.unchanged["staff"] += 1

    def _turned(self, member: Member, role: Role, post: Post) -> None:
        if refusal := rules.change_role(self.scope, post, role):
            self.found.left_out[refusal] += 1
        elif post.starts_on >= self.today:
            self.found.left_out["whose post changed on the day it started"] += 1
        else:
            words = f"{Role(post.role).words} → {role.words} from today"
            self._step("replace", member.key, post, words, role=role, title=member.title)

    def _unknown(self, member: Member, role: Role) -> None:
        if member.gone or (member.ends_on and _day(member.ends_on) < self.today):  # type: ignore[operator]  # a day is given
            self.found.left_out["who left before today"] += 1
        elif member.email and member.email in self.by_email:
            post = self.by_email[member.email]
            words = f"known here already, as {Role(post.role).words.lower()}: stays as it is"
            self._step("known", member.key, post, words)
        else:
            self._join(member, role, None)

    def _join(self, member: Member, role: Role, person_id: int | None) -> None:
        starts_on = member.starts_on or self.today.isoformat()
        words = f"{role.words}, from {in_words(date.fromisoformat(starts_on))}"
        self.found.steps.append(
            Step("join", member.key, member.name, role, words, person_id,
                 email=member.email, title=member.title, starts_on=starts_on, ends_on=member.ends_on)
        )  # fmt: skip

    def _missing(self, key: str, post: Post) -> None:
        if self.choices.end_missing:
            self._end(key, post, self.today)
        else:
            self.found.missing += 1

    def _end(self, key: str, post: Post, on: date) -> None:
        refusal = rules.end_post(self.scope, post)
        if refusal or on < post.starts_on:
            self.found.left_out[refusal or "whose last day lies before their first"] += 1
        else:
            self._step("end", key, post, f"last day {in_words(on)}", ends_on=on.isoformat())

    def _step(self, kind: str, key: str, post: Post, words: str, **parts: str) -> None:
        told = {"name": post.person.name, "role": str(post.role), **parts}
        self.found.steps.append(Step(kind, key, words=words, person_id=post.person_id, post_id=post.pk, **told))


def _compare_pupils(scope: Scope, wanted: Mapping[str, rosters.Pupil], choices: Choices, found: Plan) -> None:
    standing = {each.key_hash: each for each in Pupil.objects.filter(school_id=scope.school_id)}
    for key_hash, told in wanted.items():
        held = standing.get(key_hash)
        on_roll = held is not None and held.left_on is None
        year_group = told.year_group
        if told.gone:
            _note(found, "end" if on_roll else "", key_hash, year_group)
        elif held is None:
            _note(found, "join", key_hash, year_group)
        else:
            _note(found, "change" if not on_roll or held.year_group != year_group else "", key_hash, year_group)
    for key_hash, held in standing.items():
        if held.left_on is None and key_hash not in wanted:
            if choices.end_missing:
                _note(found, "end", key_hash, held.year_group)
            else:
                found.missing += 1


def _note(found: Plan, kind: str, key_hash: str, year_group: str) -> None:
    if kind:
        found.pupils.append(PupilStep(kind, key_hash, year_group))
    else:
        found.unchanged["pupils"] += 1


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None


def day_before(on: date) -> date:
    """Return the day before.

    >>> day_before(date(2026, 9, 1)).isoformat()
    '2026-08-31'
    """
    return on - timedelta(days=1)
