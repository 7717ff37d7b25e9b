"""The record of processing: what is held about people, why, who sees it and for how long, written from the program."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from headship.core import classed, personal, registry
from headship.core.classed import DataClass
from headship.core.personal import Fate
from headship.core.registry import Module, Retention
from headship.privacy import keeping
from headship.privacy.keeping import Kept

HEAD = ("Activity", "What is held", "About people it holds", "Kept", "Then", "When a person is erased")


@dataclass(frozen=True, slots=True)
class Processing:
    """One kind of row with people in it, as the record tells it. `special` are fields of special category."""

    activity: str
    purpose: str
    model: str
    name: str
    fields: tuple[str, ...]
    special: tuple[str, ...]
    kept: str
    then: str
    on_erasure: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of its line, under HEAD."""
        held = ", ".join(self.fields) + (f". Special: {', '.join(self.special)}" if self.special else "")
        return (self.activity, self.name, held, self.kept, self.then, self.on_erasure)


def processing(kept: Iterable[Kept] | None = None) -> Iterator[Processing]:
    """Yield everything held about people; with a school's own keeping times where they are given."""
    times = {each.rule.model: each for each in kept or (Kept(rule, None) for rule in registry.retention().values())}
    for module in registry.modules():
        for model, words in _erasure(module).items():
            yield _one(module, model, words, times.get(model))


def purposes() -> Iterator[tuple[str, str]]:
    """Yield each activity with why it needs personal data."""
    return ((module.label, module.purpose) for module in registry.modules() if module.person_data)


def _erasure(module: Module) -> dict[str, str]:
    words: dict[str, list[str]] = {}
    for each in module.person_data:
        words.setdefault(each.model, []).append(each.on_erasure[:1].upper() + each.on_erasure[1:].rstrip("."))
    return {model: f"{'. '.join(dict.fromkeys(told))}." for model, told in words.items()}


def _one(module: Module, model: str, words: str, kept: Kept | None) -> Processing:
    kind: type[Model] = apps.get_model(model)
    ours = kind.__module__.startswith("headship.")
    return Processing(
        activity=module.label,
        purpose=module.purpose,
        model=model,
        name=_words(kept.rule.called if kept else next(e.heading for e in module.person_data if e.model == model)),
        fields=tuple(_named(kind, DataClass.PERSONAL)) if ours else ("what signing in needs",),
        special=tuple(_named(kind, DataClass.SPECIAL)),
        kept=_words(kept.words) if kept else "as long as the account",
        then=_then(kept.rule, ends=kept.ends) if kept else "deleted",
        on_erasure=words,
    )


def _then(rule: Retention, *, ends: bool) -> str:
    if rule.follows:
        return f"go with {registry.retention()[rule.follows].called}"
    return rule.fate.words if ends and rule.fate != Fate.KEEP else "kept"


def _named(model: type[Model], data_class: DataClass) -> Iterator[str]:
    sensitive = personal.sensitive_fields(model)
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        if field.name in sensitive and classed.class_of(field) == data_class:
            yield str(field.verbose_name).removesuffix(" id")


def _words(told: Any) -> str:
    return str(told)[:1].upper() + str(told)[1:]


def markdown(kept: Iterable[Kept] | None = None) -> str:
    """Return the record as Markdown: each activity with its purpose, then a table of what it holds."""
    parts = [f"- **{label}.** {purpose}" for label, purpose in purposes()]
    return "\n".join(parts) + "\n\n" + table(HEAD, (each.cells for each in processing(kept)))


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table.

    >>> print(table(("What", "Kept"), [("Post", "6 years")]))
    | What | Kept |
    | --- | --- |
    | Post | 6 years |
    """
    lines = [head, ("---",) * len(head), *(tuple(cell.replace("|", "/") for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def of_school(school_id: int) -> Iterator[Processing]:
    """Yield everything held about people at a school, with its keeping times."""
    return processing(keeping.kept_at(school_id))


def record_page(school_id: int) -> str:
    """Return a school's own record, with its keeping times."""
    return markdown(keeping.kept_at(school_id))
