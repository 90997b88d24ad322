"""Changing the key-encryption key."""

import uuid
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from casework.crypto import kek, keyring, rewrap
from casework.crypto.errors import KekError
from casework.crypto.kek import create_kek_file
from casework.crypto.keyring import Purpose
from casework.crypto.models import WrappedKey
from casework.crypto.progress import Meter, Progress
from tests.casework.crypto.models import Person, Thing

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def home(tmp_path: Path, settings: SimpleNamespace) -> Path:
    settings.KEK_PROVIDER, settings.KEK_FILE = "file", tmp_path / "kek"
    tmp_path.chmod(0o700)
    create_kek_file(tmp_path / "kek")
    return tmp_path


@pytest.fixture
def row(home: Path, new_thing: Callable[..., Thing]) -> Thing:
    for _ in range(4):
        keyring.create_key(Purpose.CLIENT, uuid.uuid4())
    return new_thing(person=Person(given_name="Åsa"))


def run(*options: str) -> str:
    out = StringIO()
    call_command("rotate_kek", *options, stdout=out, stderr=out)
    return out.getvalue()


def still_opens(row: Thing) -> bool:
    return Thing.objects.get(pk=row.pk).person.open().given_name == "Åsa"


def test_a_new_kek_takes_over_and_the_seals_stay(row: Thing, home: Path) -> None:
    before, blob = kek.get_kek().id, row.person.blob
    heard: list = []
    keyring.on_key_act.append(lambda act, facts: heard.append((act, facts["keys"])))
    try:
        said = run()
    finally:
        keyring.on_key_act.pop()
    assert "5 av 5" in said
    assert heard == [("rotate_kek", 5)]
    assert set(WrappedKey.objects.values_list("kek_id", flat=True)) == {kek.get_kek().id} != {before}
    assert still_opens(row)
    assert Thing.objects.get(pk=row.pk).person.blob == blob
    assert "borttagen" in run("--finish")
    assert not (home / "kek.old").exists()
    assert still_opens(row)
    assert "ingen gammal" in run("--finish")


def test_it_can_be_stopped_and_started_again(row: Thing, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewrap, "BATCH", 2)
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 2:
            raise KeyboardInterrupt

    rewrap.replace_kek_file()
    with pytest.raises(KeyboardInterrupt):
        rewrap.rewrap(stop)
    assert WrappedKey.objects.filter(kek_id=kek.get_kek().id).count() == 2
    assert still_opens(row)
    with pytest.raises(KekError, match="behövs ännu"):
        rewrap.drop_old_kek_file()
    assert "Fortsätter" in run()
    assert not WrappedKey.objects.exclude(kek_id=kek.get_kek().id).exists()
    assert still_opens(row)
    assert seen[0] == Progress("Slår in nycklar på nytt", 0, 5, None)


def test_control_c_in_the_command_says_how_to_go_on(row: Thing, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("casework.management.commands.rotate_kek.rewrap", stop)
    with pytest.raises(CommandError, match="kör igen") as caught:
        run()
    assert caught.value.returncode == 130


def test_a_stop_between_the_two_names_of_the_key_loses_nothing(row: Thing, home: Path) -> None:
    (home / "kek.old").hardlink_to(home / "kek")
    (home / "kek.new").write_text("half")
    assert rewrap.replace_kek_file() is True
    assert still_opens(row)
    assert rewrap.replace_kek_file() is False


def test_a_destroyed_key_stays_destroyed(row: Thing, home: Path) -> None:
    keyring.destroy_keys(Purpose.CLIENT, row.client_id)
    key = WrappedKey.objects.filter(state="active").first()
    stale = WrappedKey.objects.get(pk=key.pk)
    keyring.destroy_keys(Purpose.CLIENT, key.owner)
    rewrap.replace_kek_file()
    rewrap._rewrap_one(stale, kek.get_kek())
    assert WrappedKey.objects.get(pk=key.pk).state == "destroyed"
    assert rewrap.rewrap(lambda progress: None) == 3
    assert WrappedKey.objects.filter(state="destroyed", wrapped=b"").count() == 2


def test_a_kek_that_is_not_at_hand_stops_it(row: Thing, home: Path) -> None:
    rewrap.replace_kek_file()
    (home / "kek.old").unlink()
    kek.reset_kek()
    with pytest.raises(CommandError, match="annan huvudnyckel"):
        run("--finish")


def test_a_kek_from_the_environment_is_changed_there(
    new_thing: Callable[..., Thing], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = new_thing(person=Person(given_name="Åsa"))
    monkeypatch.setenv("CASEWORK_KEK_OLD", "00" * 31 + "01")
    monkeypatch.setenv("CASEWORK_KEK", "cd" * 32)
    kek.reset_kek()
    assert still_opens(row)
    assert "1 nycklar" in run()
    monkeypatch.delenv("CASEWORK_KEK_OLD")
    kek.reset_kek()
    assert still_opens(row)


def test_progress_tells_how_much_is_left() -> None:
    seen: list[Progress] = []
    meter = Meter(seen.append, "Fas", 4)
    meter.add(0)
    meter.add(1)
    meter.add(4)
    assert [(one.done, one.total) for one in seen] == [(0, 4), (0, 4), (1, 4), (5, 5)]
    assert seen[0].seconds_left is None
    assert seen[-1].seconds_left == 0
    assert str(seen[0]) == "Fas: 0 av 4"
    assert str(Progress("Fas", 1, 4, 3.2)) == "Fas: 1 av 4, ungefär 3 s kvar"
