"""The product's own wording, as template filters."""

from django import template

from headship.core import pages, pictures
from headship.core.visibility import Visibility
from headship.evidence import drawing

register = template.Library()
register.filter("static_address", pages.static_address)
register.filter("ago", pages.ago)
register.filter("in_words", pages.in_words)
register.filter("academic_year", pages.academic_year)
register.filter("bars", drawing.bars)
register.filter("bars_words", drawing.bars_words)
register.filter("kinds_words", drawing.kinds_words)
register.filter("shortened", drawing.shortened)
register.filter("reflection", pictures.reflection)


@register.filter
def visibility_words(visibility):
    """Say a visibility class in words."""
    return Visibility(visibility).words
