"""Packages made by chance, for properties: trees of any shape, words of any letters, things beyond CASE."""

from uuid import UUID

from hypothesis import strategies as st

MOMENT = "2026-01-02T03:04:05Z"
LETTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\r")
WORDS = st.text(LETTERS, min_size=1, max_size=40).filter(str.strip)
ANY_WORDS = st.one_of(
    WORDS, st.sampled_from(["=1+1", "'=1+1", "-x", "@a,b", 'say "it"', "a\r\nb", " lead", "trail ", "é"])
)
BEYOND = st.dictionaries(WORDS, st.one_of(ANY_WORDS, st.integers(-9, 9), st.booleans(), st.none()), max_size=2)


def address(uuid):
    return f"https://frameworks.example/{uuid}"


def link(uuid):
    return {"title": "a link", "identifier": str(uuid), "uri": address(uuid)}


@st.composite
def packages(draw):
    """Return a raw package, as a publisher may write it."""
    count = draw(st.integers(1, 8))
    ids = [UUID(int=draw(st.integers(1, 2**40)) * 100 + number, version=4) for number in range(count + 1)]
    document, items = ids[0], ids[1:]
    return {
        "CFDocument": {
            "identifier": str(document),
            "uri": address(document),
            "creator": draw(ANY_WORDS),
            "title": draw(ANY_WORDS),
            "lastChangeDateTime": MOMENT,
            "notes": draw(st.one_of(st.none(), st.just(""), ANY_WORDS)),
            "subject": draw(st.one_of(ANY_WORDS, st.lists(ANY_WORDS, max_size=2))),
            **draw(st.fixed_dictionaries({}, optional={"extensions": BEYOND, "colour": ANY_WORDS})),
        },
        "CFItems": [draw(item(each)) for each in items],
        "CFAssociations": [
            draw(place(each, document, items[:number])) for number, each in enumerate(items) if draw(st.booleans())
        ],
        "CFDefinitions": draw(st.sampled_from([None, [], {}, {"CFConcepts": []}])),
    }


def item(uuid):
    optional = {
        "abbreviatedStatement": ANY_WORDS,
        "CFItemType": ANY_WORDS,
        "conceptKeywords": st.lists(ANY_WORDS, max_size=2),
        "notes": st.one_of(st.none(), ANY_WORDS),
        "extensions": BEYOND,
        "shade": ANY_WORDS,
        "humanCodingScheme": st.one_of(ANY_WORDS, st.sampled_from(["1", "1.1", "A", "A/B"])),
    }
    return st.fixed_dictionaries(
        {
            "identifier": st.just(str(uuid)),
            "uri": st.just(address(uuid)),
            "fullStatement": ANY_WORDS,
            "lastChangeDateTime": st.just(MOMENT),
        },
        optional=optional,
    )


def place(uuid, document, before):
    own = UUID(int=uuid.int ^ (1 << 120), version=4)
    return st.fixed_dictionaries(
        {
            "identifier": st.just(str(own)),
            "associationType": st.just("isChildOf"),
            "uri": st.just(address(own)),
            "originNodeURI": st.just(link(uuid)),
            "destinationNodeURI": st.sampled_from([link(each) for each in (document, *before)]),
            "lastChangeDateTime": st.just(MOMENT),
        },
        optional={"sequenceNumber": st.integers(0, 9)},
    )
