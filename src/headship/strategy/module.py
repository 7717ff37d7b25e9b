"""What `strategy` offers the rest of the house."""

from headship.core.registry import Module

MODULE = Module(name="strategy", label="Strategy")
