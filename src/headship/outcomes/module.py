"""What `outcomes` offers the rest of the house."""

from headship.core.registry import Module, NavigationItem, Permit

MODULE = Module(
    name="outcomes",
    label="Outcomes",
    purpose="To show what is published of a school and of those most like it. It holds nothing about people.",
    characteristics=("2.1",),
    navigation=(NavigationItem("Pupils", "Schools like ours", "similar"),),
    permits=(Permit("outcomes:read", "Read which schools are most like ours"),),
)
