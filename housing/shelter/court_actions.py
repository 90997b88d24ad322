"""What goes to förvaltningsrätten about a child's stay, and what it answers (lag 2024:79, 3 and 4 kap.)."""

from datetime import date

from audit.tags import Tag
from casework.signin.models import User
from housing.shelter import clocks, rules
from housing.shelter.models import ShelterStay
from housing.shelter.writing import locked

Ground = rules.Ground


def submit_to_court(*, by: User, stay: ShelterStay, submitted_on: date) -> ShelterStay:
    """Notes that an immediate decision was submitted to the court, within its week (4:3). Raises Forbidden, Refused
    (closed case; not immediate, submitted already or over; a day ahead or before the decision; too late).
    """
    with locked(by, Tag.STAY_MOVED, stay) as fresh:
        rules.check_possible(fresh, "submit")
        rules.check_passed(submitted_on, fresh.decided_on)
        rules.check_in_time(submitted_on, clocks.submit_by(fresh.decided_on), "lag 2024:79, 4 kap. 3–4 §§")
        fresh.submitted_on = submitted_on
        return fresh


def note_confirmation(*, by: User, stay: ShelterStay, confirmed_on: date, confirmed: bool) -> ShelterStay:
    """Notes whether the court confirmed an immediate decision; one that it did not is over. Raises Forbidden, Refused
    (closed case; not submitted, answered already or over; a day ahead or before it was submitted).
    """
    with locked(by, Tag.STAY_MOVED, stay) as fresh:
        rules.check_possible(fresh, "confirm")
        rules.check_passed(confirmed_on, fresh.submitted_on)
        if confirmed:
            fresh.confirmed_on = confirmed_on
        else:
            _over(fresh, confirmed_on)
        return fresh


def apply_to_court(*, by: User, stay: ShelterStay, applied_on: date) -> ShelterStay:
    """Notes an application to the court (3:3); after an immediate placement within six weeks (4:6), or what the court
    has given. Raises Forbidden, Refused (closed case; not for a court, applied already or over; a day ahead or before
    the decision; too late).
    """
    with locked(by, Tag.STAY_MOVED, stay) as fresh:
        rules.check_possible(fresh, "apply")
        rules.check_passed(applied_on, fresh.decided_on)
        if fresh.ground == Ground.COURT:
            fresh.await_court()
        elif fresh.started_on is not None:
            last = clocks.apply_by(fresh.started_on, fresh.apply_extended_to)
            rules.check_in_time(applied_on, last, "lag 2024:79, 4 kap. 6–7 §§")
        fresh.applied_on = applied_on
        return fresh


def note_court_decision(
    *, by: User, stay: ShelterStay, court_decided_on: date, granted: bool, court_final_on: date | None
) -> ShelterStay:
    """Notes what the court decided on the application, and from when its permission is final, if that is known: it
    lapses four weeks later when nothing has begun (3:4). A refusal ends the stay (4:7). Raises Forbidden, Refused
    (closed case; not applied for, decided already or over; a day ahead or in the wrong order).
    """
    with locked(by, Tag.STAY_MOVED, stay) as fresh:
        rules.check_possible(fresh, "decided")
        rules.check_passed(court_decided_on, fresh.applied_on)
        if court_final_on is not None:
            rules.check_passed(court_final_on, court_decided_on)
        fresh.court_decided_on, fresh.court_final_on = court_decided_on, court_final_on
        if not granted:
            _over(fresh, court_decided_on)
        return fresh


def _over(stay: ShelterStay, day: date) -> None:
    stay.lapse()
    stay.ended_on = day
