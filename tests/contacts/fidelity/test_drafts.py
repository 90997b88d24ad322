"""What is typed at an item is kept while it is being written, and stays when another item is saved."""

import pytest
from django.urls import reverse

from casework.drafts import slots
from casework.drafts.models import Draft
from casework.policy import Permission
from contacts.fidelity import actions, readers
from contacts.fidelity.models import FidelityReview
from tests.cast import Cast
from tests.contacts.fidelity.making import begun, judged
from tests.fixtures import SignIn, send, text


def page_of(review: FidelityReview) -> str:
    return f"/programtrohet/{review.pk}/"


def autosave(review: FidelityReview, item: str) -> str:
    return reverse("autosave", args=[readers.slot(review, item)])


def typed(item: str, version: int = 1, **more: str) -> dict[str, str]:
    return {"item": item, "points": "3", "grounds": "Halva tanken", "version": str(version), **more}


def test_what_is_typed_at_one_item_stays_when_another_is_saved(signed_in: SignIn, cast: Cast) -> None:
    client, review = signed_in(cast.cecilia), begun(cast)
    body = text(client.get(page_of(review)))
    assert f'data-autosave="{autosave(review, "hope")}"' in body
    assert client.post(autosave(review, "hope"), typed("hope")).status_code == 200
    send(client, page_of(review), **typed("job", grounds="Hela tiden går till ärendena."))
    body = text(client.get(page_of(review)))
    assert "Halva tanken" in body
    assert 'id="id_hope_points_2" checked' in body
    assert "Utkast sparat" in body
    assert 'class="ds-error-summary"' not in body


def test_a_draft_is_gone_when_its_item_is_saved_or_the_measurement_finished(signed_in: SignIn, cast: Cast) -> None:
    client, review = signed_in(cast.cecilia), begun(cast)
    for item in ("hope", "job"):
        client.post(autosave(review, item), typed(item))
    send(client, page_of(review), **typed("hope"))
    assert [draft.slot for draft in Draft.objects.all()] == [readers.slot(review, "job")]
    judged(review, cast.cecilia)
    send(client, page_of(review) + "klar/")
    assert not Draft.objects.exists()


def test_a_draft_of_an_older_version_meets_the_newer_text(signed_in: SignIn, cast: Cast) -> None:
    client, review = signed_in(cast.cecilia), begun(cast)
    client.post(autosave(review, "hope"), typed("hope"))
    actions.score(by=cast.cecilia, review=review, item="hope", points=5, grounds="Någon annans ord.")
    body = text(send(client, page_of(review), **typed("hope")))
    assert "Någon annan hann ändra" in body
    assert "Någon annans ord." in body


@pytest.mark.parametrize(("who", "status"), [("alma", 403), ("ada", 403), ("cecilia", 200)])
def test_only_who_may_measure_keeps_such_drafts(signed_in: SignIn, cast: Cast, who: str, status: int) -> None:
    review = begun(cast)
    assert signed_in(getattr(cast, who)).post(autosave(review, "hope"), typed("hope")).status_code == status


def test_nobody_reads_anothers_draft(signed_in: SignIn, cast: Cast) -> None:
    review = begun(cast)
    signed_in(cast.cecilia).post(autosave(review, "hope"), typed("hope"))
    cast.edvin.led_sections.add(cast.section)
    assert "Halva tanken" not in text(signed_in(cast.edvin).get(page_of(review)))


@pytest.mark.parametrize(
    "slot", ["fidelity", "fidelity:x:hope", "fidelity:" + "g" * 32, "other:" + "a" * 32, "fidelity:" + "a" * 32 + ":A"]
)
def test_a_slot_of_no_known_kind_is_none(slot: str) -> None:
    assert slots.own(slot) is None


def test_a_slot_of_the_staffs_own_work_says_what_it_takes() -> None:
    assert slots.own("fidelity:" + "a" * 32 + ":assessments") == Permission.FIDELITY
    assert slots.own("fidelity:" + "a" * 32) == Permission.FIDELITY
