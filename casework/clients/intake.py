"""Taking a person in: one form, one transaction, client and case and protection marks."""

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.access import branches
from casework.cases import actions as cases
from casework.cases.forms import IntakeForm
from casework.cases.models import Case
from casework.clients import actions, numbers
from casework.clients.models import Address, Client
from casework.policy import Permission
from casework.signin.models import User

ELSEWHERE = (
    "Personen kan redan ha ett ärende i en annan sektion. Det ärendet visas inte här. Prata med den som samordnar "
    "sektionerna, och kryssa sedan i att ni har stämt av."
)


def take_in(*, by: User, form: IntakeForm) -> Case:
    """Registers the client and opens her case. Raises Forbidden."""
    data = form.cleaned_data
    with trail.act(Tag.INTAKE_DONE, by=by) as event:
        client = actions.register_client(
            by=by,
            identity=form.identity(),
            address=Address(),
            channels=form.channels(),
            pseudonymous=data["pseudonymous"],
        )
        case = cases.open_intake(
            by=by,
            client=client,
            section=form.chosen_section,
            referral_source=data["referral_source"],
            legal_basis=data["legal_basis"],
            taken_in_on=data["taken_in_on"],
            first_contact_on=data["first_contact_on"],
            narrative=form.narrative(),
        )
        for kind in data["marks"]:
            actions.add_mark(
                by=by, case=case, kind=kind, valid_from=data["marked_from"], review_on=data["marked_review"]
            )
        event.touch(case.ref())
        return case


def duplicate(*, by: User, form: IntakeForm) -> str:
    """What to say when the number is in use: the case's number when `by` may see it, else only that there is one.

    Every hit is an event in the other case's log: a number cannot be tried out unseen. In another branch there are no
    hits and no events, and no seal is opened (OSL 8:2).
    """
    number = form.cleaned_data.get("number")
    if number is None:
        return ""
    within = branches.within(Case.objects.all(), by)
    everyone = Client.objects.filter(pk__in=within.values("client"))
    hits = list(within.filter(client__in=numbers.by_number(everyone, number.twelve)))
    trail.record(Tag.DUPLICATE_CHECKED, by=by, refs=[case.ref() for case in hits])
    mine = policy.visible_cases(by, Permission.CASE_READ).filter(pk__in=[case.pk for case in hits]).first()
    if mine is not None:
        return f"Personen har redan ärende {mine.number}. Öppna det i stället."
    return ELSEWHERE if hits and not form.cleaned_data.get("duplicate_ok") else ""


def check_duplicate(*, by: User, form: IntakeForm) -> bool:
    """Puts the warning at the number's field: True when there is one, False when the intake may go on."""
    warning = duplicate(by=by, form=form)
    if warning:
        form.add_error("number", warning)
    if warning == ELSEWHERE:
        form.ask_about_duplicate()
    return bool(warning)
