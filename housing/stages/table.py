"""Who is told what, and when: the whole of it as data. A page, a paper or a file tells what stands here and no more.

No receiver is told what a child is called, where the household is now, or that the person is protected. What each kind
of receiver must keep secret decides how much it is told. Sources: OSL (2009:400) 8:2, 10:1, 12:2, 21:3, 26:1, 26:11.
"""

from housing.needs.telling import FIELDS
from housing.stages.models import Stage
from housing.tracks.models import Receiver

# What is told beside the fields of a need: which home, whom to call at work, the text of a förtur, who she is.
HOME, CONTACT, CERTIFICATE, NAME, NUMBER = "home", "contact", "certificate", "name", "number"
IDENTITY = frozenset({NAME, NUMBER})
LABELS: dict[str, str] = {
    **{key: label for key, (label, _) in FIELDS.items()},
    HOME: "Bostaden",
    CONTACT: "Kontakt",
    CERTIFICATE: "Intyget",
    NAME: "Namn",
    NUMBER: "Personnummer eller samordningsnummer",
}

Fields = frozenset[str]
# What each stage adds to the one before it.
TABLE: dict[str, dict[str, Fields]] = {
    # Our own, of the same nämnd and branch: no disclosure to her (OSL 8:2), but she needs no more than this for her
    # work (SoLPuL 10 §). What the threat is she never needs: what to avoid is said by area.
    Receiver.COORDINATOR: {
        Stage.TOKEN: frozenset({"urgency", "waiting_since"}),
        Stage.PROFILE: frozenset(FIELDS) - {"threat", "urgency", "waiting_since"},
        Stage.MATCHED: frozenset({HOME}),
        Stage.CONSENTED: frozenset({CONTACT}),
        Stage.NAMED: frozenset({NAME}),
    },
    # A placement is a decision of a socialnämnd, and the provider has a duty of silence of its own (SoL 15:1; OSL 26:1
    # where a municipality runs it). It has to know what it protects her from.
    Receiver.PROVIDER: {
        Stage.PROFILE: frozenset({"household", "children", "access", "urgency", "threat"}),
        Stage.CONSENTED: frozenset({CONTACT}),
        Stage.NAMED: frozenset({NAME}),
    },
    # The secrecy of socialtjänsten holds there too (OSL 26:1), and nothing goes out without her consent (OSL 10:1).
    # Who she is they are told after they have said yes, outside this program.
    Receiver.MUNICIPALITY: {
        Stage.PROFILE: frozenset(
            {
                "household",
                "children",
                "rooms",
                "avoid",
                "access",
                "pets",
                "urgency",
                "obstacles",
                "threat",
                "region",
            }
        ),
        Stage.CONSENTED: frozenset({CONTACT}),
    },
    # Secrecy is weaker at a municipality's housing company: what is told there is given out as a rule (OSL 26:11). So
    # nothing of a threat, nor of what to avoid.
    Receiver.PUBLIC_LANDLORD: {
        Stage.CONSENTED: frozenset(
            {"household", "children", "rooms", "areas", "access", "max_rent", CERTIFICATE, CONTACT}
        ),
        Stage.NAMED: IDENTITY,
    },
    # No secrecy at all holds at a private landlord. What a lease needs, and never a number.
    Receiver.PRIVATE_LANDLORD: {
        Stage.MATCHED: frozenset({HOME}),
        Stage.CONSENTED: frozenset({"household", CONTACT}),
        Stage.NAMED: frozenset({NAME}),
    },
    # She stands in the queue herself: it is told who, and nothing of why (OSL 26:11).
    Receiver.QUEUE: {Stage.NAMED: IDENTITY},
}
RANK: dict[str, int] = {stage.value: at for at, stage in enumerate(Stage)}


def stages_of(receiver: str) -> list[Stage]:
    """The stages that a receiver has, in rising order. Raises KeyError for what is no receiver."""
    return [stage for stage in Stage if stage in TABLE[receiver]]


def allowed(receiver: str, stage: str) -> frozenset[str]:
    """What a receiver is told at a stage: what it adds, and what the stages below it told.

    Empty below the first stage that the receiver has. Raises KeyError for what is no receiver or no stage.
    """
    rank = RANK[stage]
    return frozenset().union(*(added for at, added in TABLE[receiver].items() if RANK[at] <= rank))


# --- as facts of a disclosure -----------------------------------------------------------------------------------------

# Each need is told by as many fields as its receiver may have, so it is one fact for each receiver; where school or
# work is tells a place, and is a fact of its own.
REGION, FACT_OF = (
    "region",
    {
        "region": "housing_region",
        HOME: "housing_home",
        CONTACT: "housing_contact",
        CERTIFICATE: "housing_certificate",
        NAME: "name",
        NUMBER: "number",
    },
)


def need_fact(receiver: str) -> str:
    """The key of the fact that tells a receiver the need, as far as it may know it."""
    return f"housing_profile_{receiver}"


def need_fields(receiver: str) -> frozenset[str]:
    """The fields of a need that this fact tells."""
    return allowed(receiver, Stage.NAMED) & (frozenset(FIELDS) - {REGION})


def facts(receiver: str, stage: str) -> list[str]:
    """The facts of the disclosure that takes a receiver to a stage: keys of casework's disclosures."""
    keys = allowed(receiver, stage)
    told = [need_fact(receiver)] if keys & need_fields(receiver) else []
    return told + [fact for key, fact in FACT_OF.items() if key in keys]


# --- in addresses and words -------------------------------------------------------------------------------------------

RECEIVERS: dict[str, str] = {
    "samordnaren": Receiver.COORDINATOR,
    "skyddat-boende": Receiver.PROVIDER,
    "annan-kommun": Receiver.MUNICIPALITY,
    "kommunal-hyresvard": Receiver.PUBLIC_LANDLORD,
    "privat-hyresvard": Receiver.PRIVATE_LANDLORD,
    "bostadsko": Receiver.QUEUE,
}
STAGES: dict[str, str] = {
    "beteckning": Stage.TOKEN,
    "behov": Stage.PROFILE,
    "hem": Stage.MATCHED,
    "samtycke": Stage.CONSENTED,
    "namn": Stage.NAMED,
}
RECEIVER_SLUGS, STAGE_SLUGS = ({key: slug for slug, key in slugs.items()} for slugs in (RECEIVERS, STAGES))


def labels(keys: frozenset[str]) -> list[str]:
    """What the fields are called, in the order they are told."""
    return [label for key, label in LABELS.items() if key in keys]
