"""What `standards` offers the rest of the house."""

from headship.core.registry import Module, Retention

KEPT = "for as long as the installation runs"
UNTIL_IMPORTED = "until it is imported or another file is looked through"
BECAUSE = "Evidence points at these statements; a replaced version stays for what was written under it."

MODULE = Module(
    name="standards",
    label="Standards",
    retention=(
        Retention("standards.Framework", "frameworks of standards", KEPT, BECAUSE),
        Retention("standards.Characteristic", "statements of frameworks", KEPT, BECAUSE),
        Retention("standards.Association", "links between frameworks", KEPT, BECAUSE),
        Retention(
            "standards.IncomingFramework",
            "framework files that wait to be looked through",
            UNTIL_IMPORTED,
            "A file that nobody imports is of no use to anybody.",
        ),
    ),
)
