"""A stay ends, or its decision lapses. A closed case is no hindrance: what went on is brought to its end."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import User
from housing.shelter import clocks, rules
from housing.shelter.models import ShelterStay
from housing.shelter.writing import give_back, locked

EndedWhy = rules.EndedWhy


def end_stay(*, by: User, stay: ShelterStay, ended_on: date, ended_why: str, outcome: str) -> ShelterStay:
    """Ends a stay. With the adult's end those of the children who are there with her, the same day, each with an event
    of its own (lag 2024:79, 7:1); the track has done its work, or waits on when she never came there.

    Raises Forbidden, Refused (over; a day ahead, or before it or a child's stay began; an unknown reason or one of
    children only; words that tell where it is).
    """
    with locked(by, Tag.STAY_MOVED, stay, check=rules.check_can_wind_up) as fresh:
        if ended_why not in EndedWhy.values or (fresh.child_id is None and ended_why in rules.OF_CHILDREN):
            raise Refused("Välj varför vistelsen avslutas i listan.")
        rules.check_words(fresh.case, fresh.provider, outcome)
        _end(fresh, ended_on, ended_why)
        fresh.words = replace(fresh.words.open(), outcome=outcome)
        rows = ShelterStay.objects.select_related("child", "track").select_for_update(of=("self",))
        for childs in rows.filter(adult_stay=fresh).exclude(state__in=clocks.OVER):
            childs.case = fresh.case
            with trail.act(Tag.STAY_MOVED, by=by, refs=[fresh.case.ref(), childs.ref()]):
                _end(childs, ended_on, EndedWhy.GUARDIANS_ENDED)
                childs.version += 1
                childs.save()
        give_back(fresh, ended_why, ended_on)
        return fresh


def _end(stay: ShelterStay, day: date, why: str) -> None:
    rules.check_passed(day, stay.decided_on, stay.started_on, stay.considered_on)
    stay.end()
    stay.ended_on, stay.ended_why = day, why


def lapse_stay(*, by: User, stay: ShelterStay) -> ShelterStay:
    """Notes that a decision no longer holds because a time in the law has passed; from the first day it did not.

    Raises Forbidden, Refused (over, or no time has passed).
    """
    with locked(by, Tag.STAY_MOVED, stay, check=rules.check_can_wind_up) as fresh:
        lapsed = clocks.lapsed_on(fresh, timezone.localdate())
        if lapsed is None:
            raise Refused("Ingen tid i lagen har gått ut. Avsluta vistelsen om den är över.")
        fresh.lapse()
        fresh.ended_on = lapsed
        return fresh
