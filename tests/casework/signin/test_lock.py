"""The lock: falling, opening, and what was typed meanwhile."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from casework.cases.models import Case
from casework.drafts import held, store
from casework.signin import devices
from casework.signin.models import SignIn, User
from tests import factories
from tests.casework.signin import door
from tests.cast import Cast
from tests.fixtures import events, last_event, text

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def inside(alma: User) -> Client:
    return door.sign_in(alma)


@pytest.fixture
def task(cast: Cast) -> Case:
    case = factories.make_case(cast.cecilia, given_name="Åsa")
    factories.assign(cast.cecilia, case, cast.alma)
    return case


def lock(client: Client) -> None:
    client.post("/las/")


def next_of(answer: object) -> str:
    return parse_qs(urlsplit(answer.headers["Location"]).query).get("next", [""])[0]  # type: ignore[attr-defined]


def test_the_button_locks_and_leads_back_to_the_page(inside: Client) -> None:
    answer = inside.post("/las/", {"next": "/konto/"})
    assert answer.headers["Location"] == "/las-upp/?next=%2Fkonto%2F"
    assert inside.get("/konto/").headers["Location"] == "/las-upp/?next=%2Fkonto%2F"
    assert inside.post(door.UNLOCK, {"password": door.PASSWORD, "next": "/konto/"}).headers["Location"] == "/konto/"
    assert inside.get("/konto/").status_code == 200
    assert [line.tag for line in events("session:lock", "session:unlock")] == ["session:lock", "session:unlock"]
    assert last_event("session:unlock").fields == ["password"]


def test_a_link_locks_nothing(inside: Client) -> None:
    assert inside.get("/las/?next=/konto/").headers["Location"] == "/las-upp/?next=%2Fkonto%2F"
    assert inside.get(door.UNLOCK + "?next=/konto/").headers["Location"] == "/konto/"
    assert door.is_in(inside)


def test_ten_minutes_without_activity_lock(inside: Client, alma: User) -> None:
    door.idle(alma, minutes=9, seconds=55)
    assert door.is_in(inside)
    door.idle(alma, minutes=10)
    assert next_of(inside.get("/konto/")) == "/konto/"
    assert last_event("session:lock").reason == "För länge utan att något hände"


def test_every_page_is_shut_while_locked_and_the_way_out_is_open(inside: Client) -> None:
    lock(inside)
    for url in (
        "/",
        "/mina-arenden/",
        "/konto/",
        "/konto/reservkoder/",
        "/konto/losenord/",
        "/logga-in/",
        "/finns-inte/",
    ):
        assert inside.get(url).headers["Location"].startswith(door.UNLOCK), url
    assert "Alma Lind" in text(inside.get(door.UNLOCK))
    assert inside.post("/logga-ut/").headers["Location"] == door.LOGIN


def test_a_script_gets_423_and_no_page(inside: Client) -> None:
    lock(inside)
    for answer in (
        inside.get("/session/", headers=FETCH),
        inside.get("/mina-arenden/", headers={"Accept": "application/json"}),
    ):
        assert (answer.status_code, answer.json()) == (423, {"locked": True})
    assert inside.get("/session/").json() == {"locked": True}


def test_a_code_unlocks_and_works_once(inside: Client) -> None:
    lock(inside)
    unused = door.code(1)
    assert inside.post(door.UNLOCK, {"code": unused}).headers["Location"] == "/"
    lock(inside)
    assert "stämde inte" in text(inside.post(door.UNLOCK, {"code": unused}))
    assert not door.is_in(inside)


def test_wrong_answers_count_and_shut_the_account(inside: Client, alma: User) -> None:
    lock(inside)
    assert "Fel lösenord." in text(inside.post(door.UNLOCK, {"password": "fel"}))
    assert "stämde inte" in text(inside.post(door.UNLOCK, {"code": door.wrong_code()}))
    assert "Fyll i lösenordet eller en kod." in text(inside.post(door.UNLOCK, {"next": "/"}))
    inside.post(door.UNLOCK, {"password": "fel"})
    inside.post(door.UNLOCK, {"credential": '{"id": "AAAA"}'})
    assert inside.post(door.UNLOCK, {"password": "fel"}).status_code == 429
    assert inside.post(door.UNLOCK, {"password": door.PASSWORD}).status_code == 429
    assert inside.post(door.UNLOCK, {"code": door.code(1)}).status_code == 429
    assert {line.actor for line in events("session:reauthenticate_failed")} == {"Alma Lind"}
    assert not events("session:failed")
    assert door.first_step(Client(), "alma").status_code == 429


def test_the_session_key_stays_unusable_for_others_while_locked(inside: Client) -> None:
    lock(inside)
    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = inside.cookies[settings.SESSION_COOKIE_NAME].value
    assert other.get("/konto/").headers["Location"].startswith(door.UNLOCK)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil"])
def test_unlocking_leads_nowhere_else(inside: Client, target: str) -> None:
    lock(inside)
    assert inside.post(door.UNLOCK, {"password": door.PASSWORD, "next": target}).headers["Location"] == "/"


def test_a_form_sent_while_locked_is_kept_and_offered(inside: Client, alma: User, task: Case) -> None:
    lock(inside)
    url = f"/arenden/{task.number}/steg/nytt/"
    answer = inside.post(url, {"once": str(uuid4()), "text": "Hon ringde i dag."})
    assert next_of(answer) == "/osparat/"
    kept = held.waiting(alma)
    assert kept is not None
    assert (kept.path, dict(kept.fields)["text"]) == (url, ["Hon ringde i dag."])
    assert inside.post(door.UNLOCK, {"password": door.PASSWORD, "next": "/osparat/"}).headers["Location"] == "/osparat/"
    assert "Hon ringde i dag." in text(inside.get("/osparat/"))


def test_what_no_page_of_ours_sent_is_not_kept(alma: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = door.sign_in(alma).cookies
    SignIn.objects.update(locked_at=timezone.now())
    answer = strict.post("/konto/", {"once": str(uuid4()), "text": "från en annan plats"})
    assert answer.headers["Location"] == door.UNLOCK
    assert held.waiting(alma) is None


def test_passwords_and_forms_that_write_nothing_are_not_kept(inside: Client, alma: User) -> None:
    lock(inside)
    inside.post("/konto/losenord/", {"once": str(uuid4()), "password1": "hemligt"})
    inside.post("/sok/", {"q": "Åsa"})
    inside.post("/konto/", {"once": str(uuid4()), "text": "x"}, headers=FETCH)
    assert held.waiting(alma) is None


def test_an_autosave_that_meets_the_lock_is_kept_and_shows_nothing(inside: Client, alma: User, task: Case) -> None:
    lock(inside)
    answer = inside.post(f"/utkast/step:{task.number}/", {"text": "Halvvägs"}, headers=FETCH)
    assert (answer.status_code, answer.json()) == (423, {"locked": True})
    fields = store.fields_of(store.find(alma, store.step_slot(task)))
    assert fields is not None
    assert fields["text"] == "Halvvägs"


def test_half_an_hour_ends_the_session_and_keeps_the_form(inside: Client, alma: User) -> None:
    door.idle(alma, minutes=30)
    assert next_of(inside.post("/konto/", {"once": str(uuid4()), "text": "sent"})) == "/osparat/"
    assert held.waiting(alma) is not None
    assert SignIn.objects.get().end_reason == "idle"
    assert last_event("session:expire").actor == "Alma Lind"
    assert inside.get("/konto/").headers["Location"].startswith(door.LOGIN)


def test_ten_hours_end_the_session_however_busy(inside: Client, alma: User) -> None:
    door.began(alma, hours=9, minutes=59)
    assert door.is_in(inside)
    door.began(alma, hours=10)
    assert not door.is_in(inside)
    assert SignIn.objects.get().end_reason == "too_old"
    assert inside.get("/session/", headers=FETCH).status_code == 401


def test_autosave_and_questions_about_the_session_are_no_activity(inside: Client, alma: User, task: Case) -> None:
    door.idle(alma, minutes=5)
    before = SignIn.objects.get().seen_at
    inside.post(f"/utkast/step:{task.number}/", {"text": "a"}, headers=FETCH)
    left = inside.get("/session/", headers=FETCH).json()["seconds_left"]
    assert 295 <= left <= 300
    assert SignIn.objects.get().seen_at == before
    assert inside.post("/session/", headers=FETCH).json()["seconds_left"] >= 598
    assert SignIn.objects.get().seen_at > before


def test_activity_is_written_at_most_every_thirty_seconds(inside: Client, alma: User) -> None:
    door.idle(alma, seconds=20)
    before = SignIn.objects.get().seen_at
    inside.get("/roller/")
    assert SignIn.objects.get().seen_at == before
    door.idle(alma, seconds=31)
    inside.get("/roller/")
    assert timezone.now() - SignIn.objects.get().seen_at < timedelta(seconds=5)


def test_a_lock_that_cannot_be_logged_is_503(inside: Client, alma: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise DatabaseError

    door.idle(alma, minutes=11)
    monkeypatch.setattr("audit.chain.append", broken)
    answer = inside.get("/mina-arenden/")
    assert answer.status_code == 503
    monkeypatch.undo()
    assert SignIn.objects.get().locked_at is None


def test_locking_twice_is_one_event(inside: Client) -> None:
    signin = SignIn.objects.select_related("user").get()
    devices.lock(signin)
    devices.lock(signin)
    assert len(events("session:lock")) == 1


def test_ending_twice_is_one_event(inside: Client) -> None:
    signin = SignIn.objects.select_related("user").get()
    devices.end(signin, SignIn.End.IDLE)
    devices.end(signin, SignIn.End.IDLE)
    assert len(events("session:expire")) == 1


def test_a_form_from_before_the_latest_sign_in_is_kept_when_the_browser_vouches_for_it(alma: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = door.sign_in(alma).cookies
    form = {"once": str(uuid4()), "text": "från den gamla fliken"}
    assert strict.post("/konto/", form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert held.waiting(alma) is None
    assert strict.post("/konto/losenord/", form, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 403
    answer = strict.post("/konto/", form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.headers["Location"] == "/osparat/"
    assert held.waiting(alma) is not None
