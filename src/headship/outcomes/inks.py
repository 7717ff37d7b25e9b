"""The ink of our pictures' classes, as `frontend/styles` has it, for documents: they have no style sheet."""

from headship.core.paper import INK, LINE, LINEN, PAPER, TEAL, Picture, inked, titled

TYPE = '"Atkinson Hyperlegible Next"'
PALE = "#8d8878"  # the hatching where nothing is known
DOT = f"{{fill:{TEAL};stroke:{PAPER};stroke-width:1.5}}"
WHISKERS = (
    f".app-whisker__axis{{stroke:{LINE};stroke-width:2}}"
    f".app-whisker__against{{stroke:{INK};stroke-width:3;stroke-dasharray:5 3}}"
    f".app-whisker__interval{{stroke:{TEAL};stroke-width:7;stroke-opacity:.45}}"
    f".app-whisker__value,.app-years__value{{fill:{TEAL};stroke:{PAPER};stroke-width:2}}"
    f".app-years__label{{fill:{INK};font-size:13px;font-family:{TYPE}}}"
    f".app-years__line{{fill:none;stroke:{TEAL};stroke-width:2}}"
    f".app-years__interval{{stroke:{TEAL};stroke-width:6;stroke-opacity:.35}}"
)
OUTLOOK = (
    f".app-outlook__half{{fill:{TEAL}}}"
    f".app-outlook__most{{fill:{TEAL};fill-opacity:.45}}"
    f".app-outlook__rest{{fill:{INK};fill-opacity:.18}}"
    f".app-outlook__aim{{stroke:{INK};stroke-width:3;stroke-dasharray:7 4}}"
    f".app-outlook__axis{{stroke:{INK};stroke-width:1}}"
)
SIMILAR = (
    f".app-strip__middle{{fill:{LINEN};stroke:{INK};stroke-width:1}}"
    f".app-strip__axis{{stroke:{INK};stroke-width:1}}"
    f".app-strip__dots{{stroke:{INK};stroke-width:7;stroke-linecap:round;stroke-opacity:.55}}"
    f".app-strip__ours{{fill:{TEAL}}}"
    f".app-places__others{{stroke:{INK};stroke-width:2;stroke-linecap:round;stroke-opacity:.18}}"
    f".app-places__alike{{stroke:{INK};stroke-width:8;stroke-linecap:round}}"
    f".app-places__ours{{fill:{TEAL};stroke:{PAPER};stroke-width:2}}"
)
BESIDE = (
    f".app-beside__axis,.app-scatter__axis{{fill:none;stroke:{LINE};stroke-width:1}}"
    f".app-beside__whisker,.app-course__whisker{{stroke:{TEAL};stroke-width:3}}"
    f".app-beside__ours,.app-course__ours,.app-caterpillar__ours,.app-scatter__ours{DOT}"
    f".app-beside__tick,.app-course__england{{stroke:{INK};stroke-width:3}}"
    f".app-beside__middle{{fill:{LINEN};stroke:{INK};stroke-width:1}}"
    f".app-scatter__dots{{stroke:{INK};stroke-linecap:round;stroke-opacity:.55;stroke-width:8}}"
)
COURSE = (
    f".app-course__line{{fill:none;stroke:{TEAL};stroke-width:1.5}}"
    f".app-course__none,.app-course__hidden{{fill:none;stroke:{PALE};stroke-width:1.5}}"
    ".app-course__none{stroke-dasharray:2 4}"
    f".app-course__break{{stroke:{INK};stroke-dasharray:5 4;stroke-width:1.5}}"
    f".app-course__label{{fill:{INK};font-size:14px;font-family:{TYPE};text-anchor:middle}}"
)
CATERPILLAR = (
    f".app-caterpillar__average{{stroke:{INK};stroke-width:1.5}}"
    f".app-caterpillar__whiskers{{stroke:{INK};stroke-opacity:.3;stroke-width:1.2}}"
    f".app-caterpillar__dots{{stroke:{INK};stroke-linecap:round;stroke-width:3}}"
    f".app-caterpillar__own{{stroke:{TEAL};stroke-width:4}}"
)
INKS = WHISKERS + OUTLOOK + SIMILAR + BESIDE + COURSE + CATERPILLAR


def drawn(svg: str, share: float = 0.62) -> Picture:
    """Return a picture of our pages for a document, with its own words as its alternative.

    >>> drawn('<svg viewBox="0 0 1 1"><title>Ours 47</title></svg>').words
    'Ours 47'
    """
    return Picture(inked(svg, INKS), titled(svg), share)
