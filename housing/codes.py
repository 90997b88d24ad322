"""The codes that several subjects of housing share. Source: codes.json of the field (plan, follow-up of the plan)."""

from django.db import models


class Obstacle(models.TextChoices):
    """What stands in the way of a home (Länsstyrelsen Skåne 2022; NCK 2022-04-25)."""

    SHORTAGE = "shortage", "Bostadsbrist"
    INCOME_SUPPORT = "income_support", "Försörjningsstöd"
    DEBTS = "debts", "Skulder"
    DEFAULT_NOTE = "payment_default", "Betalningsanmärkning"
    NO_INCOME_HISTORY = "no_income_history", "Saknar inkomsthistorik"
    ECONOMIC_VIOLENCE = "economic_violence", "Ekonomiskt våld"
    OTHER_MUNICIPALITY = "other_municipality", "Måste byta kommun"
    SCHOOL = "childrens_school", "Barnens skola"
    ACCESSIBILITY = "accessibility", "Tillgänglighet"
    SAFETY = "area_safety", "Säkerheten i området"


class DeclineReason(models.TextChoices):
    """Why a request, an application or an offer came to nothing."""

    NO_HOME = "no_home", "Ingen ledig bostad"
    QUOTA_FULL = "quota_full", "Årets kvot är fylld"
    NO_FIT = "no_fit", "Bostaden passar inte behovet"
    ECONOMY = "economy", "Uppfyller inte hyresvärdens krav på ekonomi"
    UNSAFE = "unsafe", "Inte säkert nog"
    TOO_NEAR = "too_near", "För nära någon eller något som ska undvikas"
    PERSON = "person_declined", "Personen tackade nej"
    CONSENT = "consent_missing", "Samtycke saknas eller är återkallat"
    NOT_ENTITLED = "not_entitled", "Uppfyller inte villkoren"
    TOO_LATE = "too_late", "Svaret kom för sent"
    HOME_GONE = "home_gone", "Bostaden blev inte ledig"
    OTHER_HOME = "other_home", "Fick en annan bostad"


class LeaseKind(models.TextChoices):
    FIRST_HAND = "first_hand", "Förstahandskontrakt"
    SUBLEASE = "sublease", "Andrahandskontrakt via socialtjänsten"
    TRANSITION = "transition", "Övergångskontrakt"
    TRANSITIONAL_HOME = "transitional_home", "Genomgångsbostad"
    TRIAL_FLAT = "trial_flat", "Försöks- eller träningslägenhet"


class AgeBand(models.TextChoices):
    """How a child is told of in a need: never by birthday."""

    UNDER_1 = "0", "Under 1 år"
    TO_5 = "1-5", "1–5 år"
    TO_12 = "6-12", "6–12 år"
    TO_14 = "13-14", "13–14 år"
    TO_17 = "15-17", "15–17 år"


class Urgency(models.TextChoices):
    NOW = "now", "Inom några dagar"
    MONTH = "month", "Inom en månad"
    QUARTER = "quarter", "Inom tre månader"
    LATER = "later", "Senare"


class Access(models.TextChoices):
    STEP_FREE = "step_free", "Utan trappor eller med hiss"
    WHEELCHAIR = "wheelchair", "Plats för rullstol"
    SHOWER = "shower", "Dusch utan kant"
    QUIET = "quiet", "Tyst läge"


class ThreatKind(models.TextChoices):
    PARTNER = "partner", "Från partner eller tidigare partner"
    HONOUR = "honour", "Från flera, med hedersmotiv"
    OTHER = "other_threat", "Från någon annan"
