"""What the pages show of agreements, municipalities, requests and files. Of a case only on the case's own pages."""

from dataclasses import dataclass
from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case as CaseWhen
from django.db.models import Count, Q, Value, When
from django.utils import timezone

from casework import policy
from casework.access import branches
from casework.cases.models import Case
from casework.collation import sort_key
from casework.crypto import fields
from casework.crypto.parcel import fingerprint
from casework.signin.models import User
from housing import doors
from housing.areas import MUNICIPALITIES
from housing.homes.models import Home
from housing.kompott import keys, kinds, rules
from housing.kompott.models import (
    RUNNING,
    Agreement,
    AgreementMember,
    ExchangeFile,
    ExchangeKey,
    ExchangeState,
    KompottOffer,
    KompottRequest,
    Liaison,
    LiaisonWords,
)
from housing.needs.models import HousingNeed, NeedProfile, NeedVersion
from housing.needs.telling import FIELDS, tell
from housing.stages import table
from housing.stages.models import Stage
from housing.tracks.models import Receiver, Track

PAGE = 50
R = TypeVar("R", bound=Any)


def _one(rows: Any, pk: UUID, missing: str) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise policy.NotFound(missing)
    return found


# --- agreements -------------------------------------------------------------------------------------------------------


def agreements() -> list[Agreement]:
    """Every agreement, with how many municipalities take part."""
    counted = Count("members", filter=Q(members__active=True))
    return list(Agreement.objects.annotate(count=counted).order_by("-valid_from", "name"))


def waiting() -> int:
    """How many requests that came wait for our answer."""
    return KompottOffer.objects.filter(state__in=["sent", "acknowledged"]).count()


def agreement_of(pk: UUID) -> Agreement:
    """Raises NotFound."""
    return cast("Agreement", _one(Agreement.objects, pk, "Avtalet finns inte."))


@dataclass(frozen=True)
class Member:
    """A municipality in an agreement, with its quota of this year."""

    row: AgreementMember
    homes: int | None
    taken: int | None


def members_of(agreement: Agreement) -> list[Member]:
    """Our own first, then by the alphabet."""
    year = timezone.localdate().year
    found = agreement.members.prefetch_related("quotas")
    lines = []
    for row in sorted(found, key=lambda row: (not row.own, sort_key(row.name))):
        quota = next((one for one in row.quotas.all() if one.year == year), None)
        lines.append(Member(row, quota.homes if quota else None, quota.taken if quota else None))
    return lines


def to_add(agreement: Agreement) -> list[tuple[str, str]]:
    """The municipalities that are not in the agreement."""
    known = set(agreement.members.values_list("code", flat=True))
    left = [(code, name) for code, name in MUNICIPALITIES.items() if code not in known]
    return sorted(left, key=lambda pair: sort_key(pair[1]))


def member_of(pk: UUID) -> AgreementMember:
    """Raises NotFound."""
    return cast(
        "AgreementMember", _one(AgreementMember.objects.select_related("agreement"), pk, "Kommunen finns inte.")
    )


def code_of(row: AgreementMember) -> str:
    """The check code to read aloud; "" before there are keys."""
    return fingerprint(row.verify_key, row.seal_key) if row.verify_key else ""


def liaisons_of(member: AgreementMember) -> list[tuple[Liaison, LiaisonWords]]:
    """Whom to call, those who do it now first."""
    rows = sorted(member.liaisons.all(), key=lambda row: row.ended_on is not None)
    return [(row, row.words.open()) for row in fields.open_all(rows, "words")]


def liaison_of(member: AgreementMember, pk: UUID) -> Liaison:
    """Raises NotFound."""
    return cast("Liaison", _one(member.liaisons, pk, "Kontakten finns inte."))


def begin(agreement: Agreement) -> dict[str, Any]:
    """What the form for changes begins with."""
    words = agreement.words.open()
    names = ("name", "valid_from", "valid_until", "answer_days", "lease", "sublet_months", "version")
    told = {"cost_split": words.cost_split, "distance": words.distance, "note": words.note}
    return {**{name: getattr(agreement, name) for name in names}, **told}


def own_keys() -> dict[str, Any]:
    """Our keys in use with their check code, and how many pairs were put away."""
    found = keys.in_use()
    code = fingerprint(found.verify_key, found.seal_key) if found else ""
    return {"key": found, "code": code, "old": ExchangeKey.objects.filter(in_use=False).count()}


# --- requests that came -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Incoming:
    row: KompottOffer
    late: bool


def inbox(number: str | None) -> Page[Incoming]:
    """What other municipalities asked, what waits for us first. Opens no seal."""
    rows = KompottOffer.objects.select_related("member").defer("profile", "words")
    going = When(state__in=[str(one) for one in RUNNING], then=Value(0))
    ordered = rows.alias(over=CaseWhen(going, default=Value(1))).order_by("over", "answer_due_on", "pk")
    page: Page[Any] = Paginator(ordered, PAGE).get_page(number)
    today = timezone.localdate()
    page.object_list = [Incoming(row, _late(row, today)) for row in page.object_list]
    return page


def _late(row: KompottOffer, today: Any) -> bool:
    waits = row.state in {"sent", "acknowledged"}
    return waits and row.answer_due_on is not None and row.answer_due_on < today


def offer_of(pk: UUID) -> KompottOffer:
    """A request that came. Raises NotFound."""
    rows = KompottOffer.objects.select_related("member__agreement", "home")
    return cast("KompottOffer", _one(rows, pk, "Förfrågan finns inte."))


def need_in(offer: KompottOffer) -> list[tuple[str, str]]:
    """The need that came, in words."""
    keys_told = set(FIELDS) & table.allowed(Receiver.MUNICIPALITY, Stage.PROFILE)
    return _in_words(offer, offer.profile.open(), keys_told)


def _in_words(row: Any, profile: NeedProfile, wanted: set[str]) -> list[tuple[str, str]]:
    return tell(cast("HousingNeed", row), profile, wanted)


def free_homes() -> list[tuple[str, str]]:
    """The homes that may be offered to another municipality, by what lists call them."""
    safe = [Home.Safety.GOOD, Home.Safety.FAULTS]
    rows = Home.objects.filter(state=Home.State.FREE, safety__in=safe).defer("words")
    return [(str(row.pk), f"{row.name}, {row.rooms} rum, {row.rent} kr") for row in rows]


def home_of(pk: str) -> Home | None:
    """The home chosen; None when none was."""
    return Home.objects.filter(pk=pk).first() if pk else None


def files_of(row: KompottRequest | KompottOffer) -> list[tuple[ExchangeFile, str]]:
    """The files about a request, latest first, and what each said."""
    found = ExchangeFile.objects.filter(reference=row.reference, member__code=row.member.code).select_related("by")
    return [(file, kinds.label(file.kind)) for file in found]


# --- requests of ours -------------------------------------------------------------------------------------------------


def track_of(case: Case, pk: UUID) -> Track:
    """A track of this case. Raises NotFound."""
    return doors.track_of(case, pk)


def latest(track: Track) -> KompottRequest | None:
    """The request that a track is at; None before there is one."""
    rows = KompottRequest.objects.filter(track=track).select_related("member__agreement", "consent__guardian")
    found = rows.first()
    if found is not None:
        found.track, found.case = track, track.case
    return found


def latest_or_404(track: Track) -> KompottRequest:
    """Raises NotFound before there is a request."""
    found = latest(track)
    if found is None:
        raise policy.NotFound("Det finns ingen förfrågan på den här vägen.", [track.case.ref()])
    return found


def earlier(track: Track, request: KompottRequest | None) -> list[KompottRequest]:
    """The municipalities that were asked before on this track."""
    rows = KompottRequest.objects.filter(track=track).select_related("member").defer("words")
    return list(rows.exclude(pk=request.pk) if request else rows)


def to_ask() -> list[tuple[str, str]]:
    """The municipalities that take part in an agreement of today, our own not among them."""
    today = timezone.localdate()
    rows = AgreementMember.objects.filter(
        own=False, active=True, agreement__valid_from__lte=today, agreement__valid_until__gte=today
    ).select_related("agreement")
    named = sorted(rows, key=lambda row: (sort_key(row.name), row.agreement.name))
    return [
        (str(row.pk), f"{row.name} ({row.agreement.name}){'' if row.keys_checked_on else NO_KEYS}") for row in named
    ]


NO_KEYS = ", nycklarna är inte kontrollerade"


def told(track: Track) -> list[tuple[str, str]]:
    """Exactly what the other municipality will read of the need."""
    version = NeedVersion.objects.filter(need=track.need_id).first()
    if version is None:
        return []
    allowed = table.allowed(Receiver.MUNICIPALITY, Stage.PROFILE)
    facts = kinds.told_of(track.need.urgency, version.profile.open(), allowed)
    return _in_words(track.need, kinds.profile_of(facts), set(FIELDS) & allowed)


def transfer_days(row: KompottRequest | KompottOffer) -> dict[str, Any]:
    return {"answer_by": rules.answer_by(row), "ivo_by": rules.ivo_by(row)}


def begun(found: KompottRequest | None) -> KompottRequest | None:
    """The request that is written and not sent; None when a new one is to be written, or one goes on."""
    return found if found is not None and found.state == ExchangeState.NEW else None


def sent(user: User) -> list[KompottRequest]:
    """Our own requests that go on in the user's branch: by reference and municipality, never whose."""
    cases = branches.within(Case.objects.all(), user)
    rows = KompottRequest.objects.filter(case__in=cases.values("pk"), state__in=[str(one) for one in RUNNING])
    return list(rows.select_related("member").defer("words").order_by("answer_due_on", "pk"))
