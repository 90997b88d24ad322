"""The rules of exchanges between municipalities: with whom, when, by whom, and what the law gives time for.

Sources: socialtjänstlagen (2025:400) 29 kap. 7-12 §§ (another municipality's help, transfer of a case, one month for
the answer, three months for IVO); OSL 10:1 and 12:2 (before a transfer everything rests on her consent).
"""

from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.consents.models import Consent
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed
from casework.days import months_after
from casework.policy import Permission
from casework.signin.models import User
from housing import doors
from housing.areas import MUNICIPALITIES
from housing.kompott.kinds import KINDS
from housing.kompott.models import AgreementMember, Exchange, ExchangeState, KompottRequest
from housing.needs.models import NeedProfile
from housing.stages import standing
from housing.stages.models import Stage
from housing.tracks.models import Receiver, Track, TrackState, Way

MONTHS_TO_ANSWER, MONTHS_FOR_IVO = 1, 3
NOT_TOLD = "Ladda ner filen ”{}” först och skicka den. Annars vet den andra kommunen inte vad som har hänt."


def check_can_coordinate(user: User) -> None:
    """Raises Forbidden: agreements, requests from others and files are the housing coordinator's."""
    policy.check_may(user, Permission.KOMPOTT)


def check_can_keep_keys(user: User) -> None:
    """Raises Forbidden: our own keys are made by an administrator."""
    policy.check_may(user, Permission.HOUSING_SETUP)


def check_can_see_ledger(user: User) -> None:
    """Raises Forbidden."""
    policy.check_may(user, Permission.KOMPOTT_LEDGER)


def check_can_ask(user: User, track: Track) -> None:
    """Raises Forbidden or Refused: the case's own staff, on a track of this kind that has not been applied for."""
    doors.check_can_write(user, track.case)
    if track.kind.way != Way.KOMPOTT:
        raise Refused("Den här vägen går inte genom ett byte mellan kommuner.")
    if track.state != TrackState.PLANNED:
        raise Refused(f"Det går inte nu: vägens läge är ”{track.get_state_display().lower()}”.")


def can_ask(user: User, track: Track) -> bool:
    return allowed(check_can_ask, user, track)


def check_can_move(user: User, request: KompottRequest) -> None:
    """Raises Forbidden or Refused: the case's own staff move a request of ours."""
    doors.check_can_write(user, request.case)


def can_move(user: User, request: KompottRequest) -> bool:
    return allowed(check_can_move, user, request)


def check_member(member: AgreementMember, avoid: list[str]) -> None:
    """Raises Refused unless this municipality may be asked today, for a need with these areas to avoid."""
    today, agreement = timezone.localdate(), member.agreement
    if member.own:
        raise Refused("Välj en annan kommun än vår egen.")
    if not agreement.valid_from <= today <= agreement.valid_until:
        raise Refused("Avtalet gäller inte i dag. Välj en kommun i ett avtal som gäller.")
    if not member.active:
        raise Refused(f"{member.name} deltar inte i byten nu. Välj en annan kommun.")
    if member.keys_checked_on is None:
        raise Refused(f"Nycklarna för {member.name} är inte kontrollerade. Be boendesamordnaren ringa dit.")
    if member.code in avoid:
        raise Refused(f"{member.name} är en av kommunerna att undvika i boendebehovet. Välj en annan kommun.")


def check_consent(consent: Consent | None, case: Case) -> None:
    """Raises Refused unless it is a consent of the person in this case, in force today."""
    if consent is None or consent.case_id != case.pk or consent.child_id is not None or not consent.in_force():
        raise Refused("Samtycket gäller inte. Fråga personen igen och anteckna ett nytt samtycke innan något berättas.")


def check_stage(track: Track) -> None:
    """Raises Refused until the need has been given out to another municipality, by the table of stages."""
    if lacks := standing.look(track, Receiver.MUNICIPALITY).lacks(Stage.PROFILE):
        raise Refused(f"{lacks[0]} Öppna ”Vem vet vad” på vägens sida och lämna ut behovet till den andra kommunen.")


def check_sent(request: KompottRequest) -> None:
    """Raises Refused for a request that nobody has been sent: there is nothing to take back."""
    if request.state == ExchangeState.NEW:
        raise Refused("Förfrågan är inte skickad. Ändra den, eller återta vägen.")


def check_told(row: Exchange) -> None:
    """Raises Refused while the other side has not been told of the step before."""
    if row.to_tell and row.told_at is None:
        raise Refused(NOT_TOLD.format(KINDS[row.to_tell].label))


def avoided(profile: NeedProfile) -> list[str]:
    """The municipalities that a need rules out."""
    return [key for key in profile.avoid if key in MUNICIPALITIES]


# --- transfer of the case (SoL 29:10-12) ------------------------------------------------------------------------------


def answer_by(row: Exchange) -> date | None:
    """Until when the other municipality answers a request for transfer."""
    return months_after(row.transfer_asked_on, MONTHS_TO_ANSWER) if row.transfer_asked_on else None


def ivo_by(row: Exchange) -> date | None:
    """Until when IVO decides."""
    return months_after(row.ivo_applied_on, MONTHS_FOR_IVO) if row.ivo_applied_on else None


def check_can_apply_to_ivo(row: Exchange) -> None:
    """Raises Refused unless a transfer was asked for and answered with no, or not within a month."""
    if row.state != ExchangeState.MOVED or row.transfer_asked_on is None:
        raise Refused("Begär överflyttning av ärendet först. IVO prövar en begäran som fått nej eller inget svar.")
    if row.ivo_applied_on is not None:
        raise Refused("Ansökan till IVO är redan antecknad.")
    last = answer_by(row)
    if row.transfer_answered_on is None and last is not None and timezone.localdate() <= last:
        raise Refused(f"Den andra kommunen har tid att svara till och med {last}. Vänta tills dess.")


def check_ivo_asked(row: Exchange) -> None:
    """Raises Refused for a transfer by our own word: a yes comes in the other municipality's file."""
    if row.ivo_applied_on is None:
        raise Refused("Ärendet är överflyttat när den andra kommunen har svarat ja, eller när IVO har beslutat det.")


def check_answer_late(row: Exchange) -> None:
    """Raises Refused while there is still time to answer the request itself."""
    if row.answer_due_on is not None and timezone.localdate() <= row.answer_due_on:
        raise Refused(f"Svarstiden går ut efter {row.answer_due_on}. Vänta, eller återta förfrågan.")
