"""What `people` offers the rest of the house."""

from headship.core.registry import Module

MODULE = Module(name="people", label="People")
