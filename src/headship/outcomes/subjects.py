"""The subjects that pupils have results in, and the other names that files give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Slot(StrEnum):
    """Where a result at the end of key stage 4 may count in Attainment 8."""

    ENGLISH = "english"
    MATHS = "maths"
    EBACC = "ebacc"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its code, its words, the slot it fills, and other names of it in small letters."""

    code: str
    words: str
    slot: Slot
    aliases: tuple[str, ...] = ()


SUBJECTS: Mapping[str, Subject] = {
    each.code: each
    for each in (
        Subject("reading", "Reading", Slot.OPEN, ("read", "english reading")),
        Subject("writing", "Writing", Slot.OPEN, ("writ", "english writing")),
        Subject("gps", "Grammar, punctuation and spelling", Slot.OPEN, ("spag", "egps")),
        Subject("phonics", "Phonics", Slot.OPEN, ("phonics screening check",)),
        Subject("times_tables", "Multiplication tables", Slot.OPEN, ("mtc", "multiplication tables check")),
        Subject("english", "English", Slot.OPEN),
        Subject("english_language", "English language", Slot.ENGLISH, ("eng lang", "language")),
        Subject("english_literature", "English literature", Slot.ENGLISH, ("eng lit", "literature")),
        Subject("maths", "Mathematics", Slot.MATHS, ("math", "mat", "maths")),
        Subject("further_maths", "Further mathematics", Slot.OPEN, ("further maths",)),
        Subject("statistics", "Statistics", Slot.OPEN),
        Subject("science", "Science", Slot.EBACC),
        Subject("combined_science_1", "Combined science, first grade", Slot.EBACC, ("combined science",)),
        Subject("combined_science_2", "Combined science, second grade", Slot.EBACC),
        Subject("biology", "Biology", Slot.EBACC),
        Subject("chemistry", "Chemistry", Slot.EBACC),
        Subject("physics", "Physics", Slot.EBACC),
        Subject("computer_science", "Computer science", Slot.EBACC, ("computing",)),
        Subject("geography", "Geography", Slot.EBACC, ("geog",)),
        Subject("history", "History", Slot.EBACC, ("hist",)),
        Subject("ancient_history", "Ancient history", Slot.EBACC),
        Subject("french", "French", Slot.EBACC),
        Subject("german", "German", Slot.EBACC),
        Subject("spanish", "Spanish", Slot.EBACC),
        Subject("italian", "Italian", Slot.EBACC),
        Subject("mandarin", "Mandarin Chinese", Slot.EBACC, ("chinese", "mandarin")),
        Subject("urdu", "Urdu", Slot.EBACC),
        Subject("polish", "Polish", Slot.EBACC),
        Subject("arabic", "Arabic", Slot.EBACC),
        Subject("latin", "Latin", Slot.EBACC),
        Subject("ancient_greek", "Classical Greek", Slot.EBACC, ("ancient greek", "greek")),
        Subject("religious_studies", "Religious studies", Slot.OPEN, ("re", "rs", "religious education")),
        Subject("citizenship", "Citizenship", Slot.OPEN),
        Subject("art", "Art and design", Slot.OPEN, ("art",)),
        Subject("photography", "Photography", Slot.OPEN),
        Subject("music", "Music", Slot.OPEN),
        Subject("drama", "Drama", Slot.OPEN),
        Subject("dance", "Dance", Slot.OPEN),
        Subject(
            "design_technology",
            "Design and technology",
            Slot.OPEN,
            ("d&t", "dt", "design technology", "design & technology"),
        ),
        Subject(
            "food",
            "Food preparation and nutrition",
            Slot.OPEN,
            ("food", "food technology", "food preparation & nutrition"),
        ),
        Subject("engineering", "Engineering", Slot.OPEN),
        Subject("construction", "Construction", Slot.OPEN),
        Subject("business", "Business", Slot.OPEN, ("business studies",)),
        Subject("economics", "Economics", Slot.OPEN),
        Subject("sociology", "Sociology", Slot.OPEN),
        Subject("psychology", "Psychology", Slot.OPEN),
        Subject("law", "Law", Slot.OPEN),
        Subject("politics", "Politics", Slot.OPEN, ("government and politics",)),
        Subject("philosophy", "Philosophy", Slot.OPEN),
        Subject("classical_civilisation", "Classical civilisation", Slot.OPEN, ("classics",)),
        Subject("media", "Media studies", Slot.OPEN, ("media",)),
        Subject("film", "Film studies", Slot.OPEN, ("film",)),
        Subject("pe", "Physical education", Slot.OPEN, ("pe", "sport", "sports studies")),
        Subject("health_social", "Health and social care", Slot.OPEN, ("health and social",)),
        Subject("child_development", "Child development", Slot.OPEN),
        Subject("hospitality", "Hospitality and catering", Slot.OPEN, ("hospitality", "catering")),
        Subject("travel", "Travel and tourism", Slot.OPEN),
        Subject("it", "Information technology", Slot.OPEN, ("ict", "it", "information technology", "imedia")),
        Subject("astronomy", "Astronomy", Slot.OPEN),
        Subject("geology", "Geology", Slot.OPEN),
    )
}
FIRST = ("attainment_8", "english", "reading", "english_language", "english_literature", "writing", "maths")
PLACES = {code: place for place, code in enumerate(dict.fromkeys((*FIRST, *SUBJECTS)))}
NAMES = (
    "English",
    "French",
    "German",
    "Spanish",
    "Italian",
    "Mandarin",
    "Urdu",
    "Polish",
    "Arabic",
    "Latin",
    "Attainment",
)  # capital inside a sentence too
_CODES = {key: each.code for each in SUBJECTS.values() for key in (each.code, each.words.casefold(), *each.aliases)}


def subject_of(name: str) -> str | None:
    """Return the code of the subject that a file calls by this name, or None where there is none.

    >>> subject_of("  Maths "), subject_of("English Language"), subject_of("Alchemy")
    ('maths', 'english_language', None)
    """
    return _CODES.get(" ".join(name.casefold().replace("_", " ").split())) or _CODES.get(name.strip().casefold())


def in_order(code: str) -> tuple[int, str]:
    """Sort subjects as schools say them: English or reading, writing, mathematics, then the others.

    >>> sorted(("history", "maths", "gps", "reading"), key=in_order)
    ['reading', 'maths', 'gps', 'history']
    """
    return PLACES.get(code, len(PLACES)), code


def inside(words: str) -> str:
    """Return a subject's words as they stand inside a sentence: only names keep their capital, and no comma parts it.

    >>> inside("Mathematics"), inside("English language"), inside("Combined science, first grade")
    ('mathematics', 'English language', 'combined science (first grade)')
    """
    name, comma, which = words.partition(", ")
    words = f"{name} ({which})" if comma and " and " not in which else words
    return words if words.startswith(NAMES) else words[:1].lower() + words[1:]
