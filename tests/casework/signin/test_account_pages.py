"""One's own account: proof, password, sign-ins, keys and looks."""

from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from casework.signin import devices
from casework.signin.models import SignIn, User
from tests.casework.signin import door
from tests.cast import Cast
from tests.fixtures import last_event, text

NEW = "gul hink under nionde trappan"


@pytest.fixture
def inside(alma: User) -> Client:
    return door.sign_in(alma)


def forget_proof(client: Client) -> None:
    """More than five minutes have passed since the person last showed who she is."""
    session = client.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 301} for record in session["account_authentication_methods"]
    ]
    session.save()


def test_the_account_page_shows_factors_and_sign_ins(inside: Client) -> None:
    page = text(inside.get("/konto/"))
    for words in (
        "Alma Lind, kontaktperson i Sektion 1",
        "App i telefonen",
        "Chrome på Windows",
        "Den här",
        "Byt lösenord",
    ):
        assert words in page
    assert inside.session.session_key not in page
    assert "Koppla en app" not in page


def test_a_session_key_is_nowhere_in_the_list_of_sign_ins(inside: Client) -> None:
    key = inside.session.session_key
    assert key
    assert key not in str(SignIn.objects.values()) + str(Session.objects.values())


def test_one_sign_in_is_ended_from_another(inside: Client, alma: User) -> None:
    lost = door_at_home(alma)
    mine = SignIn.objects.order_by("started_at").last()
    assert mine is not None
    assert inside.post(f"/konto/inloggningar/{mine.pk}/avsluta/").headers["Location"] == "/konto/"
    assert not door.is_in(lost)
    assert door.is_in(inside)
    assert last_event("session:end").actor == "Alma Lind"
    assert "Chrome" in text(inside.get("/konto/"))
    assert inside.post(f"/konto/inloggningar/{mine.pk}/avsluta/").status_code == 302


def door_at_home(user: User) -> Client:
    """The same person at another computer."""
    client = Client()
    door.first_step(client, user.username)
    assert client.post(door.SECOND, {"code": door.code(1)}).status_code == 302
    return client


def test_all_others_are_ended_at_once(inside: Client, alma: User) -> None:
    lost = door_at_home(alma)
    assert "1 andra inloggningar är avslutade." in text(inside.post("/konto/inloggningar/avsluta-andra/", follow=True))
    assert not door.is_in(lost)
    assert door.is_in(inside)
    assert "Det fanns inga andra" in text(inside.post("/konto/inloggningar/avsluta-andra/", follow=True))


def test_another_persons_sign_in_is_not_there(inside: Client, cast: Cast) -> None:
    other = SignIn.objects.create(user=cast.bo, digest="x", device="Chrome")
    for pk in (other.pk, uuid4()):
        assert inside.post(f"/konto/inloggningar/{pk}/avsluta/").status_code == 404
    assert SignIn.objects.get(pk=other.pk).ended_at is None


def test_a_new_password_ends_the_other_sign_ins_and_keeps_this_one(inside: Client, alma: User) -> None:
    lost = door_at_home(alma)
    answer = inside.post("/konto/losenord/", {"password1": NEW, "password2": NEW})
    assert answer.headers["Location"] == "/konto/"
    assert door.is_in(inside)
    assert not door.is_in(lost)
    assert door.first_step(Client(), "alma", NEW).headers["Location"] == door.SECOND
    assert last_event("password:change").actor == "Alma Lind"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("kort men bra 9", "kort men bra 9", "minst 15 tecken"),
        ("passwordpassword", "passwordpassword", "lättgissade ord"),
        ("almalindalmalind", "almalindalmalind", "lättgissade ord"),
        ("kontaktpersonmalmö", "kontaktpersonmalmö", "lättgissade ord"),
        (NEW, NEW + "x", "Lösenorden är inte lika."),
        ("", "", "Fyll i nytt lösenord."),
        ("a\0" + NEW, "a\0" + NEW, "null"),
    ],
)
def test_a_bad_password_is_refused_at_the_field(inside: Client, first: str, second: str, words: str) -> None:
    page = text(inside.post("/konto/losenord/", {"password1": first, "password2": second}))
    assert words.lower() in page.lower()
    if first:
        assert first not in page


def test_sensitive_pages_ask_for_proof_first(inside: Client) -> None:
    forget_proof(inside)
    for url in ("/konto/losenord/", "/konto/nyckel/", "/konto/reservkoder/nya/", "/konto/app/ta-bort/"):
        assert inside.get(url).headers["Location"].startswith("/konto/bekrafta/?next="), url
    assert "Bekräfta att det är du" in text(inside.get("/konto/bekrafta/"))
    answer = inside.post("/konto/bekrafta/", {"password": door.PASSWORD, "next": "/konto/losenord/"})
    assert answer.headers["Location"] == "/konto/losenord/"
    assert inside.get("/konto/losenord/").status_code == 200
    assert last_event("session:reauthenticate").fields == ["password"]


def test_proof_by_code_and_the_form_sent_meanwhile_is_carried_out(inside: Client) -> None:
    forget_proof(inside)
    form = {"password1": NEW, "password2": NEW}
    assert inside.post("/konto/losenord/", form).headers["Location"].startswith("/konto/bekrafta/")
    answer = inside.post("/konto/bekrafta/", {"code": door.code(1), "next": "/konto/losenord/"})
    assert answer.headers["Location"] == "/konto/"
    assert door.first_step(Client(), "alma", NEW).headers["Location"] == door.SECOND


def test_a_form_that_waits_for_proof_does_not_lie_in_the_database(inside: Client) -> None:
    forget_proof(inside)
    inside.post("/konto/losenord/", {"password1": "omisskännligtlösenord", "password2": "x"})
    assert "account_reauthentication_state" in inside.session
    assert "omissk" not in str(Session.objects.values())


def test_wrong_proof_counts(inside: Client) -> None:
    for _ in range(4):
        assert "Fel lösenord." in text(inside.post("/konto/bekrafta/", {"password": "fel"}))
    assert inside.post("/konto/bekrafta/", {"password": "fel"}).status_code == 429


def test_the_options_of_a_passkey_ask_for_the_person(inside: Client) -> None:
    begun = inside.get("/session/nyckel/").json()["request_options"]["publicKey"]
    assert begun["userVerification"] == "required"


def test_shortcuts_can_be_switched_off_and_on(inside: Client, alma: User) -> None:
    assert 'data-shortcuts="on"' in text(inside.get("/konto/"))
    inside.post("/konto/", {"shortcuts": "off"})
    assert 'data-shortcuts="off"' in text(inside.get("/konto/"))
    inside.post("/konto/", {"shortcuts": "on"})
    alma.refresh_from_db()
    assert alma.shortcuts


@pytest.mark.parametrize(("target", "there"), [("/roller/", "/roller/"), ("", "/konto/"), ("//evil.example", "/")])
def test_the_scheme_is_kept_and_one_stays_on_the_page(inside: Client, target: str, there: str) -> None:
    answer = inside.post("/konto/utseende/", {"color_scheme": "dark", "next": target})
    assert answer.headers["Location"] == there
    assert 'data-color-scheme="dark"' in text(inside.get("/roller/"))


def test_an_unknown_scheme_is_refused(inside: Client, alma: User) -> None:
    assert "Välj ljust, mörkt" in text(inside.post("/konto/utseende/", {"color_scheme": "rosa"}, follow=True))
    alma.refresh_from_db()
    assert alma.color_scheme == "auto"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge på Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox på Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19 Safari/604", "Safari på iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/140 Mobile Safari/537", "Chrome på Android"),
        ("", "Okänd webbläsare"),
    ],
)
def test_a_device_in_words(agent: str, words: str) -> None:
    assert devices.device_words(agent) == words


def test_a_sign_in_left_alone_is_not_listed(inside: Client, alma: User) -> None:
    door_at_home(alma)
    old = SignIn.objects.order_by("started_at").last()
    assert old is not None
    SignIn.objects.filter(pk=old.pk).update(seen_at=timezone.now() - timezone.timedelta(minutes=31))
    assert len(devices.open_for(alma)) == 1


def test_a_browser_without_a_session_has_no_sign_in(alma: User, rf: object) -> None:
    request = rf.get("/")  # type: ignore[attr-defined]
    request.session = Client().session
    request.user = alma
    assert devices.find(request) is None
