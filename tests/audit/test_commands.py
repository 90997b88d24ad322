import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import checkpoints, reading, sources, trail, triggers
from audit.management.progress import Progress
from audit.models import Event
from audit.sources import NotAnExport
from audit.tags import Tag
from audit.trail import Ref

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits")]


def run(*command: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command(*map(str, command), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def log(signed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four events, a checkpoint and a witness; gives the folder of keys and witness."""
    monkeypatch.setattr(checkpoints, "_next_look", float("inf"))
    for number in range(3):
        trail.read(Tag.PAGE_READ, [Ref("casework.Case", "c1", f"26-{number}"), Ref("casework.Note", "n")])
    run("checkpoint_audit")
    return signed


def tamper(sql: str, *params: Any) -> None:
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    triggers.install(connection)


# --- verify -----------------------------------------------------------------------------------------------------------


def test_a_whole_log_is_said_to_be_whole(log: Path) -> None:
    assert run("verify_audit") == "Loggen är hel: 4 händelser och stämmer med 1 signerade kontrollpunkter.\n"
    assert reading.recent(1)[0].tag == Tag.LOG_VERIFIED
    assert reading.recent(1)[0].reason_code == "whole"


def test_the_first_bad_event_is_named(log: Path) -> None:
    tamper("UPDATE audit_event SET actor = 'eva' WHERE seq >= 2")
    with pytest.raises(CommandError) as problem:
        run("verify_audit", "--quiet")
    assert str(problem.value) == (
        "Loggen är inte hel.\nHändelse 2: är ändrad: vem i tabellen är inte det som står i händelsen."
    )
    assert problem.value.returncode == 1
    assert reading.recent(1)[0].reason_code == "faulty"


def test_a_cut_tail_is_found_by_the_witness(log: Path) -> None:
    tamper("DELETE FROM audit_event WHERE seq > 2")
    tamper("DELETE FROM audit_eventref WHERE event_id > 2")
    tamper("DELETE FROM audit_checkpoint")
    with pytest.raises(CommandError, match=r"Händelse 3–4: saknas\. Loggen slutar här, men"):
        run("verify_audit")


def test_a_removed_checkpoint_is_found_by_the_witness(log: Path) -> None:
    tamper("DELETE FROM audit_checkpoint")
    with pytest.raises(CommandError, match="Händelse 4: kontrollpunkten här finns hos vittnet men är borttagen"):
        run("verify_audit")


def test_a_missing_trigger_and_a_damaged_witness_are_faults(log: Path) -> None:
    with (log / "witness.jsonl").open("a") as file:
        file.write("x\n")
    triggers.remove(connection)
    with pytest.raises(CommandError) as problem:
        run("verify_audit")
    triggers.install(connection)
    assert "Vittnets rad 2 är skadad." in str(problem.value)
    assert "Tabellen audit_event saknar skyddet mot ändringar." in str(problem.value)


def test_without_a_witness_it_says_what_cannot_be_known(log: Path) -> None:
    (log / "witness.jsonl").unlink()
    told = run("verify_audit")
    assert "Det finns inget vittne." in told
    assert "Loggen är hel: 4 händelser" in told


def test_a_witness_that_lags_behind_is_told_of(log: Path) -> None:
    (log / "witness.jsonl").write_text("")
    assert "Vittnet saknar 1 av loggens kontrollpunkter." in run("verify_audit")


def test_a_log_without_checkpoints_needs_no_key(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "_next_look", float("inf"))
    (signed / "audit_key.pub").unlink()
    trail.record(Tag.SETUP_DONE)
    told = run("verify_audit")
    assert "De 1 senaste händelserna är ännu inte med i någon kontrollpunkt." in told
    assert "Loggen är hel: 1 händelser." in told


def test_a_missing_public_key_or_witness_is_an_error(log: Path) -> None:
    for flags in (["--public-key", log / "none"], ["--witness", log / "none"], ["--export", log / "none"]):
        with pytest.raises(CommandError, match="none"):
            run("verify_audit", *flags)


# --- export -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def exported(log: Path) -> Path:
    path = log / "export.jsonl"
    assert run("export_audit", path) == f"5 händelser är skrivna till {path}.\n"
    return path


def verify_export(path: Path) -> str:
    folder = path.parent
    return run(
        "verify_audit",
        "--export",
        path,
        "--public-key",
        folder / "audit_key.pub",
        "--witness",
        folder / "witness.jsonl",
    )


def test_an_export_is_checked_with_public_key_and_witness_alone(exported: Path) -> None:
    assert stat.S_IMODE(exported.stat().st_mode) == 0o600
    before = Event.objects.count()
    assert "Loggen är hel: 5 händelser och stämmer med 1 signerade kontrollpunkter." in verify_export(exported)
    assert Event.objects.count() == before
    with pytest.raises(CommandError, match="kan inte skapas"):
        run("export_audit", exported, "--quiet")


def test_a_changed_export_is_found(exported: Path) -> None:
    exported.write_text(exported.read_text().replace(r"\"26-1\"", r"\"26-9\""))
    with pytest.raises(CommandError, match="Händelse 2: är ändrad"):
        verify_export(exported)


def test_swapped_lines_are_found(exported: Path) -> None:
    lines = exported.read_text().splitlines()
    lines[3], lines[4] = lines[4], lines[3]
    exported.write_text("\n".join(lines))
    with pytest.raises(CommandError, match="Händelse 2: saknas"):
        verify_export(exported)
    lines[3] = lines[2]
    exported.write_text("\n".join(lines))
    with pytest.raises(CommandError, match="Händelse 1: står på fel plats"):
        verify_export(exported)


def test_bytes_that_are_no_text_survive_an_export(log: Path) -> None:
    tamper("UPDATE audit_event SET body = %s WHERE seq = 1", b"\xff\xfe")
    run("export_audit", log / "export.jsonl", "--quiet")
    row = next(iter(sources.Export(log / "export.jsonl").rows()))
    assert row.body == b"\xff\xfe"
    with pytest.raises(CommandError, match="Händelse 1: är ändrad"):
        verify_export(log / "export.jsonl")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "är tom"),
        ("{}\n", "är inte gjord av export_audit"),
        ("nonsense\n", "Rad 1 går inte att läsa"),
        ("[]\n", "Rad 1 går inte att läsa"),
        ('{"format": "audit-export-1", "events": 1}\n{}\n', "Rad 2 är ingen kontrollpunkt"),
        ('{"format": "audit-export-1", "events": 1}\n{"body": ""}\n', "Rad 2 är ingen händelse"),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "x"
    path.write_text(text)
    with pytest.raises(NotAnExport, match=told):
        list(sources.Export(path).rows())


def test_an_export_of_an_empty_log_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text(json.dumps({"format": sources.FORMAT, "events": 0}) + "\n")
    assert run("verify_audit", "--export", path).endswith("Loggen är hel: 0 händelser.\n")


def test_a_log_of_many_parts_is_read_in_order(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "CHUNK", 2)
    rows = list(sources.Database(connection).rows())
    assert [row.seq for row in rows] == [1, 2, 3, 4]
    assert [len(row.refs) for row in rows] == [2, 2, 2, 0]
    assert "Loggen är hel" in run("verify_audit")


# --- the others -------------------------------------------------------------------------------------------------------


def test_a_checkpoint_on_demand_says_where(log: Path) -> None:
    assert run("checkpoint_audit") == "Kontrollpunkt vid händelse 5.\n"


def test_a_checkpoint_that_cannot_be_taken_is_an_error(log: Path, settings: Any) -> None:
    settings.AUDIT_WITNESS_FILE = log / "no folder" / "witness"
    with pytest.raises(CommandError, match="Vittnets fil kan inte skrivas"):
        run("checkpoint_audit")
    settings.AUDIT_SIGNING_KEY_FILE = log / "none"
    with pytest.raises(CommandError, match=r"saknas\. Kör: manage\.py setup"):
        run("checkpoint_audit")


@pytest.mark.parametrize("flags", [[], ["-y"], ["--yes", "--truncate"], ["-b", "2020-01-01"]])
def test_the_log_is_never_flushed(log: Path, flags: list[str]) -> None:
    with pytest.raises(CommandError, match="kan inte tömmas"):
        run("auditlogflush", *flags)
    assert Event.objects.count() == 4


def test_progress_says_done_total_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.1, 1.0, 2.0])
    monkeypatch.setattr("audit.management.progress.time.monotonic", lambda: next(clock))
    out = io.StringIO()
    out.write = lambda text, ending="\n": io.StringIO.write(out, text + ending)  # type: ignore[method-assign,assignment]
    progress = Progress(out, "Kontrollerar")
    progress(10, 200)
    progress(50, 200)
    progress(200, 200)
    assert out.getvalue() == "Kontrollerar: 50 av 200, 3 s kvar   \rKontrollerar: 200 av 200, 0 s kvar   \n"
