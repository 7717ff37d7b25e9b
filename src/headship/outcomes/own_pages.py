"""The screens of results, the disadvantage gap and groups: exactly what each shows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils import timezone

from headship.analysis import gaps
from headship.analysis.figures import Figure
from headship.analysis.gaps import Sensitivity, Verdict
from headship.core.pages import Link, academic_year
from headship.core.scope import Scope
from headship.outcomes import beside, drawing, own, own_lead, said
from headship.outcomes import own_frame as frame
from headship.outcomes.beside import Beside
from headship.outcomes.own import Measured, Sitting
from headship.schools import queries as schools

type Published = Mapping[tuple[str, str], Beside]


def results_page(scope: Scope, asked: frame.Asked) -> frame.OwnPage:
    """Arrange how pupils did in each subject of an assessment."""
    day = timezone.localdate(scope.at)
    held, sat = frame.chosen(scope, asked)
    if sat is None:
        return frame.nothing(scope, "Our results", "results")
    found = own.sitting(scope, sat, day, year_group=asked.year_group)
    published = _published(scope, found, day)
    rows = tuple(_result(found, column, published.get((found.scale.code, column.code))) for column in found.columns)
    return frame.OwnPage(
        title="Our results",
        parts=frame.parts_of(scope, "results", asked, held),
        choices=tuple(frame.choices(scope, "results", held, found)),
        lead=own_lead.means(_verdicts(found, published)),
        words=frame.about(found),
        rows=rows,
        tables=(_result_table(found),),
        can=_can_say(found, published),
    )


def _published(scope: Scope, found: Sitting, day: date) -> Published:
    """Return what is published beside each column, where this year group sits what is published."""
    if not beside.comparable(found.scale.code, found.year_group):
        return {}
    columns = [(found.scale.code, each.code) for each in found.columns]
    return beside.of(schools.school_of(scope.school_id), columns, found.assessment.year, day)


def _result(found: Sitting, column: Measured, published: Beside | None) -> frame.Row:
    figure, share = own.mean(column, found.fewest), own.reached(column, found.fewest)
    if figure.value is None:
        return frame.Row(
            column.words,
            f"{column.words}: {said.TOO_FEW.lower()}",
            None,
            said.LACKING[frame.lacking(figure)].capitalize(),
            "mean",
        )
    behind = f"Mean of {said.of_pupils(figure)}, {frame.on_scale(column)}."
    if share is not None and share.value is not None:
        behind += f" {said.whole(share, '%')} reached {column.standard:g}."
    if published is not None:
        behind += f" {said.beside(published, column.unit)}"
    return frame.Row(
        column.words,
        f"{column.words}: {said.whole(figure, column.unit)}",
        frame.whisker(column, figure),
        behind,
        "mean",
    )


def _result_table(found: Sitting) -> frame.Table:
    with_standard = any(each.standard is not None for each in found.columns)
    heads = ("Subject", "Pupils", "Mean", "Interval", *(("Reached the standard",) if with_standard else ()))
    return frame.Table("The same as a table", heads, tuple(_result_cells(found, each) for each in found.columns))


def _result_cells(found: Sitting, column: Measured) -> tuple[str, ...]:
    figure, share = own.mean(column, found.fewest), own.reached(column, found.fewest)
    cells = [column.words, *frame.mean_cells(figure, column.unit)]
    if any(each.standard is not None for each in found.columns):
        cells.append("no standard" if share is None else said.whole(share, "%"))
    return tuple(cells)


def _can_say(found: Sitting, published: Published) -> tuple[str, ...]:
    """Return what these results let anybody say: of each subject against England, or else against the standard."""
    figures = [(column, own.mean(column, found.fewest)) for column in found.columns]
    if all(figure.value is None for _, figure in figures):
        return (f"Fewer than {found.fewest} pupils make no figure, so nothing can be said of so few.",)
    told = [_stands(found, column, figure, published) for column, figure in figures]
    return tuple(each for each in told if each)[: frame.MOST_SAID]


def _against(found: Sitting, column: Measured, published: Published) -> tuple[float, str] | None:
    """Return what a subject's mean is held against, England's or else the standard, and its name; None for nothing."""
    its = published.get((found.scale.code, column.code))
    if its is not None and its.england is not None:
        return its.england, f"England's average of {academic_year(its.year)}"
    return (column.standard, f"an average of {column.standard:g}") if column.standard is not None else None


def _stands(found: Sitting, column: Measured, figure: Figure, published: Published) -> str:
    """Say where a mean stands; nothing where there is nothing to hold it against."""
    against = _against(found, column, published)
    if figure.value is None or against is None:
        return ""
    to, name = against
    name = name.replace("average ", "").removeprefix("an of ")
    stands = said.compared(figure, to, name, fewest=found.fewest, small=column.small)
    return f"{column.words}: the mean is {stands}."


def _verdicts(found: Sitting, published: Published) -> Iterator[tuple[str, Verdict, str]]:
    """Yield each subject, where its mean stands, and against what; nothing of subjects with nothing beside them."""
    for column in found.columns:
        if against := _against(found, column, published):
            to, name = against
            figure = own.mean(column, found.fewest)
            yield column.words, gaps.verdict(figure, fewest=found.fewest, against=to, small=column.small), name


def gap_page(scope: Scope, asked: frame.Asked) -> frame.OwnPage:
    """Arrange the difference between disadvantaged pupils and others, by subject."""
    day = timezone.localdate(scope.at)
    held, sat = frame.chosen(scope, asked)
    if sat is None:
        return frame.nothing(scope, "Disadvantage gap", "results-gap")
    found = own.sitting(scope, sat, day, year_group=asked.year_group)
    worked = [(column, *own.gap(found, column)) for column in found.columns]
    rows = tuple(_gap(found, column, figure, one) for column, figure, one in worked)
    return frame.OwnPage(
        title="Disadvantage gap",
        parts=frame.parts_of(scope, "results-gap", asked, held),
        choices=tuple(frame.choices(scope, "results-gap", held, found)),
        lead=own_lead.said_of(_gap_verdicts(found, worked), own_lead.GAPS),
        words=frame.about(found),
        rows=rows,
        tables=(_gap_table(worked),),
        can=frame.findings(rows),
        cannot=(
            "Not that being disadvantaged is the cause: the groups differ in more than that.",
            *frame.CANNOT[1:2],
            "Not how far each pupil is from where they could be.",
        ),
    )


def _gap(found: Sitting, column: Measured, figure: Figure, one: Sensitivity) -> frame.Row:
    finding = said.difference(
        figure, "Disadvantaged pupils", "others", column.unit, fewest=found.fewest, small=column.small, one=one
    )
    if figure.value is None:
        small = "One of the groups is too small to show."
        return frame.Row(column.words, f"{column.words}. {finding}", None, small, "disadvantage-gap")
    room = max(abs(end) for end in (figure.value, *(figure.interval or ()))) * 1.2 or 1.0
    picture = drawing.whisker(figure.value, figure.interval, 0.0, f"{column.words}: {finding}", least=-room, most=room)
    ours, others = figure.groups
    behind = f"{ours:,} disadvantaged pupils and {others:,} others; the line marks no difference."
    if one.bound is not None:
        behind += f" One pupil's result can move it by {said.bare(one.bound)} at most."
    return frame.Row(column.words, f"{column.words}. {finding}", picture, behind, "disadvantage-gap")


def _gap_verdicts(
    found: Sitting, worked: Sequence[tuple[Measured, Figure, Sensitivity]]
) -> Iterator[tuple[str, Verdict]]:
    for column, figure, one in worked:
        yield column.words, gaps.verdict(figure, fewest=found.fewest, small=column.small, one=one)


def _gap_table(worked: Sequence[tuple[Measured, Figure, Sensitivity]]) -> frame.Table:
    heads = ("Subject", "Disadvantaged", "Others", "Difference", "Interval", "One pupil moves it by at most")
    rows = []
    for column, figure, one in worked:
        if figure.value is None:
            rows.append((column.words, *[said.HIDDEN] * 5))
            continue
        counts = [f"{each:,}" for each in figure.groups]
        sensitivity = "not known" if one.bound is None else said.bare(one.bound)
        rows.append((column.words, *counts, *frame.mean_cells(figure, column.unit)[1:], sensitivity))
    return frame.Table("The same as a table", heads, tuple(rows), "Below nought: disadvantaged pupils are behind.")


def groups_page(scope: Scope, asked: frame.Asked) -> frame.OwnPage:
    """Arrange a subject's results by each group, as equality information asks for."""
    day = timezone.localdate(scope.at)
    held, sat = frame.chosen(scope, asked)
    if sat is None:
        return frame.nothing(scope, "Groups of pupils", "results-groups")
    found = own.sitting(scope, sat, day, year_group=asked.year_group)
    if not found.columns:
        return frame.nothing(scope, "Groups of pupils", "results-groups")
    column = next((each for each in found.columns if each.code == asked.subject), found.columns[0])
    parted = own.by_groups(found, column)
    subjects = [
        Link(
            each.words,
            frame.address(scope, "results-groups", sat=sat.pk, year_group=found.year_group, subject=each.code),
            each.code == column.code,
        )
        for each in found.columns
    ]
    return frame.OwnPage(
        title="Groups of pupils",
        parts=frame.parts_of(scope, "results-groups", asked, held),
        choices=(*frame.choices(scope, "results-groups", held, found), frame.Choice("Subject", tuple(subjects))),
        lead=frame.group_lead(parted, found.fewest, column.small),
        words=f"{frame.about(found)} {column.words}.",
        tables=tuple(frame.group_table(each, column.unit) for each in parted),
        can=tuple(frame.group_findings(parted, column.unit, found.fewest, column.small)),
        cannot=(
            "Not why groups differ: they differ in more than what names them.",
            f"Nothing of a group of fewer than {found.fewest} pupils, nor of one that would give such a group away.",
        ),
    )
