"""How often there is to be contact. A new agreement ends the one before; none is ever changed."""

from datetime import date

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.signin.models import User
from contacts.rhythm import rules
from contacts.rhythm.models import ContactRhythm, Every, RhythmWords


def agree_rhythm(
    *, by: User, case: Case, every: int, agreed_on: date, with_person: bool, why: str, phase: str
) -> ContactRhythm:
    """Notes what is agreed from `agreed_on`, and ends what was agreed before on that day.

    `every` is in days (Every), `phase` a ContactRhythm.Phase. Raises Forbidden, Refused (closed case, unknown rhythm,
    a day that lies ahead, before the case or before the agreement that is in force).
    """
    rules.check_can_agree(by, case)
    if every not in Every.values or phase not in ContactRhythm.Phase.values:
        raise Refused("Välj hur ofta ni ska ha kontakt, och i vilket skede stödet är.")
    if agreed_on > timezone.localdate():
        raise Refused("Dagen ligger framåt. Anteckna överenskommelsen när ni har gjort den.")
    with trail.act(Tag.RHYTHM_AGREED, by=by, refs=[case.ref()], reason_code=phase) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        if agreed_on < fresh.taken_in_on:
            raise Refused(f"Dagen ligger före {fresh.taken_in_on}, då ärendet togs emot.")
        _end_the_one_before(fresh, agreed_on)
        rhythm = ContactRhythm(
            case=fresh,
            client_id=fresh.client_id,
            every=every,
            phase=phase,
            agreed_on=agreed_on,
            agreed_with_person=with_person,
            set_by=by,
            words=RhythmWords(why=why),
        )
        rhythm.save()
        event.touch(rhythm.ref())
        return rhythm


def _end_the_one_before(case: Case, on: date) -> None:
    before = ContactRhythm.objects.select_for_update().filter(case=case, ended_on__isnull=True).first()
    if before is None:
        return
    if on < before.agreed_on:
        raise Refused(f"Det ni kom överens om {before.agreed_on} gäller. Välj den dagen eller en senare.")
    before.ended_on = on
    before.save()
