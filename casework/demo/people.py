"""The invented people of the demo: the cast, and ten clients with their stories. Nobody here exists."""

from dataclasses import dataclass, field

from casework.signin.models import Role

SECTIONS = ("Sektion våld och heder 1", "Sektion våld och heder 2")


@dataclass(frozen=True)
class Player:
    username: str
    name: str
    role: Role
    section: int | None
    does: str


CAST = (
    Player("alma", "Alma Lind", Role.KONTAKTPERSON, 0, "har åtta ärenden och ett nytt uppdrag att svara på"),
    Player("bo", "Bo Ek", Role.KONTAKTPERSON, 0, "kollega, ersättare för Alma"),
    Player("cecilia", "Cecilia Holm", Role.SEKTIONSCHEF, 0, "tar emot personer och fördelar ärenden"),
    Player("dag", "Dag Berg", Role.PLANNER, None, "följer upp planen, ser ingen person"),
    Player("hanna", "Hanna Sund", Role.HOUSING_COORDINATOR, 0, "söker bostäder, vet inte åt vem"),
    Player("lo", "Lo Vik", Role.LOG_REVIEWER, None, "granskar loggen"),
    Player("ada", "Ada Falk", Role.ADMINISTRATOR, None, "lägger upp användare, ser ingen person"),
    Player("eva", "Eva Rask", Role.KONTAKTPERSON, 1, "arbetar i en annan sektion"),
    Player("edvin", "Edvin Strand", Role.SEKTIONSCHEF, 1, "leder den andra sektionen"),
)


@dataclass(frozen=True)
class Step:
    days_ago: int
    kind: str
    way: str
    place: str
    text: str
    actor: str = ""
    minutes: int = 30
    outcome: str = "done"
    next_step: str = ""
    next_in: int | None = None
    place_type: str = ""
    exposure: str = ""


@dataclass(frozen=True)
class Story:
    given: str
    family: str
    serial: int
    safe_way: str
    background: str
    wishes: str
    source: str
    days: int
    marks: tuple[str, ...] = ()
    who: str = "alma"
    deputy: str = ""
    state: str = "open"
    steps: tuple[Step, ...] = field(default_factory=tuple)


CALL = "Ring, vänta två signaler och ring igen."
STORIES = (
    Story(
        "Noor",
        "Påhittad",
        0,
        CALL,
        "Har lämnat ett förhållande med våld. Bor i genomgångsbostad med två barn i skolåldern.",
        "En egen lägenhet, och att barnen får gå kvar i samma skola hela läsåret.",
        "crisis_centre",
        140,
        ("SECRECY_MARKING",),
        deputy="bo",
        steps=(
            Step(138, "talk", "with", "office", "Första samtalet. Vi gick igenom hur vi når varandra säkert."),
            Step(
                96,
                "authority",
                "with",
                "other_authority",
                "Följde med till Skatteverket. Sekretessmarkeringen är beslutad och gäller ett år.",
                "Skatteverket",
                90,
            ),
            Step(
                31,
                "housing",
                "for",
                "office",
                "Ringde om kötid och vad som krävs av inkomst.",
                "Boplats Syd",
                20,
                next_step="Gå igenom inkomst och köpoäng tillsammans",
                next_in=-12,
            ),
            Step(
                6,
                "talk",
                "with",
                "community",
                "Promenad. Hon sover bättre och vill börja läsa svenska på kvällstid.",
                minutes=60,
                place_type="outdoors",
                exposure="calm",
                next_step="Ta reda på hur man anmäler sig till kvällskurs utan att adressen syns",
                next_in=0,
            ),
        ),
    ),
    Story(
        "Mirela",
        "Påhittad",
        1,
        "Skicka meddelande med ordet ”bibliotek”, så ringer hon upp.",
        "Lämnade hemmet med sin dotter. Skulder i hennes namn som hon inte känner till.",
        "Få veta vilka skulder som är hennes och slippa dem som inte är det.",
        "intake_unit",
        88,
        ("SECRECY_MARKING", "PROTECTED_REGISTRATION"),
        steps=(
            Step(85, "talk", "with", "office", "Lärde känna varandra. Hon bestämmer takten."),
            Step(
                24,
                "economy",
                "with",
                "office",
                "Vi beställde ett utdrag hos Kronofogden och gick igenom det rad för rad.",
                "Kronofogden",
                75,
                next_step="Bestrida två av kraven skriftligt",
                next_in=3,
            ),
        ),
    ),
    Story(
        "Sara",
        "Påhittad",
        2,
        CALL,
        "Utsatt av flera i släkten. Studerar.",
        "Ta examen i vår.",
        "honour_team",
        61,
        ("PROTECTED_REGISTRATION",),
        deputy="bo",
        steps=(
            Step(58, "talk", "with", "office", "Samtal om studierna och om vilka som vet var hon läser."),
            Step(
                19,
                "coordination",
                "for",
                "phone",
                "Sökte rektorn om skyddet i skolans system. Kom inte fram.",
                "Skola eller förskola",
                10,
                outcome="attempted",
                next_step="Ringa rektorn igen",
                next_in=-1,
            ),
        ),
    ),
    Story(
        "Elin",
        "Påhittad",
        3,
        "Ring på dagtid. Lämna aldrig meddelande.",
        "Eftervåld genom ständiga stämningar och anmälningar.",
        "Lugn och ro, och någon som följer med till rätten.",
        "self",
        47,
        steps=(
            Step(45, "accompany", "with", "other_authority", "Följde med till förhandlingen.", minutes=180),
            Step(
                2,
                "safety",
                "call",
                "phone",
                "Gick igenom säkerhetsplanen efter att hon sett honom på stan.",
                next_step="Möte med polisen",
                next_in=5,
            ),
        ),
    ),
    Story(
        "Katarina",
        "Påhittad-Långtnamnsson von Exempelstierna",
        4,
        CALL,
        "Lång historia, många myndigheter.",
        "En enda person att ringa.",
        "health_care",
        200,
        ("SECRECY_MARKING",),
        steps=(Step(33, "everyday", "with", "home", "Hjälptes åt med bankkort och e-legitimation.", "Bank", 55),),
    ),
    Story(
        "Amina",
        "Påhittad",
        5,
        CALL,
        "Fingerad identitet. Ny på orten.",
        "Ett vanligt liv.",
        "police",
        30,
        ("FICTITIOUS_IDENTITY",),
        steps=(
            Step(
                9,
                "talk",
                "with",
                "office",
                "Samtal om arbete.",
                next_step="Ta fram ett cv utan gamla uppgifter",
                next_in=1,
            ),
        ),
    ),
    Story(
        "Linnea",
        "Påhittad",
        6,
        CALL,
        "Vill göra paus medan hon vårdas.",
        "Bli frisk först.",
        "health_care",
        120,
        state="resting",
        steps=(Step(52, "talk", "with", "office", "Vi kom överens om en paus. Hon hör av sig."),),
    ),
    Story(
        "Jasmin",
        "Påhittad",
        7,
        CALL,
        "Har fått förstahandskontrakt. Stödet trappas ned.",
        "Klara sig själv och veta vart hon kan vända sig.",
        "crisis_centre",
        410,
        state="closing",
        steps=(
            Step(
                14,
                "follow_up",
                "with",
                "home",
                "Gick igenom planen. Tre av fyra mål är nådda.",
                minutes=80,
                next_step="Sista träffen",
                next_in=7,
            ),
        ),
    ),
    Story("Mariam", "Påhittad", 8, CALL, "Nytt ärende från mottaget.", "Vet inte än.", "intake_unit", 1, who="?alma"),
    Story(
        "", "", 9, "Kommer till kontoret på torsdagar.", "Får inte antecknas.", "Prata med någon.", "shelter", 3, who=""
    ),
)
