"""The rules of the register of landlords: who writes in it, and that nothing in it is about a tenant."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from casework import policy
from casework.cases.letters.inference import plain
from casework.cases.rules import Refused
from casework.policy import Permission
from casework.signin.models import User
from housing import words_of_violence
from housing.landlords.models import Cooperation, Landlord, PilotFollowUp, Training
from housing.landlords.start import BACKGROUND, CASE_NUMBER, NEED, PERSONAL_NUMBER, WORD


def check_can_write(user: User) -> None:
    """Raises Forbidden: the register is the housing coordinators'."""
    policy.check_may(user, Permission.LANDLORDS)


def faults(text: str) -> list[str]:
    """What in a text tells of somebody who rents: one Swedish sentence for each word, in the order they stand.

    A name is not looked for: an answer about a name would tell a coordinator who lives where. Source: OSL 26:1, 21:3.
    """
    return list(dict.fromkeys(_faults(plain(text))))


def _faults(text: str) -> Iterator[str]:
    for found in words_of_violence.found_why(text):
        yield f"”{found.word}” {found.why}."
    for pattern, what in ((NEED, "ett boendebehov"), (PERSONAL_NUMBER, "en person"), (CASE_NUMBER, "ett ärende")):
        if found_number := pattern.search(text):
            yield f"”{found_number[0].strip()}” kan visa på {what}."
    for match in WORD.finditer(text):
        if match[0].casefold().startswith(tuple(BACKGROUND)):
            yield f"”{match[0]}” kan berätta om en hyresgästs liv."


def check_text(*texts: str) -> None:
    """Raises Refused with what has to go."""
    if found := faults("\n".join(texts)):
        raise Refused(f"Här står inget om någon hyresgäst. Ta bort det här: {' '.join(found)}")


def check_name(name: str, kind: str) -> None:
    if not name.strip():
        raise Refused("Skriv vad hyresvärden heter.")
    if kind not in Landlord.Kind.values:
        raise Refused("Välj slag i listan.")


def check_passed(day: date) -> None:
    if day > timezone.localdate():
        raise Refused("Dagen kan inte ligga framåt i tiden. Ändra dagen.")


def check_training(held_on: date, next_on: date | None, content: str, took_part: int) -> None:
    check_passed(held_on)
    if content not in Training.Content.values:
        raise Refused("Välj innehåll i listan.")
    if took_part < 1:
        raise Refused("Skriv hur många som deltog.")
    if next_on is not None and next_on <= held_on:
        raise Refused("Nästa utbildning ska vara efter den som hölls. Ändra dagen.")


def check_time(valid_from: date, valid_until: date) -> None:
    if valid_until < valid_from:
        raise Refused("Avtalet kan inte sluta innan det börjar. Ändra dagen.")


def check_follow_up(landlord: Landlord, after: str, result: str, held_on: date) -> None:
    """Raises Refused: unknown codes, a day ahead, done already, or nothing has begun to be followed up."""
    check_passed(held_on)
    if after not in PilotFollowUp.After.values or result not in PilotFollowUp.Result.values:
        raise Refused("Välj tid och resultat i listorna.")
    first = Cooperation.objects.filter(landlord=landlord).order_by("valid_from").first()
    if first is None or held_on < first.valid_from:
        raise Refused("Det finns inget samarbete att följa upp den dagen. Skriv in samarbetsavtalet först.")
    if PilotFollowUp.objects.filter(landlord=landlord, after=after).exists():
        raise Refused("Den uppföljningen är redan gjord.")


def lacks_training(landlord: Landlord) -> bool:
    """Whether a private landlord would let a first home without having been trained: a reason to stop and think."""
    return bool(landlord.kind == Landlord.Kind.PRIVATE and not landlord.trainings.exists())
