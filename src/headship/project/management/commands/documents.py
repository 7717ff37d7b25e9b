"""`headship documents`: write docs/reference anew from the code; with --check, only say whether it is current."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from headship.project import reference

ROOT = Path(settings.SOURCE).parents[1]
FOLDER = ROOT / "docs" / "reference"
README = ROOT / "README.md"
BEGIN, END = "<!-- rows: written by `make docs` from src/headship/project/rows.py -->\n", "<!-- end of rows -->"


class Command(BaseCommand):
    """Write or check the generated pages."""

    help = "Write docs/reference from the code (--check: say whether it is current)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --check."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is not current")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare each page with what the code says, and write it unless only asked. Errors: CommandError."""
        del args
        written = reference.pages()
        stale = [name for name, text in written.items() if _held(name) != text]
        left = [path.name for path in sorted(FOLDER.glob("*.md")) if _generated(path) and path.name not in written]
        readme = _readme_with_rows()
        if options["check"]:
            wrong = stale + left + ["README.md"] * (readme != README.read_text())
            if wrong:
                raise CommandError(f"Not current: {', '.join(wrong)}. Run `make docs` and commit what it writes.")
            return
        README.write_text(readme)
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (FOLDER / name).write_text(written[name])
        for name in left:
            (FOLDER / name).unlink()
        self.stdout.write(f"{len(written)} pages, {len(stale)} written anew, {len(left)} removed.")


def _readme_with_rows() -> str:
    before, _, rest = README.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{reference.readme_rows()}\n{END}{after}"


def _held(name: str) -> str:
    path = FOLDER / name
    return path.read_text() if path.exists() else ""


def _generated(path: Path) -> bool:
    return path.read_text().startswith(reference.NOTE.strip())
