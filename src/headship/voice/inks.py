"""The ink of our pictures' classes, as `frontend/styles` has it, for documents: they have no style sheet."""

from headship.core.paper import INK, LINE, PAPER, TEAL, Picture, inked, titled

SHADES = (0.12, 0.3, 0.5, 0.75, 1)
INKS = (
    f".app-answers__axis,.app-answers__tick{{stroke:{LINE};stroke-width:2}}"
    f".app-answers__interval{{stroke:{TEAL};stroke-width:7;stroke-opacity:.45}}"
    f".app-answers__mean{{fill:{TEAL};stroke:{PAPER};stroke-width:2}}"
    f".app-answers__own{{fill:{INK};stroke:{PAPER};stroke-width:1}}"
    f".app-answers__step{{fill:{TEAL};stroke:{LINE};stroke-width:1.5}}"
) + "".join(f".app-answers__step--{at}{{fill-opacity:{shade}}}" for at, shade in enumerate(SHADES, 1))


def drawn(svg: str, share: float = 0.62) -> Picture:
    """Return a picture of our pages for a document, with its own words as its alternative.

    >>> drawn('<svg viewBox="0 0 1 1"><title>Often</title></svg>').words
    'Often'
    """
    return Picture(inked(svg, INKS), titled(svg), share)
