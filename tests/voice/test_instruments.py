"""What Headship asks people: each question short, plain, about one thing, and tagged to a standard that exists."""

import math
import re
from collections import Counter

import pytest

from headship.standards import shipped
from headship.voice.instruments import CHOICE, COMMENT, SELF, instruments, scales

NSE = {each.code: each for each in shipped.frameworks()[0].statements}
CHARACTERISTICS = {code for code, each in NSE.items() if each.kind == "characteristic"}
TAGS = CHARACTERISTICS | {"P"}
ALL = instruments()
HEAD, LEADER = ALL["headteacher_360"], ALL["leader_360"]

# Who is asked in a 360, and how many statements: fewest and most.
VERSIONS = {
    "headteacher_360": {
        "self": (72, 84),
        "staff": (28, 32),
        "peer": (28, 32),
        "governor": (24, 28),
        "trust_leader": (22, 26),
    },
    "leader_360": {"self": (28, 32), "staff": (20, 28), "peer": (20, 28), "line": (20, 28)},
}
# The school grade, as Flesch and Kincaid count it, that a reader needs at most; grade 2 is about seven years old.
GRADE = {"pupils_younger": 2, "pupils_older": 4}
GROWN_UP = 5

DENYING = re.compile(
    r"\b(not|never|no|nobody|none|nothing|neither|nor|without|cannot|seldom|rarely|hardly|fail\w*)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
GENDERED = re.compile(r"\b(he|she|him|his|her|hers|himself|herself)\b", re.IGNORECASE)
JARGON = re.compile(
    r"\b(stakeholder|pedagog|strateg|leverag|accountab|robust|kpi|slt|cpd|ofsted|embed|cohort|outcome|provision|"
    r"intervention|safeguard|benchmark|impact|capacity|synerg|facilitat|implement|empower|ethos|probity|autonom)\w*",
    re.IGNORECASE,
)
EXAMPLES = re.compile(r"\bsuch as [^.]*")
# "or" between two names of one thing, not between two things to answer about.
ONE_THING = {"There is a club or activity here that I enjoy."}


def choices(instrument):
    return [each for each in instrument.questions if each.kind == CHOICE]


def asked_words(instrument):
    """Return every wording of its statements, each group's own too."""
    return [words for each in choices(instrument) for words in (each.words, *(each.words_for or {}).values())]


def groups(instrument):
    return sorted({group for each in instrument.questions for group in each.asked_of})


def syllables(word):
    """Count the syllables of a word by its groups of vowels; a silent e at the end is none.

    Where it errs it counts too many, which makes words seem harder; those it would count too few of are told.
    """
    told = {"science": 2, "idea": 3, "ideas": 3, "quiet": 2, "area": 3, "being": 2, "doing": 2, "serious": 3}
    if word in told:
        return told[word]
    stem = re.sub(r"(?<=[^aeiouyl])es?$|(?<=[aeiouy]l)es?$|(?<=[^aeiouytd])ed$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", stem)))


def grade(texts):
    """Return the Flesch-Kincaid grade of statements, one sentence each or several."""
    words = [word for text in texts for word in re.findall(r"[a-z'\u2019]+", text.lower())]
    sentences = sum(len(re.findall(r"[.?!](?:\s|$)", text)) for text in texts)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


each_instrument = pytest.mark.parametrize("instrument", [pytest.param(one, id=code) for code, one in ALL.items()])
each_360 = pytest.mark.parametrize("instrument", [pytest.param(one, id=one.code) for one in (HEAD, LEADER)])


# ── all of them ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_they_are_offered_in_this_order():
    assert list(ALL) == [
        "headteacher_360",
        "leader_360",
        "staff_pulse",
        "staff_survey",
        "workload_pulse",
        "plan_pulse",
        "pupils_younger",
        "pupils_older",
        "parents",
        "governors",
    ]
    assert [one.code for one in ALL.values() if one.about_person] == ["headteacher_360", "leader_360"]


@each_instrument
def test_codes_and_words_stand_once(instrument):
    for said in ([each.code for each in instrument.questions], [each.words for each in instrument.questions]):
        assert [one for one, times in Counter(said).items() if times > 1] == []
    assert [each.code for each in instrument.questions if not re.fullmatch(r"[a-z][a-z-]{1,38}[a-z]", each.code)] == []


@each_instrument
def test_every_question_is_of_a_kind_with_a_scale_and_a_theme(instrument):
    assert [each.code for each in instrument.questions if each.kind not in {CHOICE, COMMENT}] == []
    assert [each.code for each in instrument.questions if each.scale not in scales() or not each.theme] == []


@each_instrument
def test_themes_stand_together(instrument):
    themes = [each.theme for each in instrument.questions]
    begun = [theme for before, theme in zip(["", *themes], themes, strict=False) if theme != before]
    assert begun == list(dict.fromkeys(themes))


@each_instrument
def test_statements_are_tagged_and_comments_are_not(instrument):
    assert [each.code for each in choices(instrument) if len(each.serves) != 1 or set(each.serves) - TAGS] == []
    assert [each.code for each in instrument.questions if each.kind == COMMENT and each.serves] == []
    assert set(instrument.serves) == {tag for each in instrument.questions for tag in each.serves}
    assert list(instrument.serves) == sorted(instrument.serves)


@each_instrument
def test_words_are_short_whole_sentences(instrument):
    said = [words for each in instrument.questions for words in (each.words, *(each.words_for or {}).values())]
    assert [words for words in said if len(words) > 120] == []
    assert [words for words in said if not re.fullmatch(r"[A-Z][^.?!\n]*[.?]", words)] == []
    assert len(instrument.title) <= 60
    assert len(instrument.opening) <= 300


@each_instrument
@pytest.mark.parametrize("avoided", [DENYING, GENDERED, JARGON], ids=["denying", "gendered", "jargon"])
def test_words_are_positive_plain_and_about_anybody(instrument, avoided):
    assert [words for words in asked_words(instrument) if avoided.search(words)] == []


@each_instrument
def test_one_thing_is_asked_at_a_time(instrument):
    joined = [words for words in asked_words(instrument) if re.search(r" (and|or) |;", EXAMPLES.sub("", words))]
    assert [words for words in joined if words not in ONE_THING] == []


@each_instrument
def test_minutes_can_be_believed(instrument):
    longest = max(sum(each.is_for(group) for each in choices(instrument)) for group in groups(instrument) or [""])
    assert math.ceil(longest / 8) <= instrument.minutes <= math.ceil(longest / 5)


@each_instrument
def test_the_last_word_is_the_answerers_own(instrument):
    ends = [each.kind for each in instrument.questions]
    comments = ends.count(COMMENT)
    assert ends == [CHOICE] * (len(ends) - comments) + [COMMENT] * comments
    # What a young child writes of harm could not be followed up: nobody knows who wrote it.
    # Two questions are two questions: the pulse of the plan asks for no words.
    assert (comments == 0) is (instrument.code in {"pupils_younger", "plan_pulse"})


@each_instrument
def test_its_readers_can_read_it(instrument):
    most = GRADE.get(instrument.code, GROWN_UP)
    assert grade(asked_words(instrument)) <= most
    assert grade([instrument.opening]) <= most + 2


# ── the two 360s ────────────────────────────────────────────────────────────────────────────────────────────────────


@each_360
def test_each_group_is_asked_what_fits_into_its_time(instrument):
    wanted = VERSIONS[instrument.code]
    assert groups(instrument) == sorted(wanted)
    asked = {group: sum(each.is_for(group) for each in choices(instrument)) for group in wanted}
    assert {group: n for group, n in asked.items() if not wanted[group][0] <= n <= wanted[group][1]} == {}


@each_360
def test_what_others_are_asked_one_is_asked_of_oneself_in_ones_own_words(instrument):
    assert [each.code for each in instrument.questions if not each.is_for(SELF)] == []
    assert [each.code for each in choices(instrument) if not each.put_to(SELF).startswith("I ")] == []
    assert [
        each.code for each in instrument.questions if each.kind == COMMENT and " you " not in each.put_to(SELF)
    ] == []


@each_360
def test_nothing_is_asked_of_oneself_alone(instrument):
    assert [each.code for each in choices(instrument) if set(each.asked_of) == {SELF}] == []


@each_360
def test_comments_are_asked_of_everybody(instrument):
    comments = [each for each in instrument.questions if each.kind == COMMENT]
    assert [each.code for each in comments] == ["keep-doing", "do-more"]
    assert [each.asked_of for each in comments] == [(), ()]


@each_360
def test_behaviour_is_told_by_how_often_it_is_seen(instrument):
    assert {each.scale for each in choices(instrument)} == {"often"}
    assert [each.words for each in choices(instrument) if not re.match(r"[A-Z][a-z]+s\b", each.words)] == []


def test_every_characteristic_has_three_statements_or_more_about_the_headteacher():
    found = Counter(tag for each in HEAD.questions for tag in each.serves)
    assert set(found) == CHARACTERISTICS
    assert min(found.values()) >= 3
    assert len(CHARACTERISTICS) == 24


def test_every_group_is_asked_about_every_characteristic_of_the_headteacher():
    for group in groups(HEAD):
        assert {tag for each in HEAD.questions if each.is_for(group) for tag in each.serves} == CHARACTERISTICS


def test_every_characteristic_of_other_leaders_is_asked_of_somebody_besides_them():
    seen = {tag for each in LEADER.questions if set(each.asked_of) - {SELF} for tag in each.serves}
    assert seen == CHARACTERISTICS


def test_themes_carry_the_short_titles_of_the_standards():
    assert [each.code for each in choices(HEAD) if each.theme != NSE[each.serves[0]].short_title] == []
    parents = {each.code: NSE[NSE[each.serves[0]].parent].short_title for each in choices(LEADER)}
    assert parents == {each.code: each.theme for each in choices(LEADER)}


# ── the surveys ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_staff_pulse_is_six_questions_in_a_minute():
    assert (len(ALL["staff_pulse"].questions), ALL["staff_pulse"].minutes) == (6, 1)


def test_the_yearly_survey_holds_the_pulse_word_for_word():
    def told(instrument):
        return {each.code: (each.words, each.scale, each.serves) for each in choices(instrument)}

    assert told(ALL["staff_pulse"]).items() <= told(ALL["staff_survey"]).items()


def test_surveys_ask_of_everybody_alike_about_nobody_by_post():
    surveys = [one for one in ALL.values() if not one.about_person]
    assert [(one.code, each.code) for one in surveys for each in one.questions if each.asked_of or each.words_for] == []
    assert [
        words
        for one in surveys
        for words in asked_words(one)
        if re.search("head ?teacher|deputy", words, re.IGNORECASE)
    ] == []


@pytest.mark.parametrize(
    ("code", "count"),
    [("workload_pulse", 8), ("pupils_younger", 8), ("pupils_older", 16), ("parents", 17), ("governors", 17)],
)
def test_surveys_are_as_long_as_this(code, count):
    assert len(ALL[code].questions) == count


def test_every_statement_for_young_readers_is_easy_by_itself():
    hard = {words: round(grade([words]), 1) for words in asked_words(ALL["pupils_younger"]) if grade([words]) > 2.5}
    assert hard == {}


# ── scales ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_scale_is_used_and_lets_people_say_that_they_cannot_tell():
    assert {each.scale for one in ALL.values() for each in choices(one)} == set(scales())
    wrong = [one.code for one in scales().values() if not one.unknown or one.unknown in one.steps]
    assert wrong == []


def test_steps_are_words_that_stand_once():
    said = [step for one in scales().values() for step in one.steps]
    assert [step for step in said if not isinstance(step, str)] == []
    assert [one.code for one in scales().values() if len(set(one.steps)) != len(one.steps)] == []
    assert {code: len(one.steps) for code, one in scales().items()} == {
        "agreement": 5,
        "often": 5,
        "mostly": 5,
        "sometimes": 3,
        "hours_in_week": 8,
        "hours_on_task": 6,
    }


# ── this file's own measure ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_grade_is_flesch_and_kincaids():
    assert round(grade(["The cat sat on the mat."]), 2) == -1.45  # 6 words, 6 syllables, the textbook's example
    heavy = ["Headteachers communicate compellingly the institution's strategic educational vision to colleagues."]
    assert grade(heavy) > 15
