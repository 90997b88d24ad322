"""Förtur is asked for in writing, approved by a second person, answered by the landlord; then offers are counted."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.signin.models import User
from housing.codes import DeclineReason
from housing.fortur import paper, rules
from housing.fortur.models import ForturApplication, ForturWords
from housing.landlords.models import Landlord
from housing.quotas import taking
from housing.quotas.models import Quota
from housing.tracks import moving
from housing.tracks.models import Track, TrackState

Outcome = ForturApplication.Outcome
LONGER, OVER = "fortur_longer", "fortur_over"
RENEWALS = ((LONGER, "Hyresvärden förlänger förturen"), (OVER, "Förturen är slut"))


@dataclass(frozen=True, repr=False)
class Answer:
    """What the landlord decided. `decider` is the named manager; `declined` a code of rules.REFUSALS."""

    outcome: str
    decided_on: date
    decider: str
    valid_until: date | None = None
    offers_allowed: int | None = None
    area_limit: str = ""
    grounds: str = ""
    declined: str = ""


def write_application(
    *, by: User, track: Track, landlord: Landlord, certificate: str, conditions: str, version: int
) -> ForturApplication:
    """Writes the application of a track, or writes it anew; then it has to be approved again. 0 as `version` is new.

    Raises Forbidden, Refused (closed; the landlord has been asked; not a municipal landlord; no text, or a word in it
    that the landlord may not read), StaleEdit.
    """
    rules.check_can_write(by, track)
    if not certificate.strip():
        raise Refused("Skriv intyget.")
    with trail.act(Tag.FORTUR_WRITTEN, by=by, refs=[track.case.ref(), track.ref()]) as event:
        fresh = moving.locked(track)
        rules.check_can_write(by, fresh)
        chosen = Landlord.objects.select_for_update().get(pk=landlord.pk)
        rules.check_landlord(chosen)
        rules.check_texts(fresh.case, certificate, conditions)
        application = ForturApplication.objects.select_for_update().filter(track=fresh).first()
        if application is None:
            application = ForturApplication(track=fresh, case=fresh.case, client_id=fresh.client_id, version=0)
        application.check_version(version)
        application.landlord, application.lease, application.written_by = chosen, fresh.kind.lease, by
        application.approved_by = application.approved_at = None
        application.outcome, application.decided_on, application.valid_until = "", None, None
        application.words = ForturWords(certificate=certificate.strip(), conditions=conditions.strip())
        application.save()
        _wait(fresh, Track.WaitsOn.CHIEF)
        event.touch(application.ref())
        return application


def approve_application(*, by: User, application: ForturApplication, version: int) -> ForturApplication:
    """The sektionschef approves the text that she has read, `version`.

    Raises Forbidden, Refused (closed; approved or sent already; her own text; a word that the landlord may not read:
    what is known of the person may have changed), StaleEdit.
    """
    rules.check_can_approve(by, application)
    with trail.act(Tag.FORTUR_APPROVED, by=by, refs=[application.case.ref(), application.ref()]):
        fresh = _locked(application)
        rules.check_can_approve(by, fresh)
        fresh.check_version(version)
        words = fresh.words.open()
        rules.check_texts(fresh.case, words.certificate, words.conditions)
        fresh.approved_by, fresh.approved_at = by, timezone.now()
        fresh.save()
        _wait(fresh.track, Track.WaitsOn.US)
        return fresh


def print_application(*, by: User, application: ForturApplication) -> bytes:
    """The application as PDF for the landlord. The first time, the track goes on to applied.

    Raises Forbidden, Refused (closed; not approved; her consent is missing or withdrawn; protection unclear; the track
    has ended; a word that the landlord may not read).
    """
    rules.check_can_print(by, application)
    with trail.act(Tag.FORTUR_PRINTED, by=by, refs=[application.case.ref(), application.ref()]):
        fresh = _locked(application)
        rules.check_can_print(by, fresh)
        words = fresh.words.open()
        rules.check_texts(fresh.case, words.certificate, words.conditions)
        if fresh.track.state == TrackState.PLANNED:
            moving.move(fresh.track, "apply")
        return paper.draw(fresh, words, contact=by.display_name)


def note_answer(*, by: User, application: ForturApplication, answer: Answer) -> ForturApplication:
    """Notes the landlord's decision. Granted, it takes one home of the landlord's quota for that year, where the
    landlord has one, and the track waits for an offer; refused, the track has come to nothing.

    Raises Forbidden, Refused (closed; nothing sent; answered already; not whole; a day that cannot be; quota full).
    """
    rules.check_can_decide(by, application)
    _check_answer(answer)
    with trail.act(
        Tag.FORTUR_DECIDED, by=by, refs=[application.case.ref(), application.ref()], reason_code=answer.outcome
    ):
        fresh = _locked(application)
        rules.check_can_decide(by, fresh)
        rules.check_decided_on(fresh.track, answer.decided_on)
        decided = {name: getattr(answer, name) for name in ("decider", "area_limit", "grounds")}
        fresh.words = replace(fresh.words.open(), **decided)
        fresh.outcome, fresh.decided_on = answer.outcome, answer.decided_on
        if answer.outcome == Outcome.GRANTED:
            _grant(fresh, answer)
        else:
            fresh.version += 1
            fresh.save()
            moving.move(fresh.track, "decline", declined=answer.declined, on=answer.decided_on)
        return fresh


def extend_fortur(*, by: User, application: ForturApplication, valid_until: date | None) -> ForturApplication:
    """Notes that the landlord lets a granted förtur go on to a later day.

    Raises Forbidden, Refused (closed; nothing granted that waits for a home; a day that makes it no longer).
    """
    rules.check_can_renew(by, application)
    with trail.act(Tag.FORTUR_DECIDED, by=by, refs=[application.case.ref(), application.ref()], reason_code=LONGER):
        fresh = _locked(application)
        rules.check_can_renew(by, fresh)
        rules.check_longer(fresh, valid_until)
        fresh.valid_until = valid_until
        fresh.version += 1
        fresh.save()
        return fresh


def expire_fortur(*, by: User, application: ForturApplication) -> ForturApplication:
    """Notes that a förtur is over because its time has passed without a home; what it took of the quota goes back.

    Raises Forbidden, Refused (closed; nothing granted that waits for a home; it still holds).
    """
    rules.check_can_renew(by, application)
    with trail.act(Tag.FORTUR_DECIDED, by=by, refs=[application.case.ref(), application.ref()], reason_code=OVER):
        fresh = _locked(application)
        rules.check_can_renew(by, fresh)
        rules.check_late(fresh)
        moving.move(fresh.track, "expire", declined=DeclineReason.NO_HOME)
        return fresh


def _grant(application: ForturApplication, answer: Answer) -> None:
    """Offers are counted anew: those of an earlier förtur on the same track are used up with it."""
    landlord, year = application.landlord, answer.decided_on.year
    if Quota.objects.filter(landlord=landlord, year=year).exists():
        application.quota = taking.take(landlord=landlord, year=year)
    application.valid_until, application.offers_allowed = answer.valid_until, answer.offers_allowed or 1
    application.version += 1
    application.save()
    application.track.offers_declined = 0
    moving.move(application.track, "acknowledge", on=answer.decided_on)


def _check_answer(answer: Answer) -> None:
    if answer.outcome not in Outcome.values:
        raise Refused("Välj om hyresvärden beviljade förtur.")
    if not answer.decider.strip():
        raise Refused("Skriv vem hos hyresvärden som beslutade.")
    if answer.outcome == Outcome.GRANTED:
        rules.check_granted(answer.decided_on, answer.valid_until, answer.offers_allowed)
    else:
        rules.check_refused(answer.grounds, answer.declined)


def _locked(application: ForturApplication) -> ForturApplication:
    """The application as it is now, after its case and its track are locked.."""
    track = moving.locked(application.track)
    rows = ForturApplication.objects.select_for_update(of=("self",)).select_related("landlord", "quota")
    fresh = rows.get(pk=application.pk)
    fresh.track, fresh.case = track, track.case
    return fresh


def _wait(track: Track, who: str) -> None:
    track.waits_on = who
    track.version += 1
    track.save()
