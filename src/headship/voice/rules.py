"""Rights over surveys and what they released, each a refusal sentence or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from headship.core.pages import in_words
from headship.core.roles import BOARD, LEADERS, STAFF, Role
from headship.core.scope import Scope
from headship.core.visibility import Visibility
from headship.voice.choices import (
    FEWEST,
    FEWEST_CHOSEN,
    GROUP_OF,
    LONGEST_SHOWN,
    MOVES,
    RELATIONS,
    STANDS,
    TYPISTS,
    Counted,
    State,
    Why,
)

READERS = STAFF | BOARD
RUNNERS = (Role.HEADTEACHER, Role.SENIOR_LEADER, Role.CHAIR)
READERS_ONLY = "Surveys are for the school's staff and governors. Ask the headteacher for what you need from them."
RUNNERS_ONLY = "Surveys are run by the headteacher, senior leaders and the chair of governors. Ask one of them."
NOT_YOURS = "Only the person who runs a survey can change it. Ask them."
PROMISERS_ONLY = "What the school does about a survey is promised by those who run surveys. Ask one of them."
FEEDBACK_FOR: Mapping[str, tuple[Role, ...]] = {
    "headteacher_360": (Role.HEADTEACHER,),
    "leader_360": (Role.SENIOR_LEADER, Role.MIDDLE_LEADER, Role.SAFEGUARDING_LEAD, Role.BUSINESS_MANAGER),
}
SHOWN_TO = READERS | {Role.EXTERNAL_ADVISER}
SHOWN_ONLY = "Feedback is shown to staff, governors and their adviser, by whoever it is about. Ask them."
PANEL: Mapping[str, frozenset[Role]] = {
    "headteacher_360": frozenset({Role.CHAIR, Role.GOVERNOR, Role.EXTERNAL_ADVISER}),
    "leader_360": LEADERS,
}
SEEN_AS = (Visibility.LEADERS, Visibility.GOVERNORS, Visibility.STAFF)
LONGEST_OPEN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rights over a survey depend on. `about_id` is None for a survey of the school.

    `typist_id` is who types in what comes on paper; `by_name`: whether it is for people who are known by name here.
    """

    state: State
    run_by_id: int
    about_id: int | None
    visibility: str
    typist_id: int | None = None
    by_name: bool = False


def see_surveys(scope: Scope) -> str | None:
    """Whether the reader may open the list of surveys; which it shows is a matter of each."""
    return None if scope.has(*READERS) else READERS_ONLY


def run_surveys(scope: Scope) -> str | None:
    """Whether the reader may prepare surveys of the school."""
    return None if scope.has(*RUNNERS) else RUNNERS_ONLY


def ask_about_myself(scope: Scope, instrument: str) -> str | None:
    """Whether the reader may ask for 360 feedback on this instrument."""
    if scope.has(*FEEDBACK_FOR.get(instrument, ())):
        return None
    return "This feedback is for another post. Choose the one for yours."


def prepare(scope: Scope, instrument: str) -> str | None:
    """Whether the reader may prepare a survey with an instrument: 360 feedback only on themselves."""
    return ask_about_myself(scope, instrument) if instrument in FEEDBACK_FOR else run_surveys(scope)


def see(scope: Scope, facts: Facts) -> bool:
    """Whether the reader knows of a survey: of 360 feedback, whom it is about alone; of others, who sees surveys."""
    if facts.about_id is not None:
        return facts.about_id == scope.person_id
    return see_surveys(scope) is None


def change(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may change a survey: its own, while it is being prepared."""
    if facts.run_by_id != scope.person_id:
        return NOT_YOURS
    if facts.state is not State.DRAFT:
        return "People are answering it, or did. Its questions, people and limits stay as they were when it opened."
    return None


def move(scope: Scope, facts: Facts, to: State) -> str | None:
    """Whether the reader may open or close a survey."""
    if facts.run_by_id != scope.person_id:
        return NOT_YOURS
    if to not in MOVES[facts.state]:
        return f"This survey is {facts.state.words.lower()}. Open its page again to see what can be done now."
    return None


def close_overdue(scope: Scope) -> str | None:
    """Whether a survey may be closed for being past its last day: by the installation itself, in nobody's name."""
    return "A survey is closed by whoever runs it. Ask them." if scope.person_id else None


def count_progress(scope: Scope) -> str | None:
    """Whether it may be counted how far a survey has come: by the installation itself, once a day."""
    return "Headship itself counts once a day how far a survey has come." if scope.person_id else None


def remind(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may have those reminded who have not answered."""
    if facts.run_by_id != scope.person_id:
        return NOT_YOURS
    return None if facts.state is State.OPEN else "Only an open survey has anybody to remind."


def print_links(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may print links of people who have no address: its runner, while people answer."""
    return remind(scope, facts)


def ask_without_names(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may ask by codes or typed addresses: never of people known by name (decision 52)."""
    if facts.about_id is not None:
        return "Feedback on a person is asked of people with a post here. Choose among them."
    if facts.by_name:
        return (
            "Staff and governors are asked by name: with codes or typed addresses, whoever runs a survey could answer "
            "in their place. Choose them from the list; whoever is not on it comes there by a post here."
        )
    return change(scope, facts)


def groups_apart(group: str, named: Iterable[str]) -> str | None:
    """Whether a group may be asked without names: no group in which anybody is, or could be, asked by name."""
    taken = {
        " ".join(each.split()).casefold() for each in (*named, *GROUP_OF.values(), *RELATIONS, *RELATIONS.values())
    }
    if " ".join(group.split()).casefold() not in taken:
        return None
    return (
        f"“{group}” is a group of people who are asked by name. Call the others something else, such as "
        "“Parents of Year 5”: in one group, whoever runs a survey could hide one answer among their own"
    )


def ask_on_paper(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may arrange how a survey is answered on paper: its runner, before it closes; no feedback."""
    if facts.run_by_id != scope.person_id:
        return NOT_YOURS
    if facts.about_id is not None:
        return "Feedback on a person is never asked on paper: of so few, a hand would be known."
    return "This survey is closed: no paper is taken any more." if facts.state is State.CLOSED else None


def print_codes(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may print codes: of an open survey that may be answered on paper."""
    return remind(scope, facts) or ask_on_paper(scope, facts)


def print_papers(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may print the questions: when the survey is open, and somebody will type them in."""
    if refused := ask_on_paper(scope, facts):
        return refused
    if facts.state is not State.OPEN:
        return "Papers can be printed when the survey is open."
    return None if facts.typist_id else "Say first who types in what comes back."


def type_in(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may type in what came on paper: whom the survey's runner named, who leads nothing here."""
    if facts.typist_id != scope.person_id or not scope.has(*TYPISTS) or scope.has(*RUNNERS):
        return "Papers are typed in by one person whom the survey's runner named. Ask them."
    return None if facts.state is State.OPEN else "This survey is not open, so nothing can be typed in."


def see_myself(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may say how they see themselves: whom a survey is about, before it closes."""
    if facts.about_id != scope.person_id:
        return "This is for whoever asks for feedback about themselves."
    return "This survey is closed: how you saw yourself stays as it was." if facts.state is State.CLOSED else None


def see_results(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may see what a closed survey released."""
    if facts.state is not State.CLOSED:
        return "There is nothing to see before the survey closes: what is released is decided once, then."
    if facts.about_id is not None:
        return None if facts.about_id == scope.person_id else "Feedback on a person is theirs alone."
    if facts.run_by_id == scope.person_id or facts.visibility in scope.opens:
        return None
    return "The results are for others at this school. Ask whoever ran the survey what came of it."


def theme_comments(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may say what comments are about: whoever ran the survey, or whom it is about."""
    if refused := see_results(scope, facts):
        return refused
    return None if facts.run_by_id == scope.person_id else "Themes are put right by whoever ran the survey. Ask them."


def promise(scope: Scope) -> str | None:
    """Whether the reader may promise something in the school's name."""
    return None if scope.has(*RUNNERS) else PROMISERS_ONLY


def keep(scope: Scope, owner_id: int) -> str | None:
    """Whether the reader may say that a promise was kept: whose it is, and those who may promise."""
    if owner_id == scope.person_id or promise(scope) is None:
        return None
    return "Whether it was kept is said by whoever promised it. Ask them."


def show_feedback(scope: Scope, facts: Facts) -> str | None:
    """Whether the reader may show feedback to somebody: their own, once it is closed."""
    if facts.about_id is None or facts.about_id != scope.person_id:
        return "Feedback on a person is theirs alone to show."
    return None if facts.state is State.CLOSED else "There is nothing to show before it is closed."


def shown_to(instrument: str, why: Why) -> frozenset[Role]:
    """Return the posts whose holders feedback can be shown to: a coach may be anybody, a panel is who appraises."""
    return frozenset(SHOWN_TO) if why is Why.COACH else PANEL.get(instrument, frozenset())


def until(on: date, *, today: date) -> str | None:
    """Whether a day can be the last on which feedback is shown."""
    if on < today:
        return "The last day cannot be in the past"
    longest = today + timedelta(days=LONGEST_SHOWN)
    return f"The last day must be on or before {in_words(longest)}" if on > longest else None


def find_shown(scope: Scope) -> str | None:
    """Whether the reader has a page of their own for what others show them: whoever has no list of surveys."""
    return None if scope.has(Role.EXTERNAL_ADVISER) and not scope.has(*READERS) else SHOWN_ONLY


def seen_as(scope: Scope, *, about_person: bool) -> tuple[Visibility, ...]:
    """Return the classes that results may be given: feedback on a person is theirs; others, those the reader sees."""
    return (Visibility.PRIVATE,) if about_person else tuple(each for each in SEEN_AS if each in scope.opens)


def closes_on(on: date, *, today: date) -> str | None:
    """Whether a day can be a survey's last: today or later, and not after a term."""
    if on < today:
        return "The last day to answer cannot be in the past"
    if on > today + LONGEST_OPEN:
        return f"The last day to answer must be on or before {in_words(today + LONGEST_OPEN)}"
    return None


def fewest(count: int) -> str | None:
    """Whether so many answers may be the fewest that are shown together: five always, and no more than help anybody."""
    if FEWEST <= count <= FEWEST_CHOSEN:
        return None
    return f"Nothing is shown of fewer than {FEWEST} answers: choose {FEWEST} to {FEWEST_CHOSEN}"


def enough_asked(asked: int, fewest: int) -> str | None:
    """Whether so many are asked that anything could be shown at the limit that was chosen."""
    if asked >= fewest or fewest == FEWEST:
        return None
    return f"You chose that nothing is shown of fewer than {fewest} answers: ask as many, or choose fewer."


def open_with(asked: Counted) -> str | None:
    """Whether enough people are asked for anything to be released, however many answer."""
    if asked.named and asked.sure < FEWEST:
        return _too_few_named(asked)
    if asked.named or asked.nobody >= FEWEST:
        return None
    return f"Ask at least {FEWEST} people: of fewer nothing could be shown, and each would be easy to guess."


def _too_few_named(asked: Counted) -> str:
    words = f"Ask at least {FEWEST} people by name: of fewer nothing could be shown, and each would be easy to guess."
    if not asked.unsure:
        return words
    return (
        f"{words} {asked.unsure} of those you ask do not count: they have no e-mail address here, or share one, or it "
        f"has stood here for less than {STANDS.days} days."
    )
