"""The pages of the register, and what lies ahead: each day once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.tags import Tag
from housing.landlords import actions, ahead
from housing.landlords.models import ContactWords, Landlord, PilotFollowUp
from tests.cast import Cast
from tests.fixtures import SignIn, last_event, send, text
from tests.housing.landlords.test_landlord_acts import agree, follow, train
from tests.housing.made import make_home, make_landlord

TODAY = timezone.localdate()
URL = "/boende/hyresvardar/"


def lying_ahead(landlord: Landlord) -> list[tuple[Any, str, bool]]:
    fetched = Landlord.objects.prefetch_related("trainings", "cooperations", "pilot_follow_ups").get(pk=landlord.pk)
    return [(one.day, one.text, one.late) for one in ahead.of([fetched])]


def test_an_empty_register_says_what_to_do(signed_in: SignIn, cast: Cast) -> None:
    page = text(signed_in(cast.hanna).get(URL))
    assert "Registret är tomt" in page
    assert "Ingen hyresvärd är med i piloten" in text(signed_in(cast.hanna).get(f"{URL}?visa=pilot"))


def test_the_list_shows_homes_and_who_lacks_training(signed_in: SignIn, cast: Cast) -> None:
    landlord = make_landlord(name="Långahyresvärdsnamnsaktiebolaget")
    make_home(landlord)
    make_landlord(name="Piloten", pilot=True)
    page = text(signed_in(cast.hanna).get(URL))
    assert "Långahyresvärdsnamnsaktiebolaget" in page
    assert "Utan utbildning" in page
    assert "Långahyresvärdsnamnsaktiebolaget" not in text(signed_in(cast.hanna).get(f"{URL}?visa=pilot"))


@pytest.mark.parametrize("page", ["", "one"])
def test_the_pages_ask_the_same_however_many_there_are(signed_in: SignIn, cast: Cast, page: str) -> None:
    browser, counts, first = signed_in(cast.hanna), [], make_landlord(pilot=True)
    for more in (1, 9):
        for _ in range(more):
            landlord = first if page else make_landlord(pilot=True)
            agree(cast, landlord)
            train(cast, landlord)
            actions.add_contact(by=cast.hanna, landlord=landlord, words=ContactWords(name="Ann"))
            actions.note_talk(by=cast.hanna, landlord=landlord, talked_on=TODAY, text="Hej")
            make_home(landlord)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"{URL}{first.pk}/" if page else URL).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_everything_is_written_through_the_pages(signed_in: SignIn, cast: Cast) -> None:
    browser = signed_in(cast.hanna)
    answer = send(browser, f"{URL}ny/", called="Nya Hem", kind="private", pilot="on", note="Hiss finns")
    landlord = Landlord.objects.get()
    one = f"{URL}{landlord.pk}/"
    assert answer["Location"] == one
    send(browser, f"{one}kontakt/", contact_name="Ann Sten", role="Uthyrare")
    contact = landlord.contacts.get()
    send(browser, f"{one}utbildning/", held_on=str(TODAY), held_by="Vi", content="training_basics", took_part="3")
    until = str(TODAY + timedelta(days=30))
    send(browser, f"{one}avtal/", valid_from=str(TODAY), valid_until=until, homes_a_year="2", terms="Hiss")
    send(browser, f"{one}samtal/", talked_on=str(TODAY), text="Två hem i höst")
    send(browser, f"{one}uppfoljning/", after="m3", held_on=str(TODAY), result="went_mixed", goes_on="on", text="Bra")
    send(browser, f"{one}andra/", called="Nya Hemmet", kind="private", pilot="on", active="on", version="1")
    page = text(browser.get(one))
    for word in ("Nya Hemmet", "Ann Sten", "Två hem i höst", "Gick delvis bra", "2 bostäder om året", "3 deltog"):
        assert word in page
    assert send(browser, f"{one}kontakt/{contact.pk}/avsluta/").status_code == 302
    assert "Slutade" in text(browser.get(one))
    assert last_event(Tag.LANDLORDS_READ).actor == cast.hanna.display_name


def test_what_tells_of_a_tenant_comes_back_with_the_word(signed_in: SignIn, cast: Cast) -> None:
    landlord = make_landlord()
    answer = send(signed_in(cast.hanna), f"{URL}{landlord.pk}/samtal/", talked_on=str(TODAY), text="Hon var hotad")
    assert "”hotad” berättar om våld eller hot" in text(answer)
    assert not landlord.talks.exists()


def test_a_late_change_is_shown_with_both_texts(signed_in: SignIn, cast: Cast) -> None:
    landlord = make_landlord()
    url = f"{URL}{landlord.pk}/andra/"
    send(signed_in(cast.hanna), url, called="Först", kind="private", active="on", version="1")
    answer = send(signed_in(cast.hanna), url, called="Sedan", kind="private", active="on", version="1")
    assert "Först" in text(answer)
    assert Landlord.objects.get().name == "Först"


def test_each_day_ahead_stands_once(cast: Cast) -> None:
    landlord = make_landlord(pilot=True)
    assert lying_ahead(landlord) == []
    agree(cast, landlord, valid_from=TODAY - timedelta(days=200), valid_until=TODAY + timedelta(days=20))
    train(cast, landlord, held_on=TODAY - timedelta(days=90), next_on=TODAY - timedelta(days=1))
    found = lying_ahead(landlord)
    assert [line for _, line, _ in found] == [
        "Uppföljning efter 3 månader", "Uppföljning efter 6 månader", "Nästa utbildning", "Samarbetsavtalet går ut",
    ]  # fmt: skip
    assert [late for *_, late in found] == [True, True, True, False]
    follow(cast, landlord)
    train(cast, landlord)
    agree(cast, landlord, valid_until=TODAY + timedelta(days=400))
    assert [line for _, line, _ in lying_ahead(landlord)] == ["Uppföljning efter 6 månader"]
    landlord.active = False
    landlord.save()
    assert lying_ahead(landlord) == []


def test_outside_the_pilot_nothing_is_followed_up_by_itself(cast: Cast) -> None:
    landlord = make_landlord()
    agree(cast, landlord, valid_from=TODAY - timedelta(days=400), valid_until=TODAY + timedelta(days=400))
    assert lying_ahead(landlord) == []
    assert len(ahead.MONTHS) == len(PilotFollowUp.After)


def test_a_landlord_that_does_not_exist_is_404(signed_in: SignIn, cast: Cast) -> None:
    landlord, other = make_landlord(), make_landlord()
    contact = actions.add_contact(by=cast.hanna, landlord=other, words=ContactWords(name="Ann"))
    nobody = "00000000-0000-0000-0000-000000000007"
    assert signed_in(cast.hanna).get(f"{URL}{nobody}/").status_code == 404
    assert signed_in(cast.hanna).get(f"{URL}{landlord.pk}/kontakt/{contact.pk}/avsluta/").status_code == 404
