"""Whatever is done to a log is found, and placed: the twelve ways to bend one, each on fifty logs."""

import random
from collections.abc import Callable

import pytest

from audit import verifying
from audit.chain import GENESIS, Row, link
from audit.verifying import NO_WITNESS
from tests.audit import logs
from tests.audit.logs import Log

SEEDS = range(50)
SIZE, EVERY = 40, 8

# Each bends the log at a place it draws, and gives the number of the first event that is not what it was.
Attack = Callable[[Log, random.Random], int]


def somewhere(log: Log, chance: random.Random) -> int:
    """An index; not the last one, whose own hash nothing but a checkpoint holds."""
    return chance.randrange(len(log.log) - 1)


def bend(log: Log, chance: random.Random, at: int, row: Row) -> int:
    """Puts `row` at `at`: as it is, with its own hash made to fit, or with the whole rest of the chain made anew."""
    log.log[at] = chance.choice([row, logs.rehashed(row)])
    if chance.random() < 0.4:
        log.log = logs.rewritten(log.log, at)
    return at + 1


def edit(log: Log, chance: random.Random) -> int:
    at = somewhere(log, chance)
    return bend(log, chance, at, logs.edited(log.log[at], '"role":"kontaktperson"', '"role":"planner"'))


def changed_time(log: Log, chance: random.Random) -> int:
    at = somewhere(log, chance)
    row, time = log.log[at], "2020-01-01T00:00:00.000001Z"
    column_only, body_only = row._replace(time=time), logs.edited(row, row.time, time)
    return bend(log, chance, at, chance.choice([column_only, body_only, body_only._replace(time=time)]))


def changed_actor(log: Log, chance: random.Random) -> int:
    at = somewhere(log, chance)
    row = log.log[at]
    column_only = row._replace(actor="eva")
    name = '"label":'
    both = logs.edited(row, name, '"label":"Eva Rask","x":')._replace(actor="eva")
    return bend(log, chance, at, chance.choice([column_only, both]))


def changed_detail(log: Log, chance: random.Random) -> int:
    at = somewhere(log, chance)
    row = log.log[at]
    return bend(log, chance, at, row._replace(body=row.body[:-1] + b',"sealed":"AAAA"}'))


def changed_refs(log: Log, chance: random.Random) -> int:
    at = somewhere(log, chance)
    row = log.log[at]
    log.log[at] = row._replace(refs=[*row.refs, ("casework.Case", "other", "26-00000-0")])
    return at + 1


def delete(log: Log, chance: random.Random) -> int:
    at = somewhere(log, chance)
    del log.log[at]
    if chance.random() < 0.5:
        log.log = logs.numbered(log.log)
    return at + 1


def insert(log: Log, chance: random.Random) -> int:
    at = somewhere(log, chance)
    before = log.log[at - 1].hash if at else GENESIS
    forged = link(at + 1, logs.time_of(at + 1), logs.draft(chance), before)
    log.log = logs.numbered([*log.log[:at], forged, *log.log[at:]])
    return at + 1


def reorder(log: Log, chance: random.Random) -> int:
    at = somewhere(log, chance)
    rest = log.log[at:]
    while rest == log.log[at:]:
        chance.shuffle(rest)
    first = next(n for n, (old, new) in enumerate(zip(log.log[at:], rest, strict=True)) if old != new)
    log.log = logs.numbered([*log.log[:at], *rest])
    return at + first + 1


def renumber(log: Log, chance: random.Random) -> int:
    at = somewhere(log, chance)
    gap = chance.randrange(1, 9)
    log.log[at:] = [row._replace(seq=row.seq + gap) for row in log.log[at:]]
    return at + 1


def swapped_rows(log: Log, chance: random.Random) -> int:
    one, other = sorted(chance.sample(range(len(log.log)), 2))
    a, b = log.log[one], log.log[other]
    log.log[one], log.log[other] = b._replace(seq=a.seq), a._replace(seq=b.seq)
    if chance.random() < 0.5:
        # Only what is hidden from queries changes places.
        log.log[one] = a._replace(body=b.body, previous=b.previous, hash=b.hash)
        log.log[other] = b._replace(body=a.body, previous=a.previous, hash=a.hash)
    return one + 1


def cut_tail(log: Log, chance: random.Random) -> int:
    keep = chance.randrange(EVERY, len(log.log) // EVERY * EVERY)
    del log.log[keep:]
    log.marks = [mark for mark in log.marks if mark.size <= keep]
    return keep + 1


def replaced_log(log: Log, chance: random.Random) -> int:
    other = logs.make(chance.getrandbits(30) + 1000, len(log.log) + chance.randrange(-3, 4))
    log.log = other.log
    log.marks = chance.choice([[], [logs.mark(row, logs.OTHER) for row in other.log if row.seq % EVERY == 0]])
    return 1


def forged_checkpoint(log: Log, chance: random.Random) -> int:
    at = chance.randrange(len(log.marks))
    mark, row = log.marks[at], chance.choice(log.log)
    forged = chance.choice([
        type(mark)(mark.size, row.hash if row.hash != mark.hash else GENESIS, mark.time, mark.key, mark.signature),
        type(mark)(mark.size, mark.hash, "2020-01-01T00:00:00.000001Z", mark.key, mark.signature),
        type(mark)(mark.size, mark.hash, mark.time, mark.key, chance.randbytes(64)),
        logs.mark(log.log[mark.size - 1], logs.OTHER),
    ])  # fmt: skip
    log.marks[at] = forged
    return mark.size


ATTACKS = [
    edit, delete, insert, reorder, renumber, cut_tail, replaced_log, changed_time, changed_actor, changed_detail,
    changed_refs, swapped_rows, forged_checkpoint,
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_is_found_and_placed(attack: Attack) -> None:
    for seed in SEEDS:
        chance = random.Random(seed)
        log = logs.make(seed, SIZE, every=EVERY)
        first = attack(log, chance)
        fault = log.verify().fault
        assert fault is not None, seed
        if fault.until:
            assert fault.seq <= first <= fault.until, (seed, str(fault), first)
        else:
            assert fault.seq == first, (seed, str(fault), first)


def test_clean_logs_raise_no_alarm() -> None:
    for seed in range(200):
        chance = random.Random(seed)
        every = chance.choice([0, 1, 7, 16])
        log = logs.make(seed, chance.randrange(60), every=every, witness=chance.random() < 0.8)
        verdict = log.verify()
        assert verdict.fault is None, (seed, str(verdict.fault))
        assert verdict.events == len(log.log)
        assert (NO_WITNESS in verdict.notes) == (log.witness is None)


def test_without_witness_and_checkpoints_a_rewritten_log_cannot_be_told_and_that_is_said() -> None:
    log = logs.make(1, SIZE, witness=False)
    log.log = logs.rewritten([logs.edited(log.log[0], "kontaktperson", "planner"), *log.log[1:]], 0)
    verdict = log.verify()
    assert verdict.fault is None
    assert verdict.notes == [NO_WITNESS, f"De {SIZE} senaste händelserna är ännu inte med i någon kontrollpunkt."]


def test_what_is_no_json_inside_a_whole_chain_is_found() -> None:
    for body, told in ((b"nonsense", "tiden och vem"), (b"[]", "tiden och vem")):
        log = logs.make(3, SIZE)
        log.log[4] = log.log[4]._replace(body=body)
        log.log = logs.rewritten(log.log, 4)
        assert f"Händelse 5: är ändrad: {told}" in str(log.verify().fault)
    log = logs.make(3, SIZE)
    log.log[4] = log.log[4]._replace(body=b" " + log.log[4].body)
    log.log = logs.rewritten(log.log, 4)
    assert str(log.verify().fault) == "Händelse 5: är ändrad: formen i tabellen är inte det som står i händelsen."


def test_two_index_rows_do_not_pass_as_one() -> None:
    refs = (("casework.Case", "i1", "26-1"), ("casework.Note", "i2", "26-1"))
    row = link(1, logs.time_of(1), logs.draft(random.Random(1))._replace(refs=refs), GENESIS)
    merged = row._replace(refs=[('casework.Case","i1","26-1"],["casework.Note', "i2", "26-1")])
    assert verifying.check_chain([row]) == (1, None)
    assert "vad händelsen gäller" in str(verifying.check_chain([merged])[1])


def test_an_escape_in_a_column_does_not_pass_for_what_it_stands_for() -> None:
    row = link(1, logs.time_of(1), logs.draft(random.Random(1))._replace(actor="\x1f"), GENESIS)
    assert verifying.check_chain([row]) == (1, None)
    assert "vem i tabellen" in str(verifying.check_chain([row._replace(actor="\\u001f")])[1])


def test_progress_is_told_now_and_then_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "STEP", 15)
    told: list[tuple[int, int]] = []
    verifying.verify(logs.make(1, SIZE), {}, None, lambda done, total: told.append((done, total)))
    assert told == [(15, SIZE), (30, SIZE), (SIZE, SIZE)]


def test_a_rewritten_log_is_placed_between_two_checkpoints() -> None:
    log = logs.make(2, SIZE, every=EVERY)
    log.log = logs.rewritten([*log.log[:18], logs.edited(log.log[18], "kontakt", "x"), *log.log[19:]], 18)
    assert str(log.verify().fault) == (
        "Händelse 17–24: stämmer inte med den signerade kontrollpunkten vid händelse 24. Loggen är omskriven."
    )
