"""Pages of strategy at a school of 400 staff with fifteen years of work: how long each takes to be made.

    python -m bench strategy_lists                     # SQLite in a folder of its own; or HEADSHIP_DATABASE=…

Rows are seeded; the headteacher or a teacher asks. Whoever builds another list adds what fills it to FILLED and its
address to PAGES, where `{policy}` is a key that `app_rows.named` gives. Writes bench/results/strategy_lists.json.
"""

from bench import app_rows, lists, strategy_rows

PAGES = {
    "decisions": "decisions/",
    "decisions to look back at": "decisions/?state=open",
    "decisions overdue": "decisions/?state=overdue",
    "decisions of a value, six years ago": "decisions/?value=1&year=2020",
    "how decisions turned out": "decisions/looked-back",
    "plan": "plan/",
    "who decides what": "who-decides/",
    "who decided what on a day": "who-decides/on-a-day?on_day=1&on_month=3&on_year=2020",
    "teams": "teams/",
    "values": "values/",
    "policies": "policies/",
    "policies required": "policies/required",
    "policies past review": "policies/overdue",
    "to read": "to-read/",
    "one policy": "policies/{policy}",
    "a policy's words": "policies/texts/{text}",
    "changes in policy": "changes-in-policy/",
    "changes in policy, an old page": "changes-in-policy/?start=200",
    "workload": "workload/",
    "directed time of a year": "directed-time/{year}",
    "what is placed": "directed-time/{year}/placed",
    "one person's directed time": "directed-time/{year}/people/{person}",
    "bets": "bets/",
    "one bet": "bets/{bet}",
    "horizon": "horizon/",
    "habits": "habits/",
    "readiness": "readiness/",
    "readiness in an area": "readiness/leadership-and-governance",
    "equality objectives": "equality/objectives/",
    "equality information": "equality/information/",
    "equality checks": "equality/checks/",
    "one equality check": "equality/checks/{check}",
    "today": "",
}
OF_A_TEACHER = {"a teacher's today": "", "a teacher's directed time": "my-directed-time/"}
FILLED = (
    strategy_rows.staff,
    strategy_rows.decisions,
    strategy_rows.rights,
    strategy_rows.plan,
    app_rows.policies,
    app_rows.changes,
    app_rows.demands,
    app_rows.directed,
    app_rows.improvement,
    app_rows.readiness,
    app_rows.equality,
)


def main() -> None:
    """Measure each page."""
    pages = {"headteacher": PAGES, "teacher": OF_A_TEACHER}
    lists.measure("strategy_lists", strategy_rows.SIZES | app_rows.SIZES, FILLED, pages, app_rows.named)


if __name__ == "__main__":
    main()
