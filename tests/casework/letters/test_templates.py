"""Templates: each change is a new version, one that is put away is not chosen, and the start set comes once."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from audit.tags import Tag
from casework import firstrun, policy
from casework.cases.letters import actions, readers
from casework.cases.letters.models import LetterTemplate, TemplateWords
from casework.cases.letters.start import TEMPLATES
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.records import StaleEdit
from tests.casework.letters.facts import template
from tests.cast import Cast
from tests.exhibits.letters import template_form
from tests.fixtures import SignIn, last_event, send, text


def test_a_change_makes_a_new_version(cast: Cast) -> None:
    first = template(cast)
    second = template(cast, key=first.key, seen=1, body="Nytt [[ord]]", title=" Ny hälsning ")
    first.refresh_from_db()
    assert (first.number, first.active, second.number, second.active) == (1, False, 2, True)
    assert (second.key, second.name, str(second)) == (first.key, "Ny hälsning", "Ny hälsning")
    assert first.words.open().body != second.words.open().body
    assert str(second.pk) in {ref.id for ref in last_event(Tag.TEMPLATE_WRITTEN).refs}
    with pytest.raises(StaleEdit):
        template(cast, key=first.key, seen=1)


def test_one_that_is_put_away_can_be_taken_up_again(cast: Cast) -> None:
    first = template(cast)
    for _ in range(2):
        assert not actions.stop_template(by=cast.cecilia, key=first.key).active
    assert readers.in_use() == []
    assert [row.active for row in readers.newest()] == [False]
    assert template(cast, key=first.key, seen=1).active
    assert [row.number for row in readers.in_use()] == [2]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"kind": "letter_love"}, "Välj slag"),
        ({"title": " "}, "namn, rubrik och text"),
        ({"body": " "}, "namn, rubrik och text"),
        ({"subject": " "}, "namn, rubrik och text"),
        ({"body": "Hej [[namn"}, "inte hel"),
        ({"body": "Hej 🙂"}, "kan inte skrivas ut"),
    ],
)
def test_a_template_that_is_not_whole_is_refused(cast: Cast, more: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        template(cast, **more)


@pytest.mark.parametrize("who", ["alma", "dag", "hanna", "lo", "ada"])
def test_only_a_sektionschef_writes_them(cast: Cast, who: str) -> None:
    made, user = template(cast), getattr(cast, who)
    with pytest.raises(policy.Forbidden):
        template(cast, by=user)
    with pytest.raises(policy.Forbidden):
        actions.stop_template(by=user, key=made.key)
    with pytest.raises(policy.Forbidden):
        actions.load_start(by=user)


def test_there_is_nothing_to_change_of_one_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(policy.NotFound):
        template(cast, key=uuid4(), seen=1)
    with pytest.raises(policy.NotFound):
        readers.template_of(uuid4())
    with pytest.raises(policy.NotFound):
        readers.version_of(str(uuid4()))


def test_the_start_set_comes_once_and_what_was_rewritten_stays(cast: Cast) -> None:
    for lay_in in firstrun.on_setup:
        lay_in()
    assert {row.key for row in readers.in_use()} == {one["key"] for one in TEMPLATES}
    notice = TEMPLATES[0]["key"]
    template(cast, key=notice, seen=1, title="Vårt eget")
    assert actions.load_start(by=cast.cecilia) == []
    assert readers.template_of(notice).name == "Vårt eget"
    assert LetterTemplate.objects.count() == len(TEMPLATES) + 1


def force(made: LetterTemplate, **facts: Any) -> None:
    with transaction.atomic():
        LetterTemplate(
            **{"key": made.key, "name": "x", "kind": "letter_notice", "words": TemplateWords(), **facts}
        ).save()


def test_template_version_once_and_one_active(cast: Cast) -> None:
    made = template(cast)
    with pytest.raises(IntegrityError):
        force(made, number=1, active=False)
    with pytest.raises(IntegrityError):
        force(made, number=2, active=True)
    force(made, number=2, active=False)
    assert {"template_version_once", "template_one_active"} <= {one.name for one in made._meta.constraints}


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_template_is_written_once_and_warned_about(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.cecilia)
    assert "Inga brevmallar än" in text(client.get("/brevmallar/"))
    form = template_form(sender="Malmö tingsrätt", once=str(uuid4()))
    for _ in range(2):
        assert send(client, "/brevmallar/ny/", **form).url == "/brevmallar/"
    page = text(client.get("/brevmallar/"))
    for word in ("Mallen är sparad.", "ser ut som en domstol", "Hälsning", "Meddelande", "Cecilia Holm", "Används"):
        assert word in page
    assert LetterTemplate.objects.count() == 1
    assert 'href="/brevmallar/"' in text(client.get("/" + "sektionen/"))


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"title": ""}, "Fyll i mallens namn."),
        ({"body": "Hej [[namn"}, "inte hel"),
        ({"sender": "[[namn]]"}, "Avsändaren kan inte ha platser"),
        ({"body": "Hej 🙂"}, "De här tecknen kan inte skrivas ut: 🙂"),
        ({"kind": ""}, "Välj slag."),
        ({"body": "x" * 12001}, "Korta den"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(signed_in: SignIn, cast: Cast, more: dict[str, Any], message: str) -> None:
    assert message in text(send(signed_in(cast.cecilia), "/brevmallar/ny/", **template_form(**more)))
    assert not LetterTemplate.objects.exists()


def test_a_change_that_comes_late_shows_both(signed_in: SignIn, cast: Cast) -> None:
    client, made = signed_in(cast.cecilia), template(cast)
    address = f"/brevmallar/{made.key}/andra/"
    assert "Rubriken" in text(client.get(address))
    template(cast, key=made.key, seen=1, subject="Din rubrik")
    page = text(send(client, address, **template_form(subject="Min rubrik", version="1")))
    for word in ("Någon annan hann ändra", "Min rubrik", "Din rubrik", 'name="version" value="2"'):
        assert word in page
    assert send(client, address, **template_form(version="2")).url == "/brevmallar/"
    assert LetterTemplate.objects.count() == 3


def test_one_is_put_away(signed_in: SignIn, cast: Cast) -> None:
    client, made = signed_in(cast.cecilia), template(cast)
    address = f"/brevmallar/{made.key}/sluta/"
    assert "Sluta använda ”Hälsning”" in text(client.get(address))
    assert send(client, address).url == "/brevmallar/"
    page = text(client.get("/brevmallar/"))
    assert "Används inte" in page
    assert "Använd igen" in page


def test_the_list_asks_as_much_for_many_as_for_one(
    signed_in: SignIn, cast: Cast, case: Case, django_assert_num_queries: Any
) -> None:
    client, first = signed_in(cast.cecilia), template(cast)
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get("/brevmallar/")
    for at in range(9):
        template(cast, title=f"Mall {at}")
    with django_assert_num_queries(len(one)):
        client.get("/brevmallar/")
    assert first.number == 1
