"""Builds the demonstration by doing what its people did: every row comes from one of the product's own actions.

`by` is the scope of whoever acted, and `at` the moment it happened. Nothing here inserts anything; a test looks.
"""

import dataclasses
import tempfile
import uuid
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from headship.core import imports as machine
from headship.core import tabular
from headship.core.errors import existing
from headship.core.roles import Role
from headship.core.scope import Place, Scope, installation_scope
from headship.core.visibility import Visibility
from headship.evidence import actions as evidence
from headship.evidence.choices import State
from headship.outcomes import pupil_actions
from headship.people import actions as people
from headship.people import queries as people_queries
from headship.people import relationship_actions
from headship.people.choices import Kind
from headship.people.models import Account
from headship.project.demonstration import (
    acting,
    appraising,
    complaining,
    content,
    dates,
    deciding,
    equality,
    expecting,
    figures,
    head_year,
    listening,
    listing,
    planning,
    pupils,
    supporting,
    translating,
    trying,
    weighing,
)
from headship.project.demonstration.content import HERE, Event
from headship.project.demonstration.progress import along
from headship.schools import actions as schools
from headship.schools import imports as importers
from headship.schools.calendar_dates import TermDates
from headship.schools.models import School, Trust
from headship.standards import actions as standards
from headship.standards import queries as framework
from headship.strategy import actions as strategy
from headship.strategy.actions import Noted
from headship.talent import actions as talent
from headship.talent.actions import Learned

OURS = uuid.UUID("5f0c2c1e-9d0b-4d0a-8a51-3c1d6f6a9901")
FIRST_VERSION = 1
# Whoever is named first gives the posts that follow: the installation its heads and chairs, these everybody else.
GIVEN_BY_CHAIRS = {Role.GOVERNOR, Role.CLERK, Role.EXTERNAL_ADVISER}
GIVEN_FIRST = (Role.HEADTEACHER, Role.CHAIR, Role.ADMINISTRATOR)


def build(today: date) -> None:
    """Build everything into an empty, migrated database, as it would have grown until yesterday."""
    builder = Builder(today)
    builder.set_up()
    builder.take_up_posts()
    builder.live()


class Builder:
    """Does one thing after another, and remembers who and what came of it."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.told = content.trust()
        self.began = datetime.combine(date(content.starts_of(today)["last"], 8, 20), time(9), HERE)
        self.accounts: dict[str, Account] = {}
        self.schools: dict[int, School] = {}
        self.values: dict[tuple[int, str], int] = {}
        self.decisions: dict[tuple[int, str], tuple[int, int]] = {}
        self.doer = acting.Doer(lambda key: self.accounts[key].person_id, {})
        self.complainer = complaining.Complainer(lambda key: self.accounts[key].person_id)
        self.appraised = head_year.Appraised(lambda key: self.accounts[key].person_id, today)
        self.planner = planning.Planner(lambda key: self.accounts[key].person_id, today)
        self.decider = deciding.Decider(lambda key: self.accounts[key].person_id, today, self.decisions)
        self.equaliser = equality.Equaliser(lambda key: self.accounts[key].person_id, today)
        self.trier = trying.Trier(lambda key: self.accounts[key].person_id, today)
        self.weigher = weighing.Weigher(lambda key: self.accounts[key].person_id, today)
        self.translator = translating.Translator(lambda key: self.accounts[key].person_id, today)
        self.appraiser = appraising.Appraiser(lambda key: self.accounts[key].person_id)
        self.helper = supporting.Helper(lambda key: self.accounts[key].person_id)
        self.listener = listening.Listener(lambda key: self.accounts[key].person_id, today)

    # --- the installation

    def set_up(self) -> None:
        """Load the frameworks and the published files, open the accounts, and let the schools join."""
        self_made = installation_scope(self.began)
        standards.load_shipped(by=self_made, at=self.began)
        everybody = [*self.told["people"].items(), *content.staff().items()]
        for key, person in along("Opening accounts", everybody):
            self.accounts[key] = people.open_account(
                by=self_made,
                at=self.began,
                name=person["name"],
                email=content.email_of(key),
                password=None,
                operator=key == self.told["first"],
            )
        with tempfile.TemporaryDirectory(prefix="headship-demonstration-") as folder:
            for number, path in enumerate(along("Importing published figures", figures.files(Path(folder)))):
                self._import(path, self.began + timedelta(minutes=10 * number))
        for told in self.told["schools"]:
            school = School.objects.get(urn=told["urn"])
            joined_at = self.began + timedelta(hours=2)
            self.schools[told["urn"]] = schools.join(
                by=installation_scope(joined_at), at=joined_at, school_id=school.pk
            )

    def _import(self, path: Path, at: datetime) -> None:
        operator = self._scope(self.told["first"], None, at)
        with tabular.opened(path) as table:
            named = path.name == figures.PRIMARY_VALUES
            found = importers.mapped(figures.PRIMARY_COLUMNS) if named else importers.recognised(table.headings)
        if found is None:
            raise LookupError(f"No importer knows {path.name}.")
        batch = schools.preview_import(by=operator, at=at, preview=machine.preview(found, path))
        schools.commit_import(by=operator, at=at + timedelta(minutes=5), batch_id=batch.pk)

    # --- people

    def take_up_posts(self) -> None:
        """Give every post by whoever may give it, then name line managers and coaches."""
        posts = [
            (key, place, Role(role), title)
            for key, person in self.told["people"].items()
            for place, role, title in person["posts"]
        ]
        posts.sort(key=lambda post: GIVEN_FIRST.index(post[2]) if post[2] in GIVEN_FIRST else len(GIVEN_FIRST))
        for key, place, role, title in along("Taking up posts", posts):
            if place == "trust":
                self._invite_to_the_trust(key, role, title)
            else:
                self._appoint(key, place, role, title)
        self._take_in_staff()
        for tie in along("Naming line managers and coaches", self.told["relationships"]):
            self._relate(tie)

    def _take_in_staff(self) -> None:
        """Take in the staff list of the largest school, and let everybody on it sign in."""
        at = self.began + timedelta(hours=3)
        by = self._scope(self._holder(content.LISTED_AT, Role.HEADTEACHER), content.LISTED_AT, at)
        with tempfile.TemporaryDirectory(prefix="headship-demonstration-") as folder:
            listing.take_in(listing.written(Path(folder), at.date()), by)
        listing.invite(by, self.accounts)

    def _appoint(self, key: str, urn: int, role: Role, title: str) -> None:
        if role in GIVEN_FIRST:
            by = self._scope(self.told["first"], None, self.began)
        else:
            by = self._scope(
                self._holder(urn, Role.CHAIR if role in GIVEN_BY_CHAIRS else Role.HEADTEACHER), urn, self.began
            )
        years_ago = 1 + zlib.crc32(f"{key}{role}".encode()) % 6
        people.appoint(
            by=by,
            at=self.began,
            person_id=self.accounts[key].person_id,
            school_id=self.schools[urn].pk,
            role=role,
            starts_on=date(self.began.year - years_ago, 9, 1),
            title=title,
        )

    def _invite_to_the_trust(self, key: str, role: Role, title: str) -> None:
        trust = Trust.objects.get(uid=self.told["trust"]["uid"])
        by = dataclasses.replace(
            self._scope(self.told["first"], None, self.began), place=Place("trust", trust.pk, trust.uid, trust.name)
        )
        account = self.accounts[key]
        invited = people.invite(
            by=by,
            at=self.began,
            name=account.person.name,
            email=account.email,
            role=role,
            starts_on=self.began.date(),
            title=title,
        )
        accepting = people_queries.scope_of(invited.invitation, at=self.began)
        people.accept_invitation_signed_in(by=accepting, at=self.began, token=invited.token, account_id=account.pk)

    def _relate(self, tie: dict[str, Any]) -> None:
        urn, kind = tie["school"], Kind(tie["kind"])
        last = content.starts_of(self.today)["last"]
        at = content.moment(dates.day_of(last, "autumn 3 wed"), f"{urn} {kind} {tie['about']}")
        for holder in tie["holders"]:
            relationship_actions.start_relationship(
                by=self._scope(self._holder(urn, Role.HEADTEACHER), urn, at),
                at=at,
                kind=kind,
                holder_id=self.accounts[holder].person_id,
                about_id=self.accounts[tie["about"]].person_id,
                starts_on=at.date(),
            )

    def _holder(self, urn: int, role: Role) -> str:
        """Return who holds a post at a school."""
        holders: Iterator[str] = (
            key
            for key, person in self.told["people"].items()
            for place, held, _ in person["posts"]
            if (place, held) == (urn, role)
        )
        return next(holders)

    def _scope(self, key: str, urn: int | None, at: datetime) -> Scope:
        found = people_queries.scope_for(self.accounts[key], "school" if urn else "", urn, at=at)
        if found is None:
            raise LookupError(f"{key} holds no post at {urn} on {at:%d %B %Y}.")
        return found

    # --- the work

    def live(self) -> None:
        """Do what everybody did, in the order in which it happened."""
        for event in along(
            "Living through the year",
            sorted(
                [
                    *content.events(self.today),
                    *pupils.events(self.today),
                    *acting.events(self.today),
                    *listening.events(self.today),
                    *complaining.events(self.today),
                    *planning.events(self.today),
                    *deciding.events(self.today),
                    *head_year.events(self.today),
                    *equality.events(self.today),
                    *trying.events(self.today),
                    *weighing.events(self.today),
                    *expecting.events(self.today),
                    *translating.events(self.today),
                    *supporting.events(self.today),
                    *appraising.events(self.today),
                ],
                key=lambda each: (each.at, each.urn),
            ),
        ):
            getattr(self, f"_{event.kind}")(event, self._acting_as(event))

    def _acting_as(self, event: Event) -> Scope:
        """Return as whom somebody acted: at the school, or where it is told so as a leader of its trust."""
        if "at_trust" not in event.told:
            return self._scope(event.by, event.urn, event.at)
        found = people_queries.scope_for(self.accounts[event.by], "trust", self.told["trust"]["uid"], at=event.at)
        return existing(found)

    def _terms(self, event: Event, by: Scope) -> None:
        terms = [
            TermDates(term.name.lower(), term.starts_on, term.ends_on, term.break_starts_on, term.break_ends_on)
            for term in dates.terms_of(event.starts_in)
        ]
        schools.set_terms(by=by, at=event.at, starts_in=event.starts_in, terms=terms)

    def _day(self, event: Event, by: Scope) -> None:
        on = event.day(event.told["when"])
        schools.add_day(by=by, at=event.at, on=on, until=on, words=event.told["words"], kind=event.told["kind"])

    def _acting(self, event: Event, by: Scope) -> None:
        self.doer.do(event, by)

    def _listening(self, event: Event, by: Scope) -> None:
        self.listener.do(event, by)

    def _complaining(self, event: Event, by: Scope) -> None:
        self.complainer.do(event, by)

    def _head_year(self, event: Event, by: Scope) -> None:
        self.appraised.do(event, by)

    def _planning(self, event: Event, by: Scope) -> None:
        self.planner.do(event, by)

    def _equality(self, event: Event, by: Scope) -> None:
        self.equaliser.do(event, by)

    def _trying(self, event: Event, by: Scope) -> None:
        self.trier.do(event, by)

    def _weighing(self, event: Event, by: Scope) -> None:
        self.weigher.do(event, by)

    def _deciding(self, event: Event, by: Scope) -> None:
        self.decider.do(event, by)

    def _expecting(self, event: Event, by: Scope) -> None:
        expecting.do(event, by)

    def _translating(self, event: Event, by: Scope) -> None:
        self.translator.do(event, by)

    def _appraising(self, event: Event, by: Scope) -> None:
        self.appraiser.do(event, by)

    def _supporting(self, event: Event, by: Scope) -> None:
        self.helper.do(event, by)

    def _pupils(self, event: Event, by: Scope) -> None:
        told = pupils.brought(event)
        batch = pupil_actions.preview_pupils(
            by=by, at=event.at, name=event.told["file"], fingerprint=pupils.fingerprint(event), brought=told
        )
        pupil_actions.take_pupils(by=by, at=event.at + timedelta(minutes=2), batch_id=batch.pk)

    def _value(self, event: Event, by: Scope) -> None:
        name = event.told["name"]
        key = strategy.add_value(by=by, at=event.at, name=name, meaning=event.told["meaning"])
        self.values[event.urn, name] = key

    def _decision(self, event: Event, by: Scope) -> None:
        what = event.told["what"]
        key = strategy.note_decision(
            by=by, at=event.at, once=uuid.uuid5(OURS, f"{event.urn} {what}"), noted=self._noted(event, by)
        )
        self.decisions[event.urn, what] = (key, FIRST_VERSION)

    def _changed(self, event: Event, by: Scope) -> None:
        key, version = self.decisions[event.urn, event.told["what"]]
        noted = dataclasses.replace(self._noted(event, by), why=event.told["changed"]["why"])
        strategy.change_decision(by=by, at=event.at, decision=key, version=version, noted=noted)
        self.decisions[event.urn, event.told["what"]] = (key, version + 1)

    def _withdrawn(self, event: Event, by: Scope) -> None:
        key, version = self.decisions[event.urn, event.told["what"]]
        because = event.told["withdrawn"]["because"]
        strategy.withdraw_decision(by=by, at=event.at, decision=key, version=version, because=because)

    def _noted(self, event: Event, by: Scope) -> Noted:
        told = event.told
        return Noted(
            what=told["what"],
            why=told["why"],
            decided_on=event.day(told["when"]),
            visibility=Visibility(told.get("seen", "staff")),
            values=[self.values[event.urn, name] for name in told["values"]],
            characteristics=told["serves"],
            journal=self.decider.journal(by, told),
        )

    def _learning(self, event: Event, by: Scope) -> None:
        told = event.told
        learned = Learned(
            what=told["what"],
            change=told["change"],
            learned_on=event.day(told["when"]),
            minutes=told["minutes"],
            visibility=Visibility(told["seen"]),
            characteristics=told["serves"],
        )
        talent.write_note(by=by, at=event.at, once=uuid.uuid5(OURS, f"{event.urn} {told['what']}"), learned=learned)

    def _reflection(self, event: Event, by: Scope) -> None:
        told = event.told
        (characteristic,) = framework.characteristic_ids(framework.DEFAULT, [told["about"]])
        evidence.write_reflection(
            by=by,
            at=event.at,
            characteristic_id=characteristic,
            state=State(told["state"]),
            words=told["words"],
            next_step=told.get("next", ""),
            next_step_by=self._by_when(event, told["by"]) if "by" in told else None,
            visibility=Visibility(told.get("seen", "private")),
        )

    def _by_when(self, event: Event, when: str) -> date:
        """Return the day a next step is due: in the reflection's own year, or in the one that is named."""
        year, named, rest = when.partition(" ")
        years = content.starts_of(self.today)
        return dates.day_of(years[year], rest) if named and year in years else event.day(when)
