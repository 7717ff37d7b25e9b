"""Row i: an audit log is tampered with in every way we can think of, by somebody who holds the whole machine.

The triggers are gone. A *sloppy* attacker changes rows and leaves it there. A *careful* one holds the signing key, too:
they make every later number, hash and commitment fit, and sign every stored checkpoint anew. Only checkpoints held
elsewhere are trusted: here, of each chain the newest alone, and all that is tampered with is older than it.

A process of its own does one database: `python -m assurance.tampering COUNT SEED`, printing what it found as JSON.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assurance.figures import Figure

SEED = 20261124
FULL, SHORT = 1600, 120
CHAINS, EVENTS, HELD_AT = (3, 4, 5), 48, 40
AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


def measure(*, short: bool) -> Figure:
    """Tamper on SQLite, and as often again on PostgreSQL where a server answers."""
    from assurance.survival import database_on
    from scripts.run_tests import postgres_address

    started, count = time.monotonic(), SHORT if short else FULL
    found = {}
    with tempfile.TemporaryDirectory(prefix="headship-tampering-") as folder:
        found["SQLite"] = tamper_on(f"sqlite://{folder}/tampered.sqlite3", Path(folder), count=count, seed=SEED)
        if server := postgres_address():
            with database_on(server) as address:
                found["PostgreSQL"] = tamper_on(address, Path(folder), count=count, seed=SEED)
    for each in found.values():
        print(*each["missed"], sep="\n")
    whole = all(each["found"] == each["tried"] and each["control_holds"] for each in found.values())
    return Figure(
        row="i",
        figure="; ".join(f"{name}: {each['found']} of {each['tried']} found" for name, each in found.items()),
        target="1,600 of 1,600 found on each database, the attacker holding the signing key too",
        held=whole and not short and len(found) == 2,
        control="; ".join(f"{name}: {each['control']}" for name, each in found.items()),
        seed=SEED,
        count=sum(each["tried"] for each in found.values()),
        seconds=round(time.monotonic() - started, 1),
    )


def tamper_on(database: str, folder: Path, *, count: int, seed: int) -> dict:
    """Tamper many times on one empty database (its address as in HEADSHIP_DATABASE) and return what was found."""
    env = {**os.environ, "HEADSHIP_DATABASE": database, "HEADSHIP_FOLDER": str(folder)}
    command = [sys.executable, "-m", "assurance.tampering", str(count), str(seed)]
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(command, cwd=root, env=env, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])  # migrating speaks first


def run(count: int, seed: int) -> dict:
    """Make the tables in the database of the environment, and tamper."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return tampered(count, seed)


def tampered(count: int, seed: int) -> dict:
    """Write logs, tamper with them `count` times, each time undone; then the controls. Leaves the database changed."""
    from django.db import transaction

    from tests.core import tampering

    with transaction.atomic():
        held = written()
    tampering.untriggered()
    assert not told(held), told(held)
    chance, missed, unseen, careful_count = random.Random(seed), [], 0, 0
    kinds = [(kind, careful) for kind in SLOPPY for careful in ((False, True) if kind in CAREFUL else (False,))]
    for place in range(count):
        kind, careful = kinds[place % len(kinds)]
        with transaction.atomic():
            chain, number = SLOPPY[kind](chance)
            if careful:
                tampering.rewritten(chain)
                careful_count += 1
                unseen += not told([])
            if not right(told(held), chain, number, careful=careful):
                missed.append(
                    f"{kind}, {'careful' if careful else 'sloppy'}: chain {chain}, event {number}, try {place}"
                )
            transaction.set_rollback(True)
    erasing = erased_lawfully(held)
    return {
        "tried": count,
        "found": count - len(missed),
        "missed": missed,
        "kinds": len(kinds),
        "control_holds": unseen == careful_count and not erasing and not told(held),
        "control": f"{len(kinds)} kinds; {unseen} of {careful_count} careful ones unseen without a checkpoint held "
        f"elsewhere; untouched and lawfully erased logs: {len(erasing)} false alarms",
    }


def right(faults: list, chain: int, number: int, *, careful: bool) -> bool:
    """Whether the first thing told names the chain, and the event or one before (a careful attacker leaves no more)."""
    here = [fault for fault in faults if fault.chain == chain]
    return bool(here) and (careful or here[0].number <= number + 1)


def written() -> list:
    """Write three chains, some details erased, and return the newest checkpoint of each, as held elsewhere."""
    from headship.core import audit, verifier

    held = []
    for chain in CHAINS:
        for number in range(1, EVENTS + 1):
            detail = audit.Detail({"name": f"Person {number} Example"}, 100 + number) if number % 3 == 0 else None
            facts = {"role": "teacher", "version": number, "fresh": number % 2 == 0}
            subject = f"tests.Thing:{chain}-{number}"
            at = AT + timedelta(hours=number)
            audit.append(audit.Draft(chain, at, "tests.did", 7 + number % 3, subject, facts, detail))
            if number % 10 == 0:
                kept = audit.sign(chain, at)
                held = held + verifier.checkpoints_in(kept.text) if number == HELD_AT else held
    audit.forget_details(subjects=[f"tests.Thing:{chain}-6" for chain in CHAINS])
    return held


def told(held: list) -> list:
    """Return every fault that the verifier tells."""
    from itertools import chain as joined

    from headship.core import audit_records, signing, verifier

    chains = sorted({*audit_records.chains(), *(each.chain for each in held)})
    records = joined.from_iterable(map(audit_records.records, chains))
    return [fault for each in verifier.check(records, held, [signing.public()]) for fault in each.faults]


def erased_lawfully(held: list) -> list:
    """Erase every person's words, and return the false alarms."""
    from django.db import transaction

    from headship.core import audit

    with transaction.atomic():
        assert audit.forget_details(person_ids=range(100, 200))
        faults = told(held)
        transaction.set_rollback(True)
    return faults


def _any(chance: random.Random, *, most: int = HELD_AT) -> tuple[int, int]:
    """Return a chain and an event older than its checkpoint."""
    return chance.choice(CHAINS), chance.randint(1, most)


def _event(chain: int, number: int):
    from headship.core.models import AuditEvent

    return AuditEvent.objects.filter(chain=chain, number=number)


def _column(name: str, values: tuple) -> object:
    """Return the tampering that gives a column another value."""

    def tamper(chance: random.Random) -> tuple[int, int]:
        chain, number = _any(chance)
        before = getattr(_event(chain, number).get(), name)
        _event(chain, number).update(**{name: chance.choice([each for each in values if each != before])})
        return chain, number

    return tamper


def a_byte(chance: random.Random) -> tuple[int, int]:
    """Flip one bit of the canonical bytes."""
    chain, number = _any(chance)
    held = bytearray(_event(chain, number).get().canonical)
    held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
    _event(chain, number).update(canonical=bytes(held))
    return chain, number


def a_fact(chance: random.Random) -> tuple[int, int]:
    """Change a fact inside the canonical bytes."""
    chain, number = _any(chance)
    held = bytes(_event(chain, number).get().canonical)
    _event(chain, number).update(canonical=held.replace(b'"teacher"', b'"governor"'))
    return chain, number


def a_hash(chance: random.Random) -> tuple[int, int]:
    """Replace a hash, and the next event's memory of it."""
    chain, number = _any(chance)
    made = chance.randbytes(32)
    _event(chain, number).update(hash=made)
    _event(chain, number + 1).update(previous_hash=made)
    return chain, number


def a_previous_hash(chance: random.Random) -> tuple[int, int]:
    """Replace an event's memory of the hash before."""
    chain, number = _any(chance)
    _event(chain, number).update(previous_hash=chance.randbytes(32))
    return chain, number


def taken_out(chance: random.Random) -> tuple[int, int]:
    """Take an event out."""
    chain, number = _any(chance)
    _event(chain, number).delete()
    return chain, number


def taken_out_and_closed(chance: random.Random) -> tuple[int, int]:
    """Take an event out and number the later ones anew."""
    chain, number = taken_out(chance)
    _moved(chain, number + 1, -1)
    return chain, number


def slipped_in(chance: random.Random) -> tuple[int, int]:
    """Slip an event in: a copy of another, with its own words."""
    from headship.core.models import AuditEvent

    chain, number = _any(chance)
    like = AuditEvent.objects.get(chain=chain, number=chance.randint(1, EVENTS))
    _moved(chain, number, 1)
    like.pk, like.number, like.subject = None, number, "tests.Thing:none"
    like.save(force_insert=True)
    return chain, number


def _moved(chain: int, since: int, by: int) -> None:
    """Renumber every event from a number on."""
    from django.db.models import F

    from headship.core.models import AuditEvent
    from tests.core.tampering import FAR

    AuditEvent.objects.filter(chain=chain, number__gte=since).update(number=F("number") + FAR)
    AuditEvent.objects.filter(chain=chain, number__gte=FAR).update(number=F("number") - FAR + by)


def exchanged(chance: random.Random) -> tuple[int, int]:
    """Let two events change places."""
    from tests.core.tampering import FAR

    chain, one = _any(chance, most=HELD_AT - 1)
    other = chance.randint(one + 1, HELD_AT)
    for old, new in ((one, FAR), (other, one), (FAR, other)):
        _event(chain, old).update(number=new)
    return chain, one


def exchanged_between_chains(chance: random.Random) -> tuple[int, int]:
    """Let events of two schools change places."""
    from tests.core.tampering import FAR

    chain, number = _any(chance)
    other = chance.choice([each for each in CHAINS if each != chain])
    mine, theirs = _event(chain, number).get(), _event(other, number).get()
    _event(other, number).update(number=FAR)
    _event(chain, mine.number).update(chain=other)
    _event(other, FAR).filter(pk=theirs.pk).update(chain=chain, number=number)
    return chain, number


def given_to_another_chain(chance: random.Random) -> tuple[int, int]:
    """Give an event to another school's chain, after its last."""
    chain, number = _any(chance)
    other = chance.choice([each for each in CHAINS if each != chain])
    _event(chain, number).update(chain=other, number=EVENTS + 1)
    return chain, number


def cut(chance: random.Random) -> tuple[int, int]:
    """Cut a chain, and its head to fit."""
    from headship.core.models import AuditEvent, ChainHead

    chain, number = _any(chance)
    AuditEvent.objects.filter(chain=chain, number__gte=number).delete()
    left = AuditEvent.objects.filter(chain=chain).order_by("-number").first()
    ChainHead.objects.filter(chain=chain).update(length=number - 1, newest_hash=bytes(left.hash) if left else bytes(32))
    return chain, number


def cut_and_filled(chance: random.Random) -> tuple[int, int]:
    """Cut a chain and write other events to its old length."""
    from django.db import transaction

    from headship.core import audit
    from headship.core.models import Checkpoint

    chain, number = cut(chance)
    Checkpoint.objects.filter(chain=chain, length__gte=number).delete()
    with transaction.atomic():
        for each in range(number, EVENTS + 1):
            audit.append(audit.Draft(chain, AT, "tests.other", 9, f"tests.Thing:{each}", {"role": "teacher"}))
    return chain, number


def gone(chance: random.Random) -> tuple[int, int]:
    """Remove all there is of a chain."""
    from headship.core.models import AuditDetail, AuditEvent, ChainHead, Checkpoint

    chain, _ = _any(chance)
    for table in (AuditDetail, AuditEvent, ChainHead, Checkpoint):
        table.objects.filter(chain=chain).delete()
    return chain, 1


def another_head(chance: random.Random) -> tuple[int, int]:
    """Let the head tell of another length or hash, or nothing."""
    from headship.core.models import ChainHead

    chain, _ = _any(chance)
    head = ChainHead.objects.filter(chain=chain)
    if wrong := chance.choice([{"length": chance.randint(0, EVENTS - 1)}, {"newest_hash": chance.randbytes(32)}, {}]):
        head.update(**wrong)
    else:
        head.delete()
    return chain, EVENTS


def _detail(chance: random.Random):
    from headship.core.models import AuditDetail

    chain = chance.choice(CHAINS)
    kept = AuditDetail.objects.filter(chain=chain, number__lte=HELD_AT)
    return chance.choice(list(kept.order_by("number")))


def another_detail(chance: random.Random) -> tuple[int, int]:
    """Change the words, salt, person or subject of a detail."""
    kept = _detail(chance)
    name, value = chance.choice(
        [("words", '{"name":"Somebody Else"}'), ("salt", chance.randbytes(32)), ("person_id", 3), ("subject", "x")]
    )
    setattr(kept, name, value)
    kept.save()
    return kept.chain, kept.number


def a_detail_moved(chance: random.Random) -> tuple[int, int]:
    """Put a detail beside an event that is not there."""
    kept = _detail(chance)
    kept.number = EVENTS + 100
    kept.save()
    return kept.chain, kept.number


def a_detail_more(chance: random.Random) -> tuple[int, int]:
    """Put words beside an event that told of none."""
    kept = _detail(chance)
    kept.pk, kept.number = None, kept.number + 1
    kept.save(force_insert=True)
    return kept.chain, kept.number


def another_commitment(chance: random.Random) -> tuple[int, int]:
    """Change words and the commitment to them."""
    from headship.core import verifier

    kept = _detail(chance)
    kept.words = '{"name":"Somebody Else"}'
    kept.save()
    made = verifier.commitment(bytes(kept.salt), kept.person_id, kept.subject, kept.words)
    event = _event(kept.chain, kept.number).get()
    covered = {**json.loads(bytes(event.canonical)), "detail": made}
    event.canonical = verifier.dumped(covered)
    event.save()
    return kept.chain, kept.number


def _checkpoint(chance: random.Random):
    from headship.core.models import Checkpoint

    kept = Checkpoint.objects.filter(chain=chance.choice(CHAINS), length__lte=HELD_AT)
    return chance.choice(list(kept.order_by("length")))


def a_checkpoint_gone(chance: random.Random) -> tuple[int, int]:
    """Remove a stored checkpoint."""
    kept = _checkpoint(chance)
    place = kept.chain, EVENTS
    kept.delete()
    return place


def another_checkpoint(chance: random.Random) -> tuple[int, int]:
    """Change a character of a stored checkpoint, or its columns."""
    kept = _checkpoint(chance)
    place = chance.randrange(40, len(kept.text) - 40)
    other = chance.choice([each for each in "0123456789abcdef" if each != kept.text[place]])
    kept.text = kept.text[:place] + other + kept.text[place + 1 :]
    kept.save()
    return kept.chain, EVENTS


SLOPPY = {
    "an action": _column("action", ("tests.other", "tests.did_not")),
    "a person": _column("person_id", (1, 2, None)),
    "a subject": _column("subject", ("tests.Thing:other", "")),
    "a moment": _column("at", (AT - timedelta(days=1), AT + timedelta(days=9))),
    "a bit": a_byte,
    "a fact": a_fact,
    "a hash": a_hash,
    "a previous hash": a_previous_hash,
    "taken out": taken_out,
    "taken out, numbers closed": taken_out_and_closed,
    "slipped in": slipped_in,
    "exchanged": exchanged,
    "exchanged between chains": exchanged_between_chains,
    "given to another chain": given_to_another_chain,
    "cut": cut,
    "cut and filled": cut_and_filled,
    "a whole chain gone": gone,
    "the head": another_head,
    "a detail": another_detail,
    "a detail moved": a_detail_moved,
    "a detail more": a_detail_more,
    "a detail and its commitment": another_commitment,
    "a checkpoint gone": a_checkpoint_gone,
    "a checkpoint": another_checkpoint,
}
# What a careful attacker makes whole again; the rest is either whole already, or cannot be made so.
CAREFUL = {
    "an action",
    "a person",
    "a subject",
    "a moment",
    "a fact",
    "taken out",
    "slipped in",
    "exchanged",
    "cut",
    "cut and filled",
    "a detail and its commitment",
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headship.project.settings")
    import django

    django.setup()
    from headship.core import belt

    with belt.whole_installation(because="the attacker holds the whole machine"):
        print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]))))
