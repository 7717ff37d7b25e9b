"""A framework that a file brings, checked whole, before it is kept."""

from collections import Counter
from dataclasses import dataclass

from headship.standards import packages
from headship.standards.case import Package
from headship.standards.shipped import FrameworkDocument

FORMATS = {
    "case": "a CASE package",
    "mahara": "a Mahara SmartEvidence file",
    "moodle": "a Moodle competency framework",
    "opensalt": "an OpenSALT table",
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a file brings: the file's name, format and fingerprint, its package, the document, what was noticed."""

    file_name: str
    format: str
    fingerprint: str
    package: Package
    document: FrameworkDocument
    noticed: Counter[str]

    @property
    def text(self) -> str:
        """The package as it is kept, to the byte."""
        return packages.written(self.package).decode()
