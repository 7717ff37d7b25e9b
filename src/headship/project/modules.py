"""The one explicit list of modules, lowest first."""

from headship.core.module import MODULE as CORE
from headship.evidence.module import MODULE as EVIDENCE
from headship.governance.module import MODULE as GOVERNANCE
from headship.outcomes.module import MODULE as OUTCOMES
from headship.people.module import MODULE as PEOPLE
from headship.privacy.module import MODULE as PRIVACY
from headship.project.module import MODULE as PROJECT
from headship.schools.module import MODULE as SCHOOLS
from headship.standards.module import MODULE as STANDARDS
from headship.strategy.module import MODULE as STRATEGY
from headship.talent.module import MODULE as TALENT
from headship.voice.module import MODULE as VOICE

MODULES = (CORE, STANDARDS, SCHOOLS, PEOPLE, PRIVACY, EVIDENCE, OUTCOMES, VOICE, STRATEGY, TALENT, GOVERNANCE, PROJECT)
