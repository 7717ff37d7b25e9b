"""Pages of files of pupils: from an upload to undoing it, who may, and where no identifier may ever stand."""

import csv
import zipfile
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headship.core.errors import Refused
from headship.core.models import AuditEvent, ImportBatch
from headship.core.pages import academic_year
from headship.outcomes import name_actions, pupil_actions
from headship.outcomes import pupil_queries as queries
from headship.outcomes.models import Assessment, NamesKept, PupilName, PupilYear, Scores
from headship.outcomes.pupil_brought import Brought, Sat, bounds_of, unpacked
from headship.people.models import Pupil
from headship.people.rosters import hash_of
from headship.schools.calendar_dates import year_of
from tests import cast as everybody
from tests.cast import Cast
from tests.outcomes.test_pupil_files import upn_of

pytestmark = pytest.mark.django_db
YEAR = year_of(timezone.localdate())
FIRST = bounds_of(YEAR)[0]
SECRETS = ("Xena", "Child-Example", "A123456789012", "B801200005001", "004711")
WIDE = (
    "UPN,Forename,Surname,Year Group,Maths,Art\n"
    "A123456789012,Xena,Child-Example,Y9,5,A\nB801200005001,Yuri,Child-Example,Y9,7,4\n"
)
LONG = (
    "UPN,Surname,Subject,Grade,Assessment\n"
    "A123456789012,Child-Example,Maths,5,Autumn\nB801200005001,Child-Example,Alchemie,6,Autumn\n"
)
COLUMNS = {"to0": "upn", "to3": "year_group", "to4": "subject:maths", "to5": "subject:art"}


@pytest.fixture
def cast() -> Cast:
    return everybody.build()


def page(name: str, **kwargs) -> str:
    return reverse(name, kwargs={"urn": everybody.OWN, **kwargs})


def uploaded(client: Client, content: str | bytes, file_name: str = "results.csv", **asked):
    told = {"year": YEAR, "name": "Autumn", "scale": "gcse", **asked}
    day = told.pop("taken_on", FIRST)
    told |= {"taken_on_day": day.day, "taken_on_month": day.month, "taken_on_year": day.year}
    raw = content if isinstance(content, bytes) else content.encode()
    return client.post(page("pupil-files"), {"file": SimpleUploadedFile(file_name, raw), **told})


def everything_stored() -> bytes:
    """Return every cell of every table as bytes, to look for what may not be there."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # the database's own names
            for row in cursor.fetchall():
                found += [bytes(cell) if isinstance(cell, (bytes, memoryview)) else str(cell).encode() for cell in row]
    return b"\n".join(found)


def taken_in(client: Client) -> ImportBatch:
    """Bring the wide file and take it in."""
    to_columns = uploaded(client, WIDE)
    mapped = client.post(to_columns.url, COLUMNS)
    batch = ImportBatch.objects.get(state="previewed")
    assert mapped.url == page("pupil-file", file=batch.pk)
    client.post(page("pupil-take", file=batch.pk))
    batch.refresh_from_db()
    return batch


def test_a_file_is_brought_mapped_seen_taken_in_and_undone(cast: Cast):
    client = cast.client("headteacher")
    assert client.get(page("pupil-files")).status_code == 200
    to_columns = uploaded(client, WIDE)
    batch = ImportBatch.objects.get()
    assert (to_columns.status_code, to_columns.url) == (302, page("pupil-columns", file=batch.pk))
    shown = client.get(to_columns.url).content.decode()
    assert "4 columns were recognised by their headings and stand first" in shown
    mapped = client.post(to_columns.url, COLUMNS)
    batch = ImportBatch.objects.get()
    assert (mapped.status_code, mapped.url, batch.state) == (302, page("pupil-file", file=batch.pk), "previewed")
    preview = client.get(mapped.url).content.decode()
    assert "results.csv can be taken in" in preview
    assert f"{academic_year(YEAR)}, 2 pupils. No faults." in preview
    assert preview.count("too few to tell") == 2
    assert Pupil.objects.count() == 0
    client.post(page("pupil-take", file=batch.pk))
    taken = sorted((each.by_subject for each in Scores.objects.all()), key=len)
    assert taken == [{"maths": 5.0}, {"maths": 7.0, "art": 4.0}]
    after = client.get(page("pupil-file", file=batch.pk)).content.decode()
    assert "results.csv: taken in" in after
    client.post(page("pupil-undo", file=batch.pk))
    assert (Pupil.objects.count(), PupilYear.objects.count(), Assessment.objects.count()) == (0, 0, 0)
    assert "results.csv: undone" in client.get(page("pupil-file", file=batch.pk)).content.decode()


def test_the_same_file_again_has_its_columns_remembered_and_changes_nothing(cast: Cast):
    client = cast.client("headteacher")
    taken_in(client)
    to_columns = uploaded(client, WIDE)
    shown = client.get(to_columns.url).content.decode()
    assert "had the same columns, so they are filled in as you chose then" in shown
    assert shown.count("selected") == 4 + 2  # the four, and the names, which are left out
    mapped = client.post(to_columns.url, COLUMNS)
    assert "results.csv changes nothing" in client.get(mapped.url).content.decode()


def test_a_mean_is_shown_from_as_many_pupils_as_the_rule_says(cast: Cast):
    client = cast.client("headteacher")
    rows = "".join(f"{upn_of(800, number)},{number}\n" for number in range(6))
    to_columns = uploaded(client, "UPN,Maths\n" + rows)
    mapped = client.post(to_columns.url, {"to0": "upn", "to1": "subject:maths"})
    preview = client.get(mapped.url).content.decode()
    assert (">2.5<" in preview, "too few" in preview) == (True, False)


@pytest.mark.parametrize("stage", ["uploaded", "named", "previewed", "committed", "undone"])
def test_no_identifier_and_no_name_is_ever_stored(cast: Cast, stage: str):
    client = cast.client("headteacher")
    if stage in {"uploaded", "named"}:
        to_columns = uploaded(client, WIDE if stage == "uploaded" else LONG)
        if stage == "named":
            client.post(to_columns.url, {"to0": "upn", "to2": "subject", "to3": "score", "to4": "assessment"})
    elif stage == "previewed":
        client.post(uploaded(client, WIDE).url, {"to0": "upn", "to4": "subject:maths"})
    else:
        batch = taken_in(client)
        if stage == "undone":
            client.post(page("pupil-undo", file=batch.pk))
    stored = everything_stored()
    assert [each for each in SECRETS if each.encode() in stored] == []
    assert b"results.csv" in stored


def test_only_the_browser_that_brought_a_file_can_open_it(cast: Cast):
    client = cast.client("headteacher")
    to_columns = uploaded(client, WIDE)
    cookie = to_columns.cookies["waiting-file"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True, "Strict", page("pupil-file", file=ImportBatch.objects.get().pk),
    )  # fmt: skip
    other = cast.client("senior_leader")
    answer = other.post(to_columns.url, {"to0": "upn", "to4": "subject:maths"}).content.decode()
    assert "This browser no longer holds the key to the file" in answer
    assert ImportBatch.objects.get().state == "unmapped"


def test_faults_stand_on_the_page_and_nothing_is_kept(cast: Cast):
    client = cast.client("headteacher")
    to_columns = uploaded(client, WIDE.replace(",7,4", ",70,4"))
    answer = client.post(to_columns.url, {"to0": "upn", "to4": "subject:maths"})
    assert "row 3, column “Maths”: “70” is beyond the scale" in answer.content.decode()
    assert [each for each in SECRETS if each in answer.content.decode()] == []
    assert ImportBatch.objects.get().state == "unmapped"
    assert Pupil.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "name", "asked", "words"),
    [
        (b"%PDF", "a.pdf", {}, "a.pdf"),
        (b"not a zip", "a.zip", {}, "is not a zip that can be opened"),
        ("SCN,Maths\n1,5\n", "a.csv", {}, "is a heading of files from Scotland"),
        ("UPN,Maths\n", "a.csv", {"scale": ""}, "Say what the scores mean"),
        ("UPN,Maths\n", "a.csv", {"taken_on": FIRST.replace(year=YEAR - 2)}, "This day is not in"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(cast: Cast, content, name: str, asked: dict, words: str):
    answer = uploaded(cast.client("headteacher"), content, name, **asked)
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    assert ImportBatch.objects.count() == 0


def test_a_long_file_s_words_are_asked_for_and_remembered_without_the_words(cast: Cast):
    client = cast.client("headteacher")
    named = {"to0": "upn", "to2": "subject", "to3": "score", "to4": "assessment"}
    to_words = client.post(uploaded(client, LONG).url, named)
    batch = ImportBatch.objects.get()
    assert (to_words.url, batch.state) == (page("pupil-words", file=batch.pk), "unworded")
    shown = client.get(to_words.url).content.decode()
    assert all(each in shown for each in ("“Autumn” (2 results)", "“Maths” (1 result)", "“Alchemie” (1 result)"))
    missing = client.post(to_words.url, {"word0": "gcse", "word1": "maths"}).content.decode()
    assert "choose, or leave these results out" in missing
    done = client.post(to_words.url, {"word0": "gcse", "word1": "maths", "word2": "leave"})
    batch = ImportBatch.objects.get()
    assert (done.url, batch.state) == (page("pupil-file", file=batch.pk), "previewed")
    assert "Results whose assessment or subject you left out" in client.get(done.url).content.decode()
    assert "Alchemie" not in str(batch.summary)
    client.post(page("pupil-take", file=batch.pk))
    again = client.post(uploaded(client, LONG).url, named)
    remembered = client.get(again.url).content.decode()
    assert remembered.count("selected") == 3
    assert '<option value="leave" selected>' in remembered.partition("Alchemie")[2]


def test_the_words_of_a_file_without_its_key_lead_back(cast: Cast):
    client = cast.client("headteacher")
    to_words = client.post(
        uploaded(client, LONG).url, {"to0": "upn", "to2": "subject", "to3": "score", "to4": "assessment"}
    )
    answer = cast.client("office").get(to_words.url, follow=True)
    assert "This browser no longer holds the key" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == page("pupil-files")


def test_waiting_files_lead_to_where_they_wait(cast: Cast):
    client = cast.client("headteacher")
    batch = taken_in(client)
    for name in ("pupil-columns", "pupil-words"):
        assert client.get(page(name, file=batch.pk)).url == page("pupil-file", file=batch.pk)
    uploaded(client, WIDE)
    waiting = ImportBatch.objects.get(state="unmapped")
    assert client.get(page("pupil-file", file=waiting.pk)).url == page("pupil-columns", file=waiting.pk)


def test_the_list_tells_what_was_brought_by_whom_and_what_stands(cast: Cast):
    client = cast.client("headteacher")
    taken_in(client)
    shown = client.get(page("pupil-files")).content.decode()
    assert f"{academic_year(YEAR)}, Autumn, brought by Ada Headteacher-Example" in shown
    assert "GCSE grades 9 to 1" in shown
    assert "not told: some are few" in shown


def test_another_school_s_files_are_not_there(cast: Cast):
    batch = taken_in(cast.client("headteacher"))
    theirs = cast.client("other_headteacher")
    for name in ("pupil-file", "pupil-columns", "pupil-words"):
        address = reverse(name, kwargs={"urn": everybody.OTHER, "file": batch.pk})
        assert theirs.get(address).status_code == 404
    for name in ("pupil-take", "pupil-undo"):
        assert theirs.post(reverse(name, kwargs={"urn": everybody.OTHER, "file": batch.pk})).status_code == 404
    assert Scores.objects.count() == 2


# ── OneRoster ───────────────────────────────────────────────────────────────────────────────────────────────────────


def zipped(**parts: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, text in parts.items():
            out.writestr(f"{name}.csv", text)
    return packed.getvalue()


def rows(headings: str, *lines: dict[str, str]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, headings.split(","), restval="")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def test_a_one_roster_zip_brings_pupils_demographics_and_results(cast: Cast):
    parts = {
        "orgs": rows(
            "sourcedId,name,type,identifier", {"sourcedId": "o1", "identifier": str(everybody.OWN)},
            {"sourcedId": "o2", "identifier": "x"},
        ),
        "users": rows(
            "sourcedId,orgSourcedIds,role,userIds,givenName,familyName,grades",
            {"sourcedId": "p1", "orgSourcedIds": "o1", "role": "student", "userIds": "{UPN:A123456789012}",
             "givenName": "Xena", "familyName": "Child-Example", "grades": "09"},
            {"sourcedId": "p2", "orgSourcedIds": "o1,o2", "role": "student", "givenName": "Yuri", "grades": "K"},
            {"sourcedId": "p3", "orgSourcedIds": "o2", "role": "student"},
            {"sourcedId": "t1", "orgSourcedIds": "o1", "role": "teacher"},
        ),
        "demographics": rows(
            "userSourcedId,sex,asian,white", {"userSourcedId": "p1", "sex": "female", "asian": "true"},
            {"userSourcedId": "p2", "sex": "male", "asian": "true", "white": "true"},
        ),
        "classes": rows("sourcedId,title,subjects", {"sourcedId": "c1", "title": "9 set 2", "subjects": "Mathematics"}),
        "categories": rows("sourcedId,title", {"sourcedId": "k1", "title": "Autumn test"}),
        "lineItems": rows(
            "sourcedId,title,classSourcedId,categorySourcedId",
            {"sourcedId": "l1", "title": "Paper", "classSourcedId": "c1", "categorySourcedId": "k1"},
        ),
        "results": rows(
            "sourcedId,status,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate",
            {"lineItemSourcedId": "l1", "studentSourcedId": "p1", "scoreStatus": "fully graded", "score": "71",
             "scoreDate": FIRST.isoformat()},
            {"lineItemSourcedId": "l1", "studentSourcedId": "p2", "scoreStatus": "not submitted", "score": "0",
             "scoreDate": FIRST.isoformat()},
            {"lineItemSourcedId": "l1", "studentSourcedId": "p3", "score": "99", "scoreDate": FIRST.isoformat()},
            {"lineItemSourcedId": "l1", "studentSourcedId": "p1", "status": "tobedeleted", "score": "1"},
        ),
    }  # fmt: skip
    client = cast.client("headteacher")
    to_words = uploaded(client, zipped(**parts), "export.zip", name="", scale="")
    shown = client.get(to_words.url).content.decode()
    assert ("“Autumn test” (2 results)" in shown, "“Mathematics” (2 results)" in shown) == (True, True)
    done = client.post(to_words.url, {"word0": "percent", "word1": "maths"})
    assert "export.zip can be taken in" in client.get(done.url).content.decode()
    client.post(page("pupil-take", file=ImportBatch.objects.get().pk))
    years = PupilYear.objects.values_list("year_group", "sex", "ethnicity")
    assert set(years) == {("Year 9", "female", "Any other Asian background"), ("", "male", "")}
    assert list(Scores.objects.values_list("by_subject", flat=True)) == [{"maths": 71.0}]
    assert [each for each in SECRETS if each.encode() in everything_stored()] == []


def test_one_roster_with_roles_in_a_file_of_their_own_is_read(cast: Cast):
    parts = {
        "users": rows("sourcedId,givenName,grades", {"sourcedId": "p1", "grades": "7"}, {"sourcedId": "t1"}),
        "roles": rows(
            "sourcedId,userSourcedId,role,orgSourcedId", {"userSourcedId": "p1", "role": "student"},
            {"userSourcedId": "t1", "role": "teacher"},
        ),
    }  # fmt: skip
    client = cast.client("headteacher")
    to_words = uploaded(client, zipped(**parts), "export.zip", name="", scale="")
    assert "Nothing in it needs naming" in client.get(to_words.url).content.decode()
    done = client.post(to_words.url)
    client.post(page("pupil-take", file=ImportBatch.objects.get().pk))
    assert done.status_code == 302
    assert list(PupilYear.objects.values_list("year_group", flat=True)) == ["Year 7"]


INTERCHANGE = Path(__file__).resolve().parents[3] / "shared" / "data" / "interchange" / "oneroster_1.1"


def test_the_shared_one_roster_export_comes_in(cast: Cast):
    if not INTERCHANGE.exists():
        pytest.skip("the shared test data is not beside the checkout")
    parts = {path.stem: path.read_text(encoding="utf-8") for path in INTERCHANGE.glob("*.csv")}
    client = cast.client("headteacher")
    to_words = uploaded(client, zipped(**parts), "export.zip", name="", scale="")
    client.post(to_words.url)
    client.post(page("pupil-take", file=ImportBatch.objects.get().pk))
    keys = {hash_of(each, settings.HEADSHIP_PUPIL_KEY) for each in ("user1", "user2")}
    assert set(Pupil.objects.values_list("key_hash", flat=True)) == keys
    assert b"padurariu" not in everything_stored()


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def with_names(scope) -> ImportBatch:
    scores = {"a" * 64: {"maths": 1.0}, "b" * 64: {"maths": 2.0}}
    names = {"a" * 64: "Xena Child-Example", "b" * 64: "Yuri Child-Example"}
    told = Brought("A table", YEAR, {}, (Sat("GCSE", "gcse", FIRST.isoformat(), scores),), names)
    batch = pupil_actions.preview_pupils(by=scope, at=scope.at, name="a.csv", fingerprint="f", brought=told)
    return pupil_actions.take_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)


def test_a_headteacher_switches_names_on_and_off_and_all_are_gone(cast: Cast):
    client, scope = cast.client("headteacher"), cast.scope("headteacher")
    off = client.get(page("pupil-names")).content.decode()
    assert "This school keeps no names of pupils" in off
    client.post(page("pupil-names"), {"names": "keep"})
    client.post(page("pupil-names"), {"names": "keep"})
    assert NamesKept.objects.get().by == cast.people["headteacher"]
    with_names(scope)
    assert "keeps the names of 2 pupils" in client.get(page("pupil-names")).content.decode()
    assert b"Child-Example" in everything_stored()
    other = cast.scope("other_headteacher")
    name_actions.keep_names(by=other, at=other.at)
    with_names(other)
    client.post(page("pupil-names"), {"names": "forget"})
    assert set(PupilName.objects.values_list("school__urn", flat=True)) == {everybody.OTHER}
    assert NamesKept.objects.get().school == cast.other
    told = AuditEvent.objects.get(action="outcomes.forget_names")
    assert b'"names":2' in bytes(told.canonical)


def test_forgetting_names_leaves_none_in_files_and_their_undoing_works(cast: Cast):
    scope = cast.scope("headteacher")
    name_actions.keep_names(by=scope, at=scope.at)
    batch = with_names(scope)
    told = Brought("A table", YEAR, {"a" * 64: {"sex": "male"}}, names={"a" * 64: "Xena Other-Example"})
    pupil_actions.preview_pupils(by=scope, at=scope.at, name="b.csv", fingerprint="f", brought=told)
    name_actions.forget_names(by=scope, at=scope.at)
    assert [bytes(each.staged) != b"" for each in ImportBatch.objects.all()] == [True]
    batch.refresh_from_db()
    assert unpacked(bytes(batch.staged))["names"] == []
    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    assert (Pupil.objects.count(), Scores.objects.count()) == (0, 0)


def test_names_are_undone_with_their_file(cast: Cast):
    scope = cast.scope("headteacher")
    name_actions.keep_names(by=scope, at=scope.at)
    with_names(scope)
    told = Brought("A table", YEAR, {}, names={"a" * 64: "Xena Changed-Example"})
    batch = pupil_actions.preview_pupils(by=scope, at=scope.at, name="b.csv", fingerprint="f", brought=told)
    pupil_actions.take_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    assert set(PupilName.objects.values_list("name", flat=True)) == {"Xena Changed-Example", "Yuri Child-Example"}
    pupil_actions.undo_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    assert set(PupilName.objects.values_list("name", flat=True)) == {"Xena Child-Example", "Yuri Child-Example"}


def test_names_are_for_the_leaders_of_the_school_that_keeps_them(cast: Cast):
    scope = cast.scope("headteacher")
    name_actions.keep_names(by=scope, at=scope.at)
    with_names(scope)
    other = cast.scope("other_headteacher")
    name_actions.keep_names(by=other, at=other.at)
    with_names(other)
    mine = dict(Pupil.objects.filter(school=cast.school).values_list("pk", "key_hash"))
    named = {pk: ("Xena" if key[0] == "a" else "Yuri") + " Child-Example" for pk, key in mine.items()}
    first = min(mine)
    for persona in ("headteacher", "senior_leader", "safeguarding_lead"):
        assert queries.names_for(cast.scope(persona, "own"), list(mine)) == named
        assert queries.names_for(cast.scope(persona, "own"), [first]) == {first: named[first]}
    for persona in ("chair", "governor", "teacher", "middle_leader", "office", "authority_leader", "administrator"):
        assert queries.names_for(cast.scope(persona, "own"), list(mine)) == {}
    assert queries.names_for(other, list(mine)) == {}
    NamesKept.objects.filter(school=cast.school).delete()
    assert queries.names_for(scope, list(mine)) == {}


def test_the_data_protection_officer_sees_whether_names_are_kept_and_changes_nothing(cast: Cast):
    scope = cast.scope("headteacher")
    address = page("pupil-names")
    officer = cast.client("data_protection_officer")
    assert "This school keeps no names of pupils" in officer.get(address).content.decode()
    name_actions.keep_names(by=scope, at=scope.at)
    with_names(scope)
    shown = officer.get(address).content.decode()
    assert "This school keeps the names of 2 pupils" in shown
    assert ("Child-Example" in shown, "<button" in shown, "headteacher's to decide" in shown) == (False, False, False)
    assert "to decide. Ask them." in shown
    assert officer.post(address, {"names": "forget"}).status_code == 403
    assert PupilName.objects.count() == 2
    assert cast.client("senior_leader").get(address).status_code == 403


@pytest.mark.parametrize("persona", ["senior_leader", "chair", "office", "safeguarding_lead"])
def test_only_the_headteacher_switches_names(cast: Cast, persona: str):
    scope = cast.scope(persona, "own")
    with pytest.raises(Refused):
        name_actions.keep_names(by=scope, at=scope.at)
    with pytest.raises(Refused):
        name_actions.forget_names(by=scope, at=scope.at)
    assert NamesKept.objects.count() == 0


# ── programs ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_programs_read_assessments_and_counts_and_no_pupil(cast: Cast):
    scope = cast.scope("headteacher")
    few = {f"{number}" * 64: {"maths": 1.0} for number in range(5)}
    enough = few | {"a" * 64: {"maths": 1.0}}
    apart = {key: {"year_group": "Year 10" if key[0] in "01" else "Year 11"} for key in enough}
    for name, scores, known in (("Few", few, {}), ("Enough", enough, {}), ("In part", enough, apart)):
        told = Brought("A table", YEAR, known, (Sat(name, "gcse", FIRST.isoformat(), scores),))
        batch = pupil_actions.preview_pupils(by=scope, at=scope.at, name="a.csv", fingerprint="f", brought=told)
        pupil_actions.take_pupils(by=scope, at=timezone.now(), batch_id=batch.pk)
    address = f"/api/v1/schools/{everybody.OWN}/assessments"
    answer = cast.program("governor").get(address)
    whole = {"year": YEAR, "scale": "gcse", "taken_on": FIRST.isoformat()}
    assert answer.json()["items"] == [
        {"name": "Enough", "pupils": None, **whole}, {"name": "Few", "pupils": None, **whole},
        {"name": "In part", "pupils": None, **whole},
    ]  # fmt: skip
    assert cast.program("governor", "strategy:read").get(address).status_code == 403
