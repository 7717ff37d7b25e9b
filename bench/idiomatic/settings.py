"""The product's settings, with the idiomatic page beside its own."""

import copy
from pathlib import Path

from headship.project.settings import *  # noqa: F403  # all of the product's settings, by design
from headship.project.settings import TEMPLATES as PRODUCT_TEMPLATES

ROOT_URLCONF = "bench.idiomatic.urls"
TEMPLATES = copy.deepcopy(PRODUCT_TEMPLATES)
TEMPLATES[1]["DIRS"] = [Path(__file__).parent / "templates"]
TEMPLATES[1]["OPTIONS"] = {
    "context_processors": ["django.template.context_processors.request", "headship.core.pages.framed"],
    "libraries": {"wording": "bench.idiomatic.wording"},
}
BENCH_SESSION = {"factor_set": True}  # headship.people.sessions.FACTOR_SET; applications are not loaded here yet
