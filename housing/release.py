"""What housing puts in a print of the record: the need, the ways to a home, stays and leases, as they were written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from casework.cases.release.parts import Part, register
from casework.cases.release.scope import Found, Scope, piece
from casework.crypto import fields
from casework.swedish import iso
from housing.fortur.models import ForturApplication
from housing.needs import telling
from housing.needs.models import HousingNeed, NeedVersion
from housing.shelter.models import ShelterStay, StayReview
from housing.tenancies.models import Tenancy, TenancyAlarm, TenancyVisit
from housing.tracks.models import Track


def needs(scope: Scope) -> Iterator[Found]:
    """Each version of the need, as it was told and with what was noted beside it."""
    mine = scope.own(HousingNeed).values("pk")
    versions = NeedVersion.objects.filter(need__in=mine).select_related("need")
    for row in fields.open_all(scope.within(versions, "written_at__date"), "profile"):
        profile = row.profile.open()
        told = telling.tell(row.need, profile, telling.FIELDS)
        title = f"Boendebehov, version {row.number}, {iso(row.written_at)}"
        yield piece(row, title, *told, ("Anteckning", profile.note), sensitive=bool(profile.region))


def tracks(scope: Scope) -> Iterator[Found]:
    """Each way with what was noted, offered and came of it; of a förtur the certificate and the answer."""
    asked = {row.track_id: row for row in fields.open_all(scope.own(ForturApplication), "words")}
    rows = scope.within(scope.own(Track), "started_on").select_related("kind")
    for row in fields.open_all(rows, "words"):
        words, application = row.words.open(), asked.get(row.pk)
        yield piece(
            row,
            f"Väg till ett hem: {row.kind}, {iso(row.started_on)}",
            ("Läge", row.get_state_display()),
            ("Varför det inte blev av", row.get_declined_display()),
            ("Anteckning", words.note),
            ("Nästa steg", words.next_step),
            ("Erbjudande", words.offer),
            ("Hur det gick", words.outcome),
            *(_fortur(application) if application else ()),
            sensitive=bool(words.offer),
        )


def _fortur(row: ForturApplication) -> Iterator[tuple[str, str]]:
    words = row.words.open()
    yield "Intyg", words.certificate
    yield "Villkor", words.conditions
    yield "Hyresvärdens beslut", row.get_outcome_display()
    yield "Skäl", words.grounds


def stays(scope: Scope) -> Iterator[Found]:
    """The stays of whose record it is; where it is is never told here (OSL 26:2, 26:14 c)."""
    considered = _beside(StayReview, "stay", scope.own(ShelterStay))
    for row in fields.open_all(scope.within(scope.own(ShelterStay), "decided_on"), "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Skyddat boende, beslut {iso(row.decided_on)}",
            ("Läge", row.get_state_display()),
            ("Grund", row.get_ground_display()),
            ("Vad som beslutades", words.contents),
            ("Motivering", words.motivation),
            ("Umgänge", words.visitation),
            *(pair for other in considered[row.pk] for pair in _review(other)),
            ("Hur det gick", words.outcome),
            sensitive=True,
        )


def _review(row: StayReview) -> Iterator[tuple[str, str]]:
    for text in vars(row.words.open()).values():
        yield f"Övervägande {iso(row.considered_on)}", text


def tenancies(scope: Scope) -> Iterator[Found]:
    """Each lease with its visits and alarms. The address lies with the addresses, not here."""
    own = scope.own(Tenancy)
    visits, alarms = _beside(TenancyVisit, "tenancy", own), _beside(TenancyAlarm, "tenancy", own)
    for row in fields.open_all(scope.within(own, "starts_on"), "words"):
        words = row.words.open()
        yield piece(
            row,
            f"Hyresförhållande från {iso(row.starts_on)}",
            ("Läge", row.get_state_display()),
            ("Kontrakt", row.get_lease_display()),
            ("Står på kontraktet", row.get_tenant_display()),
            ("Särskilda villkor", words.conditions),
            ("Avstående", words.waiver),
            *((f"Tillsyn {iso(one.visited_on)}", one.words.open().text) for one in visits[row.pk]),
            *((f"{one.get_kind_display()} {iso(one.came_on)}", one.words.open().text) for one in alarms[row.pk]),
            ("Hur det gick", words.outcome),
            sensitive=True,
        )


def _beside(model: Any, name: str, owners: Iterable[Any]) -> dict[Any, list[Any]]:
    """The opened rows that belong to each of `owners`, oldest first."""
    found: dict[Any, list[Any]] = defaultdict(list)
    rows = model.objects.filter(**{f"{name}__in": [one.pk for one in owners]}).order_by("created_at")
    for row in fields.open_all(rows, "words"):
        found[getattr(row, f"{name}_id")].append(row)
    return found


def connect() -> None:
    register(Part("housing_needs", "Boendebehov", needs, 56))
    register(Part("housing_tracks", "Vägar till ett hem", tracks, 57))
    register(Part("housing_stays", "Skyddat boende", stays, 58, child=True))
    register(Part("housing_tenancies", "Hyresförhållanden", tenancies, 59))
