"""Coded values of a case and its journal. They may be counted; no list and no search may show or use them."""

from django.db import models


class ReferralSource(models.TextChoices):
    INTAKE_UNIT = "intake_unit", "Mottag för våld i nära relation och heder"
    CRISIS_CENTRE = "crisis_centre", "Kriscentrum Boende"
    HONOUR_TEAM = "honour_team", "Resursteam Heder"
    OTHER_SOCIAL = "other_social", "Annan enhet i socialtjänsten"
    OTHER_MUNICIPALITY = "other_municipality", "Annan kommun"
    POLICE = "police", "Polisen"
    HEALTH_CARE = "health_care", "Hälso- och sjukvården"
    SHELTER = "shelter", "Kvinno- eller tjejjour"
    SELF = "self", "Personen själv"
    OTHER = "other", "Annan"


class LegalBasis(models.TextChoices):
    """SoL (2025:400). Which of them the support rests on is for the board to decide; so it is a field."""

    DECISION = "11:1", "Beslut om insats (SoL 11 kap. 1 §)"
    WITHOUT_ASSESSMENT = "11:5", "Insats utan behovsprövning (SoL 11 kap. 5 §)"
    CRIME_VICTIM = "13:1", "Stöd till brottsoffer (SoL 13 kap. 1 §)"


class ClosureReason(models.TextChoices):
    GOALS_REACHED = "goals_reached", "Målen är nådda"
    OWN_WISH = "own_wish", "Personen vill avsluta"
    MOVED = "moved", "Flyttat till en annan kommun"
    OTHER_SUPPORT = "other_support", "Annat stöd tar över"
    NO_CONTACT = "no_contact", "Kontakten har upphört"
    DECEASED = "deceased", "Personen har avlidit"
    OTHER = "other", "Annat skäl"


class StepKind(models.TextChoices):
    AUTHORITY = "authority", "Myndighetskontakt"
    EVERYDAY = "everyday", "Praktisk vardagsfråga"
    ACCOMPANY = "accompany", "Följe till möte"
    TALK = "talk", "Stödsamtal"
    COORDINATION = "coordination", "Samordning med annan aktör"
    HOUSING = "housing", "Boendefråga"
    ECONOMY = "economy", "Ekonomi och skulder"
    CHILDREN = "children", "Barn och föräldraskap"
    SAFETY = "safety", "Trygghet och säkerhet"
    FOLLOW_UP = "follow_up", "Uppföljning av plan"


class StepPlace(models.TextChoices):
    HOME = "home", "Hemma"
    COMMUNITY = "community", "I samhället"
    OFFICE = "office", "På kontoret"
    PHONE = "phone", "Telefon"
    ONLINE = "online", "Digitalt möte"
    OTHER_AUTHORITY = "other_authority", "Hos annan myndighet"


class PlaceType(models.TextChoices):
    """What kind of public place; never which one."""

    SHOP = "shop", "Butik eller köpcentrum"
    TRANSIT = "transit", "Buss, tåg eller station"
    CARE = "care", "Vårdcentral, sjukhus eller apotek"
    SCHOOL = "school", "Skola eller förskola"
    OFFICE = "office", "Bank, myndighet eller servicekontor"
    LIBRARY = "library", "Bibliotek eller mötesplats"
    CAFE = "cafe", "Kafé eller restaurang"
    OUTDOORS = "outdoors", "Park, lekplats eller promenad"
    LEISURE = "leisure", "Förening, idrott eller kultur"
    FAITH = "faith", "Församling eller moské"
    OTHER = "other", "Annan plats"


class Exposure(models.TextChoices):
    """How it felt to be out: the quick question about risk."""

    CALM = "calm", "Lugnt"
    CAREFUL = "careful", "Vi fick tänka oss för"
    RECOGNISED = "recognised", "Någon kan ha känt igen henne"
    BROKEN_OFF = "broken_off", "Vi avbröt"


class StepWay(models.TextChoices):
    WITH = "with", "Tillsammans med personen"
    CALL = "call", "Samtal med personen"
    MESSAGE = "message", "Meddelande eller brev"
    FOR = "for", "Åt personen, utan att hon var med"


class StepOutcome(models.TextChoices):
    DONE = "done", "Genomfört"
    ATTEMPTED = "attempted", "Försökt, men inte nått fram"


ACTORS = (
    "Arbetsförmedlingen",
    "Barnahus Malmö",
    "Barnombud eller målsägandebiträde",
    "Bank",
    "Boplats Syd",
    "Evonhuset",
    "Försäkringskassan",
    "Hälso- och sjukvården",
    "Kompetenscentrum",
    "Kriminalvården",
    "Kriscentrum Boende",
    "Kronofogden",
    "Kvinno- eller tjejjour",
    "Migrationsverket",
    "MKB Fastighets AB",
    "Mottag för våld i nära relation och heder",
    "Polisen",
    "Resurscentrum Heder Skåne",
    "Resursteam Heder",
    "Skatteverket",
    "Skola eller förskola",
)
