"""Used codes and rate limits: shared, kept as JSON under digests."""

import base64
import os
import pickle
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

pytestmark = pytest.mark.django_db


class Bomb:
    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> Any:
        return os.mkdir, (str(self.place),)


def rows() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM casework_cache")
        return cursor.fetchall()


def test_what_is_set_is_got_until_it_is_deleted() -> None:
    cache.set("a", [1.5, 2], 60)
    assert cache.get("a") == [1.5, 2]
    cache.set("a", "y", None)
    assert cache.get("a") == "y"
    assert cache.delete("a") is True
    assert cache.delete("a") is False
    assert cache.get("a", "nothing") == "nothing"


def test_only_the_first_of_two_adds() -> None:
    assert cache.add("code", "y", 60) is True
    assert cache.add("code", "z", 60) is False
    assert cache.get("code") == "y"


def test_what_is_over_is_gone_and_its_row_too(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("short", 1, 30)
    cache.set("longer", 1, 30)
    assert cache.touch("longer", 300) is True
    later = timezone.now() + timedelta(seconds=31)
    monkeypatch.setattr("casework.signin.cache.timezone.now", lambda: later)
    assert cache.get("short") is None
    assert cache.get("longer") == 1
    assert cache.add("short", 2, 30) is True
    assert cache.touch("nothing") is False
    assert len(rows()) == 2


def test_the_table_tells_neither_who_nor_from_where() -> None:
    cache.set("allauth:rl:login:ip:10.1.2.3:alma", [1], 60)
    [(key, _)] = rows()
    assert len(key) == 64
    assert "10.1.2.3" not in key
    cache.clear()
    assert rows() == []


def test_a_pickle_in_the_table_is_not_run(tmp_path: Path) -> None:
    cache.set("a", 1, 60)
    bomb = base64.b64encode(pickle.dumps(Bomb(tmp_path / "boom"))).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_cache SET value = %s", [bomb])
    with pytest.raises(ValueError, match="Expecting value"):
        cache.get("a")
    assert not (tmp_path / "boom").exists()
