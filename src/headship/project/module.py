"""What the house itself offers: Today."""

from headship.core.registry import Module, NavigationItem

MODULE = Module(name="project", label="Headship", navigation=(NavigationItem("Today", "Today", "today"),))
