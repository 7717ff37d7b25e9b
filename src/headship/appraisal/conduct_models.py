"""Which policies are expectations of conduct. Words, versions and who has read them stand with the policies."""

from django.db import models

from headship.core import classed
from headship.core.belonging import Belongs
from headship.people.models import Person
from headship.policies.models import Policy
from headship.schools.models import School


class Expectation(models.Model):
    """That a policy says what staff expect of one another, since when, and who said so."""

    belongs = Belongs(school="school")
    school = classed.school(models.ForeignKey(School, on_delete=models.CASCADE, related_name="+"))
    policy = classed.school(models.OneToOneField(Policy, on_delete=models.CASCADE, related_name="+"))
    since = classed.school(models.DateField())
    named_by = classed.personal(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
