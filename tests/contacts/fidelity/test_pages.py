"""The pages of fidelity: what they show, and what comes of what is filled in."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.tags import Tag
from contacts.fidelity import actions, readers
from contacts.fidelity.models import FidelityItem, FidelityReview
from contacts.fidelity.schedule import usual_period
from tests.cast import Cast
from tests.contacts.fidelity.making import LAST, MARCH, begun, finished, judged, make_case, mentoring, step
from tests.fixtures import SignIn, events, last_event, send, text

INDEX, NEW = "/programtrohet/", "/programtrohet/ny/"


def page_of(review: FidelityReview, part: str = "") -> str:
    return f"/programtrohet/{review.pk}/{part}"


def filled(review: FidelityReview, item: str = "hope", **more: Any) -> dict[str, Any]:
    version = review.scores.get(item=item).version
    return {"item": item, "points": "4", "grounds": "Vi frågar efter drömmar.", "version": version, **more}


# --- overview ---------------------------------------------------------------------------------------------------------


def test_a_section_that_was_never_measured_says_so_and_offers_to_begin(signed_in: SignIn, cast: Cast) -> None:
    body = text(signed_in(cast.cecilia).get(INDEX))
    assert "Sektionen har inte mätt sin programtrohet än." in body
    assert f"{NEW}?sektion={cast.section.pk}" in body
    assert '<svg class="trend"' not in body
    assert "Sektion 2" not in body
    assert last_event(Tag.FIDELITY_READ).actor_id == str(cast.cecilia.pk)


def test_without_a_section_there_is_an_explanation(signed_in: SignIn, cast: Cast) -> None:
    cast.cecilia.led_sections.clear()
    assert "Du leder ingen sektion" in text(signed_in(cast.cecilia).get(INDEX))


def test_totals_stand_in_a_table_and_in_a_drawing_with_a_title_and_a_description(signed_in: SignIn, cast: Cast) -> None:
    finished(cast, points=4)
    finished(cast, points=5, to_day=date(2026, 9, 10))
    body = text(signed_in(cast.cecilia).get(INDEX))
    # supervisor 5 and group 1 are computed, nine are judged: 5 + 1 + 36 = 42 and 5 + 1 + 45 = 51
    assert "2026-03-10: 42 poäng. 2026-09-10: 51 poäng. Från 45 poäng är programtroheten hög." in body
    assert '<title id="trend-' in body
    assert body.count("<circle") == 2
    assert body.count("<polyline") == 1
    table = body[body.index("<tbody>") : body.index("</tbody>")]
    assert table.index("2026-09-10") < table.index("2026-03-10")
    assert "51, hög" in table
    assert "42, hög" not in table
    assert "Nästa mätning görs senast 10 mars 2027." in body


def test_one_that_goes_on_is_offered_to_go_on_with(signed_in: SignIn, cast: Cast) -> None:
    review = begun(cast)
    body = text(signed_in(cast.cecilia).get(INDEX))
    assert "En mätning pågår." in body
    assert page_of(review) in body
    assert NEW not in body


def test_a_measurement_that_is_overdue_is_reminded_of(signed_in: SignIn, cast: Cast) -> None:
    finished(cast, from_day=date(2025, 1, 1), to_day=date(2025, 6, 30))
    assert readers.next_due(cast.section) == date(2025, 12, 30)
    body = text(signed_in(cast.cecilia).get(INDEX))
    assert "Nästa mätning skulle ha gjorts senast 30 december 2025." in body


def test_the_board_is_told_of_what_is_due_within_a_month(cast: Cast) -> None:
    today = timezone.localdate()
    assert readers.next_due(cast.section) == today
    [first] = readers.due(cast.cecilia)
    assert (first.section, first.due_on, first.url, first.late) == (cast.section, today, INDEX, False)
    review = begun(cast, from_day=today - timedelta(days=30), to_day=today)
    [going_on] = readers.due(cast.cecilia)
    assert (going_on.url, "pågår" in going_on.text) == (page_of(review), True)
    actions.finish_review(by=cast.cecilia, review=judged(review, cast.cecilia))
    assert readers.due(cast.cecilia) == []
    assert readers.due(cast.alma) == []
    finished(cast, by=cast.edvin, section=cast.other, from_day=date(2025, 1, 1), to_day=date(2025, 2, 1))
    assert [reminder.late for reminder in readers.due(cast.edvin)] == [True]


def test_the_overview_costs_the_same_however_many_there_are(
    signed_in: SignIn, cast: Cast, django_assert_num_queries: Any
) -> None:
    finished(cast)
    with django_assert_num_queries(2):
        assert len(readers.overview(cast.cecilia)) == 1
    cast.cecilia.led_sections.add(cast.other)
    finished(cast, to_day=date(2026, 9, 10))
    begun(cast, section=cast.other)
    with django_assert_num_queries(2):
        assert len(readers.overview(cast.cecilia)) == 2


# --- beginning --------------------------------------------------------------------------------------------------------


def test_a_measurement_is_begun_from_the_form(signed_in: SignIn, cast: Cast) -> None:
    client = signed_in(cast.cecilia)
    first, last = usual_period(timezone.localdate())
    body = text(client.get(NEW))
    assert f'value="{first}"' in body
    assert f'value="{last}"' in body
    data = {"once": str(uuid4()), "section": str(cast.section.pk), "from_day": str(MARCH), "to_day": str(LAST)}
    response = client.post(NEW, data)
    review = FidelityReview.objects.get()
    assert response.url == page_of(review)
    assert client.post(NEW, data).url == page_of(review)
    assert (review.section, review.from_day, review.to_day) == (cast.section, MARCH, LAST)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"from_day": "2026-03-11"}, "Perioden slutar innan den börjar."),
        ({"to_day": "i går"}, "Skriv datumet så här: 2026-03-01."),
        ({"to_day": str(timezone.localdate() + timedelta(days=1))}, "Datumet får inte ligga i framtiden."),
        ({"from_day": "2020-01-01"}, "Perioden får vara högst två år."),
        ({"section": ""}, "Välj sektion."),
        ({"section": "0b8f0000-0000-4000-8000-000000000000"}, "Välj något av alternativen i listan."),
    ],
)
def test_what_is_wrong_with_a_period_is_said(signed_in: SignIn, cast: Cast, more: dict[str, str], message: str) -> None:
    data = {"section": str(cast.section.pk), "from_day": str(MARCH), "to_day": str(LAST), **more}
    body = text(send(signed_in(cast.cecilia), NEW, **data))
    assert message in body
    assert not FidelityReview.objects.exists()


def test_another_section_cannot_be_chosen(signed_in: SignIn, cast: Cast) -> None:
    data = {"section": str(cast.other.pk), "from_day": str(MARCH), "to_day": str(LAST)}
    assert send(signed_in(cast.cecilia), NEW, **data).status_code == 200
    assert not FidelityReview.objects.exists()


@pytest.mark.parametrize("asked", ["x", "0b8f0000-0000-4000-8000-000000000000"])
def test_a_section_in_the_address_that_is_not_hers_chooses_nothing(signed_in: SignIn, cast: Cast, asked: str) -> None:
    assert signed_in(cast.cecilia).get(NEW, {"sektion": asked}).status_code == 200


# --- judging ----------------------------------------------------------------------------------------------------------


def test_the_page_says_what_stands_behind_each_item(signed_in: SignIn, cast: Cast) -> None:
    case = make_case(cast)
    for place in ("home", "office"):
        step(case, cast.alma, place=place)
    for _ in range(2):
        mentoring(cast, MARCH)
    body = text(signed_in(cast.cecilia).get(page_of(begun(cast))))
    for item in FidelityItem:
        assert item.label in body
    assert "1 av 2 kontakter, 50 %" in body
    assert "2 kontaktpersoner på 1 sektionschef" in body
    assert "0 tillfällen på 1,4 veckor, 0 i veckan" in body
    assert "Under perioden: 2 fälthandledningar." in body
    assert "Punkten kan inte räknas ut, så du bedömer den." in body
    # every item but the time for the cases, whose limits could be read
    assert body.count("Gränsen är inte bekräftad") == 10
    assert "Skriv inte vem det gäller." in body
    assert "Avsluta mätningen" not in body


def test_points_and_grounds_are_saved_and_shown(signed_in: SignIn, cast: Cast) -> None:
    client, review = signed_in(cast.cecilia), begun(cast)
    response = send(client, page_of(review), **filled(review))
    assert response.url == page_of(review) + "#hope"
    body = text(client.get(page_of(review)))
    assert "Poängen är sparad." in body
    assert "Vi frågar efter drömmar." in body
    assert "Bedömt av Cecilia Holm" in body
    # 5 for the supervisor, 1 for the groups, 4 for hope
    assert "<strong>10 <small>av 55</small></strong>" in body
    assert "på 3 av 11 punkter" in body


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"points": ""}, "Välj poäng."),
        ({"points": "6"}, "Välj något av alternativen i listan."),
        ({"grounds": ""}, "Fyll i grunder."),
        ({"grounds": "x" * 2001}, "högst 2"),
        ({"item": "other"}, "Välj något av alternativen i listan."),
        ({"item": "\0"}, "Välj något av alternativen i listan."),
        ({"version": ""}, "Ladda om sidan och försök igen."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    signed_in: SignIn, cast: Cast, more: dict[str, str], message: str
) -> None:
    review = begun(cast)
    body = text(send(signed_in(cast.cecilia), page_of(review), **{**filled(review), **more}))
    assert message in body
    assert body.count('class="ds-error-summary"') == 1
    assert not events(Tag.FIDELITY_SCORED)


def test_a_computed_item_and_a_finished_measurement_take_no_points(signed_in: SignIn, cast: Cast) -> None:
    client, review = signed_in(cast.cecilia), begun(cast)
    body = text(send(client, page_of(review), **{**filled(review), "item": "group"}))
    assert "Punkten är uträknad." in body
    done = actions.finish_review(by=cast.cecilia, review=judged(review, cast.cecilia))
    body = text(send(client, page_of(done), **filled(done)))
    assert "Mätningen är avslutad. Den går inte att ändra längre." in body
    assert "<textarea" not in body


def test_the_same_form_twice_is_one_score(signed_in: SignIn, cast: Cast) -> None:
    client, review = signed_in(cast.cecilia), begun(cast)
    data = {"once": str(uuid4()), **filled(review)}
    assert client.post(page_of(review), data).url == client.post(page_of(review), data).url
    assert len(events(Tag.FIDELITY_SCORED)) == 1


def test_when_somebody_else_was_first_both_texts_are_shown(signed_in: SignIn, cast: Cast) -> None:
    client, review = signed_in(cast.cecilia), begun(cast)
    data = filled(review, grounds="Min text.", points="2")
    actions.score(by=cast.cecilia, review=review, item="hope", points=5, grounds="Hennes text.")
    body = text(send(client, page_of(review), **data))
    assert "Någon annan hann ändra" in body
    for words in ("Min text.", "Hennes text."):
        assert words in body
    assert review.scores.get(item="hope").points == 5
    newer = {**data, "version": review.scores.get(item="hope").version}
    assert send(client, page_of(review), **newer).status_code == 302
    assert review.scores.get(item="hope").points == 2


# --- finishing --------------------------------------------------------------------------------------------------------


def test_a_measurement_is_finished_when_every_item_has_points(signed_in: SignIn, cast: Cast) -> None:
    client, review = signed_in(cast.cecilia), begun(cast)
    assert "9 punkter saknar poäng." in text(client.get(page_of(review, "klar/")))
    assert "9 punkter saknar poäng." in text(send(client, page_of(review, "klar/")))
    judged(review, cast.cecilia, points=5)
    assert page_of(review, "klar/") in text(client.get(page_of(review)))
    assert "Avsluta mätningen" in text(client.get(page_of(review, "klar/")))
    data = {"once": str(uuid4())}
    for _ in range(2):
        assert client.post(page_of(review, "klar/"), data).url == page_of(review)
    assert FidelityReview.objects.get().total == 51
    assert len(events(Tag.FIDELITY_DONE)) == 1
    body = text(client.get(page_of(review)))
    assert "Mätningen ändras inte längre." in body
    assert "Mätningen är redan avslutad." in text(client.get(page_of(review, "klar/")))


# --- who --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"), [("edvin", 404), ("alma", 403), ("eva", 403), ("dag", 403), ("lo", 403), ("ada", 403)]
)
def test_nobody_else_sees_or_changes_a_measurement(signed_in: SignIn, cast: Cast, who: str, status: int) -> None:
    review, client = begun(cast), signed_in(getattr(cast, who))
    for part in ("", "klar/"):
        assert client.get(page_of(review, part)).status_code == status
        assert send(client, page_of(review, part), **filled(review)).status_code == status
    assert review.ref() in last_event(Tag.DENIED).refs or status == 403
    assert not events(Tag.FIDELITY_SCORED)


def test_a_measurement_that_does_not_exist_is_as_one_of_another_section(signed_in: SignIn, cast: Cast) -> None:
    client, review = signed_in(cast.edvin), begun(cast)
    there, nowhere = client.get(page_of(review)), client.get(f"/programtrohet/{uuid4()}/")
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
