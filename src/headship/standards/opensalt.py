"""The CSV that OpenSALT takes and gives: read only. Its identifiers are words, so UUIDs are made from them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from headship.core import tabular
from headship.core.tabular import Limits
from headship.standards import case
from headship.standards.case import Package, Resource

LIMITS = Limits(rows=10_000, columns=60, unpacked=20 * 1024 * 1024)
NEEDED = ("identifier", "fullstatement", "humancodingscheme")
TEXTS = {
    "humancodingscheme": "humanCodingScheme",
    "abbreviatedstatement": "abbreviatedStatement",
    "notes": "notes",
    "listenumeration": "listEnumeration",
    "language": "language",
    "cfitemtype": "CFItemType",
}
KINDS = {
    "ispartof": "isPartOf",
    "replacedby": "replacedBy",
    "exemplar": "exemplar",
    "hasskilllevel": "hasSkillLevel",
    "isrelatedto": "isRelatedTo",
}
type Row = tuple[int, dict[str, str]]


def fits(headings: Sequence[str]) -> bool:
    """Whether these are OpenSALT's headings."""
    return set(NEEDED) <= {_plain(each) for each in headings}


def _plain(heading: str) -> str:
    return heading.replace(" ", "").replace("_", "").casefold()


def read(path: Path, *, name: str, moment: str) -> Package:
    """Return the framework in a file as a package, titled after the file. Errors: Unusable."""
    with tabular.opened(path, name=name, limits=LIMITS) as table:
        if not fits(table.headings):
            mend = "OpenSALT writes Identifier, fullStatement and Human Coding Scheme among others."
            raise tabular.fault(name, "does not have OpenSALT's headings", mend, row=table.heading_row)
        headings = [_plain(each) for each in table.headings]
        rows = [(number, dict(zip(headings, map(str.strip, cells), strict=True))) for number, cells in table.rows]
    return _Reading(name, rows, moment).package()


class _Reading:
    """Makes a package of the rows. Parents are named by their coding scheme."""

    def __init__(self, name: str, rows: Sequence[Row], moment: str) -> None:
        self.name, self.rows, self.moment = name, rows, moment
        self.title = name.rsplit(".", 1)[0].replace("_", " ") or name
        self.uuid = uuid5(NAMESPACE_URL, f"opensalt:{self.title}")
        self.known: dict[str, Resource] = {}

    def package(self) -> Package:
        """Return the package."""
        about = case.resource(
            "CFDocument",
            identifier=str(self.uuid),
            uri=self.uuid.urn,
            creator="Not said in the file",
            title=self.title,
            lastChangeDateTime=self.moment,
        )
        items = [self._item(number, row) for number, row in self.rows]
        return {"CFDocument": about, "CFItems": items, "CFAssociations": list(self._associations())}

    def _item(self, number: int, row: dict[str, str]) -> Resource:
        for column in ("identifier", "fullstatement"):
            if not row[column]:
                raise tabular.fault(self.name, "is empty", "Every row needs it.", row=number, column=column)
        uuid = uuid5(self.uuid, row["identifier"])
        item = case.resource(
            "CFItem",
            identifier=str(uuid),
            uri=uuid.urn,
            fullStatement=row["fullstatement"],
            conceptKeywords=[each.strip() for each in row.get("conceptkeywords", "").split(",") if each.strip()],
            lastChangeDateTime=self.moment,
            extensions={"opensalt": {"identifier": row["identifier"]}},
            **{field: row[column] for column, field in TEXTS.items() if row.get(column)},
        )
        self.known.setdefault(row["humancodingscheme"], item)
        self.known.setdefault(row["identifier"], item)
        return item

    def _associations(self) -> Iterator[Resource]:
        root = case.link(self.title, str(self.uuid), self.uuid.urn)
        for number, row in self.rows:
            child = self.known[row["identifier"]]
            parent = row.get("ischildof", "")
            if parent and parent not in self.known:
                words = f"“{parent[:60]}” is no coding scheme in this file"
                raise tabular.fault(self.name, words, "Name one that is in it.", row=number, column="Is Child Of")
            sequence = row.get("sequencenumber", "")
            above = self._link(self.known[parent]) if parent else root
            yield self._association(child, "isChildOf", above, int(sequence) if sequence.isdecimal() else None)
            for column, kind in KINDS.items():
                if row.get(column):
                    yield self._association(child, kind, self._elsewhere(row[column]))

    def _elsewhere(self, key: str) -> Resource:
        """Return a link to what a row names: an item of this file, an address, or a word of another framework."""
        if key in self.known:
            return self._link(self.known[key])
        address = key if key.startswith(("http://", "https://")) else uuid5(NAMESPACE_URL, f"opensalt:{key}").urn
        return case.link(key, key, address)

    def _link(self, item: Resource) -> Resource:
        return case.link(case.named(item), item["identifier"], item["uri"])

    def _association(self, item: Resource, kind: str, to: Resource, sequence: int | None = None) -> Resource:
        uuid = uuid5(self.uuid, f"{item['identifier']} {kind} {to['identifier']}")
        return case.resource(
            "CFAssociation",
            identifier=str(uuid),
            uri=uuid.urn,
            associationType=kind,
            sequenceNumber=sequence,
            originNodeURI=self._link(item),
            destinationNodeURI=to,
            lastChangeDateTime=self.moment,
        )
