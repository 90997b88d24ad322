"""Leases for the tests of this subject, made through its own acts."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases import actions as cases
from casework.cases.models import Case
from housing.homes.models import HoldWords, Home, HomeHold
from housing.tenancies import actions, living_actions
from housing.tenancies.models import Tenancy
from housing.tenancies.rules import Step, Terms
from housing.tracks import moving
from housing.tracks.models import Track
from tests.cast import Cast
from tests.housing import made

TODAY = timezone.localdate()
OFFER = ("apply", "acknowledge", "offer", "accept")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def terms(**more: Any) -> Terms:
    facts = {"lease": "sublease", "tenant": "tenant_city", "starts_on": ago(10), "rent": 8_000}
    return Terms(**{**facts, **more})


def sign(cast: Cast, case: Case, track: Track | None = None, **more: Any) -> Tenancy:
    return actions.sign_tenancy(by=cast.alma, case=case, track=track, terms=terms(**more))


def accepted(cast: Cast, case: Case, **home: Any) -> tuple[Track, Home]:
    """A track whose home she has said yes to, with the home held for it."""
    flat = made.make_home(street="Rosengatan 7", town="Malmö", lease="sublease", **home)
    track = made.make_track(made.make_need(cast.alma, case), None, "apply", "acknowledge", "offer")
    with trail.act(Tag.IMPORTED):
        hold = HomeHold(
            home=flat, track=track, case=case, client_id=case.client_id, held_by=cast.hanna, words=HoldWords()
        )
        hold.save()
        flat.offer()
        flat.save()
        track = moving.move(moving.locked(track), "accept")
    flat.refresh_from_db()
    return track, flat


def living(cast: Cast, case: Case, track: Track | None = None, **more: Any) -> Tenancy:
    tenancy = sign(cast, case, track, **more)
    return actions.move_in(by=cast.alma, tenancy=tenancy, on=min(tenancy.starts_on, TODAY))


def step_all(cast: Cast, tenancy: Tenancy) -> None:
    for step in Step.values:
        living_actions.do_step(by=cast.alma, tenancy=tenancy, step=step, on=TODAY)


def taken_over(cast: Cast, case: Case, track: Track | None = None, **more: Any) -> Tenancy:
    tenancy = living(cast, case, track, **more)
    step_all(cast, tenancy)
    return actions.take_over(by=cast.alma, tenancy=tenancy, on=TODAY, reason="")


def end(cast: Cast, tenancy: Tenancy, **more: Any) -> Tenancy:
    facts = {"by": cast.alma, "on": TODAY, "why": "moved_on", "outcome": "Flyttade"}
    return actions.end_tenancy(tenancy=tenancy, **{**facts, **more})


def waive(cast: Cast, tenancy: Tenancy, **more: Any) -> Tenancy:
    facts = {
        "by": cast.cecilia, "document": "Egen handling i akten", "on": ago(5), "approval": "not_needed",
        "approved_on": None, "until": None, "has_spouse": False, "spouse_on": None, "version": tenancy.version,
    }  # fmt: skip
    return living_actions.note_waiver(tenancy=tenancy, **{**facts, **more})


def alarm(cast: Cast, tenancy: Tenancy, **more: Any) -> Any:
    facts = {"by": cast.alma, "kind": "alarm_rent", "came_on": ago(2), "text": "Hyran för mars"}
    return living_actions.raise_alarm(tenancy=tenancy, **{**facts, **more})


def visit(cast: Cast, tenancy: Tenancy, **more: Any) -> Any:
    facts = {"by": cast.alma, "on": TODAY, "text": "Allt är bra", "next_on": TODAY + timedelta(days=30)}
    return living_actions.visit(tenancy=tenancy, **{**facts, **more})


def close(cast: Cast, case: Case) -> Case:
    closing = cases.move_case(by=cast.cecilia, case=case, name="begin_closing", reason="Klart")
    return cases.close_case(by=cast.cecilia, case=closing, closure_reason="moved", note="Flyttat")
