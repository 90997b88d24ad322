"""What each field says, for one receiver on one track; and the same as facts that a disclosure may hold."""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from casework.access.models import AccessGrant
from casework.cases.disclosures import contents
from casework.cases.disclosures.contents import PLACE, PLAIN, Fact, Value
from casework.cases.models import Case
from casework.clients.children.models import Child
from casework.policy import open_grants
from housing.fortur.models import ForturApplication
from housing.homes.models import HoldState, Home, HomeHold
from housing.needs import telling
from housing.needs.models import HousingNeed, NeedVersion
from housing.stages import table
from housing.stages.models import TrackStage
from housing.tracks.models import Receiver, Track

Told = list[tuple[str, str]]
NOTHING = "–"


def said(
    track: Track, version: NeedVersion, hold: HomeHold | None, keys: Iterable[str], *, phone: str, own: bool
) -> Told:
    """(label, text) of those fields, in the order of the table. Opens no more than they take. Our own coordinator knows
    a home by what we call it, and sees where it lies only among the homes.
    """
    wanted = frozenset(keys)
    fields = wanted & frozenset(telling.FIELDS)
    told = telling.tell(track.need, version.profile.open(), fields) if fields else []
    beside: dict[str, Callable[[], str]] = {
        table.HOME: lambda: "" if hold is None else hold.home.name if own else place_of(hold.home),
        table.CONTACT: lambda: contact(track.case, phone),
        table.CERTIFICATE: lambda: certificate(ForturApplication.objects.filter(track=track)),
        table.NAME: lambda: contents.FACTS["name"].value(track.case, None),
        table.NUMBER: lambda: contents.FACTS["number"].value(track.case, None),
    }
    return told + [(table.LABELS[key], text() or NOTHING) for key, text in beside.items() if key in wanted]


def name(case: Case) -> Told:
    """Who she is, alone."""
    return [(table.LABELS[table.NAME], contents.FACTS["name"].value(case, None))]


def place_of(home: Home) -> str:
    """Where a home lies."""
    words = home.words.open()
    town = f"{words.postal_code} {words.town}".strip()
    return ", ".join(part for part in (words.street, words.flat, town) if part) or home.name


def contact(case: Case, phone: str) -> str:
    """Whom a receiver calls: the kontaktperson, at work. Never a way to the person herself."""
    held = AccessGrant.objects.filter(open_grants(), case=case, kind=AccessGrant.Kind.ASSIGNMENT)
    names = list(held.order_by("opened_at").values_list("user__display_name", flat=True))
    return ", ".join(part for part in (*names, phone) if part)


def certificate(rows: QuerySet[ForturApplication]) -> str:
    """What the landlord reads of a förtur: only what another than the writer has approved."""
    found = rows.filter(approved_by__isnull=False).order_by("-created_at").first()
    return found.words.open().certificate if found else ""


# --- as facts of a case, where no track is known ----------------------------------------------------------------------


def _need(receiver: str) -> Value:
    def value(case: Case, child: Child | None) -> str:
        found = _newest(case)
        if found is None:
            return ""
        told = telling.tell(*found, table.need_fields(receiver))
        return "\n".join(f"{label}: {text}" for label, text in told)

    return value


def _region(case: Case, child: Child | None) -> str:
    found = _newest(case)
    return telling.tell(*found, [table.REGION])[0][1] if found else ""


def _newest(case: Case) -> tuple[HousingNeed, telling.NeedProfile] | None:
    version = NeedVersion.objects.filter(need__case=case).select_related("need").order_by("-created_at").first()
    return (version.need, version.profile.open()) if version else None


def _homes(case: Case, child: Child | None) -> str:
    held = HomeHold.objects.filter(case=case).exclude(state=HoldState.RELEASED).select_related("home")
    return "\n".join(place_of(hold.home) for hold in held)


def _contact(case: Case, child: Child | None) -> str:
    latest = TrackStage.objects.filter(track__case=case).order_by("-created_at").first()
    return contact(case, latest.words.open().phone if latest else "")


def _certificate(case: Case, child: Child | None) -> str:
    return certificate(ForturApplication.objects.filter(case=case))


def connect() -> None:
    """The facts of housing. What a need says depends on who is told it, so it is a fact for each receiver."""
    for receiver in Receiver:
        if table.need_fields(receiver) and receiver != Receiver.COORDINATOR:
            label = f"Boendebehovet, det som mottagaren får veta: {receiver.label.lower()}"
            contents.register(table.need_fact(receiver), Fact(label, PLAIN, _need(receiver)))
    for key, fact in (
        ("housing_region", Fact("Var skola eller arbete behöver finnas", PLACE, _region)),
        ("housing_home", Fact("Vilken bostad personen kan flytta till", PLACE, _homes)),
        ("housing_contact", Fact("Kontaktpersonen, med telefon på arbetet", PLAIN, _contact)),
        ("housing_certificate", Fact("Intyget till hyresvärden", PLAIN, _certificate)),
    ):
        contents.register(key, fact)
