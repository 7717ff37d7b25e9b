"""What comments are about: how well the suggester does, who may put them elsewhere, and that nobody is found by it."""

from pathlib import Path

import pytest
from django.http import Http404

from headship.analysis.comment_themes import Theme, stem, suggest
from headship.core.errors import Refused, Stale, Unusable
from headship.core.visibility import Visibility
from headship.voice import comment_actions, comment_pages, queries, themes
from headship.voice.choices import COMMENTS
from headship.voice.models import Comment
from tests.voice import flow
from tests.voice.flow import AT
from tests.voice.labelled import LABELLED

SAID = (
    "Lunch is too short.",
    "The canteen queue eats the break time.",
    "Hot food at lunch, please.",
    "Tea in the staffroom at break time.",
    "A menu without chips at dinner.",
    "Fewer e-mails after six.",
    "Meetings that end on time.",
    "All is well.",
    "Warm rooms on Mondays.",
)


def counts():
    """Return how many comments there are, were suggested a theme, rightly, have one; and how many rightly got none."""
    suggested = [(suggest(words, themes.matched()), label) for words, label in LABELLED]
    return {
        "comments": len(suggested),
        "suggested": sum(bool(got) for got, _ in suggested),
        "right": sum(bool(got) and got == label for got, label in suggested),
        "with a theme": sum(bool(label) for _, label in suggested),
        "rightly none": sum(not got and not label for got, label in suggested),
    }


def test_the_suggester_is_as_good_as_its_page_says():
    found = counts()
    assert found == {"comments": 80, "suggested": 66, "right": 60, "with a theme": 72, "rightly none": 7}
    page = Path(__file__).parents[2].joinpath("docs/methods/comment-themes.md").read_text()
    assert f"precision {found['right'] / found['suggested']:.2f}" in page
    assert f"recall {found['right'] / found['with a theme']:.2f}" in page


def test_each_theme_has_a_name_words_and_a_characteristic():
    assert len({each.name for each in themes.themes().values()}) == len(themes.themes()) == 17
    assert all(each.serves for each in themes.themes().values())
    assert all(each.phrases for each in themes.matched())
    assert {label for _, label in LABELLED} - {""} == set(themes.themes())


def test_no_word_speaks_for_two_themes():
    held = [(phrase, each.code) for each in themes.matched() for phrase in each.phrases]
    twice = [phrase for phrase, _ in held if len({code for other, code in held if other == phrase}) > 1]
    assert twice == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", ""),
        ("!!!", ""),
        ("b a", ""),
        ("a b", "two"),
        ("c a b", "two"),
        ("c a", "one"),
        ("x c", "one"),
        ("C", "one"),
    ],
)
def test_phrases_count_their_words_and_the_first_wins(words, expected):
    made = (Theme("two", ("a b",)), Theme("one", ("c", "x")))
    assert suggest(words, made) == expected


def test_stems_are_short_and_stay():
    for word in ("is", "bus", "this", "class", "sing", "red", "need", "tea", "going"):
        assert len(stem(word)) >= 2, word
        assert stem(stem(word)) == stem(word), word


pytestmark = pytest.mark.django_db


def closed(cast, said=SAID, **more):
    survey = flow.ask(cast, flow.begin(cast, **more), flow.asked(flow.staff(cast, 12), "Teachers"))
    for each, words in zip(survey.invitations.all(), said, strict=False):
        flow.answer(survey, each, {"load": 2}, {"one-thing": words})
    return flow.close(cast, survey)


def base(survey):
    return f"/schools/{survey.school.urn}/surveys/{survey.pk}"


def shown(survey):
    (written,) = comment_pages.by_theme(survey)
    return {group.name: (group.count, sorted(words for words, _ in group.comments)) for group in written.groups}


def test_comments_stand_by_theme_and_few_are_not_counted(cast):
    survey = closed(cast)
    assert shown(survey) == {
        "Food and breaks": ("5 comments", sorted(SAID[:5])),
        "Messages and meetings": ("", sorted(SAID[5:7])),
        "Buildings and rooms": ("", ["Warm rooms on Mondays."]),
        "About none of these": ("", ["All is well."]),
    }
    assert COMMENTS == 5
    page = cast.client("teacher").get(base(survey)).content.decode()
    assert "Food and breaks" in page
    assert "Put comments under other themes" not in page
    assert "Put comments under other themes" in cast.client("headteacher").get(base(survey)).content.decode()


def test_a_few_comments_stand_in_a_row(cast):
    survey = closed(cast, SAID[:7])
    ((name, (count, said)),) = shown(survey).items()
    assert (name, count, said) == ("", "", sorted(SAID[:7]))


def test_themes_use_a_comments_words_alone(cast):
    survey = closed(cast)
    fields = {each.name for each in Comment._meta.get_fields()}
    assert fields == {"id", "survey", "question", "words", "named", "theme"}  # nothing ties two of one writer
    before = shown(survey)
    Comment.objects.filter(survey=survey, words=SAID[0]).delete()
    after = shown(survey)
    assert after.pop("Food and breaks")[1] == sorted(SAID[1:5])
    before.pop("Food and breaks")
    assert after == before


def test_whoever_ran_it_puts_comments_elsewhere_and_two_are_told(cast):
    survey = closed(cast)
    by, held = cast.scope("headteacher"), {each.words: each.pk for each in queries.comments(survey)}
    keep = {held[SAID[0]]: "workload", held[SAID[7]]: "belonging", held[SAID[8]]: themes.NONE}
    comment_actions.theme_comments(by=by, at=AT, survey=survey.pk, version=survey.version, under=keep)
    found = shown(survey)
    assert found["Workload and time"] == ("", [SAID[0]])
    assert found["Food and breaks"][0] == ""
    assert found["About none of these"] == ("", [SAID[8]])
    with pytest.raises(Stale):
        comment_actions.theme_comments(by=by, at=AT, survey=survey.pk, version=survey.version, under=keep)
    survey.refresh_from_db()
    comment_actions.theme_comments(by=by, at=AT, survey=survey.pk, version=survey.version, under={held[SAID[0]]: ""})
    assert shown(survey)["Food and breaks"][0] == "5 comments"


def test_the_page_takes_suggestions_as_they_are(cast):
    survey = closed(cast)
    head = cast.client("headteacher")
    page = head.get(f"{base(survey)}/themes").content.decode()
    assert page.count("Suggested: Food and breaks") == 5
    one = Comment.objects.get(survey=survey, words=SAID[5])
    sent = {f"of-{one.pk}": "workload", "accept": "on", "version": survey.version}
    assert head.post(f"{base(survey)}/themes", sent).status_code == 302
    kept = dict(Comment.objects.values_list("words", "theme"))
    assert kept[SAID[5]] == "workload"
    assert {kept[each] for each in SAID[:5]} == {"food"}
    assert kept[SAID[7]] == themes.NONE


def test_who_may(cast):
    survey = closed(cast)
    for who, fault in (("senior_leader", Refused), ("other_headteacher", Http404)):
        with pytest.raises(fault):
            comment_actions.theme_comments(
                by=cast.scope(who), at=AT, survey=survey.pk, version=survey.version, under={}
            )
    another = closed(cast)
    strange = Comment.objects.filter(survey=another).first()
    for wrong in ({strange.pk: "food"}, {Comment.objects.filter(survey=survey).first().pk: "nothing"}):
        with pytest.raises(Unusable):
            comment_actions.theme_comments(
                by=cast.scope("headteacher"), at=AT, survey=survey.pk, version=survey.version, under=wrong
            )


def test_of_feedback_on_a_person_they_alone(cast):
    survey = flow.begin(cast, instrument="headteacher_360", visibility=Visibility.PRIVATE)
    survey = flow.ask(cast, survey, flow.asked(flow.staff(cast, 9), "staff"))
    for each, words in zip(survey.invitations.all(), SAID, strict=True):
        flow.answer(survey, each, {"listens": 2}, {"keep-doing": words})
    survey = flow.close(cast, survey)
    head = cast.client("headteacher")
    assert "Food and breaks" in head.get(base(survey)).content.decode()
    assert head.get(f"{base(survey)}/themes").status_code == 200
    for who in ("senior_leader", "chair"):
        assert cast.client(who).get(f"{base(survey)}/themes").status_code == 404
