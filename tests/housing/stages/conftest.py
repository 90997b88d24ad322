"""A case of somebody of whom everything is known, in words that cannot be mistaken for others, and a way to a home."""

from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from audit import trail
from audit.tags import Tag
from casework.cases.consents.models import Consent
from casework.cases.disclosures import actions as disclosures
from casework.cases.models import Case
from casework.clients import actions as clients
from casework.signin.models import User
from housing.homes.models import HomeHold
from housing.needs.models import HousingNeed, NeedProfile, NeedVersion
from housing.stages import actions
from housing.stages.actions import Asked
from housing.stages.models import TrackStage
from housing.tracks.models import Track
from tests.cast import Cast
from tests.housing import made

TODAY = timezone.localdate()
PROFILE = NeedProfile(
    adults=2, children=["1-5", "13-14"], rooms=4, max_rent=13_579, areas=["city_west"], avoid=["1281"],
    region=["1287"], access=["shower"], pets=True, obstacles=["debts"], threat="honour", note="Xyznotering",
)  # fmt: skip
PHONE = "040-135791"


@dataclass
class Way:
    """A way to a home in a case: what the tests of stages act upon."""

    cast: Cast
    case: Case
    need: HousingNeed
    track: Track
    consent: Consent

    @property
    def chief(self) -> User:
        return self.cast.cecilia

    @property
    def contact(self) -> User:
        return self.cast.alma


def make_way(cast: Cast, case: Case, receiver: str = "provider", **more: Any) -> Way:
    """A need that is handed over, with a track of a kind that has this receiver, and a consent in force."""
    profile = more.pop("profile", PROFILE)
    need = HousingNeed.objects.filter(case=case).first() or made.make_need(cast.alma, case, profile=profile)
    kind = made.make_kind("way_plain", key=f"plain-{receiver.replace('_', '-')}", receiver=receiver)
    track = made.make_track(need, kind, **more)
    return Way(cast, case, need, Track.objects.get(pk=track.pk), made.make_consent(cast.alma, case))


def protect(cast: Cast, case: Case) -> None:
    """It is known how she is protected."""
    clients.add_mark(by=cast.alma, case=case, kind="SECRECY_MARKING", valid_from=TODAY)


def make_hold(way: Way, state: str = "hold_offered", **home: Any) -> HomeHold:
    """A home that is held for the track."""
    stands = {"hold_offered": "home_offered", "hold_reserved": "reserved", "hold_taken": "taken"}[state]
    place = {"street": "Xyzgatan 3", "postal_code": "21212", "town": "Xyzstad", "flat": "Xyz1203"}
    facts = {**place, "state": stands, **home}
    hold = HomeHold(
        home=made.make_home(**facts), track=way.track, case=way.case, client_id=way.case.client_id, held_by=way.contact
    )
    with trail.act(Tag.IMPORTED):
        hold.save()
        for name in {"hold_offered": (), "hold_reserved": ("reserve",), "hold_taken": ("reserve", "take")}[state]:
            getattr(hold, name)()
            hold.save()
    return hold


def release(hold: HomeHold) -> None:
    with trail.act(Tag.IMPORTED):
        hold.home.release()
        hold.home.save()
        hold.release()
        hold.released_on, hold.released_why = TODAY, "no_fit"
        hold.save()


def rewrite(way: Way, number: int, **more: Any) -> None:
    """The need is written anew."""
    with trail.act(Tag.NEED_WRITTEN):
        NeedVersion(
            need=way.need, client_id=way.case.client_id, number=number, written_by=way.contact,
            profile=replace(PROFILE, **more),
        ).save()  # fmt: skip


def asked(**more: Any) -> Asked:
    said = {"recipient": "Mottagaren på plats", "purpose": "Ett hem", "weighing": "Behovet väger över", "phone": PHONE}
    return Asked(**{**said, **more})


def ask(way: Way, stage: str, *, by: User | None = None, receiver: str = "", **more: Any) -> TrackStage:
    """Asked by the kontaktperson; what is not of the words is given by name."""
    named = {"consent": more.pop("consent", way.consent)}
    receiver = receiver or way.track.kind.receiver
    return actions.ask_stage(
        by=by or way.contact, track=way.track, receiver=receiver, stage=stage, asked=asked(**more), **named
    )


def give(way: Way, row: TrackStage) -> TrackStage:
    """The sektionschef decides, where it waits for her."""
    assert row.disclosure is not None
    if row.disclosure.state == "proposed":
        disclosures.give_disclosure(by=way.chief, disclosure=row.disclosure)
    return TrackStage.objects.get(pk=row.pk)


def climb(way: Way, *stages: str) -> None:
    """Each stage asked for and given."""
    for stage in stages:
        give(way, ask(way, stage))


def take(way: Way) -> None:
    """Hanna is the coordinator of the track."""
    way.track.coordinator = way.cast.hanna
    with trail.act(Tag.IMPORTED):
        way.track.save()


def let_in(way: Way) -> TrackStage:
    """Hanna has the track, a home is reserved, and she is let in."""
    take(way)
    make_hold(way, "hold_reserved")
    ask(way, "stage_consented", receiver="coordinator")
    return actions.let_in(by=way.contact, track=way.track, consent=way.consent)


def later(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def text_of(pdf: bytes) -> str:
    """Everything that stands in a PDF, its own facts too."""
    reader = PdfReader(BytesIO(pdf))
    about = " ".join(str(value) for value in (reader.metadata or {}).values())
    return " ".join([*(page.extract_text() for page in reader.pages), about])


@pytest.fixture
def way(cast: Cast, case: Case) -> Way:
    """To a provider of skyddat boende, of somebody whose protection is known."""
    protect(cast, case)
    return make_way(cast, Case.objects.select_related("client", "section").get(pk=case.pk))
