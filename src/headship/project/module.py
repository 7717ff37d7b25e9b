"""What the house itself offers: Today, and the one row that remembers the first hour."""

from headship.core.registry import Module, NavigationItem, PersonData, Retention

MODULE = Module(
    name="project",
    label="Headship",
    navigation=(NavigationItem("Today", "Today", "today"),),
    person_data=(PersonData("project.SetUp", ("person",), "Emptied: who set the installation up is no longer told."),),
    retention=(Retention("project.SetUp", "while the installation lasts", "one row that tells it is set up"),),
)
