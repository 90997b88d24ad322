"""A track is begun, changed, taken a step further, tied to what was done and decided; what stands in its way is noted.

In a closed case nothing here is done: it is opened again first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from audit import trail
from audit.tags import Tag
from casework.cases.insatser.models import Insats
from casework.cases.models import Case, JournalNote
from casework.cases.rules import Refused
from casework.records import StaleEdit
from casework.signin.models import User
from housing import doors
from housing.needs.models import HousingNeed
from housing.tracks import moving, rules
from housing.tracks.models import Track, TrackKind, TrackObstacle, TrackStep, TrackWords


def start_track(
    *, by: User, need: HousingNeed, kind: TrackKind, next_step: str, next_on: date | None, note: str
) -> Track:
    """Begins a way for a need. Several of different kinds go on at once, one of each.

    Raises Forbidden, Refused (closed case, the need is over, a way not in use or begun already, a name in the next
    step, which the coordinator reads).
    """
    doors.check_can_write(by, need.case)
    with trail.act(Tag.TRACK_STARTED, by=by, refs=[need.case.ref(), need.ref()]) as event:
        case = Case.objects.select_for_update().get(pk=need.case_id)
        doors.check_can_write(by, case)
        fresh = HousingNeed.objects.get(pk=need.pk)
        rules.check_may_begin(fresh, TrackKind.objects.get(pk=kind.pk))
        rules.check_lines(by, case, next_step)
        words = TrackWords(note=note, next_step=next_step)
        track = Track(need=fresh, case=case, client_id=fresh.client_id, kind=kind, next_on=next_on, words=words)
        track.save()
        event.touch(track.ref())
        return track


def change_track(
    *,
    by: User,
    track: Track,
    next_step: str,
    next_on: date | None,
    waits_on: str,
    version: int,
    note: str | None = None,
) -> Track:
    """Writes over what is to be done next, by whom and when; `note` is the case's own and None where it stands.

    Raises Forbidden, NotFound, Refused (closed case, the track is over, nobody it waits on, a name in the next step; a
    coordinator's note), StaleEdit.
    """
    if note is not None:
        doors.check_can_write(by, track.case)
    with _locked(by, Tag.TRACK_CHANGED, track) as fresh:
        fresh.check_version(version)
        rules.check_goes_on(fresh)
        rules.check_waits_on(waits_on)
        rules.check_lines(by, fresh.case, next_step)
        words = replace(fresh.words.open(), next_step=next_step)
        fresh.words = words if note is None else replace(words, note=note)
        fresh.next_on, fresh.waits_on = next_on, waits_on
        fresh.save()
        return fresh


def move_track(
    *,
    by: User,
    track: Track,
    name: str,
    on: date | None,
    version: int,
    declined: str = "",
    offer: str = "",
    outcome: str = "",
) -> Track:
    """Takes a track the step `name` (of rules.MOVES) further, with what it asks for; `on` None is today.

    Raises Forbidden, NotFound, Refused (closed case, a step that is not taken by hand here or not in this state, days
    that cannot be, no reason, a name in the offer, a coordinator's own words of how it went), StaleEdit.
    """
    if outcome:
        doors.check_can_write(by, track.case)
    with _locked(by, Tag.TRACK_MOVED, track) as fresh:
        if fresh.version != version:
            raise StaleEdit
        rules.check_move(fresh, name, on, declined)
        rules.check_lines(by, fresh.case, offer)
        fresh.words = _words_after(fresh.words.open(), name, offer, outcome)
        if name == "lose_offer":
            return moving.turn_down(fresh, declined=declined, on=on)
        return moving.move(fresh, name, on=on, declined=declined)


def _words_after(words: TrackWords, name: str, offer: str, outcome: str) -> TrackWords:
    """What was offered and came to nothing is kept with how it went; a new offer has its own words."""
    if name == "offer":
        return replace(words, offer=offer)
    lost = words.offer if name == "lose_offer" else ""
    told = "\n".join(part for part in (words.outcome, lost, outcome) if part)
    return replace(words, outcome=told, offer="" if lost else words.offer)


def take_track(*, by: User, track: Track) -> Track:
    """A coordinator takes charge of a track, also from a colleague.

    Raises Forbidden, NotFound, Refused (closed case, the track is over, hers already).
    """
    with _locked(by, Tag.TRACK_TAKEN, track, check=rules.check_can_take) as fresh:
        fresh.coordinator = by
        fresh.version += 1
        fresh.save()
        for follow in moving.on_taken:
            follow(fresh)
        return fresh


def tie_step(*, by: User, track: Track, note: JournalNote) -> TrackStep:
    """Ties a signed support step of the same case to the track. Raises Forbidden, Refused (closed case, a step of
    another case, tied already).
    """
    with _locked(by, Tag.TRACK_STEP_TIED, track, check=_of_case) as fresh:
        rules.check_step(fresh, note)
        tied = TrackStep(track=fresh, client_id=fresh.client_id, note=note, tied_by=by)
        tied.save()
        return tied


def tie_insats(*, by: User, track: Track, insats: Insats | None, version: int) -> Track:
    """Ties the decision that the way takes, so that its clock (SoL 34:1-3) is seen here; None unties it.

    Raises Forbidden, Refused (closed case, no decision needed, an insats of another case, child or area), StaleEdit.
    """
    with _locked(by, Tag.TRACK_CHANGED, track, check=_of_case) as fresh:
        fresh.check_version(version)
        rules.check_insats(fresh, insats)
        fresh.insats = insats
        fresh.save()
        return fresh


def note_obstacle(*, by: User, track: Track, obstacle: str, noted_on: date) -> TrackObstacle:
    """Notes something that stands in the way (a value of Obstacle). Raises Forbidden, Refused (closed case, the track
    is over, unknown or noted already, a day ahead).
    """
    with _locked(by, Tag.TRACK_OBSTACLE, track, check=_of_case) as fresh:
        rules.check_goes_on(fresh)
        rules.check_passed(noted_on)
        rules.check_obstacle(fresh, obstacle)
        row = TrackObstacle(track=fresh, client_id=fresh.client_id, obstacle=obstacle, noted_on=noted_on)
        row.save()
        return row


def clear_obstacle(*, by: User, obstacle: TrackObstacle, gone_on: date) -> TrackObstacle:
    """Notes that it no longer stands in the way. Raises Forbidden, Refused (closed case, gone already, days that cannot
    be).
    """
    with _locked(by, Tag.TRACK_OBSTACLE, obstacle.track, check=_of_case):
        row = TrackObstacle.objects.select_for_update(of=("self",)).select_related("track__case").get(pk=obstacle.pk)
        rules.check_passed(gone_on)
        if row.gone_on is not None:
            raise Refused("Det är redan antecknat att hindret är borta.")
        if gone_on < row.noted_on:
            raise Refused(f"Hindret antecknades {row.noted_on}. Välj den dagen eller en senare.")
        row.gone_on = gone_on
        row.version += 1
        row.save()
        return row


def _of_case(by: User, track: Track) -> None:
    doors.check_can_write(by, track.case)


@contextmanager
def _locked(
    by: User, tag: Tag, track: Track, *, check: Callable[[User, Track], None] = doors.check_can_work
) -> Iterator[Track]:
    """One act about a track as it is now, the case locked first. Raises as `check`, asked again under the lock."""
    check(by, track)
    with trail.act(tag, by=by, refs=[track.case.ref(), track.ref()]):
        fresh = moving.locked(track)
        check(by, fresh)
        yield fresh
