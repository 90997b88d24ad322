"""The rules of supervision, as pairs of check_x and can_x."""

from dataclasses import dataclass
from uuid import UUID

from casework import policy
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.policy import Permission
from casework.signin.models import Role, Section, User
from contacts.supervision.models import GroupSession, Presentation, SessionState


@dataclass(frozen=True)
class Move:
    """What the leader does with a session as a whole. `code` is what the log calls it."""

    name: str
    button: str
    explains: str
    done: str
    code: str


MOVES = {
    move.name: move
    for move in (
        Move(
            "begin",
            "Börja handledningen",
            "De som deltar ser underlagen och kan skriva idéer så länge handledningen pågår.",
            "Handledningen har börjat.",
            "supervision:begin",
        ),
        Move(
            "finish",
            "Avsluta handledningen",
            "Underlagen stängs för dem som inte har ärendet. Den som tog upp ett ärende kan välja idéer också efteråt.",
            "Handledningen är avslutad.",
            "supervision:finish",
        ),
        Move(
            "cancel",
            "Ställ in handledningen",
            "De som deltar ser att den är inställd. Ärenden som skulle tas upp får tas upp en annan gång.",
            "Handledningen är inställd.",
            "supervision:cancel",
        ),
    )
}
NOW = {SessionState.PLANNED, SessionState.GOING_ON}
MET = {SessionState.GOING_ON, SessionState.HELD}


def leads(user: User, section_id: UUID | None) -> bool:
    """Whether the user plans and leads the supervision of this section."""
    may = section_id is not None and policy.may(user, Permission.SUPERVISION_LEAD)
    return may and user.led_sections.filter(pk=str(section_id)).exists()


def takes_part(user: User, session: GroupSession) -> bool:
    """Those named, and who leads the section."""
    return policy.may(user, Permission.SUPERVISION) and (
        session.participants.filter(pk=user.pk).exists() or leads(user, session.section_id)
    )


def knows_her(user: User, case: Case) -> bool:
    """Whether the user has the case, and so sees more than the group does."""
    return policy.can_case(user, case, Permission.CASE_READ)


def check_can_plan(user: User, section: Section) -> None:
    """Raises Forbidden: only who leads the section plans its supervision."""
    policy.check_may(user, Permission.SUPERVISION_LEAD)
    if not leads(user, section.pk):
        raise policy.Forbidden("Du leder inte den sektionen.")


def can_plan(user: User, section: Section) -> bool:
    return allowed(check_can_plan, user, section)


def check_can_change(user: User, session: GroupSession) -> None:
    """Raises Forbidden, or Refused when the session is over: who is in it is then a fact."""
    check_can_plan(user, session.section)
    if session.state not in NOW:
        raise Refused(f"Det går inte nu: handledningens läge är ”{session.get_state_display()}”.")


def can_change(user: User, session: GroupSession) -> bool:
    return allowed(check_can_change, user, session)


def check_can_present(user: User, session: GroupSession, case: Case) -> None:
    """Raises Forbidden or Refused: who takes part and writes in the case brings it, until the session is over."""
    policy.check_case(user, case, Permission.METHOD_WRITE)
    if not takes_part(user, session):
        raise policy.Forbidden("Du är inte med på den handledningen.", [case.ref()])
    if session.state not in NOW:
        raise Refused(f"Det går inte nu: handledningens läge är ”{session.get_state_display()}”.")
    check_open(case)


def can_present(user: User, session: GroupSession, case: Case) -> bool:
    return allowed(check_can_present, user, session, case)


def check_can_give(user: User, presentation: Presentation) -> None:
    """Raises Forbidden or Refused: ideas come from the group, while it sits together."""
    if not takes_part(user, presentation.session):
        raise policy.Forbidden("Du är inte med på den handledningen.", [presentation.case.ref()])
    if presentation.session.state != SessionState.GOING_ON:
        raise Refused("Idéer skrivs medan handledningen pågår.")
    check_open(presentation.case)


def can_give(user: User, presentation: Presentation) -> bool:
    return allowed(check_can_give, user, presentation)


def check_can_choose(user: User, presentation: Presentation) -> None:
    """Raises Forbidden or Refused: who writes in the case chooses, when the group has met."""
    policy.check_case(user, presentation.case, Permission.METHOD_WRITE)
    if presentation.session.state not in MET:
        raise Refused("Välj när gruppen har träffats.")
    check_open(presentation.case)


def can_choose(user: User, presentation: Presentation) -> bool:
    return allowed(check_can_choose, user, presentation)


def check_can_mentor(user: User, worker: User) -> None:
    """Raises Forbidden or Refused: a sektionschef gives supervision to the kontaktpersoner of her own section."""
    policy.check_may(user, Permission.SUPERVISION_LEAD)
    if not leads(user, worker.section_id):
        raise policy.Forbidden("Personen arbetar inte i en sektion som du leder.")
    if worker.role != Role.KONTAKTPERSON or not worker.is_active:
        raise Refused("Bara en aktiv kontaktperson får handledning.")


def can_mentor(user: User, worker: User) -> bool:
    return allowed(check_can_mentor, user, worker)
