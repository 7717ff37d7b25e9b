"""The one explicit list of modules, lowest first."""

from headship.appraisal.module import MODULE as APPRAISAL
from headship.core.module import MODULE as CORE
from headship.equality.module import MODULE as EQUALITY
from headship.evidence.module import MODULE as EVIDENCE
from headship.governance.module import MODULE as GOVERNANCE
from headship.improvement.module import MODULE as IMPROVEMENT
from headship.outcomes.module import MODULE as OUTCOMES
from headship.people.module import MODULE as PEOPLE
from headship.policies.module import MODULE as POLICIES
from headship.privacy.module import MODULE as PRIVACY
from headship.project.module import MODULE as PROJECT
from headship.schools.module import MODULE as SCHOOLS
from headship.standards.module import MODULE as STANDARDS
from headship.strategy.module import MODULE as STRATEGY
from headship.talent.module import MODULE as TALENT
from headship.voice.module import MODULE as VOICE
from headship.workload.module import MODULE as WORKLOAD

MODULES = (
    CORE,
    STANDARDS,
    SCHOOLS,
    PEOPLE,
    PRIVACY,
    EVIDENCE,
    OUTCOMES,
    VOICE,
    STRATEGY,
    POLICIES,
    WORKLOAD,
    IMPROVEMENT,
    EQUALITY,
    APPRAISAL,
    TALENT,
    GOVERNANCE,
    PROJECT,
)
