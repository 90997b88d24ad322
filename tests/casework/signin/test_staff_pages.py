"""The administrator's pages, and the page where a link leads."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casework.signin import lockout
from casework.signin.models import Invite, Role, Section, User
from tests.casework.signin import door
from tests.cast import Cast
from tests.fixtures import SignIn, events, last_event, send, text

CHOSEN = "gul hink under nionde trappan"


@pytest.fixture
def desk(signed_in: SignIn, cast: Cast) -> Client:
    return signed_in(cast.ada)


def fields(cast: Cast, **more: object) -> dict[str, object]:
    return {
        "username": " Nora.Dal ",
        "display_name": "Nora",
        "role": Role.KONTAKTPERSON,
        "section": str(cast.section.pk),
        **more,
    }


def link_on(page: str) -> str:
    return re.findall(r"/valkommen/[\w-]+/", page)[0]


def test_the_list_shows_people_and_states_and_is_logged(desk: Client, cast: Cast) -> None:
    door.give_app(cast.alma)
    cast.bo.is_active = False
    cast.bo.save()
    for _ in range(5):
        door.first_step(Client(), "eva", "fel lösenord")
    page = text(desk.get("/anvandare/"))
    for words in ("Alma Lind", "Kan logga in", "Spärrad", "Stängd till", "Inte klar än", "leder Sektion 1"):
        assert words in page
    assert last_event("user:list").actor == "Ada Falk"


@pytest.mark.parametrize("name", ["alma", "cecilia", "dag", "hanna", "lo"])
def test_nobody_else_sees_or_does_any_of_it(signed_in: SignIn, cast: Cast, name: str) -> None:
    client = signed_in(cast.everyone()[name])
    pk = cast.bo.pk
    for url in ("/anvandare/", "/anvandare/ny/", f"/anvandare/{pk}/", "/anvandare/sektion/"):
        assert client.get(url).status_code == 403, url
    for act in ("sparra", "slapp-in", "hav", "lank"):
        assert client.post(f"/anvandare/{pk}/{act}/").status_code == 403, act
    assert User.objects.get(pk=pk).is_active
    assert len(events("access:denied")) == 8


def test_a_new_user_comes_in_by_a_link_that_is_shown_once(desk: Client, cast: Cast) -> None:
    page = text(send(desk, "/anvandare/ny/", **fields(cast)))
    link, nora = link_on(page), User.objects.get(username="nora.dal")
    assert not nora.has_usable_password()
    assert link.split("/")[2] not in str(Invite.objects.values())
    stranger = Client()
    assert "nora.dal" in text(stranger.get(link))
    answer = stranger.post(link, {"password1": CHOSEN, "password2": CHOSEN}, follow=True)
    assert "Lösenordet är sparat" in text(answer)
    assert stranger.get(link).status_code == 410
    door.first_step(stranger, "nora.dal", CHOSEN)
    assert stranger.get("/").headers["Location"] == "/konto/andra-steget/"
    assert last_event("user:link_used").actor == "Nora"


def test_a_bad_password_on_the_link_leaves_it_usable(desk: Client, cast: Cast) -> None:
    link = link_on(text(send(desk, "/anvandare/ny/", **fields(cast))))
    assert Client().post(link, {"password1": "kort", "password2": "kort"}).status_code == 200
    assert Client().get(link).status_code == 200


@pytest.mark.parametrize("path", ["/valkommen/x/", "/valkommen/" + "a" * 43 + "/", "/valkommen/å/"])
def test_a_made_up_link_says_the_same_as_a_used_one(keys: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 410
    assert "Länken gäller inte längre" in text(answer)


def test_a_link_lasts_three_days(desk: Client, cast: Cast) -> None:
    link = link_on(text(send(desk, "/anvandare/ny/", **fields(cast))))
    Invite.objects.update(expires_at=timezone.now() - timezone.timedelta(seconds=1))
    assert Client().post(link, {"password1": CHOSEN, "password2": CHOSEN}).status_code == 410


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"username": "alma"}, "Användarnamnet är upptaget"),
        ({"username": "nora dal"}, "Använd bara a–z"),
        ({"username": ""}, "Fyll i användarnamn"),
        ({"display_name": "x" * 81}, "80"),
        ({"section": ""}, "Välj vilken sektion"),
        ({"role": "chef"}, "Välj något av alternativen"),
        ({"role": Role.SEKTIONSCHEF}, "Välj minst en sektion"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(desk: Client, cast: Cast, more: dict[str, object], words: str) -> None:
    page = text(send(desk, "/anvandare/ny/", **fields(cast, **more)))
    assert words in page
    assert User.objects.count() == 9


def test_only_a_sektionschef_leads(desk: Client, cast: Cast) -> None:
    page = text(send(desk, "/anvandare/ny/", **fields(cast, led_sections=[str(cast.section.pk)])))
    assert "Bara en sektionschef leder" in page


def test_a_role_changes_at_the_next_request(desk: Client, signed_in: SignIn, cast: Cast) -> None:
    eva = signed_in(cast.eva)
    assert eva.get("/mina-arenden/").status_code == 200
    assert "Eva Rask" in text(desk.get(f"/anvandare/{cast.eva.pk}/"))
    answer = send(desk, f"/anvandare/{cast.eva.pk}/", display_name="Eva R", role=Role.PLANNER, section="")
    assert answer.headers["Location"] == "/anvandare/"
    assert eva.get("/mina-arenden/").status_code == 403
    assert last_event("user:role").actor == "Ada Falk"


def test_a_block_is_felt_at_the_next_request(desk: Client, cast: Cast) -> None:
    alma = door.sign_in(door.give_app(cast.alma))
    assert desk.post(f"/anvandare/{cast.alma.pk}/sparra/").headers["Location"] == "/anvandare/"
    assert not door.is_in(alma)
    assert door.first_step(Client(), "alma").status_code == 403
    desk.post(f"/anvandare/{cast.alma.pk}/slapp-in/")
    assert not door.is_in(alma)
    assert door.first_step(Client(), "alma").headers["Location"] == door.SECOND


def test_what_is_refused_is_said(desk: Client, cast: Cast) -> None:
    assert "Du kan inte spärra dig själv" in text(desk.post(f"/anvandare/{cast.ada.pk}/sparra/", follow=True))
    cast.bo.is_active = False
    cast.bo.save()
    assert "Häv spärren först" in text(desk.post(f"/anvandare/{cast.bo.pk}/lank/", follow=True))


def test_a_new_link_resets_everything(desk: Client, cast: Cast) -> None:
    alma = door.sign_in(door.give_app(cast.alma))
    link = link_on(text(desk.post(f"/anvandare/{cast.alma.pk}/lank/")))
    assert not door.is_in(alma)
    assert not door.first_step(Client(), "alma").headers.get("Location")
    assert Client().get(link).status_code == 200


def test_a_lock_is_lifted(desk: Client, cast: Cast) -> None:
    door.give_app(cast.alma)
    for _ in range(5):
        door.first_step(Client(), "alma", "fel lösenord")
    assert lockout.locked_out()
    desk.post(f"/anvandare/{cast.alma.pk}/hav/")
    assert door.first_step(Client(), "alma").headers["Location"] == door.SECOND


def test_blocking_and_links_ask_for_proof(desk: Client, cast: Cast) -> None:
    session = desk.session
    session["account_authentication_methods"] = []
    session.save()
    for act in ("sparra", "lank"):
        answer = desk.post(f"/anvandare/{cast.alma.pk}/{act}/")
        assert answer.headers["Location"].startswith("/konto/bekrafta/")
    assert User.objects.get(pk=cast.alma.pk).is_active


def test_nobody_is_found_by_a_made_up_number(desk: Client) -> None:
    assert desk.get(f"/anvandare/{uuid4()}/").status_code == 404


def test_a_section_is_made_once(desk: Client) -> None:
    assert (
        send(desk, "/anvandare/sektion/", section_name="Sektion 3", branch="support").headers["Location"]
        == "/anvandare/"
    )
    assert "Det finns redan en sektion" in text(
        send(desk, "/anvandare/sektion/", section_name="sektion 3", branch="support")
    )
    assert Section.objects.filter(name="Sektion 3").exists()
