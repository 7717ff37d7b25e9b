"""What files write for what is known of a pupil: closed lists, so that nothing that is no code is ever kept.

Keys are in small letters without spaces at their ends. A value "" is what a file says when it does not know.
"""

from collections.abc import Mapping

SEX: Mapping[str, str] = {
    "f": "female", "female": "female", "girl": "female", "g": "female",
    "m": "male", "male": "male", "boy": "male", "b": "male",
    "u": "", "unknown": "", "not known": "", "not specified": "", "unspecified": "", "other": "",
}  # fmt: skip

# The school census's codes of special educational needs: N none, K support, E and S a plan; A and P of before.
NEED: Mapping[str, str] = {
    "n": "none", "none": "none", "no": "none", "no sen": "none", "no special educational need": "none",
    "no special educational needs": "none", "no sen provision": "none",
    "k": "support", "a": "support", "p": "support", "support": "support", "sen support": "support",
    "sen k": "support", "school action": "support", "school action plus": "support",
    "e": "plan", "s": "plan", "plan": "plan", "ehcp": "plan", "ehc plan": "plan", "ehc": "plan", "statement": "plan",
    "education, health and care plan": "plan", "education health and care plan": "plan",
}  # fmt: skip

ENGLISH = frozenset(("english", "eng", "enb", "english believed", "believed to be english"))
OTHER = frozenset(("other", "oth", "otb", "other than english", "not english", "believed to be other than english"))
LANGUAGE_UNKNOWN = frozenset(("not", "not known", "ref", "refused", "zzz", "unknown", "classification pending", "nobt"))

YES = frozenset(("y", "yes", "t", "true", "1", "1.0", "x", "✓"))
NO = frozenset(("n", "no", "f", "false", "0", "0.0"))

# The main codes of the school census, and its words for them.
ETHNICITY: Mapping[str, str] = {
    "wbri": "White British", "wiri": "White Irish", "wirt": "Traveller of Irish heritage",
    "wrom": "Gypsy or Roma", "woth": "Any other White background",
    "mwbc": "White and Black Caribbean", "mwba": "White and Black African", "mwas": "White and Asian",
    "moth": "Any other mixed background", "aind": "Indian", "apkn": "Pakistani", "aban": "Bangladeshi",
    "aoth": "Any other Asian background", "chne": "Chinese", "bcrb": "Black Caribbean", "bafr": "Black African",
    "both": "Any other Black background", "ooth": "Any other ethnic group",
    "refu": "", "nobt": "",
}  # fmt: skip
ETHNICITY_WORDS: Mapping[str, str] = {
    **{words.casefold().replace(" ", ""): words for words in ETHNICITY.values() if words},
    "whitenorthernirish": "White British", "english": "White British", "irish": "White Irish",
    "gypsyroma": "Gypsy or Roma", "gypsy": "Gypsy or Roma", "roma": "Gypsy or Roma",
    "travellerirish": "Traveller of Irish heritage", "irishtraveller": "Traveller of Irish heritage",
    "whiteother": "Any other White background", "otherwhite": "Any other White background",
    "mixedwhiteandblackcaribbean": "White and Black Caribbean",
    "mixedwhiteandblackafrican": "White and Black African", "mixedwhiteandasian": "White and Asian",
    "othermixed": "Any other mixed background", "mixedother": "Any other mixed background",
    "asianindian": "Indian", "asianpakistani": "Pakistani", "asianbangladeshi": "Bangladeshi",
    "asianorasianbritishindian": "Indian", "asianorasianbritishpakistani": "Pakistani",
    "asianorasianbritishbangladeshi": "Bangladeshi", "otherasian": "Any other Asian background",
    "asianother": "Any other Asian background", "asianchinese": "Chinese",
    "blackorblackbritishcaribbean": "Black Caribbean", "blackorblackbritishafrican": "Black African",
    "caribbean": "Black Caribbean", "african": "Black African", "otherblack": "Any other Black background",
    "blackother": "Any other Black background", "other": "Any other ethnic group",
    "otherethnicgroup": "Any other ethnic group", "otherethnicbackground": "Any other ethnic group",
    "refused": "", "informationrefused": "", "notobtained": "", "informationnotyetobtained": "", "notknown": "",
    "unknown": "", "prefernottosay": "",
}  # fmt: skip

# OneRoster's flags of ethnicity, which are those of the United States; each leads to words known here or to nothing.
FLAGS: Mapping[str, str] = {
    "asian": "Any other Asian background", "blackOrAfricanAmerican": "Any other Black background",
    "white": "Any other White background", "demographicRaceTwoOrMoreRaces": "Any other mixed background",
    "hispanicOrLatinoEthnicity": "Any other ethnic group", "americanIndianOrAlaskaNative": "Any other ethnic group",
    "nativeHawaiianOrOtherPacificIslander": "Any other ethnic group",
}  # fmt: skip

# Grades that are no numbers, by scale. On `a_level` they are steps in order, no tariff.
GRADES: Mapping[str, Mapping[str, float]] = {
    "gcse": {"u": 0.0},
    "a_level": {"a*": 6.0, "a": 5.0, "b": 4.0, "c": 3.0, "d": 2.0, "e": 1.0, "u": 0.0},
}
WHOLE = frozenset(("ks2_scaled", "gcse", "a_level"))
# A pair of grades of combined science: "5-4", "55", "U-1".
PAIR = "combined_science_1", "combined_science_2"

# What stands where there is no score. It is missing, never 0. A scale's own grades come first: an A is an A there.
MISSING = frozenset((
    "a", "n", "x", "-", "\u2013", "\u2014", "abs", "absent", "missing", "n/a", "#n/a", "na", "null", "none", "pending",
    "not entered", "no result", "withdrawn", "disapplied", "exempt", "?",
))  # fmt: skip

MISSING_IN: Mapping[str, frozenset[str]] = {"ks2_scaled": frozenset("bjlmt")}  # working below the tests, or not there

# The local authorities of Wales within a UPN, and other countries' words and codes.
WELSH = range(660, 682)
COUNTRIES: Mapping[str, str] = {
    "wales": "Wales", "cymru": "Wales", "w92000004": "Wales", "wls": "Wales", "gb-wls": "Wales",
    "scotland": "Scotland", "s92000003": "Scotland", "sct": "Scotland", "gb-sct": "Scotland",
    "northern ireland": "Northern Ireland", "n92000002": "Northern Ireland", "nir": "Northern Ireland",
    "gb-nir": "Northern Ireland", "ireland": "Ireland", "ie": "Ireland", "irl": "Ireland",
    "france": "France", "germany": "Germany", "united states": "the United States", "usa": "the United States",
    "us": "the United States", "jersey": "Jersey", "guernsey": "Guernsey", "isle of man": "the Isle of Man",
}  # fmt: skip
HEADINGS_ABROAD: Mapping[str, str] = {
    "scn": "Scotland", "scottishcandidatenumber": "Scotland", "seemisid": "Scotland", "blwyddyn": "Wales",
    "blwyddynysgol": "Wales", "rhyw": "Wales", "cyfenw": "Wales", "rhifunigrywdisgybl": "Wales",
    "nipupilid": "Northern Ireland", "nipupilnumber": "Northern Ireland", "c2kid": "Northern Ireland",
    "denireference": "Northern Ireland", "denino": "Northern Ireland",
}  # fmt: skip
