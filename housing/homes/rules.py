"""The rules of homes: who keeps the register, what has to be so before a home is held, and what may be written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from casework import policy
from casework.access import branches
from casework.cases.models import Case
from casework.cases.rules import Refused, allowed, check_open
from casework.clients.relatives.comparing import unseen
from casework.clients.relatives.models import RelatedPerson
from casework.clients.relatives.rules import check_not_ended
from casework.crypto.blindindex import normalise_name
from casework.policy import Permission
from casework.signin.models import User
from housing import doors
from housing.areas import areas
from housing.codes import Access, LeaseKind
from housing.homes.colocation import Caution
from housing.homes.models import ColocationDecision, HoldState, Home, HomeHold, HomeState, KnownPlace
from housing.homes.places import building
from housing.tracks.models import Track, TrackState, Way

SAFE_ENOUGH = (Home.Safety.GOOD, Home.Safety.FAULTS)
VIOLENT = (RelatedPerson.Part.PERPETRATOR, RelatedPerson.Part.COLLECTIVE)
WAITS = "Bostaden väntar på sektionschefens beslut. Du kan hålla den när beslutet är fattat."
OBJECTED = "Sektionschefen har sagt nej till bostaden för det här behovet. Välj en annan bostad."
TOO_LATE = "Någon annan hann före. Bostaden hålls redan. Välj en annan bostad."
_NUMBERS = re.compile(r"\d{6,8}\s?[-+]?\s?\d{4}|\b\d{2}-\d{5}-\d\b")
Decision = ColocationDecision.Decision


class Warned(Refused):
    """The home cannot be held before the sektionschef has decided; she has not been asked yet."""


@dataclass(frozen=True)
class Terms:
    """What is in clear of a home: on what terms it is let, and since when."""

    lease: str
    area: str
    rooms: int
    rent: int
    pets: bool
    available_from: date
    available_until: date | None
    block_let: bool


# --- the register -----------------------------------------------------------------------------------------------------


def check_can_keep(user: User) -> None:
    """Raises Forbidden: a housing coordinator keeps the register of homes."""
    policy.check_may(user, Permission.HOUSING_QUEUE)


def check_there(home: Home) -> None:
    """Raises Refused for a home that the landlord has back: what is known of it is left as it was."""
    if home.state == HomeState.GONE:
        raise Refused("Bostaden finns inte längre i registret. Lägg upp den på nytt om hyresvärden erbjuder den igen.")


def check_terms(terms: Terms) -> None:
    """Raises Refused for what is in no list, and for a home without a room."""
    if terms.lease not in LeaseKind.values:
        raise Refused("Välj kontrakt i listan.")
    if terms.area not in areas():
        raise Refused("Välj område i listan.")
    if terms.rooms < 1:
        raise Refused("En bostad har minst ett rum. Ändra antalet rum.")


def check_access(access: Iterable[str]) -> None:
    """Raises Refused for a code of accessibility that is not in the list."""
    if set(access) - set(Access.values):
        raise Refused("Välj tillgänglighet i listan.")


def check_address(street: str, town: str) -> None:
    """Raises Refused when it cannot be told which building it is: then no warning could be given."""
    if not building(street, town):
        raise Refused("Skriv både gata och ort. De behövs för att kunna varna.")


def check_can_readdress(home: Home) -> None:
    """Raises Refused where the address has been judged for somebody: what was decided was about that building."""
    if home.state != HomeState.FREE:
        raise Refused("Adressen kan bara ändras medan bostaden är ledig.")
    if home.colocation_decisions.exists():
        raise Refused("Bostaden är prövad på den här adressen. Ta bort den och lägg upp den på nytt.")


def check_safety(safety: str, safety_on: date, text: str) -> None:
    """Raises Refused for a result that is not in the list, a day ahead, or faults that nobody has told of."""
    if safety not in Home.Safety.values or safety == Home.Safety.UNCHECKED:
        raise Refused("Välj vad kontrollen visade.")
    if safety_on > timezone.localdate():
        raise Refused("Kontrollen kan inte ha gjorts framåt i tiden. Ändra dagen.")
    if safety != Home.Safety.GOOD and not text.strip():
        raise Refused("Skriv vilka brister som finns och varför bostaden ändå duger, eller inte duger.")


# --- holding ----------------------------------------------------------------------------------------------------------


def check_can_release(user: User, hold: HomeHold) -> None:
    """Raises Forbidden, NotFound or Refused: as who may hold; and a coordinator when the case has been closed since,
    for a home is not kept for nobody.
    """
    if hold.case.state != Case.State.CLOSED:
        doors.check_can_work(user, hold.track)
        return
    policy.check_may(user, Permission.HOUSING_QUEUE)
    if not branches.within(Case.objects.filter(pk=hold.case_id), user).exists():
        raise policy.NotFound(doors.NO_NEED, [hold.case.ref()])


def can_release(user: User, hold: HomeHold) -> bool:
    try:
        check_can_release(user, hold)
    except (policy.Denial, Refused):
        return False
    return hold.state in (HoldState.OFFERED, HoldState.RESERVED)


def check_can_offer(home: Home) -> None:
    """Raises Refused for a home that is not free, or that nobody has found safe enough."""
    if home.state != HomeState.FREE:
        raise Refused(TOO_LATE if home.state != HomeState.GONE else "Bostaden finns inte längre. Välj en annan bostad.")
    if home.safety == Home.Safety.UNCHECKED:
        raise Refused("Bostaden är inte säkerhetskontrollerad. Gör kontrollen innan du håller den.")
    if home.safety not in SAFE_ENOUGH:
        raise Refused("Säkerhetskontrollen visar att bostaden inte är lämplig. Välj en annan bostad.")


def check_way(track: Track) -> None:
    """Raises Refused for a way that gives no home of the register, and for a priority that nobody has granted."""
    if track.kind.way in (Way.KOMPOTT, Way.SHELTER):
        raise Refused("Den vägen går inte genom registret över bostäder. Välj en annan väg.")
    if track.kind.way == Way.FORTUR and track.state != TrackState.QUEUED:
        raise Refused("Förturen är inte beviljad än. Vänta med att hålla en bostad för den.")


def check_times(answer_by: date | None, viewing_at: datetime | None) -> None:
    """Raises Refused for an answer or a viewing that lies behind."""
    if answer_by is not None and answer_by < timezone.localdate():
        raise Refused("Dagen för svar har passerat. Ändra dagen.")
    if viewing_at is not None and viewing_at < timezone.now():
        raise Refused("Visningen kan inte ligga bakåt i tiden. Ändra tiden.")


@unseen
def check_neutral(user: User, case: Case, text: str) -> None:
    """Raises Refused for a note that tells who it is about: those who read it may not know.

    A coordinator is told of numbers only. Were her words held against the person's name, she could ask for it.
    """
    if _NUMBERS.search(text):
        raise Refused("Skriv inte personnummer eller ärendenummer. Den som läser får inte veta vem det gäller.")
    if not policy.can_case(user, case, Permission.HOUSING_WRITE):
        return
    identity, written = case.client.identity.open(), set(_words(text))
    if any(words and words <= written for words in (_told(case.pseudonym), *_names(identity.name))):
        raise Refused("Skriv inte namn eller pseudonym. Den som läser får inte veta vem det gäller.")


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w]+", " ", normalise_name(text)).split()


def _told(text: str) -> set[str]:
    return set(_words(text))


def _names(name: str) -> list[set[str]]:
    return [{word} for word in _words(name) if len(word) > 2]


def check_decided(home: Home, track: Track, caution: Caution) -> None:
    """Raises Refused while the sektionschef has not decided on what the home was warned of, or when she said no; Warned
    when she has not been asked.
    """
    rows = list(ColocationDecision.objects.filter(home=home, track=track))
    if any(row.decision == Decision.OBJECT for row in rows):
        raise Refused(OBJECTED)
    if any(row.decision == Decision.ASKED for row in rows):
        raise Refused(WAITS)
    if caution and not any(_covers(row, caution) for row in rows):
        raise Warned("Sektionschefen behöver besluta innan bostaden kan hållas.")


def _covers(row: ColocationDecision, caution: Caution) -> bool:
    """Whether a yes was about everything that the home is warned of now."""
    told = (row.same_building or not caution.same_building) and (row.near_perpetrator or not caution.near_perpetrator)
    return row.decision == Decision.GO_ON and told


def check_can_decide(user: User, question: ColocationDecision) -> None:
    """Raises Forbidden or Refused: the sektionschef decides on a warning, once."""
    policy.check_case(user, question.case, Permission.DECIDE)
    check_open(question.case)
    check_waiting(question)


def can_decide(user: User, question: ColocationDecision) -> bool:
    return allowed(check_can_decide, user, question)


def check_waiting(question: ColocationDecision) -> None:
    """Raises Refused when it is decided already."""
    if question.decision != Decision.ASKED:
        raise Refused("Beslutet är redan fattat och ändras inte.")


# --- known places -----------------------------------------------------------------------------------------------------


def can_write(user: User, case: Case) -> bool:
    return allowed(doors.check_can_write, user, case)


def check_related(case: Case, related: RelatedPerson) -> None:
    """Raises Refused for somebody of another case, who has not used violence, or who is not around any more."""
    if related.case_id != case.pk or related.part not in VIOLENT:
        raise Refused("Välj någon i ärendet som använder våld, eller gruppen bakom.")
    check_not_ended(related)


def check_place_there(place: KnownPlace) -> None:
    """Raises Refused for a place that does not hold any more."""
    if place.ended_on is not None:
        raise Refused("Platsen gäller redan inte längre. Lägg till en ny om det behövs.")
