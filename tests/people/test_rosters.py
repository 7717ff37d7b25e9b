"""Lists of staff and pupils: OneRoster of both versions, tables with their columns named, and what they change."""

import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from headship.core import tabular, work
from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import AuditEvent, ImportBatch
from headship.core.roles import Role
from headship.people import (
    actions,
    one_roster,
    roster_actions,
    roster_pages,
    roster_plan,
    roster_presets,
    rosters,
    waiting_files,
)
from headship.people import roster_queries as queries
from headship.people.models import Account, Invitation, Person, Post, Pupil, RosterKey
from headship.people.roster_plan import Choices
from headship.people.rosters import Roster
from tests import cast as everybody
from tests.core import hostile

pytestmark = pytest.mark.django_db

USERS_12 = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,"
    "sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
    "preferredFamilyName,primaryOrgSourcedId,pronouns\n"
    "t1,,,true,t1,,Wanda,Listed-Example,,,wanda@people.example,,,,,,,,,,o1,\n"
    "t2,,,true,t2,,Wilf,Second-Example,,,wilf@people.example,,,,,,,,,,o1,\n"
    "p1,,,true,p1,{UPN:A123456789012},Xena,Child-Example,,,,,,,7,,,,,,o1,\n"
    "p2,,,true,p2,,Yuri,Child-Example,,,,,,,8,,,,,,o2,\n"
    "g1,,,true,g1,,Zoe,Parent-Example,,,zoe@people.example,,,,,,,,,,o1,\n"
)
ROLES_12 = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
    "r1,,,t1,primary,teacher,2025-09-01,,o1,\n"
    "r2,,,t2,primary,aide,2025-09-01,,o1,\n"
    "r3,,,t2,secondary,siteAdministrator,2025-09-01,,o1,\n"
    "r4,,,p1,primary,student,,,o1,\n"
    "r5,,,p2,primary,student,,,o2,\n"
    "r6,,,g1,primary,parent,,,o1,\n"
)
ORGS = (
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    f"o1,,,Example Brook Primary,school,{everybody.OWN},\n"
    f"o2,,,Otherwise Hill Primary,school,{everybody.OTHER},\n"
)
MANIFEST = "propertyName,value\noneroster.version,1.2\n"


@pytest.fixture
def cast():
    return everybody.build()


def zipped(**parts) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, text in parts.items():
            out.writestr(f"{name}.csv", text)
    return packed.getvalue()


def version_12(**changed) -> bytes:
    return zipped(**{"manifest": MANIFEST, "orgs": ORGS, "users": USERS_12, "roles": ROLES_12, **changed})


def read(content: bytes, tmp_path: Path, name: str = "list.zip"):
    path = tmp_path / name
    path.write_bytes(content)
    return one_roster.read(path, name, tmp_path, secret="secret")


def table(text: str, mapping: dict[str, str], tmp_path: Path) -> Roster:
    path = tmp_path / "list.csv"
    path.write_text(text)
    with tabular.opened(path, limits=rosters.LIMITS) as opened:
        return rosters.from_table(opened, mapping, "A table", secret="secret")


def taken(scope, roster: Roster, **chosen):
    posts = chosen.pop("posts", {"teacher": "teacher", "aide": "support_staff", "Teacher": "teacher"})
    batch = previewed(scope, roster, posts=posts, **chosen)
    return roster_actions.take_roster(by=scope, at=timezone.now(), batch_id=batch.pk)


def previewed(scope, roster: Roster, **chosen):
    now = timezone.now()
    kept = roster_actions.keep_roster(by=scope, at=now, name="list.zip", fingerprint="x", sealed=b"", roster=roster)
    choices = Choices(**chosen)
    return roster_actions.preview_roster(by=scope, at=now, batch_id=kept.pk, choices=choices)


STAFF = "Code,Name,E-mail,Role,From,To\nT1,Wanda Listed-Example,wanda@people.example,Teacher,01/09/2025,\n"
COLUMNS = {"Code": "key", "Name": "name", "E-mail": "email", "Role": "role", "From": "starts_on", "To": "ends_on"}


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_roster_12_is_read_whole(tmp_path):
    roster = read(version_12(), tmp_path)
    assert roster.source == "OneRoster 1.2"
    assert [(each.key, each.name, each.role, each.starts_on, each.org) for each in roster.staff] == [
        ("t1", "Wanda Listed-Example", "teacher", "2025-09-01", "o1"),
        ("t2", "Wilf Second-Example", "aide", "2025-09-01", "o1"),
        ("t2", "Wilf Second-Example", "siteAdministrator", "2025-09-01", "o1"),
    ]
    assert [(each.year_group, each.org) for each in roster.pupils] == [("Year 7", "o1"), ("Year 8", "o2")]
    assert roster.pupils[0].key_hash == rosters.hash_of("A123456789012", "secret")
    assert roster.left_out == {"parents, guardians and relatives": 1}


def test_no_name_of_a_pupil_or_parent_is_kept(tmp_path):
    told = str(Roster.unpacked(read(version_12(), tmp_path).packed()))
    assert "Child-Example" not in told
    assert "Zoe" not in told
    assert "A123456789012" not in told


def test_the_shared_sample_of_one_roster_11_is_read(shared_data, tmp_path):
    folder = shared_data / "interchange" / "oneroster_1.1"
    roster = read(zipped(**{each.stem: each.read_text() for each in folder.glob("*.csv")}), tmp_path)
    assert roster.source == "OneRoster 1.1"
    assert [each.name for each in roster.organisations] == ["School 1", "School 2"]
    assert [each.org for each in roster.pupils] == ["12345", "54321"]
    assert roster.staff == ()


def test_users_csv_alone_is_enough_in_11(tmp_path):
    text = (
        "sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,email\n"
        't1,active,TRUE,"o1,o2",teacher,t1,Wanda,Listed-Example,wanda@people.example\n'
    )
    roster = read(text.encode(), tmp_path, "users.csv")
    assert [(each.key, each.org) for each in roster.staff] == [("t1", "o1"), ("t1", "o2")]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"manifest": "propertyName,value\noneroster.version,2.0\n"}, "OneRoster 2.0, which is not read here"),
        ({"users": USERS_12.replace("sourcedId", "sourcedid")}, "has no column “sourcedId”"),
        (
            {"users": USERS_12 + "t1,,,true,t1,,A,B,,,,,,,,,,,,,o1,\n"},
            "row 7, column “sourcedId”: says again what row 2",
        ),
        (
            {"users": USERS_12.replace("wanda@people.example", "wanda at home")},
            "column “email”: “wanda at home” is not",
        ),
        ({"roles": ROLES_12.replace("2025-09-01", "yesterday", 1)}, "column “beginDate”: “yesterday” is not a date"),
        ({"users": USERS_12.splitlines()[0] + "\n"}, "lists no staff and no pupils"),
    ],
)
def test_a_fault_is_told_with_its_place(changed, says, tmp_path):
    with pytest.raises(Unusable) as told:
        read(version_12(**changed), tmp_path)
    assert says in str(told.value)


def test_a_zip_without_users_and_a_locked_zip_are_refused(tmp_path):
    with pytest.raises(Unusable, match=r"holds no users\.csv"):
        read(zipped(orgs=ORGS), tmp_path)
    damaged = bytearray(version_12())
    damaged[60:90] = bytes(30)
    with pytest.raises(Unusable):
        read(bytes(damaged), tmp_path)


def test_a_bomb_in_a_zip_is_stopped_while_it_unpacks(tmp_path):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out, out.open("users.csv", "w") as part:
        for _ in range(60):
            part.write(b"0" * (1 << 20))
    with pytest.raises(Unusable, match="unpacks to more than a roster holds"):
        read(packed.getvalue(), tmp_path)


TAKEN_AS_TEXT = {hostile.wrong_headings}


@pytest.mark.parametrize(
    ("family", "make"), [pytest.param(family, makers[3], id=family) for family, makers in hostile.FAMILIES.items()]
)
def test_hostile_tables_are_refused_with_a_sentence(family, make, tmp_path):
    headings = ["sourcedId", "givenName", "familyName", "enabledUser", "role", "email"]
    path = make(tmp_path, headings)
    if make in TAKEN_AS_TEXT:  # what looks like a formula is text, and other headings are asked about
        assert one_roster.read(path, path.name, tmp_path, secret="secret")
        return
    with pytest.raises(Unusable) as fault:
        one_roster.read(path, path.name, tmp_path, secret="secret")
    assert path.name in str(fault.value) or "users.csv" in str(fault.value)


def test_a_table_is_read_by_its_named_columns(tmp_path):
    roster = table(STAFF, COLUMNS, tmp_path)
    assert roster.staff[0] == rosters.Member(
        "T1", "Wanda Listed-Example", "wanda@people.example", "Teacher", "", "2025-09-01", "", gone=False, org="", row=2
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (STAFF + "T1,Wanda Listed-Example,,Teacher,,\n", "row 3, column “Code”: says again what row 2 says"),
        (STAFF + ",No Code-Example,,Teacher,,\n", "row 3, column “Code”: tells nobody apart"),
        (STAFF + "T2,,,Teacher,,\n", "row 3, column “Name”: has no name"),
        (STAFF + "T2,A,,Teacher,31/02/2026,\n", "row 3, column “From”: “31/02/2026” is not a date"),
        ("Code,Name,E-mail,Role,From,To\n", "lists nobody"),
    ],
)
def test_a_fault_in_a_table_is_told_with_its_place(text, says, tmp_path):
    with pytest.raises(Unusable) as told:
        table(text, COLUMNS, tmp_path)
    assert says in str(told.value)


def test_pupils_of_a_table_are_hashed_and_a_wrong_upn_is_refused(tmp_path):
    mapping = {"UPN": "upn", "Year": "year_group"}
    roster = table("UPN,Year,Surname\na123456789012,7,Child-Example\n", mapping, tmp_path)
    assert roster.pupils[0].key_hash == rosters.hash_of("A123456789012", "secret")
    with pytest.raises(Unusable, match="row 2, column “UPN”: “12345” is not a UPN"):
        table("UPN,Year\n12345,7\n", mapping, tmp_path)
    with pytest.raises(Unusable, match="row 2, column “UPN”: is not a UPN: its first letter does not fit"):
        table("UPN,Year\nB123456789012,7\n", mapping, tmp_path)


@pytest.mark.parametrize("written", ["7", "07", "y7", "Yr 7", "Year 7", " year  7 "])
def test_a_year_group_has_one_name_however_it_is_written(tmp_path, written):
    roster = table(f"UPN,Year\na123456789012,{written}\n", {"UPN": "upn", "Year": "year_group"}, tmp_path)
    assert roster.pupils[0].year_group == "Year 7"


def test_a_file_that_waits_for_its_columns_tells_a_copy_of_the_database_nothing(cast):
    client, start = cast.client("office"), reverse("rosters", kwargs={"urn": everybody.OWN})
    file = BytesIO(b"UPN,Year,Surname\nA123456789012,7,Child-Example\n")
    file.name = "pupils.csv"
    columns = client.post(start, {"file": file})
    batch = ImportBatch.objects.get()
    assert [words in bytes(batch.staged) for words in (b"A123456789012", b"Child-Example", b"UPN")] == [False] * 3
    cookie = client.cookies[waiting_files.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (columns.url, True, "Strict")
    chosen = {"to0": "upn", "to1": "year_group", "to2": ""}
    lost = cast.client("office").post(columns.url, chosen)
    assert "bring it again" in lost.content.decode()
    assert ImportBatch.objects.get().state == "unmapped"
    client.post(columns.url, chosen)
    assert ImportBatch.objects.get().state == "unchosen"


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"Name": "name"}, "tells one person from another"),
        ({"Code": "key"}, "holds the name"),
        ({"Code": "key", "Name": "name", "E-mail": "name"}, "go to the same place"),
    ],
)
def test_columns_that_make_no_list_are_refused(mapping, says, tmp_path):
    with pytest.raises(Unusable, match=says):
        table(STAFF, mapping, tmp_path)


def test_a_table_without_roles_tells_posts_by_its_job_titles(tmp_path):
    roster = table("Code,Name,Job\nT1,Wanda Listed-Example,Caretaker\n",
                   {"Code": "key", "Name": "name", "Job": "title"}, tmp_path)  # fmt: skip
    assert [(each.role, each.title) for each in roster.staff] == [("Caretaker", "Caretaker")]


def test_a_zip_that_is_none_is_refused(tmp_path):
    path = tmp_path / "list"
    path.write_text("not,a zip")
    with pytest.raises(Unusable, match=r"“list\.zip” is not a zip that can be opened"):
        one_roster.read(path, "list.zip", tmp_path, secret="secret")


def test_a_list_of_which_everybody_is_left_out_does_not_say_that_it_stands(cast, tmp_path):
    by = cast.scope("office")
    words = "{} Nothing would change: {}".format
    for post, says in (
        ("", words("A table: 1 staff, 0 pupils.", "everybody in it is left out.")),
        ("teacher", "A table: 1 staff, 0 pupils."),
    ):
        roster = table(STAFF, COLUMNS, tmp_path)
        batch = previewed(by, roster, posts={"Teacher": post})
        found = roster_plan.plan(by, roster, roster_actions.choices_of(batch))
        assert roster_pages.roster_page(by, batch, found).words == says


def test_presets_guess_columns_and_say_that_they_are_unchecked():
    headings = ["Staff Code", "Legal Surname", "Legal Forename", "Main Email", "Role", "Shoe size"]
    preset = roster_presets.nearest(headings)
    assert preset.words == "SIMS, staff (unchecked)"
    assert preset.guess(headings) == {
        "Staff Code": "key", "Legal Surname": "surname", "Legal Forename": "forename", "Main Email": "email",
        "Role": "role",
    }  # fmt: skip
    assert all(each.checked_on is None for each in roster_presets.presets())
    mixed = ["Staff code", "Forename", "Surname", "Work email", "Job title", "Start date", "Hat size"]
    assert list(roster_presets.nearest(mixed).guess(mixed).values()) == [
        "key", "email", "title", "starts_on", "forename", "surname",
    ]  # fmt: skip
    assert roster_presets.nearest(["A", "B"]) is None


# ── what a list changes ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_list_adds_people_and_the_same_list_again_adds_nobody(cast, tmp_path):
    by = cast.scope("office")
    roster = read(version_12(), tmp_path)
    batch = taken(by, roster, organisation="o1")
    vera, wilf = Person.objects.get(name="Wanda Listed-Example"), Person.objects.get(name="Wilf Second-Example")
    assert Post.objects.get(person=vera).role == Role.TEACHER
    assert Post.objects.get(person=wilf).role == Role.SUPPORT_STAFF
    assert list(Pupil.objects.values_list("school", "year_group")) == [(cast.school.pk, "Year 7")]
    assert batch.summary["counts"]["staff"] == {"new": 2, "changed": 0, "ended": 0, "unchanged": 0}
    event = AuditEvent.objects.get(action="people.take_roster")
    assert event.subject == f"core.ImportBatch:{batch.pk}"
    again = roster_plan.plan(by, roster, roster_actions.choices_of(batch))
    assert (again.change_count, again.unchanged) == (0, {"staff": 2, "pupils": 1})


def test_two_roles_are_two_posts_of_one_person(cast, tmp_path):
    posts = {"teacher": "teacher", "aide": "support_staff", "siteAdministrator": "office"}
    taken(cast.scope("headteacher"), read(version_12(), tmp_path), organisation="o1", posts=posts)
    wilf = Person.objects.get(name="Wilf Second-Example")
    assert sorted(Post.objects.filter(person=wilf).values_list("role", flat=True)) == ["office", "support_staff"]


def test_who_is_known_by_mail_stays_as_they_are(cast, tmp_path):
    text = "Code,Name,E-mail,Role,From,To\nH1,A. Head,headteacher@people.example,Teacher,,\n"
    before = Post.objects.count()
    taken(cast.scope("office"), table(text, COLUMNS, tmp_path))
    assert Post.objects.count() == before
    assert cast.people["headteacher"].name == Person.objects.get(pk=cast.people["headteacher"].pk).name
    assert RosterKey.objects.get().post.role == Role.HEADTEACHER


def test_a_list_never_ends_or_changes_a_post_that_people_gave(cast, tmp_path):
    by = cast.scope("office")
    text = "Code,Name,E-mail,Role,From,To\nH1,A. Head,headteacher@people.example,Teacher,,\n"
    taken(by, table(text, COLUMNS, tmp_path))
    found = roster_plan.plan(by, table(STAFF, COLUMNS, tmp_path), Choices({"Teacher": "teacher"}, end_missing=True))
    assert [each.kind for each in found.steps] == ["join"]  # the office may not end the headteacher's post
    assert sum(found.left_out.values()) == 1


def test_a_changed_name_title_and_role_are_taken_over(cast, tmp_path):
    by = cast.scope("office")
    taken(by, table(STAFF, COLUMNS, tmp_path))
    taken(by, table(STAFF.replace("Wanda Listed", "Wanda Married"), COLUMNS, tmp_path))
    assert Person.objects.filter(name="Wanda Married-Example").count() == 1
    changed = STAFF.replace("Teacher", "aide")
    taken(by, table(changed, COLUMNS, tmp_path))
    posts = Post.objects.filter(person__name__startswith="Wanda").order_by("pk")
    today = timezone.localdate()
    assert [(each.role, each.ends_on) for each in posts] == [
        ("teacher", today - timedelta(days=1)),
        ("support_staff", None),
    ]


def test_who_is_no_longer_listed_ends_only_when_asked(cast, tmp_path):
    by = cast.scope("office")
    taken(by, table(STAFF, COLUMNS, tmp_path))
    other = table(STAFF.replace("T1,Wanda", "T2,Wilf").replace("wanda@", "wilf@"), COLUMNS, tmp_path)
    assert roster_plan.plan(by, other, Choices({"Teacher": "teacher"})).missing == 1
    taken(by, other, end_missing=True)
    assert Post.objects.get(person__name__startswith="Wanda").ends_on == timezone.localdate()


def test_undoing_puts_everything_back(cast, tmp_path):
    by = cast.scope("office")
    first = taken(by, table(STAFF, COLUMNS, tmp_path))
    before = sorted(Post.objects.values_list("pk", "role", "ends_on", "title", "person__name", "person__email"))
    second = taken(
        by, table(STAFF.replace("Wanda Listed", "Wanda Married").replace("Teacher", "aide"), COLUMNS, tmp_path)
    )
    with pytest.raises(Refused, match="newer list"):
        roster_actions.undo_roster(by=by, at=timezone.now(), batch_id=first.pk)
    roster_actions.undo_roster(by=by, at=timezone.now(), batch_id=second.pk)
    assert sorted(Post.objects.values_list("pk", "role", "ends_on", "title", "person__name", "person__email")) == before
    roster_actions.undo_roster(by=by, at=timezone.now(), batch_id=first.pk)
    assert not Person.objects.filter(name__startswith="Wanda").exists()
    assert not RosterKey.objects.exists()


def ended_by_a_list(cast, tmp_path) -> tuple[Post, ImportBatch]:
    """Let the headteacher's list give somebody a senior leader's post, and the next one end it."""
    by = cast.scope("headteacher")
    roster = table(STAFF, COLUMNS, tmp_path)
    taken(by, roster, posts={"Teacher": "senior_leader"})
    other = table(STAFF.replace("T1,Wanda", "T2,Wilf").replace("wanda@", "wilf@"), COLUMNS, tmp_path)
    return Post.objects.get(person__name__startswith="Wanda"), taken(by, other, end_missing=True)


def test_nobody_gives_a_post_back_by_undoing_that_they_could_not_give(cast, tmp_path):
    post, batch = ended_by_a_list(cast, tmp_path)
    with pytest.raises(Refused, match="given by the headteacher"):
        roster_actions.undo_roster(by=cast.scope("office"), at=timezone.now(), batch_id=batch.pk)
    post.refresh_from_db()
    assert post.ends_on == timezone.localdate()
    roster_actions.undo_roster(by=cast.scope("headteacher"), at=timezone.now(), batch_id=batch.pk)
    post.refresh_from_db()
    assert post.ends_on is None


def test_undoing_does_not_take_back_what_somebody_decided_since(cast, tmp_path):
    by, now = cast.scope("headteacher"), timezone.now()
    post, batch = ended_by_a_list(cast, tmp_path)
    post.refresh_from_db()
    earlier = timezone.localdate() - timedelta(days=3)
    actions.end_post(by=by, at=now, post_id=post.pk, ends_on=earlier, version=post.version)
    with pytest.raises(Stale, match="Posts of this list were changed since"):
        roster_actions.undo_roster(by=by, at=now, batch_id=batch.pk)
    assert Post.objects.filter(person__name__startswith="Wilf").exists(), "all of it, or nothing"


def test_undoing_a_changed_name_opens_no_post_that_was_ended_since(cast, tmp_path):
    by, now = cast.scope("headteacher"), timezone.now()
    taken(by, table(STAFF, COLUMNS, tmp_path))
    batch = taken(by, table(STAFF.replace("Wanda Listed", "Wanda Married"), COLUMNS, tmp_path))
    post = Post.objects.get(person__name__startswith="Wanda")
    actions.end_post(by=by, at=now, post_id=post.pk, ends_on=timezone.localdate(), version=post.version)
    roster_actions.undo_roster(by=by, at=now, batch_id=batch.pk)
    post.refresh_from_db()
    assert (post.person.name, post.ends_on) == ("Wanda Listed-Example", timezone.localdate())


def test_a_preview_that_is_out_of_date_takes_nothing_in(cast, tmp_path):
    by = cast.scope("office")
    batch = previewed(by, table(STAFF, COLUMNS, tmp_path), posts={"Teacher": "teacher"})
    Person.objects.filter(pk=cast.people["teacher"].pk).update(email="wanda@people.example")
    with pytest.raises(Stale, match="changed since this preview"):
        roster_actions.take_roster(by=by, at=timezone.now(), batch_id=batch.pk)
    assert not Person.objects.filter(name__startswith="Wanda").exists()


def test_a_list_gives_no_post_that_its_bringer_may_not_give(cast, tmp_path):
    for post in ("headteacher", "senior_leader", "chair"):
        with pytest.raises(Unusable, match="only posts that you may give"):
            previewed(cast.scope("office"), table(STAFF, COLUMNS, tmp_path), posts={"Teacher": post})
    with pytest.raises(Refused, match="brought by the headteacher"):
        previewed(cast.scope("teacher"), table(STAFF, COLUMNS, tmp_path), posts={})


def test_another_schools_list_does_not_exist(cast, tmp_path):
    theirs = previewed(cast.scope("other_headteacher"), table(STAFF, COLUMNS, tmp_path), posts={"Teacher": "teacher"})
    with pytest.raises(Stale):
        roster_actions.take_roster(by=cast.scope("headteacher"), at=timezone.now(), batch_id=theirs.pk)
    address = reverse("roster", kwargs={"urn": everybody.OWN, "roster": theirs.pk})
    assert cast.client("headteacher").get(address).status_code == 404


# ── letters ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def listed(cast, tmp_path):
    taken(cast.scope("headteacher"), table(STAFF, COLUMNS, tmp_path))
    return Post.objects.get(person__name__startswith="Wanda")


def letter(client) -> str:
    client.post(reverse("roster-letters", kwargs={"urn": everybody.OWN}))
    work.turn("here", timezone.now())
    return next(line for line in mail.outbox[-1].body.splitlines() if line.startswith("http"))


def test_whoever_takes_up_the_letter_becomes_the_person_on_the_list(cast, listed, client):
    link = letter(cast.client("headteacher"))
    assert client.post(link, {"password": "three-random-words"}).status_code == 302
    account = Account.objects.get(email="wanda@people.example")
    assert account.person_id == listed.person_id
    assert Post.objects.filter(person=account.person).count() == 1
    assert Invitation.objects.get(post=listed).accepted_at


def test_whoever_has_an_account_already_takes_the_post_over(cast, listed):
    account = cast.accounts["other_teacher"]
    Account.objects.filter(pk=account.pk).update(email="wanda@people.example")
    link = letter(cast.client("headteacher"))
    account.refresh_from_db()
    cast.accounts["other_teacher"] = account
    assert cast.client("other_teacher").post(link).status_code == 302
    listed.refresh_from_db()
    assert listed.person_id == account.person_id
    assert not Person.objects.filter(name__startswith="Wanda").exists()


def test_a_teacher_invites_nobody_of_the_list(cast, listed):
    with pytest.raises(Refused, match="Staff posts are given by"):
        actions.invite_holder(by=cast.scope("teacher"), at=timezone.now(), post_id=listed.pk)
    Person.objects.filter(pk=listed.person_id).update(email="")
    with pytest.raises(Refused, match="no e-mail address"):
        actions.invite_holder(by=cast.scope("headteacher"), at=timezone.now(), post_id=listed.pk)
    signs_in = Post.objects.get(person=cast.people["teacher"])
    with pytest.raises(Refused, match="They can sign in already"):
        actions.invite_holder(by=cast.scope("headteacher"), at=timezone.now(), post_id=signs_in.pk)


@pytest.mark.parametrize("page", ["roster-take", "roster-undo"])
def test_who_brings_no_lists_is_not_told_which_there_are(cast, page):
    answers = {
        persona: cast.client(persona).post(reverse(page, kwargs={"urn": everybody.OWN, "roster": 990_001})).status_code
        for persona in ("headteacher", "teacher")
    }
    assert answers == {"headteacher": 404, "teacher": 403}


def test_nobody_is_invited_twice_and_a_used_list_is_not_undone(cast, listed):
    client = cast.client("headteacher")
    letter(client)
    client.post(reverse("roster-letters", kwargs={"urn": everybody.OWN}))
    work.turn("here", timezone.now())
    assert len(mail.outbox) == 1
    batch = ImportBatch.objects.get()
    with pytest.raises(Refused, match="invited or have signed in"):
        roster_actions.undo_roster(by=cast.scope("headteacher"), at=timezone.now(), batch_id=batch.pk)


def test_a_letter_that_the_mail_server_did_not_take_is_tried_again(cast, listed, monkeypatch):
    monkeypatch.setattr("headship.people.documents.EmailMessage.send", refused_by_the_server)
    cast.client("headteacher").post(reverse("roster-letters", kwargs={"urn": everybody.OWN}))
    work.turn("here", timezone.now())
    held = DBTaskResult.objects.get()
    assert (held.status, held.exception_class_path) == ("READY", "headship.core.background.NotMailed")
    monkeypatch.undo()
    DBTaskResult.objects.update(run_after=timezone.now())
    work.turn("here", timezone.now())
    assert [each.to for each in mail.outbox] == [["wanda@people.example"]]


def test_no_letter_goes_to_whoever_is_no_longer_invited_nor_for_whoever_left(cast, listed):
    cast.client("headteacher").post(reverse("roster-letters", kwargs={"urn": everybody.OWN}))
    actions.withdraw_invitation(
        by=cast.scope("headteacher"), at=timezone.now(), invitation_id=Invitation.objects.get(post=listed).pk
    )
    work.turn("here", timezone.now())
    cast.client("headteacher").post(reverse("roster-letters", kwargs={"urn": everybody.OWN}))
    Post.objects.filter(person=cast.people["headteacher"]).update(ends_on=timezone.localdate() - timedelta(days=1))
    work.turn("here", timezone.now())
    assert [each.status for each in DBTaskResult.objects.order_by("enqueued_at")] == ["SUCCESSFUL", "FAILED"]
    assert not mail.outbox


def refused_by_the_server(_letter):
    raise ConnectionRefusedError


# ── the pages, from file to letters ─────────────────────────────────────────────────────────────────────────────────


def test_a_table_goes_from_its_file_to_the_people_page(cast):
    client = cast.client("office")
    start = reverse("rosters", kwargs={"urn": everybody.OWN})
    file = BytesIO(b"Staff Code,Name,Work Email,Role\nT1,Wanda Listed-Example,wanda@people.example,Teacher\n")
    file.name = "staff.csv"
    columns = client.post(start, {"file": file}, follow=True)
    assert b"Bromcom" in columns.content
    chosen = {"to0": "key", "to1": "name", "to2": "email", "to3": "role"}
    posts = client.post(columns.redirect_chain[-1][0], chosen, follow=True)
    assert "“Teacher” in the list is".encode() in posts.content
    preview = client.post(posts.redirect_chain[-1][0], {"post0": "teacher"}, follow=True)
    assert b"Wanda Listed-Example" in preview.content
    took = client.post(preview.redirect_chain[-1][0] + "take/", follow=True)
    assert b"is taken in" in took.content
    assert b"Wanda Listed-Example" in client.get(reverse("people", kwargs={"urn": everybody.OWN})).content


def test_a_one_roster_zip_finds_its_school_by_the_urn(cast):
    file = BytesIO(version_12())
    file.name = "roster.zip"
    shown = cast.client("headteacher").post(
        reverse("rosters", kwargs={"urn": everybody.OWN}), {"file": file}, follow=True
    )
    assert b'<option value="o1" selected>' in shown.content


def test_a_broken_file_is_told_on_the_page(cast):
    file = BytesIO(version_12(users=USERS_12.replace("wanda@people.example", "nowhere")))
    file.name = "roster.zip"
    page = cast.client("headteacher").post(reverse("rosters", kwargs={"urn": everybody.OWN}), {"file": file})
    assert "“nowhere” is not an e-mail address".encode() in page.content
    assert not ImportBatch.objects.exists()


def test_the_pupils_secret_is_the_installations_own():
    assert len(settings.HEADSHIP_PUPIL_KEY) >= 40


def test_limits_of_a_list_are_told(tmp_path):
    wide = "Code,Name\n" + "".join(f"T{number},x\n" for number in range(rosters.LIMITS.rows + 1))
    with pytest.raises(Unusable, match="rows"):
        table(wide, {"Code": "key", "Name": "name"}, tmp_path)


# ── what is read of lists, beside other schools' and other imports ──────────────────────────────────────────────────


def a_batch(chain, importer=roster_actions.IMPORTER, **summary):
    return ImportBatch.objects.create(
        chain=chain, importer=importer, file_name="f", fingerprint="", state="undone", created_at=timezone.now(),
        summary=summary,
    )  # fmt: skip


def test_lists_are_those_of_the_school_and_no_other_import(cast):
    here, scope = cast.school.pk, cast.scope("office")
    first = a_batch(here, headings=["A", "B"], mapping={"A": "name"}, choices={"posts": {"Tutor": "teacher"}})
    second = a_batch(here, headings=["A", "C"], mapping={"A": "key"}, choices={"posts": {"Tutor": "office"}})
    others = [
        a_batch(cast.other.pk, headings=["A", "B"], mapping={"A": "email"}, choices={"posts": {"Tutor": "chair"}}),
        a_batch(here, "schools.register", headings=["A", "B"], mapping={"A": "email"}, choices={"posts": {"X": "y"}}),
    ]
    unmapped = a_batch(here, headings=["A", "B"])
    assert queries.lists_here(scope) == [unmapped, second, first]
    for each in (first, second, unmapped):
        assert queries.list_here(scope, each.pk) == each
    for each in others:
        with pytest.raises(Http404):
            queries.list_here(scope, each.pk)
    assert queries.remembered(scope, ["A", "B"]) == {"A": "name"}
    assert queries.remembered(scope, ["A", "C"]) == {"A": "key"}
    assert queries.remembered(scope, ["B", "A"]) == {}
    assert queries.remembered_posts(scope) == {"Tutor": "office"}


def test_year_groups_count_who_is_on_roll_here(cast):
    for number, (school, year, left) in enumerate(
        [(cast.school, "7", None), (cast.school, "7", None), (cast.school, "8", None),
         (cast.school, "7", timezone.localdate()), (cast.other, "7", None), (cast.other, "9", None)]
    ):  # fmt: skip
        Pupil.objects.create(
            school=school, key_hash=f"{number:064}", year_group=year, since=timezone.localdate(), left_on=left
        )
    assert queries.year_groups(cast.scope("office")) == [("7", 2), ("8", 1)]


def test_who_waits_for_a_letter_works_here_has_an_address_and_was_not_invited(cast):
    """One person for each reason not to wait, and one who does."""
    today, now = timezone.localdate(), timezone.now()

    def somebody(name, *, school=cast.school, email="a@people.example", ends=None, invited=None, person=None):
        person = person or Person.objects.create(name=name, email=email, created_at=now)
        ends_on = None if ends is None else today + timedelta(days=ends)
        begun = {"role": Role.TEACHER, "starts_on": today - timedelta(days=9), "ends_on": ends_on}
        post = Post.objects.create(person=person, school=school, **begun)
        if invited is not None:
            Invitation.objects.create(
                school=school, name=name, email=email, role=Role.TEACHER, starts_on=today, post=post, token_hash=name,
                invited_by=cast.people["office"], invited_at=now, expires_at=now, **invited,
            )  # fmt: skip
        return post

    waiting = {
        somebody("Waits"),
        somebody("Last day today", ends=0),
        somebody("Invitation withdrawn", invited={"withdrawn_at": now}),
        somebody("Signed in once, account gone", invited={"accepted_at": now}),
    }
    Invitation.objects.create(
        school=cast.school, name="To come", email="b@people.example", role=Role.TEACHER, starts_on=today,
        token_hash="To come", invited_by=cast.people["office"], invited_at=now, expires_at=now,
    )  # fmt: skip
    somebody("Elsewhere", school=cast.other)
    somebody("No address", email="")
    somebody("Gone", ends=-1)
    somebody("Invited", invited={})
    somebody("Signs in", person=cast.people["teacher"])
    assert set(queries.without_account(cast.scope("office"))) == waiting


def test_only_who_brings_lists_does_anything_with_one(cast, tmp_path):
    """Each step is refused on its own, whatever the page before it let through."""
    now, head, teacher = timezone.now(), cast.scope("headteacher"), cast.scope("teacher")
    roster = table(STAFF, COLUMNS, tmp_path)
    choices = Choices(posts={"Teacher": "teacher"})
    kept = {"at": now, "name": "list.csv", "fingerprint": "x", "sealed": b"", "headings": list(COLUMNS)}

    def refused(do, **given):
        with pytest.raises(Refused, match="Lists of staff and pupils are brought by"):
            do(by=teacher, **given)
        return do(by=head, **given)

    batch = refused(roster_actions.keep_roster, roster=None, **kept).pk
    refused(roster_actions.name_roster_columns, at=now, batch_id=batch, roster=roster, mapping=COLUMNS)
    refused(roster_actions.preview_roster, at=now, batch_id=batch, choices=choices)
    refused(roster_actions.take_roster, at=now, batch_id=batch)
    assert refused(roster_actions.undo_roster, at=now, batch_id=batch).state == "undone"


def test_a_fault_of_whoever_reads_a_zip_is_not_told_as_one_of_the_zip(tmp_path):
    path = tmp_path / "roster.zip"
    path.write_bytes(version_12())
    with pytest.raises(RuntimeError, match="of ours"), one_roster.unpacked(path, "roster.zip", tmp_path):
        raise RuntimeError("a fault of ours")
