"""What the invented city has for housing: landlords, homes, an agreement between municipalities. Made once."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from casework.crypto import parcel
from casework.signin.models import User
from housing.homes import actions as homes
from housing.homes.models import Home, HomeWords
from housing.homes.rules import Terms
from housing.kompott import agreement_actions as agreements
from housing.kompott import file_actions as files
from housing.kompott.models import Agreement, AgreementWords, LiaisonWords
from housing.landlords import actions as landlords
from housing.landlords.models import ContactWords, Landlord, LandlordWords
from housing.quotas.actions import set_quota

SUND = "Fastighets AB Sundet"
# Street, rooms, rent, area, lease. The streets do not exist.
HOMES = (
    ("Påhittsgatan 12", 3, 9_800, "city_south", "first_hand"),
    ("Påhittsgatan 14", 2, 7_400, "city_south", "first_hand"),
    ("Sagovägen 3", 4, 11_200, "city_west", "sublease"),
    ("Sagovägen 5", 1, 5_600, "city_west", "sublease"),
    ("Diktarstigen 7", 3, 10_100, "city_east", "first_hand"),
)


def neighbour() -> str:
    """The code of the other municipality in the agreement."""
    return "1280" if settings.HOUSING["municipality"] == "1281" else "1281"


def lay_ground(users: dict[str, User]) -> None:
    """Lays in landlords, homes, quotas and an agreement, unless they are there."""
    if Landlord.objects.filter(name=SUND).exists():
        return
    hanna, today = users["hanna"], timezone.localdate()
    landlords.load_start(by=hanna)
    private = _private(hanna, today)
    public = Landlord.objects.get(kind=Landlord.Kind.PUBLIC)
    set_quota(by=hanna, landlord=public, year=today.year, homes=10)
    for street, rooms, rent, area, lease in HOMES:
        _home(hanna, private if lease == "first_hand" else public, street, rooms, rent, area, lease)
    _agreement(users, today)


def _private(by: User, today: date) -> Landlord:
    words = LandlordWords(address="Storgatan 1", phone="040-123 45 67", note="Ring på förmiddagen.")
    private = landlords.add_landlord(by=by, name=SUND, kind="private", pilot=True, words=words)
    contact = ContactWords(name="Gun Påhittad", phone="040-123 45 68", role="Uthyrare")
    landlords.add_contact(by=by, landlord=private, words=contact)
    landlords.note_training(
        by=by, landlord=private, held_on=today - timedelta(days=120), held_by="Kompetenscentrum",
        content="training_basics", took_part=6, next_on=today + timedelta(days=60),
    )  # fmt: skip
    landlords.write_cooperation(
        by=by, landlord=private, valid_from=today - timedelta(days=100), valid_until=today + timedelta(days=265),
        homes_a_year=4, terms="Fyra hem om året. Svar inom tio dagar.",
    )  # fmt: skip
    landlords.note_talk(
        by=by, landlord=private, talked_on=today - timedelta(days=9), text="Tre lägenheter blir lediga i vår."
    )
    return private


def _home(by: User, landlord: Landlord, street: str, rooms: int, rent: int, area: str, lease: str) -> Home:
    today = timezone.localdate()
    terms = Terms(
        lease=lease, area=area, rooms=rooms, rent=rent, pets=True, available_from=today + timedelta(days=20),
        available_until=today + timedelta(days=40), block_let=lease == "sublease",
    )  # fmt: skip
    words = HomeWords(street=street, postal_code="211 00", town="Malmö", flat="1201", access=["step_free"])
    home = homes.add_home(by=by, landlord=landlord, terms=terms, words=words)
    return homes.note_safety(
        by=by, home=home, safety="safety_good", safety_on=today - timedelta(days=3), text="Porttelefon och bra ljus."
    )


def _agreement(users: dict[str, User], today: date) -> Agreement:
    hanna, first = users["hanna"], date(today.year, 1, 1)
    words = AgreementWords(cost_split="Den som tar emot betalar hyran från inflyttning.", distance="Minst tre mil.")
    agreement = agreements.write_agreement(
        by=hanna, name="Kompott Skåne", valid_from=first, valid_until=date(today.year + 1, 12, 31), answer_days=14,
        lease="sublease", sublet_months=12, words=words,
    )  # fmt: skip
    files.make_keys(by=users["ada"])
    own = agreement.members.get(own=True)
    theirs = agreements.add_member(by=hanna, agreement=agreement, code=neighbour())
    pair = parcel.make_pair()
    heard = parcel.fingerprint(pair.verify_key, pair.seal_key)
    theirs = agreements.check_keys(
        by=hanna, member=theirs, verify_key=pair.verify_key, seal_key=pair.seal_key, heard=heard, version=theirs.version
    )
    who = LiaisonWords(name="Per Påhittad", phone="046-123 45 67")
    agreements.add_liaison(by=hanna, member=theirs, role="kompott_liaison", words=who)
    for member, count in ((own, 2), (theirs, 1)):
        set_quota(by=hanna, member=member, year=today.year, homes=count)
    return agreement
