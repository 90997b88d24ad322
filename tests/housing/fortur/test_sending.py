"""The application goes to the landlord as a paper, and the landlord answers."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from audit.tags import Tag
from casework import policy
from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients.models import Client
from housing.fortur import actions, paper
from housing.quotas.actions import set_quota
from housing.quotas.models import Quota
from housing.tracks import moving
from housing.tracks.models import Track
from tests.casework.exposure.test_exposure_acts import end_case
from tests.cast import Cast
from tests.fixtures import cases_of, last_event
from tests.housing.fortur import facts


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_first_print_sends_the_application_and_a_second_is_a_copy(cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    facts.told(cast, track)
    application = facts.approved(cast, track)
    for _ in range(2):
        told = text_of(actions.print_application(by=cast.alma, application=facts.fresh(application)))
        sent = Track.objects.get(pk=track.pk)
        assert (sent.state, sent.applied_on, sent.waits_on) == ("applied", facts.today(), Track.WaitsOn.RECEIVER)
    for word in ("Ansökan om förtur", facts.CERTIFICATE, facts.CONDITIONS, "Förstahandskontrakt", "Alma Lind"):
        assert word in " ".join(told.split())
    assert paper.reference(application) in told
    for secret in (case.number, track.need.token, case.pseudonym, "Åsa", "Öberg", "skydd"):
        assert secret not in told
    assert cases_of(last_event(Tag.FORTUR_PRINTED)) == {case.number}


def test_nothing_is_printed_before_it_is_approved_consented_and_clear(cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    application = facts.write(cast, track)
    with pytest.raises(Refused, match="Sektionschefen behöver godkänna"):
        actions.print_application(by=cast.alma, application=application)
    application = facts.fresh(actions.approve_application(by=cast.cecilia, application=application, version=1))
    with pytest.raises(Refused, match="Ingen har bett om det"):
        actions.print_application(by=cast.alma, application=application)
    facts.told(cast, track)
    Client.objects.get(pk=case.client_id)
    for user in (cast.bo, cast.eva, cast.hanna):
        with pytest.raises(policy.Forbidden):
            actions.print_application(by=user, application=application)


def test_a_withdrawn_consent_stops_the_paper_at_once(cast: Cast, case: Case) -> None:
    application = facts.sent(cast, case)
    consents.withdraw_consent(by=cast.alma, consent=Consent.objects.get(case=case), why="Hon vill inte")

    with pytest.raises(Refused, match="Samtycket gäller inte längre"):
        actions.print_application(by=cast.alma, application=application)


def test_an_unclear_protection_stops_the_paper(cast: Cast, case: Case) -> None:
    application = facts.sent(cast, case)
    client = Client.objects.get(pk=case.client_id)
    client.protection_checked_on = None
    client.save()

    with pytest.raises(Refused, match="Ingen har kontrollerat"):
        actions.print_application(by=cast.alma, application=facts.fresh(application))


def test_a_track_that_is_gone_gives_no_paper(cast: Cast, case: Case) -> None:
    application = facts.answered(cast, case, facts.refused())

    with pytest.raises(Refused, match="Vägen är avslutad"):
        actions.print_application(by=cast.alma, application=application)


def test_a_granted_fortur_waits_for_a_home_and_takes_one_of_the_quota(cast: Cast, case: Case) -> None:
    owner = facts.landlord()
    set_quota(by=cast.hanna, landlord=owner, year=facts.today().year, homes=1)
    answer = facts.granted(area_limit="Söder", offers_allowed=2)
    application = facts.answered(cast, case, answer, landlord=owner)

    assert (application.outcome, application.offers_allowed, application.track.state) == ("granted", 2, "queued")
    assert application.quota is not None
    assert application.quota.taken == 1
    words = application.words.open()
    assert (words.decider, words.area_limit, words.certificate) == ("Uthyrningschefen", "Söder", facts.CERTIFICATE)
    event = last_event(Tag.FORTUR_DECIDED)
    assert "Uthyrningschefen" not in str(event)


def test_a_full_quota_stops_a_grant_and_none_is_needed_where_none_is_set(cast: Cast, case: Case) -> None:
    owner = facts.landlord()
    application = facts.sent(cast, case, landlord=owner)
    set_quota(by=cast.hanna, landlord=owner, year=facts.today().year, homes=0)
    with pytest.raises(Refused, match="är full"):
        actions.note_answer(by=cast.alma, application=application, answer=facts.granted())
    Quota.objects.get(landlord=owner).delete()
    done = actions.note_answer(by=cast.alma, application=facts.fresh(application), answer=facts.granted())

    assert (done.quota, done.track.state) == (None, "queued")


def test_a_refused_one_ends_the_track_with_the_reason(cast: Cast, case: Case) -> None:
    application = facts.answered(cast, case, facts.refused())

    assert (application.outcome, application.valid_until) == ("fortur_refused", None)
    assert (application.track.state, application.track.declined) == ("declined", "economy")
    assert application.words.open().grounds == "Inkomsten räcker inte"
    with pytest.raises(Refused, match="ingen ansökan att svara på"):
        actions.note_answer(by=cast.alma, application=application, answer=facts.granted())


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"outcome": "maybe"}, "Välj om hyresvärden beviljade"),
        ({"decider": " "}, "Skriv vem hos hyresvärden"),
        ({"valid_until": None}, "hur länge förturen gäller"),
        ({"valid_until": -DAY}, "innan den beviljades"),
        ({"offers_allowed": None}, "hur många erbjudanden"),
        ({"offers_allowed": 0}, "hur många erbjudanden"),
        ({"decided_on": DAY}, "framåt i tiden"),
        ({"decided_on": -DAY}, "svarat före ansökan"),
        ({"outcome": "fortur_refused", "declined": ""}, "varför hyresvärden sade nej"),
        ({"outcome": "fortur_refused", "declined": "person_declined"}, "varför hyresvärden sade nej"),
        ({"outcome": "fortur_refused", "declined": "economy", "grounds": " "}, "Skriv hyresvärdens skäl"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(cast: Cast, case: Case, more: dict[str, Any], reason: str) -> None:
    days = {name: facts.today() + value for name, value in more.items() if isinstance(value, timedelta)}
    application = facts.sent(cast, case)

    with pytest.raises(Refused, match=reason):
        actions.note_answer(by=cast.alma, application=application, answer=facts.granted(**{**more, **days}))
    assert facts.fresh(application).outcome == ""


def test_strangers_note_no_answer_and_a_closed_case_takes_none(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = facts.sent(cast, case)
    for user in (cast.bo, cast.eva, cast.hanna, cast.edvin):
        with pytest.raises(policy.Forbidden):
            actions.note_answer(by=user, application=application, answer=facts.granted())
    end_case(cast, case, monkeypatch)
    with pytest.raises(Refused, match="Ärendet är avslutat"):
        actions.note_answer(by=cast.cecilia, application=facts.fresh(application), answer=facts.granted())
    with pytest.raises(Refused, match="Ärendet är avslutat"):
        actions.print_application(by=cast.cecilia, application=facts.fresh(application))


def test_a_track_that_is_tried_again_begins_with_a_new_application(cast: Cast, case: Case) -> None:
    application = facts.answered(cast, case, facts.refused())
    track = moving.locked(application.track)
    moving.move(track, "try_again")
    again = facts.write(cast, track, certificate="Ett nytt intyg.", version=application.version)

    assert (again.pk, again.outcome, again.decided_on, again.approved_at) == (application.pk, "", None, None)
    assert again.words.open().grounds == ""
