"""Needs, tracks, landlords and homes for tests of one subject, made without the acts of the others."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.consents import actions as consents
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.models import Case
from casework.signin.models import User
from housing.homes.models import Home, HomeWords
from housing.landlords.models import Landlord, LandlordWords
from housing.needs.models import HousingNeed, NeedProfile, NeedVersion
from housing.tracks import moving
from housing.tracks.models import Track, TrackKind, TrackWords

PROFILE = NeedProfile(
    adults=1, children=["1-5", "6-12"], rooms=3, max_rent=12_000, avoid=["1281"], access=["step_free"]
)
_names = count(1)


def make_need(
    by: User, case: Case, *, published: bool = True, profile: NeedProfile = PROFILE, **more: Any
) -> HousingNeed:
    """A need with one version; handed to the coordinators unless told otherwise."""
    need = HousingNeed(case=case, client_id=case.client_id, **{"urgency": "month", "written_by": by, **more})
    if published:
        need.publish()
    with trail.act(Tag.IMPORTED):
        need.save()
        NeedVersion(need=need, client_id=case.client_id, number=1, written_by=by, profile=profile).save()
    return need


def make_kind(way: str = "way_plain", **more: Any) -> TrackKind:
    """A way to a home, found again by its key."""
    key = more.pop("key", way.replace("_", "-"))
    facts = {"name": f"Vägen {key}", "receiver": "housing_queue", "lease": "first_hand", **more}
    with trail.act(Tag.IMPORTED):
        return TrackKind.objects.get_or_create(key=key, defaults={"way": way, **facts})[0]


def make_track(need: HousingNeed, kind: TrackKind | None = None, *moves: str, **more: Any) -> Track:
    """A track that has been taken through `moves` ("apply", "acknowledge", ...)."""
    track = Track(
        need=need, case=need.case, client_id=need.client_id, kind=kind or make_kind(), words=TrackWords(), **more
    )
    with trail.act(Tag.IMPORTED):
        track.save()
        for name in moves:
            track = moving.move(moving.locked(track), name)
    return track


def make_landlord(**more: Any) -> Landlord:
    facts = {"name": f"Värden {next(_names)}", "kind": "private", "words": LandlordWords(), **more}
    landlord = Landlord(**facts)
    with trail.act(Tag.IMPORTED):
        landlord.save()
    return landlord


def make_home(landlord: Landlord | None = None, **more: Any) -> Home:
    """A free home that has been found safe; `street`, `town` and the like are its words."""
    named = {name: more.pop(name) for name in ("street", "postal_code", "town", "flat", "access") if name in more}
    facts = {
        "name": f"H-{next(_names)}", "lease": "first_hand", "area": "city_south", "rooms": 3, "rent": 9_000,
        "available_from": timezone.localdate(), "safety": "safety_good", "safety_on": timezone.localdate(),
    }  # fmt: skip
    home = Home(landlord=landlord or make_landlord(), words=HomeWords(**named), **{**facts, **more})
    with trail.act(Tag.IMPORTED):
        home.save()
    return home


def make_consent(by: User, case: Case, **more: Any) -> Consent:
    """The person's own consent, from today on."""
    today = timezone.localdate()
    facts = {
        "child": None, "given_by": "person", "guardian": None, "way": "oral", "given_on": today,
        "until": today + timedelta(days=90),
        "words": ConsentWords(recipient="Hyresvärden", purpose="Ett hem", contents="Behovet"),
    }  # fmt: skip
    return consents.note_consent(by=by, case=case, **{**facts, **more})


def need_in(case: Case, by: User) -> HousingNeed:
    """The need of the case that goes on, made when there is none: exhibits are laid out one after another."""
    found = HousingNeed.objects.filter(case=case, state__in=["draft", "published"]).first()
    return found or make_need(by, case)
