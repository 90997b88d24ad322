"""An application is written, written anew, and approved by somebody else."""

from dataclasses import replace
from typing import Any

import pytest

from audit.tags import Tag
from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused
from casework.clients import actions as clients
from casework.records import StaleEdit
from housing.fortur import actions, rules
from housing.fortur.models import ForturApplication
from housing.tracks.models import Track
from tests.casework.exposure.test_exposure_acts import end_case
from tests.cast import Cast
from tests.fixtures import cases_of, last_event
from tests.housing.fortur import facts


def test_an_application_is_written_with_the_tracks_lease_and_waits_for_the_sektionschef(cast: Cast, case: Case) -> None:
    for lease in ("first_hand", "sublease"):
        track = facts.track_in(cast, case, lease=lease)
        application = facts.write(cast, track)
        assert (application.lease, application.written_by, application.version) == (lease, cast.alma, 1)
        assert application.words.open().certificate == facts.CERTIFICATE
        assert Track.objects.get(pk=track.pk).waits_on == Track.WaitsOn.CHIEF
    event = last_event(Tag.FORTUR_WRITTEN)
    assert cases_of(event) == {case.number}
    assert "Socialtjänsten" not in str(event)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"certificate": "  "}, "Skriv intyget."),
        ({"certificate": "Hon har utsatts för våld."}, "”våld” berättar om våld eller hot."),
        ({"conditions": "Hemlig adress."}, "”Hemlig” berättar om skydd."),
        ({"certificate": "Åsa behöver ett hem."}, "”Åsa” är personens eget namn."),
        ({"certificate": "Ett hem \U0001f3e0"}, "kan inte skrivas ut"),
    ],
)
def test_a_text_that_the_landlord_may_not_read_is_refused(
    cast: Cast, case: Case, more: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        facts.write(cast, facts.track_in(cast, case), **more)
    assert not ForturApplication.objects.exists()


@pytest.mark.parametrize("more", [{"kind": "private"}, {"kind": "city"}, {"active": False}])
def test_only_a_municipal_landlord_that_works_with_us_is_asked(cast: Cast, case: Case, more: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="kommunal hyresvärd"):
        facts.write(cast, facts.track_in(cast, case), landlord=facts.landlord(**more))


def test_a_track_with_another_lease_takes_no_application(cast: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="förstahands- eller andrahandskontrakt"):
        facts.write(cast, facts.track_in(cast, case, lease="transition"))


def test_nothing_is_written_after_the_landlord_was_asked_or_in_a_closed_case(
    cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = facts.track_in(cast, case, "apply")
    with pytest.raises(Refused, match="vägens läge är ”sökt”"):
        facts.write(cast, asked)
    track = facts.track_in(cast, case, lease="sublease")
    track.case = end_case(cast, case, monkeypatch)
    with pytest.raises(Refused, match="Ärendet är avslutat"):
        facts.write(cast, track, by=cast.cecilia)


def test_strangers_and_coordinators_write_nothing(cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    for user in (cast.bo, cast.eva, cast.hanna, cast.edvin):
        with pytest.raises(policy.Forbidden):
            facts.write(cast, track, by=user)


def test_a_changed_text_has_to_be_approved_again(cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    application = facts.approved(cast, track)
    assert Track.objects.get(pk=track.pk).waits_on == Track.WaitsOn.US

    written = facts.write(cast, track, certificate="Ett annat intyg.", version=application.version)

    assert (written.pk, written.approved_by, written.approved_at) == (application.pk, None, None)
    with pytest.raises(StaleEdit):
        facts.write(cast, track, version=application.version)
    with pytest.raises(StaleEdit):
        facts.write(cast, track, version=0)


def test_the_sektionschef_approves_what_somebody_else_wrote(cast: Cast, case: Case) -> None:
    application = facts.approved(cast, facts.track_in(cast, case))

    assert (application.approved_by, application.approved_at is not None) == (cast.cecilia, True)
    assert cases_of(last_event(Tag.FORTUR_APPROVED)) == {case.number}
    with pytest.raises(Refused, match="redan godkänd"):
        actions.approve_application(by=cast.cecilia, application=application, version=application.version)


def test_two_persons_are_needed(cast: Cast, case: Case) -> None:
    application = facts.write(cast, facts.track_in(cast, case), by=cast.cecilia)

    with pytest.raises(Refused, match="Du skrev själv intyget"):
        actions.approve_application(by=cast.cecilia, application=application, version=1)
    for user in (cast.alma, cast.edvin, cast.hanna):
        with pytest.raises(policy.Forbidden):
            actions.approve_application(by=user, application=application, version=1)
    assert not rules.can_approve(cast.alma, application)


def test_what_was_not_read_is_not_approved(cast: Cast, case: Case) -> None:
    track = facts.track_in(cast, case)
    application = facts.write(cast, track)
    facts.write(cast, track, certificate="Ett annat intyg.", version=1)

    with pytest.raises(StaleEdit):
        actions.approve_application(by=cast.cecilia, application=application, version=1)


def test_a_name_that_was_learnt_since_stops_the_approval(cast: Cast, case: Case) -> None:
    application = facts.write(cast, facts.track_in(cast, case), certificate="Solrun är en fin plats att bo på.")
    identity = replace(case.client.identity.open(), given_name="Solrun")
    clients.change_identity(by=cast.alma, case=case, identity=identity, version=case.client.version)

    with pytest.raises(Refused, match="”Solrun” är personens eget namn"):
        actions.approve_application(by=cast.cecilia, application=application, version=1)
