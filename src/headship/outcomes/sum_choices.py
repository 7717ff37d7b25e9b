"""What is chosen of sums that schools share: from how many pupils, of how many schools, and what is said of both."""

FEWEST_PUPILS = 10  # decision 27: of fewer, their scores could be worked out from the sums
FEWEST_SCHOOLS = 10  # of fewer nobody can tell how much schools differ
YEARS = 3  # academic years whose assessments are offered; kept as long
STEPS = 10  # of pupils' standard deviation: marks are drawn no finer, so one pupil hardly moves one
UNLIKE = 4.0  # standard deviations: schools' prior attainment further apart is on different scales

LEAVES = (
    "For each subject, six numbers about all pupils of the year group who have a result and known prior attainment: "
    "how many they are; the sums of their prior attainment, of their results, of the squares of both, and of the one "
    "times the other. No pupil, no group of pupils, no name.",
    "Nobody reads these numbers at your trust. Its leaders see what a model makes of all schools that share: how much "
    "schools differ, and a mark for each school, without names. It takes ten schools; before that they see how many "
    "share.",
    "Whoever knows your published results, or looks before and after you share, may guess which mark is yours.",
    "Subjects with fewer than 10 such pupils stay here, and those in which all have the same: so few could be worked "
    "out from their sums.",
    "The numbers are made anew when results are brought or undone. Take them back when you like: they are deleted at "
    "once.",
)
CANNOT = (
    "Not which school is best: most intervals overlap, and their order would be another with other pupils.",
    "Not why schools differ, nor that a school caused it: pupils with the same prior attainment differ in much else.",
    "Nothing of pupils without a result or without known prior attainment: they are not in it.",
    "Nothing of schools that do not share.",
)
RULES = (
    f"Sums of fewer than {FEWEST_PUPILS} pupils are not shared, and nothing is worked out of fewer than "
    f"{FEWEST_SCHOOLS} schools. Both are our own choice.",
    "Schools are put together by year, year group, scale and the assessment's name: agree on one name.",
    "Prior attainment is what each school brought, in the scale of its own file; beside GCSE grades it is the average "
    "of key stage 2 scaled scores.",
)
