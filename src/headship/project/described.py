"""The API as a whole: every application's endpoints, by hand as modules are, and its description."""

import functools
from typing import Any

from headship.appraisal.urls import endpoints as appraisal
from headship.core import api, described
from headship.core.audience import SCHOOL
from headship.core.endpoints import endpoint
from headship.equality.urls import endpoints as equality
from headship.evidence.urls import endpoints as evidence
from headship.improvement.urls import endpoints as improvement
from headship.outcomes.urls import endpoints as outcomes
from headship.people.urls import endpoints as people
from headship.policies.urls import endpoints as policies
from headship.project.api import TodayGiven, today
from headship.schools.urls import endpoints as schools
from headship.standards.urls import endpoints as standards
from headship.strategy.urls import endpoints as strategy
from headship.talent.urls import endpoints as talent
from headship.voice.urls import endpoints as voice
from headship.workload.urls import endpoints as workload

DESCRIPTION = (
    "Headship for programs. Anybody may read the frameworks of standards; all else needs a personal token, made in "
    "one's account, and gives what its person may see on the pages, narrowed by the token's permits."
)
TODAY = endpoint("GET", "schools/{int:urn}/today", today, audience=SCHOOL, gives=TodayGiven, area="today")
ENDPOINTS = (
    TODAY,
    *schools,
    *evidence,
    *outcomes,
    *voice,
    *strategy,
    *policies,
    *workload,
    *improvement,
    *equality,
    *appraisal,
    *talent,
    *people,
    *standards,
)
API = api.built(ENDPOINTS, description=DESCRIPTION)
addresses = api.addresses(API)


@functools.cache
def document() -> dict[str, Any]:
    """Return the description of the API in OpenAPI 3.1."""
    return described.whole(API)
