"""An application and a track that goes by förtur, for the tests here."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework.cases.models import Case
from casework.clients.protection import actions as protection
from housing.fortur import actions
from housing.fortur.actions import Answer
from housing.fortur.models import ForturApplication
from housing.landlords.models import Landlord
from housing.stages import actions as stages
from housing.tracks.models import Track
from tests.cast import Cast
from tests.housing import made

CERTIFICATE = "Hushållet behöver ett hem att bo kvar i. Socialtjänsten stödjer ansökan."
CONDITIONS = "Kontraktet tas över efter ett år."


def today() -> date:
    return timezone.localdate()


def track_in(cast: Cast, case: Case, *moves: str, lease: str = "first_hand", **more: Any) -> Track:
    """A track by förtur of the case's need."""
    kind = made.make_kind("way_fortur", key=f"fortur-{lease}", receiver="public_landlord", lease=lease)
    return made.make_track(made.need_in(case, cast.alma), kind, *moves, **more)


def landlord(**more: Any) -> Landlord:
    return made.make_landlord(**{"kind": "public", **more})


def write(cast: Cast, track: Track, **more: Any) -> ForturApplication:
    facts = {"by": cast.alma, "certificate": CERTIFICATE, "conditions": CONDITIONS, "version": 0}
    if "landlord" not in more:
        facts["landlord"] = landlord()
    return actions.write_application(track=track, **{**facts, **more})


def approved(cast: Cast, track: Track, **more: Any) -> ForturApplication:
    application = write(cast, track, **more)
    return actions.approve_application(by=cast.cecilia, application=application, version=application.version)


def told(cast: Cast, track: Track) -> None:
    """She consents to what the landlord reads, and how she is protected is clear."""
    protection.check_protection(by=cast.alma, case=track.case)
    consent = made.make_consent(cast.alma, track.case)
    asked = stages.Asked(recipient="Hyresvärden", purpose="Ett hem", phone="040-10 00 00")
    facts = {"receiver": "public_landlord", "stage": "stage_consented", "consent": consent, "asked": asked}
    stages.ask_stage(by=cast.alma, track=track, **facts)


def sent(cast: Cast, case: Case, **more: Any) -> ForturApplication:
    """An application that the landlord has got."""
    track = track_in(cast, case)
    told(cast, track)
    application = approved(cast, track, **more)
    actions.print_application(by=cast.alma, application=application)
    return fresh(application)


def granted(**more: Any) -> Answer:
    facts = {"outcome": "granted", "decided_on": today(), "decider": "Uthyrningschefen", "offers_allowed": 1}
    return Answer(**{**facts, "valid_until": today() + timedelta(days=180), **more})


def refused(**more: Any) -> Answer:
    facts = {"outcome": "fortur_refused", "decided_on": today(), "decider": "Uthyrningschefen"}
    return Answer(**{**facts, "grounds": "Inkomsten räcker inte", "declined": "economy", **more})


def answered(cast: Cast, case: Case, answer: Answer | None = None, **more: Any) -> ForturApplication:
    application = sent(cast, case, **more)
    return fresh(actions.note_answer(by=cast.alma, application=application, answer=answer or granted()))


def fresh(application: ForturApplication) -> ForturApplication:
    rows = ForturApplication.objects.select_related("track__kind", "track__need", "landlord", "quota")
    found = rows.get(pk=application.pk)
    found.case = found.track.case = found.track.need.case = Case.objects.select_related("client", "section").get(
        pk=found.case_id
    )
    return found
