"""The ways to a home that an installation begins with: the eight of the follow-up of the plan, and those that
Stockholm's programmes have, switched off until a city has agreed on them. Days to an answer are for the city to set.
"""

from dataclasses import dataclass

from housing.codes import LeaseKind
from housing.tracks.models import Receiver, Way


@dataclass(frozen=True)
class Start:
    """One way. `decision`: it takes a decision, whose carrying out has a clock (SoL 34 kap. 1-3 §§)."""

    key: str
    name: str
    way: str
    receiver: str
    lease: str = ""
    decision: bool = False
    viewing: bool = True
    answer_days: int = 30
    active: bool = True


KINDS = (
    Start("skyddat-boende", "Skyddat boende", Way.SHELTER, Receiver.PROVIDER, "", True, False, 1),
    Start(
        "genomgangsbostad",
        "Genomgångsbostad",
        Way.PLAIN,
        Receiver.PUBLIC_LANDLORD,
        LeaseKind.TRANSITIONAL_HOME,
        decision=True,
    ),
    Start("kompott", "Kompott", Way.KOMPOTT, Receiver.MUNICIPALITY, LeaseKind.FIRST_HAND),
    Start(
        "fortur-forsta-hand",
        "Förtur MKB – förstahandskontrakt",
        Way.FORTUR,
        Receiver.PUBLIC_LANDLORD,
        LeaseKind.FIRST_HAND,
    ),
    Start(
        "fortur-andra-hand",
        "Förtur MKB – andrahandskontrakt via socialtjänsten",
        Way.FORTUR,
        Receiver.PUBLIC_LANDLORD,
        LeaseKind.SUBLEASE,
        decision=True,
    ),
    Start(
        "privat-hyresvard",
        "Privat hyresvärd (pilot Fastighetsägarna Syd)",
        Way.PRIVATE,
        Receiver.PRIVATE_LANDLORD,
        LeaseKind.FIRST_HAND,
    ),
    Start("egen-bostadsko", "Egen bostadskö", Way.PLAIN, Receiver.QUEUE, LeaseKind.FIRST_HAND),
    Start(
        "annan-kommun",
        "Annan kommun enligt SoL 29 kap. 7 §",
        Way.PLAIN,
        Receiver.MUNICIPALITY,
        decision=True,
    ),
    Start(
        "stockholm-fortursenhet",
        "Stockholm: förtursenheten",
        Way.FORTUR,
        Receiver.PUBLIC_LANDLORD,
        LeaseKind.FIRST_HAND,
        active=False,
    ),
    Start(
        "shis-genomgangsbostad",
        "Stockholm: genomgångsbostad hos SHIS",
        Way.PLAIN,
        Receiver.PUBLIC_LANDLORD,
        LeaseKind.TRANSITIONAL_HOME,
        decision=True,
        active=False,
    ),
    Start(
        "kontakt-och-mentorskap",
        "Stockholm: särskilt kontakt- och mentorskap",
        Way.PLAIN,
        Receiver.PROVIDER,
        viewing=False,
        active=False,
    ),
)
