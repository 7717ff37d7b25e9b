"""Other languages: a sheet given and taken back whole, a form that says which words are which, the same answers."""

import csv
import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client

from headship.core.errors import Refused, Stale, Unusable
from headship.core.visibility import Visibility
from headship.voice import (
    actions,
    documents,
    paper_actions,
    phrases,
    queries,
    sheets,
    tongue,
    translating,
    translation_actions,
    translation_queries,
)
from headship.voice.languages import LANGUAGES
from headship.voice.models import Sheet, Survey
from headship.voice.tongue import Text, Tongue
from tests.voice import flow
from tests.voice.flow import AT

pytestmark = pytest.mark.django_db
POLISH, URDU = LANGUAGES["pl"], LANGUAGES["ur"]


def invented(english: str, mark: str = "pl") -> str:
    """Return words that are no language, and hold what the English has in braces."""
    return f"{mark}:{english}"


@pytest.fixture
def draft(cast):
    return flow.begin(cast, **flow.UNNAMED)


def all_of(survey, mark="pl", *, fixed=True):
    return {
        each.english: invented(each.english, mark) for each in translation_queries.texts(survey) if each.own or fixed
    }


def translated(cast, survey, code="pl", **more):
    translation_actions.translate_survey(
        by=cast.scope("headteacher"),
        at=AT,
        survey=survey.pk,
        version=survey.version,
        language=code,
        words=all_of(survey, code, **more),
    )
    survey.refresh_from_db()
    return survey


def opened(cast, survey, count=6):
    by = cast.scope("headteacher")
    actions.ask_by_code(by=by, at=AT, survey=survey.pk, version=survey.version, group="Helpers", count=count)
    actions.open_survey(by=by, at=AT, survey=survey.pk, version=survey.version + 1)
    survey.refresh_from_db()
    return survey


def base(survey):
    return f"/schools/{survey.school.urn}/surveys/{survey.pk}"


def test_everything_a_reader_meets_can_be_translated(draft):
    found = translation_queries.texts(draft)
    assert [each.english for each in found if each.own] == [
        "How are we?",
        *(each.words for each in queries.questions(draft)),
        "Strongly disagree",
        "Disagree",
        "Neither agree nor disagree",
        "Agree",
        "Strongly agree",
        "Cannot say",
    ]
    assert {each.english for each in found if not each.own} == set(phrases.english().values())


def test_tags_and_names_stand_once():
    assert len({each.own for each in LANGUAGES.values()}) == len(LANGUAGES)
    assert all(re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", code) for code in LANGUAGES)
    assert {code for code, each in LANGUAGES.items() if each.rtl} == {"ar", "ckb", "fa", "ps", "ur"}


def test_a_sheet_goes_out_and_comes_back_whole(cast, draft):
    head = cast.client("headteacher")
    given = head.get(f"{base(draft)}/languages/pl/sheet").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(given)))
    assert rows[0] == ["English", "What it is", "Polish"]
    out = io.StringIO()
    csv.writer(out).writerows([rows[0], *([row[0], row[1], invented(row[0])] for row in rows[1:])])
    file = SimpleUploadedFile("filled.csv", out.getvalue().encode())
    kept = head.post(f"{base(draft)}/languages/pl/bring", {"file": file, "version": 1})
    assert kept.status_code == 302
    draft.refresh_from_db()
    assert draft.translations == {"pl": all_of(draft)}
    assert translation_queries.offered(draft) == [POLISH]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Nothing here,,pl", "Row 2: “Nothing here” is no text of this survey"),
        ("until {until},,do {when}", "must hold {until} as the English does"),
        ("Agree,,{agree}", "must hold no braces"),
        (f"Agree,,{'x' * 1201}", "has more than 1,200 characters"),
        ("Agree,,a\nAgree,,b", "Row 3: “Agree” is translated twice, and differently"),
        ("Agree,,", "holds no translation"),
    ],
)
def test_a_sheet_at_fault_is_told_by_row_and_nothing_is_kept(cast, draft, row, told):
    file = SimpleUploadedFile("filled.csv", f"English,What it is,Polish\n{row}\n".encode())
    page = cast.client("headteacher").post(f"{base(draft)}/languages/pl/bring", {"file": file, "version": 1})
    assert told in page.content.decode()
    draft.refresh_from_db()
    assert draft.translations == {}
    other = SimpleUploadedFile("filled.csv", b"English,What it is,Urdu\nAgree,,x\n")
    page = cast.client("headteacher").post(f"{base(draft)}/languages/pl/bring", {"file": other, "version": 1})
    assert "columns “English” and “Polish”" in page.content.decode()


def test_words_are_typed_and_what_lacks_is_counted(cast, draft):
    head, texts = cast.client("headteacher"), translation_queries.texts(draft)
    typed = {f"t{at}": invented(each.english) for at, each in enumerate(texts) if each.own and at}
    page = head.post(f"{base(draft)}/languages/pl", {**typed, "t0": "a {b}", "version": 1}).content.decode()
    assert "must hold no braces" in page
    assert head.post(f"{base(draft)}/languages/pl", {**typed, "version": 1}).status_code == 302
    draft.refresh_from_db()
    assert translation_queries.lacking(draft, "pl") == 1
    assert translation_queries.offered(draft) == []
    assert "1 text lacks, so it is not offered yet" in head.get(f"{base(draft)}/languages").content.decode()
    assert "Polish (texts lack)" in head.get(base(draft)).content.decode()
    begun = head.post(f"{base(draft)}/languages", {"language": "ur"})
    assert begun["Location"] == f"{base(draft)}/languages/ur"
    assert 'dir="rtl"' in head.get(begun["Location"]).content.decode()
    assert head.get(f"{base(draft)}/languages/xx").status_code == 404


def test_what_was_translated_before_stands_there_again(cast, draft):
    translated(cast, draft)
    again = flow.begin(cast, title="How are we now?", **flow.UNNAMED)
    before = translation_queries.before(cast.scope("headteacher"), again, "pl")
    assert before == {english: words for english, words in all_of(draft).items() if english != "How are we?"}
    assert translation_queries.before(cast.scope("other_headteacher"), again, "pl") == {}


def test_a_reader_chooses_a_language_by_a_link_and_no_cookie(cast, draft):
    survey = opened(cast, translated(cast, translated(cast, draft, "pl"), "ur"))
    link = f"/answer/{flow.token_of(survey.invitations.first())}"
    english = Client().get(link).content.decode()
    for shown in ('href="?in=pl" lang="pl" hreflang="pl" dir="ltr"', 'href="?in=ur" lang="ur" hreflang="ur" dir="rtl"'):
        assert shown in english
    assert "pl:" not in english
    page = Client().get(f"{link}?in=ur")
    words = page.content.decode()
    assert dict(page.cookies) == {}
    assert '<div lang="ur" dir="rtl">' in words
    assert '<span lang="en"' not in words
    for said in ("How are we?", "I mostly look forward to work.", "Strongly agree", "Cannot say", "Send my answers"):
        assert f"ur:{said}" in words
    assert Client().get(f"{link}?in=xx").content.decode().count("ur:") == 0


def test_answers_are_the_same_codes_in_every_language(cast, draft):
    survey = opened(cast, translated(cast, draft))
    link = f"/answer/{flow.token_of(survey.invitations.first())}?in=pl"
    sent = Client().post(link, {"q-load": "2", "q-one-thing": "Herbata", "named": ""})
    assert (sent.status_code, sent["Location"]) == (302, f"{link}&sent=1")
    kept = sheets.opened(Sheet.objects.get().sealed)
    assert (kept.steps, kept.words, kept.groups) == ({"load": 2}, {"one-thing": "Herbata"}, {"Post": "Helpers"})
    assert "pl:Thank you: your answers were received" in Client().get(f"{link}&sent=1").content.decode()


def test_what_stays_english_says_so(cast, draft):
    survey = opened(cast, translated(cast, draft, "ur", fixed=False))
    words = Client().get(f"/answer/{flow.token_of(survey.invitations.first())}?in=ur").content.decode()
    assert '<span lang="en" dir="ltr">Send my answers</span>' in words
    assert '<span lang="en" dir="ltr">Do not write who you are, and name nobody.</span>' in words
    assert "&lt;span" not in words
    assert "ur:Strongly agree" in words


def test_words_are_never_markup(cast, draft):
    words = all_of(draft) | {"Agree": "<b>Agree</b>", phrases.english()["send"]: "<i>send</i>"}
    translation_actions.translate_survey(
        by=cast.scope("headteacher"), at=AT, survey=draft.pk, version=1, language="pl", words=words
    )
    draft.refresh_from_db()
    survey = opened(cast, draft)
    page = Client().get(f"/answer/{flow.token_of(survey.invitations.first())}?in=pl").content.decode()
    assert "&lt;b&gt;Agree&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "<i>" not in page
    assert Tongue("pl").say("names", names="<b>Ann</b>").count("&lt;b&gt;Ann") == 1


def test_papers_are_in_the_language_too(cast, draft):
    survey = opened(cast, translated(cast, translated(cast, draft, "pl"), "ur"))
    paper_actions.name_typist(
        by=cast.scope("headteacher"),
        at=AT,
        survey=survey.pk,
        version=survey.version,
        typist=cast.people["office"].pk,
        paper_to="the blue box",
    )
    head = cast.client("headteacher")
    given = head.get(f"{base(survey)}/papers?group=Helpers&as=word&in=ur")
    document = docx.Document(io.BytesIO(given.content))
    words = "\n".join(each.text for each in document.paragraphs)
    assert words.count("ur:Strongly\N{NO-BREAK SPACE}agree") == 5 * 6
    assert words.count("ur:Fold this paper and put it here: the blue box.") == 6
    assert document.core_properties.language == "ur"
    printed = head.get(f"{base(survey)}/papers?group=Helpers&in=pl").content
    assert b"pdfuaid:part" in printed
    assert b"/Lang(pl)" in printed
    assert "PDF in large print, Polish" in head.get(f"{base(survey)}/paper").content.decode()


def test_a_language_without_letters_in_our_pdfs_is_given_for_word(cast, draft):
    words = all_of(draft) | {"Agree": "একমত"}
    translation_actions.translate_survey(
        by=cast.scope("headteacher"), at=AT, survey=draft.pk, version=1, language="ur", words=words
    )
    draft.refresh_from_db()
    survey = opened(cast, draft)
    Survey.objects.filter(pk=survey.pk).update(typist=cast.people["office"], paper_to="the blue box")
    head = cast.client("headteacher")
    page = head.get(f"{base(survey)}/paper").content.decode()
    assert "Word in large print, Urdu" in page
    assert "PDF, Urdu" not in page
    refused = head.get(f"{base(survey)}/papers?group=Helpers&in=ur")
    assert "Take the papers for Word" in refused.content.decode()
    assert head.get(f"{base(survey)}/papers?group=Helpers&in=ur&as=word").status_code == 200


def test_a_preview_is_in_the_language(cast, draft):
    translated(cast, draft, "ur")
    page = cast.client("headteacher").get(f"{base(draft)}/preview?in=ur").content.decode()
    assert '<div lang="ur" dir="rtl">' in page
    assert "ur:I mostly look forward to work." in page


def test_who_may_and_when(cast, draft):
    words = {"Agree": "a"}

    def keep(who="headteacher", version=1, language="pl", words=words):
        translation_actions.translate_survey(
            by=cast.scope(who), at=AT, survey=draft.pk, version=version, language=language, words=words
        )

    for who, fault in (("senior_leader", Refused), ("other_headteacher", Http404)):
        with pytest.raises(fault):
            keep(who)
    for wrong in ({"language": "xx"}, {"words": {"Nothing": "n"}}, {"words": {"Agree": "{x}"}}):
        with pytest.raises(Unusable):
            keep(**wrong)
    keep()
    with pytest.raises(Stale):
        keep()
    keep(version=2, words={})
    draft.refresh_from_db()
    assert draft.translations == {}
    opened(cast, draft)
    with pytest.raises(Refused):
        keep(version=draft.version)


def test_a_spreadsheets_sign_is_no_part_of_the_english(draft):
    texts = [Text("-5 or more", "Answer", own=True)]
    assert "'-5 or more" in translating.sheet(texts, {}, POLISH)
    assert translating._bare("'-5  or more") == "-5 or more"
    assert tongue.Tongue().day(AT.date()) != tongue.Tongue("pl").day(AT.date())


def test_a_mail_names_the_languages_in_their_own_words(cast, draft):
    translated(cast, draft, "ur")
    survey = flow.ask(cast, draft, flow.asked(flow.staff(cast, 6), "Teachers"))
    told = documents.words(survey.invitations.select_related("survey").first(), "https://school.example/answer/x")
    assert "اردو:\nhttps://school.example/answer/x?in=ur\n" in told
    assert "Polski" not in told


def test_many_questions_are_folded_and_all_of_them_are_there(cast):
    survey = flow.begin(cast, instrument="headteacher_360", visibility=Visibility.PRIVATE)
    page = cast.client("headteacher").get(f"{base(survey)}/languages/pl").content.decode()
    asked = {each.words for each in queries.questions(survey)}
    assert f"The {len(asked)} questions" in page
    assert page.count("<textarea") == len(translation_queries.texts(survey))
