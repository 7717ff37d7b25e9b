"""The fixed words of the forms that people answer on."""

import functools
from collections.abc import Mapping

from headship.voice.instruments import FOLDER, read_file


@functools.cache
def english() -> Mapping[str, str]:
    """Return every phrase by its name.

    >>> english()["paper_code"]
    'Your code'
    """
    return {name: words.strip() for name, words in read_file(FOLDER / "phrases.yaml").items()}
