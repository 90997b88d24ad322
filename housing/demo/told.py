"""Lays in how the invented people look for a home, through the product's own acts."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from casework.cases.consents.actions import note_consent
from casework.cases.consents.models import Consent, ConsentWords
from casework.cases.insatser.models import Actor
from casework.cases.models import Case
from casework.signin.models import User
from housing.demo.ground import lay_ground, neighbour
from housing.fortur import actions as fortur
from housing.fortur import certificate
from housing.homes.hold_actions import hold_or_ask
from housing.homes.models import Home, HomeState
from housing.kompott import actions as kompott
from housing.kompott.models import AgreementMember
from housing.landlords.models import Landlord
from housing.needs import actions as needs
from housing.needs.models import HousingNeed, NeedProfile
from housing.shelter import actions as shelter
from housing.shelter.models import StayPlace, StayWords
from housing.tenancies import actions as tenancies
from housing.tenancies import living_actions as living
from housing.tenancies.rules import Terms
from housing.tracks import actions as tracks
from housing.tracks.models import Track, TrackKind

NOOR = NeedProfile(
    adults=1, children=["6-12", "6-12"], rooms=3, max_rent=10_500, areas=["city_south"], avoid=["city_north"],
    region=["city_south"], access=["step_free"], obstacles=["debts", "no_income_history"], threat="partner",
    note="Barnen vill gå kvar i samma skola hela läsåret.",
)  # fmt: skip
MIRELA = NeedProfile(adults=1, children=["1-5"], rooms=2, avoid=["city_east", "1231"], threat="partner")


def tell_housing(case: Case, given: str, users: dict[str, User]) -> None:
    """How far one invented person has come on her way to a home; nothing for those of whom nothing is told."""
    lay_ground(users)
    tell = {"Noor": _noor, "Mirela": _mirela, "Elin": _elin, "Katarina": _katarina, "Sara": _sara}.get(given)
    if tell is not None:
        tell(case, users)


def _noor(case: Case, users: dict[str, User]) -> None:
    """Handed to the coordinator: a home to look at from a private landlord, and förtur that is applied for."""
    alma, hanna, today = users["alma"], users["hanna"], timezone.localdate()
    need = _need(case, alma, NOOR, "month")
    private = _begin(alma, need, "privat-hyresvard", "Ring om visningen", 2)
    tracks.take_track(by=hanna, track=private)
    home = Home.objects.filter(state=HomeState.FREE, rooms=3, lease="first_hand").order_by("name")[0]
    seen_at = datetime.combine(today + timedelta(days=2), time(13), tzinfo=timezone.get_current_timezone())
    hold_or_ask(
        by=hanna, home=home, track=private, answer_by=today + timedelta(days=7), viewing_at=seen_at,
        note="Möt upp vid porten, säg bara bostadens beteckning.",
    )  # fmt: skip
    asked = _begin(alma, need, "fortur-andra-hand", "Vänta på hyresvärdens svar", 14)
    tracks.note_obstacle(by=alma, track=asked, obstacle="debts", noted_on=today)
    application = fortur.write_application(
        by=alma, track=asked, landlord=Landlord.objects.get(kind=Landlord.Kind.PUBLIC),
        certificate=certificate.begin(NOOR), conditions="", version=0,
    )  # fmt: skip
    fortur.approve_application(by=users["cecilia"], application=application, version=application.version)
    _begin(alma, need, "egen-bostadsko", "Förnya köplatsen", 30)


def _mirela(case: Case, users: dict[str, User]) -> None:
    """Has to leave the city: a request to another municipality is written and waits to be sent."""
    alma = users["alma"]
    need = _need(case, alma, MIRELA, "now")
    track = _begin(alma, need, "kompott", "Skicka förfrågan", 1)
    asked = AgreementMember.objects.get(code=neighbour(), own=False)
    consent = _consent(case, alma, "Den andra kommunen", "Byte av kommun")
    kompott.write_request(by=alma, track=track, member=asked, consent=consent, note="")


def _elin(case: Case, users: dict[str, User]) -> None:
    """Has a sublease that is soon two years old, and takes it over step by step."""
    alma, today = users["alma"], timezone.localdate()
    terms = Terms(
        lease="sublease", tenant="tenant_city", starts_on=today - timedelta(days=610), rent=8_100,
        trial_until=today + timedelta(days=45), takeover_on=today + timedelta(days=60),
        next_visit_on=today + timedelta(days=6), address="Sagovägen 9", conditions="Tillsyn en gång i månaden.",
        landlord=Landlord.objects.get(kind=Landlord.Kind.PUBLIC),
    )  # fmt: skip
    tenancy = tenancies.sign_tenancy(by=alma, case=case, track=None, terms=terms)
    tenancy = tenancies.move_in(by=alma, tenancy=tenancy, on=terms.starts_on)
    for step in ("rent_paid", "her_yes"):
        living.do_step(by=alma, tenancy=tenancy, step=step, on=today - timedelta(days=20))
    living.visit(
        by=alma, tenancy=tenancy, on=today - timedelta(days=24), text="Allt väl. Hon har målat köket.",
        next_on=terms.next_visit_on,
    )  # fmt: skip


def _katarina(case: Case, users: dict[str, User]) -> None:
    """A need that is written but not handed over yet."""
    needs.write_need(by=users["alma"], case=case, urgency="later", profile=NeedProfile(adults=1, rooms=1))


def _sara(case: Case, users: dict[str, User]) -> None:
    """Lives in a shelter since six weeks."""
    chief, day = users["cecilia"], timezone.localdate() - timedelta(days=42)
    stay = shelter.decide_stay(
        by=chief, case=case, provider=Actor.objects.get(name="Kriscentrum Boende"), ground="adult", decided_on=day,
        words=StayWords(motivation="Behöver skydd nu.", contents="Plats dygnet runt, med stöd."),
        place=StayPlace(unit="Huset", address="Påhittsvägen 2"),
    )  # fmt: skip
    shelter.start_stay(by=chief, stay=stay, started_on=day + timedelta(days=1))


def _need(case: Case, by: User, profile: NeedProfile, urgency: str) -> HousingNeed:
    need = needs.write_need(by=by, case=case, urgency=urgency, profile=profile)
    return needs.publish_need(by=by, need=need)


def _begin(by: User, need: HousingNeed, key: str, next_step: str, days: int) -> Track:
    kind, day = TrackKind.objects.get(key=key), timezone.localdate() + timedelta(days=days)
    return tracks.start_track(by=by, need=need, kind=kind, next_step=next_step, next_on=day, note="")


def _consent(case: Case, by: User, recipient: str, purpose: str) -> Consent:
    today = timezone.localdate()
    words = ConsentWords(recipient=recipient, purpose=purpose, contents="Behovet av en bostad, utan namn")
    return note_consent(
        by=by, case=case, given_by="person", way="oral", given_on=today, until=today + timedelta(days=180), words=words
    )
