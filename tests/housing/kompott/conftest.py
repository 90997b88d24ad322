from typing import Any

import pytest
from django.utils import timezone

from casework.cases.consents.models import Consent
from casework.cases.disclosures import actions as disclosures
from casework.cases.models import Case
from casework.clients import actions as clients
from housing.kompott import actions, file_actions
from housing.kompott.models import KompottRequest
from housing.stages import actions as stages
from housing.stages.actions import Asked
from housing.tracks.models import Track
from tests.cast import Cast
from tests.housing import made
from tests.housing.kompott import sides
from tests.housing.kompott.sides import Other


@pytest.fixture
def other(cast: Cast) -> Other:
    return sides.make_other(cast.hanna, cast.ada)


@pytest.fixture
def track(cast: Cast, case: Case) -> Track:
    return sides.make_track(cast.alma, case)


@pytest.fixture
def consent(cast: Cast, case: Case) -> Consent:
    return made.make_consent(cast.alma, case)


@pytest.fixture
def written(cast: Cast, other: Other, track: Track, consent: Consent) -> KompottRequest:
    """A request that is not sent, of a need that has been given out by two."""
    give_out(cast, track, consent)
    return actions.write_request(by=cast.alma, track=track, member=other.member, consent=consent, note="Bråttom")


def give_out(cast: Cast, track: Track, consent: Consent) -> None:
    clients.add_mark(by=cast.alma, case=track.case, kind="SECRECY_MARKING", valid_from=timezone.localdate())
    asked = Asked(recipient="Lunds kommun", purpose="Ett hem", weighing="Hon behöver ett hem längre bort")
    facts = {"receiver": "municipality", "stage": "stage_profile"}
    row = stages.ask_stage(by=cast.alma, track=track, consent=consent, asked=asked, **facts)
    assert row.disclosure is not None
    if row.disclosure.state == "proposed":
        disclosures.give_disclosure(by=cast.cecilia, disclosure=row.disclosure)


@pytest.fixture
def sent(cast: Cast, written: KompottRequest) -> KompottRequest:
    """A request whose file has left."""
    return go(cast, written, "send")


def go(cast: Cast, row: KompottRequest, *names: Any, **facts: Any) -> KompottRequest:
    """Our steps, each told in a file."""
    for name in names:
        row = actions.move_request(by=cast.alma, request=row, name=name, **facts)
        if row.to_tell:
            file_actions.make_request_file(by=cast.alma, request=row)
            row = KompottRequest.objects.get(pk=row.pk)
    return row


def answered(cast: Cast, other: Other, row: KompottRequest, *said: tuple[str, dict[str, Any]]) -> KompottRequest:
    """Their steps, each told in a file that we take in."""
    for kind, facts in said:
        file_actions.import_file(by=cast.hanna, raw=other.file(kind, row.reference, facts))
    return KompottRequest.objects.get(pk=row.pk)


OFFER = ("offered", {"offer": "Två rum, 8 000 kr, från 1 maj"})
