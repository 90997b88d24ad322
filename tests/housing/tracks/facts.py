"""Shorthand for the acts with facts that cannot be mistaken."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.cases import actions as cases
from casework.cases.models import Case
from housing.needs.models import HousingNeed
from housing.tracks import actions
from housing.tracks.models import Track, TrackKind
from tests.cast import Cast
from tests.housing.made import make_kind

TODAY = timezone.localdate()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def start(cast: Cast, need: HousingNeed, kind: TrackKind | None = None, **more: Any) -> Track:
    facts = {"by": cast.alma, "next_step": "Ring kön", "next_on": None, "note": "Bara för oss", **more}
    return actions.start_track(need=need, kind=kind or make_kind(), **facts)


def change(cast: Cast, track: Track, **more: Any) -> Track:
    facts: dict[str, Any] = {"by": cast.alma, "next_step": "Skicka intyget", "next_on": ago(-3)}
    told = {"waits_on": "waits_person", "version": track.version}
    return actions.change_track(track=track, **{**facts, **told, **more})


def move(cast: Cast, track: Track, name: str, **more: Any) -> Track:
    facts: dict[str, Any] = {"by": cast.alma, "on": None, "version": track.version}
    why = {"withdraw": "person_declined", "lose_offer": "person_declined", "expire": "too_late", "decline": "no_fit"}
    return actions.move_track(track=track, name=name, **{**facts, "declined": why.get(name, ""), **more})


def later(track: Track) -> Track:
    return Track.objects.select_related("kind", "need", "case").get(pk=track.pk)


def close_case(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(cases, "on_closing", [])
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")
