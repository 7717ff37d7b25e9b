"""Files that bring a framework: a CASE package, Moodle's CSV, Mahara's SmartEvidence, OpenSALT's CSV."""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from headship.core import strict_json, tabular
from headship.standards import mahara, moodle, opensalt, packages, trees
from headship.standards.case import Package
from headship.standards.incoming import Incoming


def read(file_name: str, content: bytes, *, at: datetime) -> Incoming:
    """Read a file of any of the formats, known by what is in it. Errors: Unusable; nothing is written."""
    name = file_name[-200:] or "the file"
    moment = at.astimezone(UTC).isoformat(timespec="seconds")
    kind, package = _package(name, content, moment)
    normal, noticed = packages.checked(name, package)
    fingerprint = hashlib.sha256(content).hexdigest()
    return Incoming(name, kind, fingerprint, normal, trees.document(name, normal), noticed)


def _package(name: str, content: bytes, moment: str) -> tuple[str, Package]:
    if name.lower().endswith((".json", ".matrix")) or content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        read_as = strict_json.loads(name, content)
        if mahara.fits(read_as):
            return "mahara", mahara.checked(name, read_as, moment=moment)
        return "case", read_as
    if len(content) > strict_json.LARGEST:
        raise tabular.fault(name, f"is larger than {strict_json.LARGEST >> 20} MB", "Split the framework.")
    with _on_disk(content) as path:
        with tabular.opened(path, name=name, limits=opensalt.LIMITS) as table:
            salt = opensalt.fits(table.headings)
        if salt:
            return "opensalt", opensalt.read(path, name=name, moment=moment)
        return "moodle", moodle.read(path, name=name, moment=moment)


@contextmanager
def _on_disk(content: bytes) -> Iterator[Path]:
    """Put a table where the limited process can read it, under a random name, for as long as it takes."""
    with tempfile.NamedTemporaryFile(prefix="framework-") as file:
        file.write(content)
        file.flush()
        yield Path(file.name)
