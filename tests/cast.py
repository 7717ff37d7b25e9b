"""The cast: two schools, a trust, and one plainly fictional person for each persona, made fast with `build()`.

Own school and a third belong to the trust; the other school to nobody here. Whoever tests a right asks the cast for
the scope or the signed-in test client of a persona, and for things of the other school that could leak.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib import auth
from django.test import Client
from django.utils import timezone

from headship.core import registry
from headship.core.roles import Role
from headship.core.scope import Scope
from headship.people import queries, sessions, tokens
from headship.people.models import Account, ApiToken, Person, Post
from headship.people.session_store import SessionStore
from headship.schools.models import School, Trust

OWN, OTHER, THIRD, TRUST_UID = 990001, 990002, 990003, 99001

# persona: name, then (place, role) of each post. The first place is the persona's home.
PERSONAS: dict[str, tuple[str, tuple[tuple[str, Role], ...]]] = {
    "headteacher": ("Ada Headteacher-Example", (("own", Role.HEADTEACHER),)),
    "chair": ("Bola Chair-Example", (("own", Role.CHAIR),)),
    "governor": ("Cyril Governor-Example", (("own", Role.GOVERNOR),)),
    "clerk": ("Dilys Clerk-Example", (("own", Role.CLERK),)),
    "external_adviser": ("Emeka Adviser-Example", (("own", Role.EXTERNAL_ADVISER),)),
    "senior_leader": ("Fatima Deputy-Example", (("own", Role.SENIOR_LEADER),)),
    "middle_leader": ("Gwen Middle-Example", (("own", Role.MIDDLE_LEADER),)),
    "teacher": ("Hari Teacher-Example", (("own", Role.TEACHER),)),
    "support_staff": ("Iris Support-Example", (("own", Role.SUPPORT_STAFF),)),
    "safeguarding_lead": ("Jomo Safeguarding-Example", (("own", Role.SAFEGUARDING_LEAD),)),
    "business_manager": ("Keira Business-Example", (("own", Role.BUSINESS_MANAGER),)),
    "office": ("Liam Office-Example", (("own", Role.OFFICE),)),
    "trust_leader": ("Mina Trust-Example", (("trust", Role.TRUST_LEADER),)),
    "authority_leader": ("Noor Authority-Example", (("own", Role.AUTHORITY_LEADER),)),
    "administrator": ("Otis Administrator-Example", (("own", Role.ADMINISTRATOR),)),
    "data_protection_officer": ("Vera Officer-Example", (("own", Role.DATA_PROTECTION_OFFICER),)),
    "other_headteacher": ("Petra Otherhead-Example", (("other", Role.HEADTEACHER),)),
    "other_teacher": ("Quentin Otherteacher-Example", (("other", Role.TEACHER),)),
    "two_schools": ("Rosa Twoschools-Example", (("own", Role.TEACHER), ("other", Role.GOVERNOR))),
    "leaver": ("Samir Leaver-Example", (("own", Role.TEACHER),)),
    "operator": ("Tess Operator-Example", ()),
}
SIGNED_OUT = "signed_out"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, by persona, and their places. `school` is the own school."""

    school: School
    other: School
    third: School
    trust: Trust
    people: dict[str, Person]
    accounts: dict[str, Account]

    def scope(self, name: str, school: str | None = None, *, at: datetime | None = None) -> Scope:
        """Return a persona's scope at "own", "other", "third", "trust" or "" (no place); by default where they work.

        Errors: LookupError where the persona holds no post (a leaver, another school).
        """
        where = _home(name) if school is None else school
        places: dict[str, tuple[str, int | None]] = {
            "own": ("school", OWN),
            "other": ("school", OTHER),
            "third": ("school", THIRD),
            "trust": ("trust", TRUST_UID),
            "": ("", None),
        }
        found = queries.scope_for(self.accounts[name], *places[where], at=at or timezone.now())
        if found is None:
            raise LookupError(f"{name} holds no post at {where}.")
        return found

    def token(self, name: str, *permits: str, **more: Any) -> str:
        """Return a token of a persona's, with every permit unless some are named; `more` sets its other fields."""
        now = timezone.now()
        token = tokens.new()
        given = {"created_at": now, "expires_at": now + timedelta(days=1), "name": "Test", **more}
        held = permits or tuple(registry.permits())
        ApiToken.objects.create(person=self.people[name], token_hash=tokens.hash_of(token), permits=list(held), **given)
        return token

    def program(self, name: str, *permits: str, **more: Any) -> Client:
        """Return a test client that shows a persona's token; without one, for "signed_out"."""
        if name == SIGNED_OUT:
            return Client()
        return Client(headers={"Authorization": f"Bearer {self.token(name, *permits, **more)}"})

    def client(self, name: str) -> Client:
        """Return a test client just signed in as a persona, second factor done; or signed out, for "signed_out"."""
        client = Client()
        if name == SIGNED_OUT:
            return client
        account, now, session = self.accounts[name], timezone.now().timestamp(), SessionStore()
        session.update(
            {
                auth.SESSION_KEY: account._meta.pk.value_to_string(account),
                auth.BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                auth.HASH_SESSION_KEY: account.get_session_auth_hash(),
                sessions.FACTOR_SET: True,
                sessions.BEGAN: now,
                sessions.TOUCHED: now,
                AUTHENTICATION_METHODS_SESSION_KEY: [{"method": "password", "at": now}],
            }
        )
        session.create()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client


def build(today: date | None = None) -> Cast:
    """Make the schools, the trust and everybody, with posts since a year ago; the leaver's ended a week ago."""
    day = today or timezone.localdate()
    trust = Trust.objects.create(uid=TRUST_UID, name="Example Valley Trust", kind="Multi-academy trust", status="Open")
    own = _school(OWN, "Example Brook Primary", trust, pupil_count=420)
    other = _school(OTHER, "Otherwise Hill Primary", None, pupil_count=60)
    third = _school(THIRD, "Example Heath Secondary", trust, pupil_count=1180)
    places = {"own": {"school": own}, "other": {"school": other}, "trust": {"trust": trust}}
    people = _people()
    Post.objects.bulk_create(
        Post(
            person=people[persona],
            role=role,
            starts_on=day - timedelta(days=365),
            ends_on=day - timedelta(days=7) if persona == "leaver" else None,
            **places[place],
        )
        for persona, (_, posts) in PERSONAS.items()
        for place, role in posts
    )
    return Cast(own, other, third, trust, people, _accounts(people))


def _home(persona: str) -> str:
    posts = PERSONAS[persona][1]
    return posts[0][0] if posts else ""


def _school(urn: int, name: str, trust: Trust | None, *, pupil_count: int) -> School:
    return School.objects.create(
        urn=urn,
        name=name,
        trust=trust,
        status="Open",
        phase="Secondary" if "Secondary" in name else "Primary",
        postcode="EX1 1EX",
        pupil_count=pupil_count,
        search_text=name.lower(),
        joined_at=timezone.now(),
    )


def _people() -> dict[str, Person]:
    made = Person.objects.bulk_create(
        Person(name=name, email=_email(persona), created_at=timezone.now()) for persona, (name, _) in PERSONAS.items()
    )
    return dict(zip(PERSONAS, made, strict=True))


def _accounts(people: dict[str, Person]) -> dict[str, Account]:
    """Give everybody an account no password opens: hashing one for each would make every test slow."""
    made = Account.objects.bulk_create(
        Account(person=person, email=person.email, password="!", is_operator=persona == "operator")
        for persona, person in people.items()
    )
    return dict(zip(people, made, strict=True))


def _email(persona: str) -> str:
    return f"{persona.replace('_', '.')}@people.example"
