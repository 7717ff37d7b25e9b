"""A made-up CASE package with everything CASE has: every kind of definition, rubrics, extensions, words beyond CASE."""

from headship.standards import case

ADDRESS = "https://frameworks.example/ims/case/v1p1"
MOMENT = "2026-01-02T03:04:05+00:00"


def identifier(number):
    return f"c0ffee00-0000-4000-8000-{number:012d}"


def link(number, title, collection):
    return {"title": title, "identifier": identifier(number), "uri": f"{ADDRESS}/{collection}/{identifier(number)}"}


def made(number, collection, **values):
    own = {"identifier": identifier(number), "uri": f"{ADDRESS}/{collection}/{identifier(number)}"}
    return {**own, "lastChangeDateTime": MOMENT, **values}


def association(number, kind, origin, destination, **values):
    ends = {"originNodeURI": link(origin, "from", "CFItems"), "destinationNodeURI": link(destination, "to", "CFItems")}
    return made(number, "CFAssociations", associationType=kind, **ends, **values)


RICH = {
    "CFDocument": made(
        1,
        "CFDocuments",
        creator="Example Publisher",
        title="Example standards of reading aloud",
        frameworkType="Professional standards",
        caseVersion="1.1",
        officialSourceURL="https://frameworks.example/reading",
        publisher="Example Publisher",
        description="What reading aloud well looks like.\nIn two lines.",
        subject=["Reading"],
        subjectURI=[link(30, "Reading", "CFSubjects")],
        language="en-GB",
        version="2",
        adoptionStatus="Adopted",
        statusStartDate="2026-01-01",
        licenseURI=link(31, "Open", "CFLicenses"),
        notes="Made up.",
        extensions={"ext:shelf": "B2"},
        colour="teal",
    ),
    "CFItems": [
        made(10, "CFItems", fullStatement="Choosing", humanCodingScheme="R1", CFItemType="Heading"),
        made(
            11,
            "CFItems",
            fullStatement="Chooses a text that the class will want to hear again",
            abbreviatedStatement="A text worth hearing",
            humanCodingScheme="R1.a",
            listEnumeration="1",
            alternativeLabel="Choice",
            conceptKeywords=["text", "choice"],
            conceptKeywordsURI=link(32, "Choice", "CFConcepts"),
            notes="Ask the class.",
            subject=["Reading"],
            subjectURI=[link(30, "Reading", "CFSubjects")],
            language="en-GB",
            educationLevel=["KG", "01"],
            CFItemType="Standard",
            CFItemTypeURI=link(33, "Standard", "CFItemTypes"),
            licenseURI=link(31, "Open", "CFLicenses"),
            statusStartDate="2026-01-01",
            statusEndDate="2036-01-01",
            extensions={"weight": 2},
            CFDocumentURI=link(1, "Example standards of reading aloud", "CFDocuments"),
        ),
        made(12, "CFItems", fullStatement="=SUM(A1) <script>alert(1)</script> reads it with a voice", notes=None),
    ],
    "CFAssociations": [
        association(20, "isChildOf", 10, 1, sequenceNumber=1),
        association(21, "isChildOf", 11, 10, sequenceNumber=2),
        association(22, "isChildOf", 12, 10, sequenceNumber=1),
        association(
            23, "isRelatedTo", 11, 12, CFAssociationGroupingURI=link(34, "Neighbours", "CFAssociationGroupings")
        ),
        association(24, "ext:readsLike", 12, 11, notes="Ours."),
        association(25, "isTranslationOf", 11, 12),
    ],
    "CFDefinitions": {
        "CFConcepts": [
            made(32, "CFConcepts", title="Choice", hierarchyCode="1", keywords="a|b"),
            made(35, "CFConcepts", title="Choice of poems", hierarchyCode="1.1"),
        ],
        "CFSubjects": [made(30, "CFSubjects", title="Reading", hierarchyCode="1")],
        "CFLicenses": [made(31, "CFLicenses", title="Open", licenseText="Anybody may use this.")],
        "CFItemTypes": [made(33, "CFItemTypes", title="Standard", description="A standard", hierarchyCode="1")],
        "CFAssociationGroupings": [made(34, "CFAssociationGroupings", title="Neighbours")],
    },
    "CFRubrics": [
        made(
            40,
            "CFRubrics",
            title="Reading aloud",
            CFRubricCriteria=[
                made(
                    41,
                    "CFRubricCriteria",
                    category="Voice",
                    CFItemURI=link(12, "Voice", "CFItems"),
                    weight=0.5,
                    position=1,
                    rubricId=identifier(40),
                    CFRubricCriterionLevels=[
                        made(42, "CFRubricCriterionLevels", quality="Clear", score=2, position=1, mood="calm")
                    ],
                )
            ],
        )
    ],
}


def resource_ids():
    """Return an identifier of each kind of resource."""
    found = {kind: each["identifier"] for kind, each in case.parts(RICH)}
    return found | {"CFPackage": identifier(1), "CFItemAssociations": identifier(11)}
