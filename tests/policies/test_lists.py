"""Lists of policies: read whole, each fault with its place, shown before they are taken in, and undone."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from headship.core.errors import Refused, Stale, Unusable
from headship.core.models import ImportBatch
from headship.core.scope import installation_scope
from headship.people.models import Person
from headship.policies import list_actions, list_pages, queries, rules, waiting
from headship.policies.list_reading import Line, Listing
from headship.policies.models import Policy
from headship.standards import actions as standards
from tests import cast as everybody
from tests.cast import Cast
from tests.policies.flow import AT, DAY, TODAY, add, draft

HERE = f"/schools/{everybody.OWN}/policies/lists/"
HEAD = "Title,Owner,Approver,Review months,Last approved on,Next review\n"
OWNER = "Keira Business-Example"


@pytest.fixture
def cast(db: None) -> Cast:
    standards.load_shipped(by=installation_scope(AT), at=AT)
    return everybody.build()


def bring(cast: Cast, content: bytes | str, name: str = "policies.csv", persona: str = "headteacher"):
    data = content.encode() if isinstance(content, str) else content
    return cast.client(persona).post(HERE, {"file": SimpleUploadedFile(name, data)})


def newest() -> ImportBatch:
    return ImportBatch.objects.filter(importer="policies.list").latest("pk")


def take(cast: Cast, adds: int, persona: str = "headteacher") -> None:
    list_actions.take_list(by=cast.scope(persona), at=AT, batch=newest().pk, adds=adds)


def undo(cast: Cast, persona: str = "headteacher") -> None:
    list_actions.undo_list(by=cast.scope(persona), at=AT, batch=newest().pk)


def listing(*titles: str) -> Listing:
    return Listing(tuple(Line(each, None, "head", 12, "", "") for each in titles))


def test_a_list_is_shown_then_taken_in_then_undone(cast: Cast):
    last, following = date(2025, 9, 30), TODAY + 60 * DAY
    email = Person.objects.get(pk=cast.people["teacher"].pk).email
    rows = (
        f"Lone working,{OWNER},Headteacher,12,30/09/2025,\n"
        f"First aid,{email.upper()},a committee,,,{following:%d/%m/%Y}\n,,,,,\n"
        "Visitors,,board,24,,\n"
    )
    assert bring(cast, HEAD + rows)["Location"] == f"{HERE}{newest().pk}"
    assert Policy.objects.count() == 0
    page = cast.client("business_manager").get(f"{HERE}{newest().pk}").content.decode()
    for words in (
        "It would add 3 policies",
        f"{OWNER}, school business manager",
        "30 September 2025",
        "30 September 2026",
        "Nobody yet",
    ):
        assert words in page
    answer = cast.client("business_manager").post(f"{HERE}{newest().pk}/take", {"adds": 3})
    assert answer["Location"] == f"{HERE}{newest().pk}"
    told = [
        (each.title, each.owner_id, each.approver, each.months, each.approved_before, each.review_on)
        for each in Policy.objects.order_by("pk")
    ]
    assert told == [
        ("Lone working", cast.people["business_manager"].pk, "head", 12, last, date(2026, 9, 30)),
        ("First aid", cast.people["teacher"].pk, "committee", None, None, following),
        ("Visitors", None, "board", 24, None, None),
    ]
    key = Policy.objects.get(title="Lone working").pk
    page = cast.client("business_manager").get(f"/schools/{everybody.OWN}/policies/{key}").content.decode()
    assert "Approved before it came here" in page
    assert [each.words for each in waiting.next_actions(cast.scope("business_manager"))] == ["Review “Lone working”"]
    cast.client("headteacher").post(f"{HERE}{newest().pk}/undo")
    assert (Policy.objects.count(), newest().state) == (0, "undone")


def test_what_stands_already_stays_and_the_same_list_again_adds_nothing(cast: Cast):
    key = add(cast, title="First  Aid")
    bring(cast, "title,approver\nFIRST AID,board\nVisits,head\n")
    page = list_pages.list_page(cast.scope("headteacher"), newest())
    assert (page.said, page.stands) == ("It would add 1 policy, without words yet.", ["FIRST AID"])
    take(cast, 1)
    assert (Policy.objects.get(pk=key).approver, Policy.objects.count()) == ("head", 2)
    bring(cast, "title,approver\nFIRST AID,board\nVisits,head\n")
    page = list_pages.list_page(cast.scope("headteacher"), newest())
    assert (page.said, page.take_url) == ("It would add nothing: every policy in it stands already.", "")


def test_every_fault_is_told_with_its_place_and_nothing_is_kept(cast: Cast):
    later = TODAY + DAY
    rows = (
        ",Nobody Known,parents,0,2019-02-30,\n"
        f"Visits,,head,121,{later:%d/%m/%Y},\n"
        "visits,,head,12,01/09/2025,31/08/2025\n"
        f"{'x' * 121},,head,x,,\n"
    )
    page = bring(cast, HEAD + rows).content.decode()
    for sentence in (
        "row 2, column “Title”: is blank. Give the policy",
        "row 2, column “Owner”: “Nobody Known” is none of the staff here.",
        "row 2, column “Approver”: “parents” approves nothing here. Write headteacher, committee or board.",
        "row 2, column “Review months”: “0” is no number of months. Write 1 to 120",
        "row 2, column “Last approved on”: “2019-02-30” is not a date.",
        "row 3, column “Review months”: “121” is no number of months.",
        "row 3, column “Last approved on”: lies in the future.",
        "row 4, column “Next review”: comes before it was last approved.",
        "row 4, column “Title”: names the policy of row 3 again. Keep one of them.",
        "row 5, column “Title”: is longer than 120 letters.",
        "row 5, column “Review months”: “x” is no number of months.",
    ):
        assert sentence in page
    assert not ImportBatch.objects.filter(importer="policies.list").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Name,Approver\nx,head\n", "has the heading “Title” nowhere. Name the columns Title, Owner"),
        ("Title,Title,Approver\nx,y,head\n", "“Title”"),
        (HEAD, "lists no policy"),
        (HEAD + ",,,,,\n", "lists no policy"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(cast: Cast, content: str, sentence: str):
    assert sentence in bring(cast, content).content.decode()


def test_a_name_of_two_people_is_asked_for_again(cast: Cast):
    Person.objects.filter(pk=cast.people["teacher"].pk).update(name=OWNER)
    page = bring(cast, f"{HEAD}Visits,{OWNER},head,,,\n").content.decode()
    assert f"“{OWNER}” is the name of more than one of the staff" in page


def test_a_workbook_is_read_as_a_table_is(cast: Cast):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate((("Title", "Approver", "Last approved on"), ("Visits", "Board", "2025-09-01"))):
        sheet.write_row(at, 0, row)
    book.close()
    bring(cast, file.getvalue(), "policies.xlsx")
    take(cast, 1)
    assert Policy.objects.get().approved_before == date(2025, 9, 1)


def test_a_title_of_the_register_answers_what_is_required(cast: Cast):
    asked = queries.asked_of(cast.scope("headteacher"))[0]
    bring(cast, f'Title,Approver\n"{asked.words.upper()}",board\n')
    take(cast, 1)
    assert Policy.objects.get().required == asked.code


def test_a_list_is_undone_while_nothing_was_done_with_it(cast: Cast):
    bring(cast, "Title,Approver\nVisits,board\nTrips,board\n")
    take(cast, 2)
    draft(cast, Policy.objects.get(title="Trips").pk)
    with pytest.raises(Unusable, match="Something was done with policies of this list since"):
        undo(cast)
    assert Policy.objects.count() == 2


def test_a_list_is_taken_as_it_was_shown_and_once(cast: Cast):
    bring(cast, "Title,Approver\nVisits,board\nTrips,board\n")
    add(cast, title="Trips")
    with pytest.raises(Stale, match="Policies changed since this preview"):
        take(cast, 2)
    take(cast, 1)
    with pytest.raises(Stale, match="taken in, undone or replaced meanwhile"):
        take(cast, 1)
    undo(cast)
    with pytest.raises(Stale):
        undo(cast)


@pytest.mark.parametrize("persona", ["chair", "clerk", "teacher", "office", "middle_leader"])
def test_only_keepers_bring_lists(cast: Cast, persona: str):
    by = cast.scope(persona)
    kept = {"name": "a.csv", "fingerprint": "0" * 64}
    bring(cast, "Title,Approver\nVisits,board\n")
    for attempt in (
        lambda: list_actions.keep_list(by=by, at=AT, listing=listing("Visits"), **kept),
        lambda: take(cast, 1, persona),
        lambda: undo(cast, persona),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert str(refused.value) == rules.KEEPERS_ONLY
    assert Policy.objects.count() == 0


def test_another_schools_list_is_not_found(cast: Cast):
    bring(cast, "Title,Approver\nVisits,board\n")
    with pytest.raises(Stale):
        take(cast, 1, "other_headteacher")
    theirs = f"/schools/{everybody.OTHER}/policies/lists/{newest().pk}"
    assert cast.client("other_headteacher").get(theirs).status_code == 404
