"""Re-exports, so that Django finds the models where it looks for them."""

from housing.fortur.models import ForturApplication
from housing.homes.models import ColocationDecision, Home, HomeHold, KnownPlace, PlaceIndex
from housing.kompott.models import (
    Agreement,
    AgreementMember,
    ExchangeFile,
    ExchangeKey,
    KompottOffer,
    KompottRequest,
    Liaison,
)
from housing.landlords.models import Cooperation, Landlord, LandlordContact, LandlordTalk, PilotFollowUp, Training
from housing.needs.models import HousingNeed, NeedVersion
from housing.quotas.models import Quota
from housing.shelter.models import ShelterStay, StayReview
from housing.stages.models import TrackStage
from housing.tenancies.models import TakeoverStep, Tenancy, TenancyAlarm, TenancyCheck, TenancyVisit
from housing.tracks.models import Track, TrackKind, TrackObstacle, TrackStep

__all__ = [
    "Agreement",
    "AgreementMember",
    "ColocationDecision",
    "Cooperation",
    "ExchangeFile",
    "ExchangeKey",
    "ForturApplication",
    "Home",
    "HomeHold",
    "HousingNeed",
    "KnownPlace",
    "KompottOffer",
    "KompottRequest",
    "Landlord",
    "LandlordContact",
    "LandlordTalk",
    "Liaison",
    "NeedVersion",
    "PilotFollowUp",
    "PlaceIndex",
    "Quota",
    "ShelterStay",
    "StayReview",
    "TakeoverStep",
    "Tenancy",
    "TenancyAlarm",
    "TenancyCheck",
    "TenancyVisit",
    "Track",
    "TrackKind",
    "TrackObstacle",
    "TrackStage",
    "TrackStep",
    "Training",
]
