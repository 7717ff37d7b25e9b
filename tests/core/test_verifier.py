"""The verifier: signatures as RFC 8032 has them, checkpoints that survive mail, and the same findings everywhere."""

import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import transaction

from headship.core import audit, audit_records, signing, verifier
from headship.core.models import AuditEvent, ChainHead, Checkpoint
from tests.core.tampering import rewritten, untriggered

AT = datetime(2026, 9, 1, 8, tzinfo=UTC)
CHAIN, OTHER = 3, 4

# RFC 8032, section 7.1, tests 1, 2, 3 and SHA(abc): public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24"
        "655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
        "b00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28d"
        "c027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e"
        "2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17a"
        "d9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), RFC_8032, ids=["1", "2", "3", "sha-abc"])
@pytest.mark.parametrize("holds", [verifier.plainly_holds, verifier.signature_holds])
def test_the_vectors_of_rfc_8032_hold_and_no_changed_one_does(holds, key, message, signature):
    key, message, signature = map(bytes.fromhex, (key, message, signature))
    assert holds(key, message, signature)
    assert not holds(key, message + b"x", signature)
    assert not holds(bytes(32), message, signature)
    for place in (0, 31, 32, 63):
        assert not holds(key, message, signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :])


def test_both_ways_of_checking_a_signature_agree():
    chance = random.Random(8032)
    for _ in range(20):
        private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        key, message = private.public_key().public_bytes_raw(), chance.randbytes(chance.randrange(200))
        signature = bytearray(private.sign(message))
        for change in (0, 1 << chance.randrange(8)):
            signature[chance.randrange(64)] ^= change
            answers = {h(key, message, bytes(signature)) for h in (verifier.plainly_holds, verifier.signature_holds)}
            assert answers == {change == 0}


def test_a_scalar_beyond_the_order_is_refused_as_the_rfc_demands():
    key, message, signature = map(bytes.fromhex, RFC_8032[1])
    order = 2**252 + 27742317777372353535851937790883648493
    beyond = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not verifier.plainly_holds(key, message, signature[:32] + beyond)


@pytest.fixture
def chain(db):
    """Write 30 events here, 5 at another school, and sign both."""
    with transaction.atomic():
        for number in range(1, 31):
            detail = audit.Detail({"name": f"Person {number} Example"}, number) if number % 10 == 0 else None
            at = AT + timedelta(hours=number)
            audit.append(audit.Draft(CHAIN, at, "tests.did", 7, f"tests.Thing:{number}", {"on": number}, detail))
        for number in range(1, 6):
            audit.append(audit.Draft(OTHER, AT, "tests.did", 8, f"tests.Thing:{number}"))
    return [verifier.checkpoints_in(audit.sign(each, AT).text)[0] for each in (CHAIN, OTHER)]


def test_a_checkpoint_is_made_by_the_first_write_and_every_hundred_events(db):
    with transaction.atomic():
        for _ in range(201):
            audit.append(audit.Draft(CHAIN, AT, "tests.did", 7, "tests.Thing:1"))
    assert list(Checkpoint.objects.order_by("length").values_list("length", flat=True)) == [1, 101, 201]
    assert list(audit.faults(CHAIN)) == []


def test_a_checkpoint_is_made_by_the_first_write_after_fifteen_minutes(db):
    def write():
        with transaction.atomic():
            audit.append(audit.Draft(CHAIN, AT, "tests.did", 7, "tests.Thing:1"))

    write()
    write()
    assert Checkpoint.objects.count() == 1
    ChainHead.objects.update(signed_at=int(datetime.now(UTC).timestamp()) - audit.SIGNED_EVERY_SECONDS)
    write()
    assert Checkpoint.objects.count() == 2


def test_the_worker_signs_what_grew_and_nothing_twice(chain):
    now = datetime.now(UTC)
    ChainHead.objects.update(signed_at=int(now.timestamp()))
    assert audit.sign_all(now) == "0 checkpoints signed."
    with transaction.atomic():
        audit.append(audit.Draft(CHAIN, AT, "tests.did", 7, "tests.Thing:1"))
    assert audit.sign_all(now) == "1 checkpoints signed."
    assert audit.sign(9, now) is None


def test_what_is_rolled_back_takes_its_checkpoint_along(db):
    with transaction.atomic():
        audit.append(audit.Draft(CHAIN, AT, "tests.did", 7, "tests.Thing:1"))
        assert Checkpoint.objects.count() == 1
        transaction.set_rollback(True)
    assert (Checkpoint.objects.count(), ChainHead.objects.count()) == (0, 0)


@pytest.mark.parametrize("around", ["{}", "Dear Ada,\n\n> {}\n> Bye", "{}\n{}"], ids=["plain", "forwarded", "twice"])
def test_a_checkpoint_survives_mail(chain, around):
    mailed = around.replace("{}", chain[0].text).replace("\n", "\r\n> " if ">" in around else "\r\n")
    assert set(verifier.checkpoints_in(mailed)) == {chain[0]}
    assert chain[0].holds
    assert max(map(len, chain[0].text.splitlines())) < 76  # no mail program breaks such a line
    assert chain[0].text.isascii()


@pytest.mark.parametrize("change", [(70, "0"), (5, ""), (-30, "\n")], ids=str)
def test_a_checkpoint_that_was_cut_or_altered_is_not_taken(chain, change):
    place, by = change
    text = chain[0].text[:place] + by + chain[0].text[place + 1 :] if place > 5 else chain[0].text[:-100]
    text = verifier.BEGIN + "\n" + chain[0].text[60:] if place == -30 else text
    try:
        read = verifier.checkpoints_in(text)
    except ValueError:
        return
    assert not any(each.holds for each in read)


def test_a_made_up_checkpoint_is_told(chain):
    made_up = replace(chain[0], length=31)
    told = list(verifier.told(verifier.check(audit_records.records(CHAIN), [made_up]), [made_up]))
    assert (False, "A checkpoint given (chain 3, event 31) carries no true signature.") in told


def test_a_rewritten_and_signed_anew_chain_is_found_only_by_a_checkpoint_held_elsewhere(chain):
    untriggered()
    AuditEvent.objects.filter(chain=CHAIN, number=7).update(person_id=99)
    rewritten(CHAIN)
    assert list(audit.faults(CHAIN)) == []  # the control: whoever holds the machine and its key can do this
    first = audit_records.checked(CHAIN, chain).faults[0]
    assert first.what.startswith("One of the events 1 to 30 of chain 3 was rewritten: the checkpoint of 2026-09-01")
    assert audit_records.checked(OTHER, chain).faults == []


def test_a_chain_cut_and_signed_anew_is_found_by_a_checkpoint_held_elsewhere(chain):
    untriggered()
    AuditEvent.objects.filter(chain=CHAIN, number__gt=20).delete()
    rewritten(CHAIN)
    first = audit_records.checked(CHAIN, chain).faults[0]
    assert first.what == f"Chain 3 was cut: the checkpoint of {verifier.moment(AT)}, held elsewhere, covers 30 events"


def test_checkpoints_by_another_key_are_found_unless_it_is_named(chain, settings):
    old = signing.public()
    settings.HEADSHIP_CHECKPOINT_KEY = "another"
    found = audit_records.checked(CHAIN).faults
    assert found[0].what == "The checkpoint at event 1 of chain 3 was signed by another key"
    assert audit_records.checked(CHAIN, keys=[old]).faults == []


def test_events_written_before_details_existed_still_verify(db):
    canonical = verifier.dumped(
        {"version": 1, "chain": CHAIN, "number": 1, "at": verifier.moment(AT), "action": "tests.did", "person": 7,
         "subject": "tests.Thing:1", "facts": {"number": 1}}
    )  # fmt: skip
    made = verifier.chained_hash(bytes(32), canonical)
    AuditEvent.objects.create(chain=CHAIN, number=1, at=AT, action="tests.did", person_id=7, subject="tests.Thing:1",
                              canonical=canonical, previous_hash=bytes(32), hash=made)  # fmt: skip
    ChainHead.objects.create(chain=CHAIN, length=1, newest_hash=made)
    assert list(audit.faults(CHAIN)) == []


def alone(export, *more):
    """Run the verifier as a program of its own: an isolated Python without any library, so without cryptography."""
    command = [sys.executable, "-I", "-S", verifier.__file__, str(export), *map(str, more)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


def commanded(capsys, *arguments):
    """Run `headship verify` and return its status and lines."""
    status = 0
    try:
        call_command("verify", *map(str, arguments))
    except CommandError:
        status = 1
    return status, [line for line in capsys.readouterr().out.splitlines() if not line.startswith("Exported")]


def nothing():
    """Tamper with nothing."""


def an_event():
    AuditEvent.objects.filter(chain=CHAIN, number=7).update(action="tests.other")


def broken_bytes():
    AuditEvent.objects.filter(chain=CHAIN, number=7).update(canonical=b"\xff\x00{")


def a_hole():
    AuditEvent.objects.filter(chain=CHAIN, number=7).delete()


def everything():
    AuditEvent.objects.filter(chain=CHAIN, number=7).update(person_id=99)
    rewritten(CHAIN)


@pytest.mark.parametrize("tamper", [nothing, an_event, broken_bytes, a_hole, everything])
@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_the_command_and_the_program_alone_find_the_same(chain, tmp_path, capsys, tamper, suffix):
    untriggered()
    tamper()
    held = tmp_path / "mails.txt"
    held.write_text("".join(each.text for each in chain))
    export = tmp_path / f"export{suffix}"
    here = commanded(capsys, "--checkpoints", held, "--export", export, "--with-details")
    assert alone(export, "--checkpoints", held, "--key", signing.public()) == here
    assert here[0] == (0 if tamper is nothing else 1)
    if tamper is nothing:
        assert here[1][0].startswith(
            "Chain 3 is whole: 30 events; 2 checkpoints kept here, 1 held elsewhere; 3 personal"
        )
    else:
        assert here[1][1].startswith("  First bad record: ")


def downloaded(tmp_path, at=CHAIN):
    """Write what a school downloads of its log: one chain, without words about people."""
    export = tmp_path / "log.jsonl"
    export.write_text("".join(audit_records.lines([at], lambda chain: "A school", AT, details=False)))
    return export


def test_a_schools_own_download_agrees_with_the_checkpoints_of_a_mail(chain, tmp_path):
    kept = tmp_path / "mail.txt"
    kept.write_text("".join(each.text for each in (chain[0], installations())))
    assert alone(downloaded(tmp_path), "--checkpoints", kept) == (0, [
        "Chain 3 (A school) is whole: 30 events; 2 checkpoints kept here, 1 held elsewhere; personal details left out "
        "of the export.",
        "The checkpoint of the installation's own log was not compared: this file is one school's log.",
    ])  # fmt: skip
    kept.write_text("".join(each.text for each in (chain[0], chain[1])))
    told = alone(downloaded(tmp_path), "--checkpoints", kept)
    assert (told[0], told[1][-1]) == (1, "A checkpoint given tells of chain 4, which is not here.")


def test_an_installations_own_log_that_is_gone_is_told(chain):
    kept = installations()
    untriggered()
    assert (False, "A checkpoint given tells of chain 0, which is not here.") in list(
        verifier.told(verifier.check(audit_records.records(CHAIN), [kept]), [kept])
    )


def installations():
    """Write one event of the installation and return its checkpoint."""
    with transaction.atomic():
        audit.append(audit.Draft(0, AT, "tests.did", 7, "tests.Thing:1"))
    return verifier.checkpoints_in(audit.sign(0, AT).text)[0]


def test_a_checkpoint_made_after_the_log_was_downloaded_is_no_fault(chain, tmp_path):
    untriggered()
    Checkpoint.objects.filter(chain=CHAIN, length=30).delete()
    kept = tmp_path / "later.txt"
    kept.write_text(chain[0].text)
    assert alone(downloaded(tmp_path), "--checkpoints", kept)[0] == 0
    kept.write_text(replace(chain[0], at=verifier.moment(AT + timedelta(1))).text)
    assert alone(downloaded(tmp_path), "--checkpoints", kept)[0] == 1  # the control: its signature does not hold


def test_an_export_leaves_names_out_unless_asked(chain, tmp_path, capsys):
    export = tmp_path / "export.jsonl"
    commanded(capsys, "--export", export)
    assert "Person 10 Example" not in export.read_text()
    left_out = "kept here, 0 held elsewhere; personal details left out of the export."
    assert alone(export) == (0, [
        f"Chain 3 is whole: 30 events; 2 checkpoints {left_out}",
        f"Chain 4 is whole: 5 events; 2 checkpoints {left_out}",
        "No checkpoint was given. The log agrees with itself; whether all of it was rewritten cannot be seen.",
    ])  # fmt: skip
    export.chmod(0o644)
    commanded(capsys, "--export", export, "--with-details")
    assert "Person 10 Example" in export.read_text()
    assert export.stat().st_mode & 0o777 == 0o600, "names are for whoever asked"


def test_one_chain_cannot_stand_in_for_another(chain, tmp_path, capsys):
    """The export of another school under this one's number: whole in itself, and not what it says it is."""
    export = tmp_path / "export.jsonl"
    commanded(capsys, "--export", export)
    lines = export.read_text().splitlines()
    begins = {json.loads(line)["chain"]: n for n, line in enumerate(lines) if '"kind": "chain"' in line}
    other = [lines[0], lines[begins[OTHER]].replace(f'"chain": {OTHER}', f'"chain": {CHAIN}')]
    export.write_text("\n".join(other + lines[begins[OTHER] + 1 :]))
    status, told = alone(export)
    assert (status, told[0].startswith("Chain 3 is NOT as it was written")) == (1, True)
    assert "A record after event 0 of chain 3 cannot be read" in told[1]


def test_a_forged_export_draws_nothing_on_the_terminal(chain, tmp_path, capsys):
    export = tmp_path / "export.jsonl"
    commanded(capsys, "--export", export)
    forged = export.read_text().replace('"name": ""', r'"name": "\r\u001b[2KChain 3 is whole: 30 events.\n"')
    export.write_text(forged.replace("tests.", "tests.x", 1))
    status, told = alone(export)
    assert (status, told[0]) == (1, told[0].replace("\r", "").replace("\x1b", ""))
    assert told[0].startswith("Chain 3 (??[2KChain 3 is whole: 30 events.?) is NOT as it was written")


@pytest.mark.parametrize("text", ["", "{}", '{"kind":"headship audit export","version":1}\n{', "[]", "é"], ids=repr)
def test_what_is_no_export_is_told_in_words(tmp_path, text):
    (tmp_path / "export.jsonl").write_text(text)
    status, lines = alone(tmp_path / "export.jsonl")
    assert status == 2
    assert "cannot be read" in lines[0]


@pytest.mark.parametrize(
    "record",
    [{"kind": "event"}, {"kind": 7}, {}, {"kind": "event", "number": "x", "at": 1}, {"kind": "checkpoint", "text": ""}],
    ids=str,
)
def test_a_record_that_cannot_be_read_is_a_fault_and_no_crash(record):
    begin = {"kind": "chain", "chain": 1, "name": "", "details": "included"}
    (found,) = verifier.check([begin, record])
    assert [fault.what for fault in found.faults] == ["A record after event 0 of chain 1 cannot be read"]


def test_a_school_is_checked_alone_and_an_unknown_one_is_told(chain, capsys):
    with pytest.raises(CommandError, match="No school here has the URN 1"):
        call_command("verify", "--school", "1")


def test_a_file_without_a_checkpoint_is_told(chain, tmp_path):
    (tmp_path / "note.txt").write_text("Nothing here")
    with pytest.raises(CommandError, match="holds no checkpoint"):
        call_command("verify", "--checkpoints", str(tmp_path / "note.txt"))
    call_command("verify", "--export", str(tmp_path / "export.jsonl"))
    status, told = alone(tmp_path / "export.jsonl", "--checkpoints", tmp_path / "note.txt")
    assert (status, "note.txt cannot be read: it holds no checkpoint" in told[0]) == (2, True)


def test_the_key_is_kept_for_its_owner_alone(settings):
    path = settings.FOLDER / "checkpoint-key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert signing.public() != json.dumps(settings.HEADSHIP_CHECKPOINT_KEY)
