"""What a no to an offer costs, and what a track that is gone gives back."""

import pytest

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from housing.fortur import actions, readers
from housing.fortur.models import ForturApplication
from housing.quotas.actions import set_quota
from housing.tracks import moving
from housing.tracks.models import Track
from tests.cast import Cast
from tests.housing import made
from tests.housing.fortur import facts


def step(track: Track, *names: str, **more: str) -> Track:
    with trail.act(Tag.IMPORTED):
        track = moving.locked(track)
        for name in names:
            track = moving.move(track, name, **more)
    return track


def turn_down(track: Track, why: str = "person_declined") -> Track:
    step(track, "offer")
    with trail.act(Tag.IMPORTED):
        return moving.turn_down(moving.locked(track), declined=why)


def granted(cast: Cast, case: Case, offers: int = 1) -> ForturApplication:
    owner = facts.landlord()
    set_quota(by=cast.hanna, landlord=owner, year=facts.today().year, homes=3)
    return facts.answered(cast, case, facts.granted(offers_allowed=offers), landlord=owner)


def test_the_last_no_uses_up_the_fortur_and_gives_the_home_back(cast: Cast, case: Case) -> None:
    application = granted(cast, case, offers=2)
    assert turn_down(application.track).state == "queued"
    assert facts.fresh(application).quota is not None

    track = turn_down(application.track)

    assert (track.state, track.declined, track.offers_declined) == ("declined", "person_declined", 2)
    after = facts.fresh(application)
    assert after.quota is None
    assert application.quota is not None
    application.quota.refresh_from_db()
    assert application.quota.taken == 0


def test_a_home_that_was_taken_away_costs_nothing(cast: Cast, case: Case) -> None:
    application = granted(cast, case)

    assert turn_down(application.track, "home_gone").state == "queued"
    assert facts.fresh(application).quota is not None


@pytest.mark.parametrize(("name", "why"), [("withdraw", "other_home"), ("expire", "too_late"), ("decline", "no_home")])
def test_a_track_that_is_gone_gives_the_home_back_once(cast: Cast, case: Case, name: str, why: str) -> None:
    application = granted(cast, case)
    step(application.track, name, declined=why)

    after = facts.fresh(application)
    assert after.quota is None
    step(application.track, "try_again")
    step(application.track, "withdraw", declined=why)
    assert application.quota is not None
    application.quota.refresh_from_db()
    assert application.quota.taken == 0


def test_a_home_that_was_moved_into_stays_counted(cast: Cast, case: Case) -> None:
    application = granted(cast, case)
    step(application.track, "offer", "accept", "sign", "move_in", "end")

    assert facts.fresh(application).quota is not None


def test_a_new_fortur_on_the_same_track_counts_offers_anew(cast: Cast, case: Case) -> None:
    application = granted(cast, case)
    turn_down(application.track)
    track = step(application.track, "try_again")
    version = facts.fresh(application).version
    again = facts.approved(cast, track, version=version)
    step(track, "apply")
    actions.note_answer(by=cast.alma, application=facts.fresh(again), answer=facts.granted(offers_allowed=2))

    assert readers.warning(facts.fresh(again)).startswith("Personen kan tacka nej en gång till.")


def test_other_tracks_and_those_without_an_answer_are_left_alone(cast: Cast, case: Case) -> None:
    other = made.make_track(made.need_in(case, cast.alma), made.make_kind(), "apply", "acknowledge")
    assert turn_down(other).state == "queued"
    track = facts.track_in(cast, case)
    assert turn_down(track).state == "queued"
    facts.write(cast, facts.track_in(cast, case, lease="sublease"))
    sublease = Track.objects.get(kind__key="fortur-sublease")
    assert turn_down(sublease).state == "queued"


def test_what_a_no_costs_is_said_before(cast: Cast, case: Case) -> None:
    application = granted(cast, case, offers=3)
    assert "2 gånger till" in readers.warning(application)
    turn_down(application.track)
    assert "en gång till" in readers.warning(facts.fresh(application))
    turn_down(application.track)
    assert readers.warning(facts.fresh(application)) == ("Ett nej till förbrukar förturen. Då är den här vägen slut.")
    turn_down(application.track)
    assert readers.warning(facts.fresh(application)) == ""
