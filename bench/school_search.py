"""Search all schools for 500 random things people type: parts of names, URNs, postcodes, towns, common words.

`python -m bench.school_search` uses the database of the environment (import the register first) and writes
bench/results/school_search.json, under the database's name.
"""

import json
import os
import random
import statistics
import time

from bench import machine

TARGET_MS = 50
COMMON = ("primary school", "school", "st marys", "church of england", "academy", "infant high", "st", "a", "the")


def typed(rows, chance):
    """Return 500 searches."""
    searches = []
    for urn, name, postcode, town in chance.choices(rows, k=491):
        words = name.split()
        searches.append(
            chance.choice(
                [
                    str(urn),
                    postcode or name,
                    postcode.split(" ", maxsplit=1)[0] or name,
                    name,
                    " ".join(words[:2]),
                    " ".join(word[: chance.randint(2, 6)] for word in words[:3]),
                    f"{words[0]} {town}",
                    chance.choice(words)[:4],
                ]
            )
        )
    return [*searches, *COMMON]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    import django

    django.setup()
    from django.db import connection

    from headship.schools import search
    from headship.schools.models import School

    rows = list(School.objects.order_by("urn").values_list("urn", "name", "postcode", "town"))
    if len(rows) < 50_000:
        print(f"Not measured: this database holds {len(rows)} schools. Import the register first (headship import).")
        return
    searches = typed(rows, random.Random(2026))
    search.find("warm")
    taken, worked = [], []
    for sought in searches:
        begun, spent = time.perf_counter(), time.process_time()
        search.find(sought)
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - spent) * 1000)
    centiles = statistics.quantiles(taken, n=100)
    slowest = sorted(zip(taken, searches, strict=True), reverse=True)[:5]
    figures = {
        "schools": len(rows),
        "searches": len(searches),
        "target_ms": TARGET_MS,
        "p50_ms": round(centiles[49], 1),
        "p95_ms": round(centiles[94], 1),
        "p99_ms": round(centiles[98], 1),
        "p95_processor_ms": round(statistics.quantiles(worked, n=100)[94], 1),
        "slowest": [f"{sought}: {ms:.0f} ms" for ms, sought in slowest],
        "load": os.getloadavg()[0],
        "held": centiles[94] < TARGET_MS,
    }
    earlier = machine.RESULTS / "school_search.json"
    kept = json.loads(earlier.read_text()) if earlier.exists() else {}
    others = {name: kept[name] for name in ("sqlite", "postgresql") if name in kept}
    machine.write("school_search", {**others, connection.vendor: figures})


if __name__ == "__main__":
    main()
