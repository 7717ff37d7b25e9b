"""Reading files of pupils: what each column becomes, what each fault says, and that no identifier leaves."""

import csv
import gzip
from pathlib import Path

import pytest

from headship.core.errors import Unusable
from headship.outcomes import pupil_columns, pupil_files
from headship.outcomes.choices import SCALES
from headship.outcomes.pupil_brought import Brought
from headship.outcomes.pupil_files import LEAVE, Asked
from headship.people import rosters
from headship.people.rosters import hash_of

SECRET = "secret"
UPN_A, UPN_B, UPN_C = "A123456789012", "B801200005001", "P207000016049"
A, B, C = (hash_of(each, SECRET) for each in (UPN_A, UPN_B, UPN_C))
GCSE = Asked(2026, "GCSE", "gcse", "2027-06-20")
SYNTHETIC = Path(__file__).resolve().parents[3] / "shared" / "data" / "pupils" / "synthetic_school"


def written(tmp_path: Path, text: str, name: str = "results.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def read(tmp_path: Path, text: str, mapping=None, asked: Asked = GCSE, *, names: bool = False) -> Brought:
    path = written(tmp_path, text)
    with pupil_files.opened(path, path.name) as table:
        chosen = mapping or pupil_columns.guess(table.headings, names=names, scale=asked.scale)
        return pupil_files.read(table, chosen, asked, secret=SECRET, names=names)


def refused(tmp_path: Path, text: str, mapping=None, asked: Asked = GCSE) -> list[str]:
    with pytest.raises(Unusable) as told:
        read(tmp_path, text, mapping, asked)
    return str(told.value).splitlines()


def one(tmp_path: Path, heading: str, cell: str, to: str, asked: Asked = GCSE) -> Brought:
    """Read a file of one pupil with one more column."""
    return read(tmp_path, f'UPN,{heading}\n{UPN_A},"{cell}"\n', {"UPN": "upn", heading: to}, asked)


# ── wide ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_wide_file_is_read_by_its_headings(tmp_path: Path):
    text = (
        "UPN,Forename,Year Group,Gender,Ethnicity,EAL,SEN Status,PP,KS2 Average,Sessions Possible,Sessions Missed,"
        "GCSE Maths Grade,English Language,Reg\n"
        f"{UPN_A},Xena,Y11,F,WBRI,N,K,Y,104.5,380,12,7,X,11A\n"
        f"{UPN_B},Yuri,11,M,,Y,E,N,,,,U,,11B\n"
    )
    told = read(tmp_path, text)
    assert (told.year, told.names, dict(told.left_out)) == (2026, {}, {})
    assert told.known == {
        A: {
            "year_group": "Year 11", "sex": "female", "ethnicity": "White British", "language": "english",
            "sen": "support", "disadvantaged": True, "prior": 104.5, "sessions_possible": 380, "sessions_missed": 12,
        },
        B: {"year_group": "Year 11", "sex": "male", "language": "other", "sen": "plan", "disadvantaged": False},
    }  # fmt: skip
    (sat,) = told.sat
    assert (sat.name, sat.scale, sat.taken_on) == ("GCSE", "gcse", "2027-06-20")
    assert sat.scores == {A: {"maths": 7.0, "english_language": None}, B: {"maths": 0.0}}


def test_nothing_of_an_identifier_or_a_name_is_in_what_was_read(tmp_path: Path):
    text = f"UPN,Forename,Surname,Maths\n{UPN_A},Xena,Child-Example,5\n"
    packed = str(Brought.unpacked(read(tmp_path, text).packed()))
    assert [each for each in (UPN_A, UPN_A.lower(), "Xena", "Child-Example") if each in packed] == []
    assert A in packed


def test_names_are_read_where_the_school_keeps_them(tmp_path: Path):
    text = f"UPN,Forename,Surname,Maths\n{UPN_A},Xena,Child-Example,5\n{UPN_B},,,5\n"
    assert read(tmp_path, text, names=True).names == {A: "Xena Child-Example"}
    with pytest.raises(Unusable, match="There is no place called name here"):
        read(tmp_path, text, {"UPN": "upn", "Surname": "name", "Maths": "subject:maths"})


def test_the_key_of_the_school_s_own_stands_for_a_pupil_too(tmp_path: Path):
    told = read(tmp_path, "Admission Number,Maths\n004711,5\n4711,6\n")
    assert told.sat[0].scores == {
        hash_of("004711", SECRET): {"maths": 5.0},
        hash_of("4711", SECRET): {"maths": 6.0},
    }


def test_a_pair_of_grades_of_combined_science_is_two(tmp_path: Path):
    told = read(tmp_path, f"UPN,Combined Science\n{UPN_A},5-4\n{UPN_B},66\n{UPN_C},7\n")
    assert told.sat[0].scores == {
        A: {"combined_science_1": 5.0, "combined_science_2": 4.0},
        B: {"combined_science_1": 6.0, "combined_science_2": 6.0},
        C: {"combined_science_1": 7.0},
    }


@pytest.mark.parametrize("cell", ["A", "x", "N", "-", "absent", " Abs ", "n/a", "—"])
def test_codes_of_a_missing_score_are_missing_and_never_0(tmp_path: Path, cell: str):
    assert one(tmp_path, "Maths", cell, "subject:maths").sat[0].scores == {A: {"maths": None}}


def test_a_blank_score_says_nothing(tmp_path: Path):
    told = read(tmp_path, f"UPN,Maths,Art\n{UPN_A},,4\n{UPN_B},,\n")
    assert told.sat[0].scores == {A: {"art": 4.0}}
    assert told.known == {A: {}, B: {}}


def test_a_grade_is_a_grade_before_it_is_a_code(tmp_path: Path):
    asked = Asked(2026, "A levels", "a_level", "2027-08-12")
    told = read(tmp_path, f"UPN,Maths,Art,French\n{UPN_A},A,A*,X\n", asked=asked)
    assert told.sat[0].scores == {A: {"maths": 5.0, "art": 6.0, "french": None}}
    tests = Asked(2026, "Key stage 2 tests", "ks2_scaled", "2027-05-13")
    assert one(tmp_path, "Reading", "B", "subject:reading", tests).sat[0].scores == {A: {"reading": None}}
    assert "no score" in refused(tmp_path, f"UPN,Maths\n{UPN_A},B\n")[0]


@pytest.mark.parametrize(
    ("to", "cell", "field", "value"),
    [
        ("year_group", "Reception", "year_group", "Reception"), ("year_group", "R", "year_group", "Reception"),
        ("year_group", "07", "year_group", "Year 7"), ("year_group", "Yr 10", "year_group", "Year 10"),
        ("year_group", "12.0", "year_group", "Year 12"), ("year_group", "N2", "year_group", "Nursery"),
        ("sex", "Girl", "sex", "female"), ("sex", "m", "sex", "male"), ("sex", "Not known", "sex", None),
        ("ethnicity", "White - British", "ethnicity", "White British"),
        ("ethnicity", "BOTH", "ethnicity", "Any other Black background"), ("ethnicity", "REFU", "ethnicity", None),
        ("ethnicity", "Asian or Asian British - Pakistani", "ethnicity", "Pakistani"),
        ("language", "ENB", "language", "english"), ("language", "Urdu", "language", "other"),
        ("language", "REF", "language", None),
        ("eal", "true", "language", "other"), ("eal", "0", "language", "english"),
        ("sen", "N", "sen", "none"), ("sen", "S", "sen", "plan"), ("sen", "SEN Support", "sen", "support"),
        ("sen", "Education, Health and Care Plan", "sen", "plan"),
        ("sen_any", "T", "sen", "support"), ("sen_any", "F", "sen", "none"), ("sen_plan", "yes", "sen", "plan"),
        ("disadvantaged", "T", "disadvantaged", True), ("disadvantaged", "no", "disadvantaged", False),
        ("prior", "98.25", "prior", 98.25), ("sessions_possible", "380", "sessions_possible", 380),
    ],
)  # fmt: skip
def test_codes_and_words_become_what_is_kept(tmp_path: Path, to: str, cell: str, field: str, value):
    known = one(tmp_path, "Column", cell, to).known[A]
    assert known == ({} if value is None else {field: value})


def test_sessions_attended_make_sessions_missed(tmp_path: Path):
    told = read(tmp_path, f"UPN,Possible,Attended\n{UPN_A},100,93\n{UPN_B},,\n")
    assert told.known == {A: {"sessions_possible": 100, "sessions_missed": 7}, B: {}}


@pytest.mark.parametrize(
    ("upn", "letter"), [(UPN_A, "A"), (UPN_B, "B"), (UPN_C, "P"), ("A12345678901Z", "H"), ("Z800123426001", "T")]
)
def test_the_check_letter_of_a_upn_is_that_of_the_catalogue(upn: str, letter: str):
    assert rosters.check_letter(upn) == letter


# ── long ────────────────────────────────────────────────────────────────────────────────────────────────────────────

LONG = "UPN,Year Group,Subject,Grade,Assessment,Date\n"
MAPPING = {
    "UPN": "upn", "Year Group": "year_group", "Subject": "subject", "Grade": "score", "Assessment": "assessment",
    "Date": "taken_on",
}  # fmt: skip


def test_each_row_may_be_one_result_of_several_assessments(tmp_path: Path):
    text = (
        LONG + f"{UPN_A},9,Maths,5,Autumn,02/11/2026\n{UPN_A},9,English,6,Autumn,03/11/2026\n"
        f"{UPN_A},9,Maths,6,Spring,2027-03-01\n{UPN_B},9,Maths,-,Autumn,02/11/2026\n{UPN_B},9,Alchemy,3,Autumn,\n"
        f"{UPN_B},9,Maths,99,Diagnosis,\n"
    )
    words = {"assessment:Autumn": "gcse", "assessment:Spring": "gcse", "assessment:Diagnosis": LEAVE}
    told = read(tmp_path, text, MAPPING, Asked(2026, words={**words, "subject:Alchemy": LEAVE}))
    assert [(each.name, each.scale, each.taken_on, each.scores) for each in told.sat] == [
        ("Autumn", "gcse", "2026-11-03", {A: {"maths": 5.0, "english": 6.0}, B: {"maths": None}}),
        ("Spring", "gcse", "2027-03-01", {A: {"maths": 6.0}}),
    ]
    assert told.known == {A: {"year_group": "Year 9"}, B: {"year_group": "Year 9"}}
    assert told.left_out == {"results whose assessment or subject you left out": 2}


def test_the_words_of_a_long_file_are_counted(tmp_path: Path):
    path = written(tmp_path, LONG + f"{UPN_A},9,Maths,5,Autumn,\n{UPN_A},9,Alchemy,6,Autumn,\n{UPN_B},9,Maths,6,,\n")
    with pupil_files.opened(path, path.name) as table:
        found = pupil_files.words_of(table, MAPPING)
    assert (found.assessments, found.subjects) == ({"Autumn": 2}, {"Maths": 2, "Alchemy": 1})


def test_a_column_of_names_is_no_column_of_assessments(tmp_path: Path):
    rows = "".join(f"{UPN_A},Pupil {number},5\n" for number in range(41))
    path = written(tmp_path, "UPN,Assessment,Grade\n" + rows)
    with pupil_files.opened(path, path.name) as table, pytest.raises(Unusable, match="41 different words") as told:
        pupil_files.words_of(table, {"UPN": "upn", "Assessment": "assessment", "Grade": "score"})
    assert "Pupil" not in str(told.value)


# ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("heading", "cell", "to", "words"),
    [
        ("Maths", "-3", "subject:maths", "“-3” is negative. No score is."),
        ("Maths", "10", "subject:maths", "“10” is beyond the scale. “GCSE grades 9 to 1 (U is 0)” runs from 0 to 9."),
        ("Maths", "five", "subject:maths", "“five” is no score. The scale is"),
        ("Maths", "4.5", "subject:maths", "“4.5” is between two scores."),
        ("Maths", "nan", "subject:maths", "“nan” is no score."),
        ("Maths", "Somebody Else", "subject:maths", "what stands here is no score."),
        ("Sex", "Q", "sex", "“Q” is no code of sex. Correct it, or leave it blank."),
        ("SEN", "ZZ", "sen", "“ZZ” is no code of special educational needs."),
        ("PP", "maybe", "disadvantaged", "“maybe” is neither yes nor no."),
        ("Year", "Badgers", "year_group", "what stands here is no year group."),
        ("Year", "P5", "year_group", "“P5” is a year group of Scotland or Northern Ireland."),
        ("Year", "Bl 7", "year_group", "“Bl 7” is a year group of Wales."),
        ("Eth", "Child-Example", "ethnicity", "what stands here is no ethnic group of the school census."),
        ("Language", "77", "language", "“77” is no language."),
        ("Prior", "-1", "prior", "“-1” is negative."),
        ("Prior", "high", "prior", "“high” is no number."),
        ("Possible", "1.5", "sessions_possible", "“1.5” is no count of sessions."),
        ("Possible", "9999", "sessions_possible", "“9999” is no count of sessions."),
        ("AY", "2025/26", "academic_year", "is of 2025/26, not of 2026/27. Choose 2025/26 when you bring it"),
        ("AY", "2026/28", "academic_year", "what stands here is no academic year. Write it as 2026/27."),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_and_what_to_do(tmp_path: Path, heading: str, cell: str, to: str, words: str):
    mapping = {"UPN": "upn", heading: to, "Art": "subject:art"}
    (told,) = refused(tmp_path, f"UPN,{heading},Art\n{UPN_B},,4\n{UPN_A},{cell},4\n", mapping)
    assert told.startswith(f"“results.csv”, row 3, column “{heading}”: {words}")
    assert told.endswith(".")
    assert UPN_A not in told


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("A12345678901", "is not a UPN. A UPN is a letter and twelve figures"),
        ("B123456789012", "is not a UPN: its first letter does not fit its figures"),
        ("", "is not a UPN"),
        ("S123456789012", "is not a UPN"),
        ("12345678901234", "is not a UPN"),
        ("123456789", "has nine figures, as a Scottish Candidate Number"),
    ],
)
def test_a_upn_that_is_none_is_told_and_never_repeated(tmp_path: Path, cell: str, words: str):
    (told,) = refused(tmp_path, f"UPN,Maths\n{cell},5\n")
    assert told.startswith(f"“results.csv”, row 2, column “UPN”: {words}")
    assert not cell or cell not in told.replace("A123456789012", "")


def test_a_pupil_twice_is_told_with_both_rows(tmp_path: Path):
    (told,) = refused(tmp_path, f"UPN,Maths\n{UPN_A},5\n{UPN_B},5\n{UPN_A.lower()},6\n")
    assert told == "“results.csv”, row 4, column “UPN”: is the same pupil as in row 2. Keep one of the two rows."


def test_a_result_twice_is_told_with_both_rows(tmp_path: Path):
    text = "UPN,Subject,Grade\n" + f"{UPN_A},Maths,5\n{UPN_A},English,5\n{UPN_B},Maths,5\n{UPN_A},Mathematics,6\n"
    (told,) = refused(tmp_path, text)
    assert told == (
        "“results.csv”, row 5, column “Grade”: is the same pupil, subject and assessment as row 2. "
        "Keep one of the two rows."
    )


def test_rows_of_one_pupil_must_agree(tmp_path: Path):
    text = "UPN,Sex,Subject,Grade\n" + f"{UPN_A},,Art,5\n{UPN_A},F,Maths,5\n{UPN_A},M,English,5\n"
    (told,) = refused(tmp_path, text)
    assert told.startswith("“results.csv”, row 4, column “Sex”: says something else of this pupil than row 3.")


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("Mathmatics", "“Mathmatics” is no subject known here. The closest is Mathematics"),
        ("Quidditch lessons", "what stands here is no subject known here. Use a subject's usual name"),
        ("Zyx", "“Zyx” is no subject known here."),
    ],
)
def test_a_subject_that_does_not_exist_is_told_with_the_closest(tmp_path: Path, word: str, words: str):
    (told,) = refused(tmp_path, f"UPN,Subject,Grade\n{UPN_A},{word},5\n")
    assert told.startswith(f"“results.csv”, row 2, column “Subject”: {words}")


def test_two_academic_years_in_one_file_are_told(tmp_path: Path):
    (told,) = refused(tmp_path, f"UPN,Academic Year,Maths\n{UPN_A},2026/27,5\n{UPN_B},2025/26,5\n")
    assert told.startswith("“results.csv”, row 3, column “Academic Year”: is of 2025/26, and row 2 is of 2026/27: two")


def test_days_outside_the_year_are_told(tmp_path: Path):
    words = {"assessment:Autumn": "gcse"}
    text = (
        LONG + f"{UPN_A},9,Maths,5,Autumn,31/08/2026\n{UPN_A},9,Art,5,Autumn,01/09/2026\n{UPN_A},9,PE,5,Autumn,soon\n"
    )
    first, second = refused(tmp_path, text, MAPPING, Asked(2026, words=words))
    assert first.startswith("“results.csv”, row 2, column “Date”: is not in 2026/27.")
    assert second.startswith("“results.csv”, row 4, column “Date”: “soon” is not a date.")
    (told,) = refused(tmp_path, f"UPN,Maths\n{UPN_A},5\n", asked=Asked(2026, "GCSE", "gcse", "2026-08-20"))
    assert told == "The day of the assessment is not in 2026/27. Correct one of them."


def test_sessions_beyond_those_possible_are_told(tmp_path: Path):
    text = f"UPN,Possible,Missed\n{UPN_A},100,101\n{UPN_B},,3\n{UPN_C},100,100\n"
    first, second = refused(tmp_path, text)
    assert first.startswith("“results.csv”, row 2, column “Missed”: is beyond the sessions possible.")
    assert second.startswith("“results.csv”, row 3, column “Missed”: stands without the sessions possible.")
    (told,) = refused(tmp_path, f"UPN,Possible,Attended\n{UPN_A},100,101\n")
    assert told.startswith("“results.csv”, row 2, column “Attended”: is beyond the sessions possible.")


def test_fifty_faults_are_told_and_how_many_more_there_are(tmp_path: Path):
    rows = "".join(f"{upn_of(800, number)},-1\n" for number in range(60))
    told = refused(tmp_path, "UPN,Maths\n" + rows)
    assert [each.partition(":")[0] for each in told[:50]] == [
        f"“results.csv”, row {row}, column “Maths”" for row in range(2, 52)
    ]
    assert told[50:] == ["And 10 more like these."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SCN,Maths\n123456789,5\n", "column “SCN”: is a heading of files from Scotland;"),
        ("UPN,Blwyddyn\nA123456789012,7\n", "column “Blwyddyn”: is a heading of files from Wales;"),
        ("NI Pupil ID,Maths\n12,5\n", "column “NI Pupil ID”: is a heading of files from Northern Ireland;"),
    ],
)
def test_a_file_of_another_country_is_told_by_its_headings(tmp_path: Path, text: str, words: str):
    (told,) = refused(tmp_path, text)
    assert words in told


def upn_of(authority: int, number: int) -> str:
    rest = f"{authority}123426{number:03}"
    return next(each + rest for each in rosters.LETTERS if rosters.check_letter(each + rest) == each)


def test_a_file_whose_upns_are_mostly_welsh_is_told_and_one_with_a_few_is_taken(tmp_path: Path):
    welsh, english = [upn_of(660, n) for n in range(3)], [upn_of(800, n) for n in range(3)]
    text = "UPN,Maths\n" + "".join(f"{each},5\n" for each in (*welsh, english[0]))
    (told,) = refused(tmp_path, text)
    assert told.startswith("“results.csv”, column “UPN”: tells that most pupils here are of Wales")
    taken = read(tmp_path, "UPN,Maths\n" + "".join(f"{each},5\n" for each in (*english, *welsh)))
    assert len(taken.known) == 6


def test_a_column_of_countries_tells_another_country_where_most_are_of_it(tmp_path: Path):
    text = f"UPN,Country,Maths\n{UPN_A},England,5\n{UPN_B},Wales,5\n{UPN_C},Cymru,5\n"
    (told,) = refused(tmp_path, text)
    assert told.startswith("“results.csv”, row 3, column “Country”: tells that most pupils here are of Wales")
    assert len(read(tmp_path, f"UPN,Country,Maths\n{UPN_A},England,5\n{UPN_B},Wales,5\n").known) == 2


def test_a_file_without_headings_is_refused_before_a_pupil_is_taken_for_one(tmp_path: Path):
    (told,) = refused(tmp_path, f"{UPN_A},5\n{UPN_B},6\n")
    assert "begins with a pupil instead of headings" in told
    assert UPN_A not in told


def test_a_file_of_nobody_is_refused(tmp_path: Path):
    assert refused(tmp_path, "UPN,Maths\n") == ["“results.csv” lists nobody. Check that it is the right file."]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"Maths": "subject:maths"}, "Say which one column tells one pupil from another"),
        ({"UPN": "upn", "No": "key", "Maths": "subject:maths"}, "Say which one column tells"),
        ({"UPN": "upn"}, "Choose at least one column that says something"),
        ({"UPN": "upn", "AY": "academic_year"}, "Choose at least one column that says something"),
        ({"UPN": "upn", "Maths": "subject:maths", "Subject": "subject", "Grade": "score"}, "Either each column is a"),
        ({"UPN": "upn", "Grade": "score"}, "say which column is the subject and which the score"),
        ({"UPN": "upn", "Maths": "sex", "No": "sex"}, "Two columns go to “Sex”"),
        ({"UPN": "upn", "Maths": "eal", "No": "language"}, "Two columns say the same of a pupil"),
        ({"UPN": "upn", "Maths": "sen", "No": "sen_plan"}, "Two columns say the same of a pupil"),
        ({"UPN": "upn", "Maths": "sessions_missed"}, "Say which column holds the sessions possible too"),
        ({"UPN": "upn", "M": "sessions_missed", "A": "sessions_attended", "P": "sessions_possible"}, "not both"),
        ({"UPN": "upn", "Maths": "subject:alchemy"}, "There is no place called subject:alchemy here"),
    ],
)  # fmt: skip
def test_columns_must_go_together(mapping: dict[str, str], words: str):
    with pytest.raises(Unusable, match=words):
        pupil_columns.check_mapping(mapping, pupil_columns.allowed(names=False))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(2026, "", "gcse", "2027-06-20"), "Say what the assessment is called"),
        (Asked(2026, "GCSE", "", "2027-06-20"), "Say what the assessment is called and on what scale"),
        (Asked(2026, "GCSE", "gcse", ""), "Say on which day the assessment was taken"),
    ],
)
def test_results_need_a_name_a_scale_and_a_day(tmp_path: Path, asked: Asked, words: str):
    (told,) = refused(tmp_path, f"UPN,Maths\n{UPN_A},5\n", asked=asked)
    assert words in told


# ── headings ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_headings_of_common_exports_are_guessed():
    headings = [
        "Adno",
        "UPN",
        "NC Year",
        "Legal Sex",
        "FSM Ever 6",
        "Maths Grade",
        "KS2 Reading Score",
        "Whatever",
        "Art",
    ]
    assert pupil_columns.guess(headings, names=False) == {
        "UPN": "upn", "NC Year": "year_group", "Legal Sex": "sex", "FSM Ever 6": "disadvantaged",
        "Maths Grade": "subject:maths", "Art": "subject:art",
    }  # fmt: skip
    assert pupil_columns.guess(["KS2 Reading Score"], names=False, scale="ks2_scaled") == {
        "KS2 Reading Score": "subject:reading"
    }
    assert pupil_columns.guess(["UPN", "Subject", "Grade", "Maths"], names=False) == {
        "UPN": "upn", "Subject": "subject", "Grade": "score",
    }  # fmt: skip
    assert pupil_columns.guess(["Forename", "Adno"], names=True) == {"Forename": "forename", "Adno": "key"}


# ── the shared test data beside the checkout ────────────────────────────────────────────────────────────────────────


def of_one_school(name: str, tmp_path: Path) -> Path:
    """Write one school's rows of a synthetic file, which holds five."""
    source = SYNTHETIC / name
    if not source.exists():
        pytest.skip("the shared test data is not beside the checkout")
    opener = gzip.open if name.endswith(".gz") else open
    path = tmp_path / "school.csv"
    with opener(source, "rt", encoding="utf-8-sig") as found, path.open("w", newline="") as out:
        rows = csv.DictReader(found)
        writer = csv.DictWriter(out, rows.fieldnames or [])
        writer.writeheader()
        writer.writerows(row for row in rows if row["school_id"] == "SCH00")
    return path


def test_the_synthetic_school_s_pupils_come_in(tmp_path: Path):
    path = of_one_school("students.csv", tmp_path)
    with pupil_files.opened(path, "students.csv") as table:
        mapping = pupil_columns.guess(table.headings, names=False)
        assert mapping == {
            "student_id": "key", "sex": "sex", "pp": "disadvantaged", "eal": "eal", "send": "sen_any",
            "ehcp": "sen_plan",
        }  # fmt: skip
        told = pupil_files.read(table, mapping, Asked(2024), secret=SECRET)
    assert len(told.known) == 1050
    assert told.known[hash_of("2", SECRET)] == {
        "sex": "male", "disadvantaged": False, "language": "english", "sen": "support",
    }  # fmt: skip


def test_the_synthetic_school_s_results_come_in_each_assessment_its_own(tmp_path: Path):
    path = of_one_school("results.csv.gz", tmp_path)
    with pupil_files.opened(path, "results.csv") as table:
        mapping = pupil_columns.guess(table.headings, names=False)
        words = pupil_files.words_of(table, mapping)
    assert mapping == {
        "student_id": "key", "year_group": "year_group", "academic_year": "academic_year", "date": "taken_on",
        "assessment_type": "assessment", "subject": "subject", "score": "score",
    }  # fmt: skip
    meant = dict.fromkeys((f"assessment:{each}" for each in words.assessments), LEAVE)
    meant |= {"assessment:* Current Grades": "gcse", "assessment:* Current Grades (KS5)": "a_level"}
    meant |= dict.fromkeys((f"subject:{each}" for each in ("Construction", "Hospitality", "#AttendanceRR")), LEAVE)
    with pupil_files.opened(path, "results.csv") as table:
        told = pupil_files.read(table, mapping, Asked(2024, words=meant), secret=SECRET)
    assert [(each.name, each.scale) for each in told.sat] == [
        ("* Current Grades (KS5)", "a_level"), ("* Current Grades", "gcse"),
    ]  # fmt: skip
    counted = {each.name: sum(len(row) for row in each.scores.values()) for each in told.sat}
    with path.open() as rows:
        expected = [
            row["assessment_type"] for row in csv.DictReader(rows)
            if row["subject"] in {"English", "Mathematics", "Science"} and "KS3" not in row["assessment_type"]
        ]  # fmt: skip
    assert counted == {name: expected.count(name) for name in counted}
    assert all(each.scale in SCALES for each in told.sat)
