"""`python -m headship` is the `headship` command."""

from headship.project.cli import main

main()
