"""Nothing of a client lies in clear anywhere: three hundred people, every page used, every place searched."""

import logging
import random
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from casework.signin.models import User
from tests.canary import WRAPPINGS, Canaries, views
from tests.canary_journey import Journey
from tests.canary_people import CODED, MADE_BY_THE_PROGRAM, make_people, sealed_texts, texts_in_clear
from tests.canary_places import Browser, Seen, databases, files, outbox, server_log
from tests.canary_plants import plant, plant_in_a_free_page
from tests.cast import Cast
from tests.fixtures import SignIn
from tests.house.test_matrix import addresses
from tests.world import make_world

PEOPLE = 300
real_commits = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process puts temporary files, empty to begin with."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@real_commits
def test_no_canary_is_found_anywhere(
    cast: Cast, signed_in: SignIn, temporary: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    known, seen = Canaries(), Seen()
    with server_log() as log:
        world = make_world(cast)
        people = make_people(known, PEOPLE, by=cast.cecilia, section=cast.section, staff=[cast.alma, cast.bo])
        Journey(known, world, people, entrance(seen, world.user, signed_in)).everything()
    printed = capfd.readouterr()
    places = [("server log", log.getvalue().encode()), ("printed", (printed.out + printed.err).encode())]
    places += [*seen.places(), *databases(), *outbox(), *files(temporary, settings.HOME)]
    assert not known.hits(places)
    assert set(sealed_texts()) - CODED.keys() <= known.made
    assert not addresses()[0] - seen.names, "pages that were not used"
    assert seen.statuses[200] > 500
    assert seen.statuses.keys() >= {302, 400, 403, 404, 405, 413, 429}
    assert 500 not in seen.statuses


def entrance(seen: Seen, user: Callable[[str], User], signed_in: SignIn) -> Callable[[str], Browser]:
    """Browsers that keep what surrounds their pages, signed in as the helper does it."""

    def enter(role: str) -> Browser:
        browser = Browser(seen)
        if role != "out":
            browser.cookies = signed_in(user(role)).cookies
        return browser

    return enter


def test_free_text_in_clear_stands_on_no_row_with_a_seal() -> None:
    assert set(texts_in_clear()) == MADE_BY_THE_PROGRAM


# --- a check that cannot fail is worth nothing ------------------------------------------------------------------------


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_value_is_found_in_every_wrapping(wrapping: str) -> None:
    known = Canaries()
    number = known.number("number")
    texts = [known.text("a"), known.text("b"), known.text("c"), known.word("d")]
    texts += [number, number[2:], f"{number[:8]}-{number[8:]}", f"{number[2:8]}+{number[8:]}"]
    for text in texts:
        wrapped = noise(40) + WRAPPINGS[wrapping](text) + noise(41)
        assert known.hits([("place", wrapped)]), text


@pytest.mark.parametrize("wrap", [lambda n: n.to_bytes(8, "big"), lambda n: n.to_bytes(6, "little")])
def test_a_personal_number_is_found_as_an_integer(wrap: Callable[[int], bytes]) -> None:
    known = Canaries()
    number = int(known.number("number"))
    assert known.hits([("place", noise(20) + wrap(number) + noise(20))])


def test_noise_is_no_hit() -> None:
    known = Canaries()
    known.number("number")
    assert not known.hits([("place", noise(200_000)), ("hex", noise(50_000).hex().encode()), ("none", b"")])
    assert len(list(views(zlib.compress(b"x" * 100)))) > 1


def noise(length: int) -> bytes:
    return random.Random(length).randbytes(length)


@real_commits
def test_a_value_planted_in_any_place_is_found(cast: Cast, temporary: Path) -> None:
    known, seen = Canaries(), Seen()
    with server_log() as log:
        expected = set(plant(known, cast.alma, seen, temporary))
    places = [("server log", log.getvalue().encode()), *seen.places(), *databases(), *outbox(), *files(temporary)]
    found = {hit.place for hit in known.hits(places)}
    assert expected <= found
    if connection.vendor == "sqlite":
        assert {"file default-wal", "file keys-wal"} <= found


def test_a_value_in_a_page_that_is_free_again_is_found(transactional_db: None) -> None:
    known = Canaries()
    if connection.vendor == "sqlite":
        plant_in_a_free_page(known.text("free"))
        assert {hit.place for hit in known.hits(databases())} >= {"file default"}


def test_what_is_logged_about_a_request_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    """A logger without any handler would print on the server's own output, with addresses and tracebacks."""
    logging.getLogger("django.request").error("Not found: /arenden/26-00000-0/")
    assert "arenden" not in capfd.readouterr().err
