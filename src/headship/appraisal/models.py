"""Every table of `appraisal`, part by part."""

from headship.appraisal.conduct_models import Expectation
from headship.appraisal.head_models import (
    HeadAppeal,
    HeadChange,
    HeadCopy,
    HeadEvidence,
    HeadMember,
    HeadNote,
    HeadObjective,
    HeadReflection,
    HeadStatement,
    HeadYear,
)
from headship.appraisal.own_rule_models import OwnRule
from headship.appraisal.staff_appeal_models import StaffAppeal, StaffHearer
from headship.appraisal.staff_models import (
    StaffChange,
    StaffCopy,
    StaffCycle,
    StaffObjective,
    StaffPart,
    StaffRating,
    StaffReflection,
    StaffStatement,
    StaffYear,
)
from headship.appraisal.staff_moderation_models import StaffModeration
from headship.appraisal.staff_practice_models import ExcellentPractice
from headship.appraisal.staff_template_models import StaffTemplate, StaffTemplateObjective, StaffTemplatePart
from headship.appraisal.support_models import Support, SupportLine, SupportReview

__all__ = [
    "ExcellentPractice",
    "Expectation",
    "HeadAppeal",
    "HeadChange",
    "HeadCopy",
    "HeadEvidence",
    "HeadMember",
    "HeadNote",
    "HeadObjective",
    "HeadReflection",
    "HeadStatement",
    "HeadYear",
    "OwnRule",
    "StaffAppeal",
    "StaffChange",
    "StaffCopy",
    "StaffCycle",
    "StaffHearer",
    "StaffModeration",
    "StaffObjective",
    "StaffPart",
    "StaffRating",
    "StaffReflection",
    "StaffStatement",
    "StaffTemplate",
    "StaffTemplateObjective",
    "StaffTemplatePart",
    "StaffYear",
    "Support",
    "SupportLine",
    "SupportReview",
]
