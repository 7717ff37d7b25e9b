"""How pages are given as documents to hold: PDF, or for Word."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify

from headship.core import paper_pdf, paper_word
from headship.core.pages import in_words
from headship.core.paper import Block, Paper, Words
from headship.core.scope import Scope

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Mapping[str, tuple[str, str, Callable[[Paper], bytes]]] = {
    "pdf": ("application/pdf", "pdf", paper_pdf.pdf),
    "word": (WORD, "docx", paper_word.word),
}


def made(scope: Scope, title: str, about: Sequence[str], blocks: Iterable[Block]) -> Paper:
    """Return a document of the scope's school; its foot says when it was made, and for whom.

    >>> from datetime import UTC, datetime
    >>> from headship.core.scope import Place
    >>> at, place = datetime(2026, 9, 1, tzinfo=UTC), Place("school", 1, 990001, "Example Brook Primary")
    >>> made(Scope(1, 1, "Ada", at, place), "Targets", [], []).foot
    'Headship · made on 1 September 2026 for Ada'
    """
    assert scope.place is not None  # pages of a school
    foot = f"Headship · made on {in_words(scope.at)} for {scope.name}"
    return Paper(title, (scope.place.name, *filter(None, about)), tuple(blocks), foot)


def given(request: HttpRequest, paper: Paper) -> HttpResponse:
    """Give a document as what was asked for: PDF unless it is for Word.

    >>> request = HttpRequest()
    >>> request.GET = {"as": "word"}
    >>> given(request, Paper("Our targets", (), (), ""))["Content-Disposition"]
    'attachment; filename="our-targets.docx"'
    """
    content_type, ending, printed = KINDS.get(request.GET.get("as", ""), KINDS["pdf"])
    headers = {"Content-Disposition": f'attachment; filename="{named(paper.title)}.{ending}"'}
    return HttpResponse(printed(paper), content_type=content_type, headers=headers)


def named(title: str) -> str:
    """Return what the file of a document is called, without its ending.

    >>> named("Appraisal statement, Ada Lantern, 2025/26"), named("…")
    ('appraisal-statement-ada-lantern-2025-26', 'document')
    """
    return slugify(title.replace("/", "-")) or "document"


def facts(rows: Sequence[tuple[str, str]]) -> list[Block]:
    """Return facts as a paragraph each, what they are before them.

    >>> facts([("Term", "Autumn")])
    [Words(words='Term: Autumn')]
    """
    return [Words(f"{what}: {told}") for what, told in rows]


def prose(words: str) -> list[Block]:
    r"""Return what somebody wrote, a paragraph for each line.

    >>> [each.words for each in prose("One.\n\nTwo.")]
    ['One.', 'Two.']
    """
    return [Words(line.strip()) for line in words.splitlines() if line.strip()]


def seen_by(who: Sequence[str]) -> Words:
    """Say who may see the page, for whoever holds the document.

    >>> seen_by(["Leaders", "Governors"]).words
    'Who may see this page: Leaders; Governors.'
    """
    return Words(f"Who may see this page: {'; '.join(who)}.")
