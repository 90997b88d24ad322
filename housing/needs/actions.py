"""A need is written, changed, handed to the housing coordinators and taken back. A track meets it; see following."""

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.signin.models import User
from housing.codes import DeclineReason
from housing.needs import readers, rules
from housing.needs.models import HousingNeed, NeedProfile, NeedState, NeedVersion
from housing.tracks import moving
from housing.tracks.models import OPEN, Track

Why = HousingNeed.WithdrawnWhy
# What the open tracks are said to have come to nothing by, when the whole need is taken back.
DECLINED = {
    Why.PERSON: DeclineReason.PERSON,
    Why.OWN_HOME: DeclineReason.OTHER_HOME,
    Why.MOVED_AWAY: DeclineReason.OTHER_HOME,
    Why.CASE_CLOSED: DeclineReason.PERSON,
    Why.RECAST: DeclineReason.NO_FIT,
}


def write_need(*, by: User, case: Case, urgency: str, profile: NeedProfile) -> HousingNeed:
    """Writes the first version of a need; nobody outside the case sees it yet. `urgency` is a value of Urgency.

    Raises Forbidden, Refused (closed case, a need that goes on, unknown codes, an area both wanted and avoided).
    """
    rules.check_can_write(by, case)
    rules.check_facts(urgency, profile)
    with trail.act(Tag.NEED_WRITTEN, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        if HousingNeed.objects.filter(case=fresh, state__in=rules.GOING_ON).exists():
            raise Refused("Det finns redan ett boendebehov i ärendet. Ändra det i stället.")
        need = HousingNeed(case=fresh, client_id=fresh.client_id, urgency=urgency, written_by=by)
        need.save()
        _keep(need, by, 1, profile)
        event.touch(need.ref())
        return need


def change_need(*, by: User, need: HousingNeed, urgency: str, profile: NeedProfile, version: int) -> HousingNeed:
    """Writes a new version of a need; the earlier ones are kept. The coordinator sees the newest from now on.

    Raises Forbidden, Refused (as write_need; met or taken back; handed over and no longer whole), StaleEdit.
    """
    rules.check_can_change(by, need)
    with trail.act(Tag.NEED_WRITTEN, by=by, refs=[need.case.ref(), need.ref()]):
        fresh = _locked(need)
        fresh.check_version(version)
        last = readers.version_of(fresh)
        rules.check_facts(urgency, profile, last.profile.open())
        if fresh.state == NeedState.PUBLISHED:
            rules.check_whole(profile)
        fresh.urgency = urgency
        fresh.save()
        _keep(fresh, by, last.number + 1, profile)
        return fresh


def publish_need(*, by: User, need: HousingNeed) -> HousingNeed:
    """Hands a need to the housing coordinators, who see its token and profile and never whose it is.

    Raises Forbidden, Refused (closed case, handed over already, ended, not whole).
    """
    rules.check_can_publish(by, need)
    with trail.act(Tag.NEED_PUBLISHED, by=by, refs=[need.case.ref(), need.ref()]):
        fresh = _locked(need)
        rules.check_can_publish(by, fresh)
        rules.check_whole(readers.newest(fresh))
        fresh.publish()
        fresh.save()
        return fresh


def withdraw_need(*, by: User, need: HousingNeed, why: str) -> HousingNeed:
    """Takes a need back, and with it every track that is still open. `why` is a value of WithdrawnWhy.

    Raises Forbidden, Refused (closed case, ended already, no reason, a lease that goes on).
    """
    rules.check_can_change(by, need)
    if why not in Why.values:
        raise Refused("Välj varför behovet tas tillbaka.")
    with trail.act(Tag.NEED_ENDED, by=by, refs=[need.case.ref(), need.ref()], reason_code=why) as event:
        fresh = _locked(need)
        for track in Track.objects.filter(need=fresh, state__in=OPEN):
            moved = moving.move(moving.locked(track), "withdraw", declined=DECLINED[Why(why)])
            event.touch(moved.ref())
        fresh.withdraw()
        fresh.withdrawn_why = why
        fresh.save()
        return fresh


def _keep(need: HousingNeed, by: User, number: int, profile: NeedProfile) -> None:
    NeedVersion(need=need, client_id=need.client_id, number=number, written_by=by, profile=profile).save()


def _locked(need: HousingNeed) -> HousingNeed:
    """The need as it is now, after its case is locked. Raises Refused when the case or the need has ended."""
    case = Case.objects.select_for_update(of=("self",)).select_related("client", "section").get(pk=need.case_id)
    check_open(case)
    fresh = HousingNeed.objects.select_for_update().get(pk=need.pk)
    fresh.case = case
    rules.check_going_on(fresh)
    return fresh
