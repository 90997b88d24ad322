"""What the invented people have said of their strengths and wishes, and what they are working on."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    domain: str
    column: str
    text: str
    may_locate: bool = False


@dataclass(frozen=True)
class ToDo:
    what: str
    who: str = "Personen själv"
    due_in: int | None = 14
    done: bool = False


@dataclass(frozen=True)
class Wanted:
    area: str
    words: str
    why: str
    natural: str = ""
    formal: str = ""
    steps: tuple[ToDo, ...] = ()
    reached: str = ""


@dataclass(frozen=True)
class Method:
    """How far one case has come with the method. `plan` is "", "submitted" or "approved"."""

    said: tuple[Said, ...] = ()
    signed: bool = False
    goals: tuple[Wanted, ...] = ()
    plan: str = ""
    every: int = 0
    avoid: tuple[str, ...] = ()
    advice: str = ""
    meeting: str = ""
    review: str = ""
    closing: bool = field(default=False)


METHODS: dict[str, Method] = {
    "Noor": Method(
        said=(
            Said("daily_life", "now", "Jag håller ordning på allt som har med barnen att göra."),
            Said("daily_life", "wish", "En egen lägenhet där barnen har var sitt rum."),
            Said("daily_life", "before", "Skötte ett hushåll på fem personer i åtta år."),
            Said("economy", "now", "Betalar mina räkningar i tid sedan i våras."),
            Said("economy", "wish", "Slippa vara orolig i slutet av månaden."),
            Said("work", "before", "Har arbetat i skolkök och tyckte om det."),
            Said("work", "wish", "Läsa svenska på kvällstid."),
            Said("relations", "now", "En väninna som jag litar helt på."),
            Said("leisure", "now", "Går promenad varje dag, det gör mig lugn.", may_locate=True),
        ),
        signed=True,
        goals=(
            Wanted(
                "housing",
                "Jag vill ha ett hem som ingen kan ta ifrån oss.",
                "Barnen ska slippa packa en gång till.",
                natural="Väninnan hjälper till att läsa annonser.",
                formal="Boendesamordnaren, bostadskön.",
                steps=(
                    ToDo("Gå igenom inkomst och köpoäng", "Kontaktpersonen", -12),
                    ToDo("Skriva ner vad som är viktigt med bostaden", done=True),
                    ToDo("Be om ett intyg om köptid", due_in=9),
                ),
            ),
            Wanted(
                "work",
                "Jag vill kunna prata svenska utan att tveka.",
                "Då kan jag söka arbete i kök igen.",
                natural="Väninnan pratar bara svenska med henne på onsdagar.",
                steps=(ToDo("Ta reda på hur man anmäler sig utan att adressen syns", "Kontaktpersonen", 3),),
            ),
        ),
        plan="approved",
        every=7,
        avoid=("transit", "school"),
        advice="Vi går var för sig till och från möten. Hon väljer plats.",
        meeting="Gå igenom kvällskursen",
        review="Fin plan. Ta upp boendet i nästa grupphandledning.",
    ),
    "Mirela": Method(
        said=(
            Said("economy", "now", "Jag har sparat alla brev, i ordning."),
            Said("economy", "wish", "Veta vilka skulder som är mina."),
            Said("relations", "now", "Min dotter och jag skrattar varje dag."),
        ),
        goals=(
            Wanted(
                "economy",
                "Jag vill bli av med skulder som inte är mina.",
                "Jag vill kunna hyra i mitt eget namn.",
                formal="Kronofogden, budget- och skuldrådgivningen.",
                steps=(
                    ToDo("Bestrida två av kraven skriftligt", "Kontaktpersonen", 3),
                    ToDo("Boka tid hos rådgivaren"),
                ),
            ),
        ),
        plan="submitted",
        every=14,
    ),
    "Elin": Method(
        every=7,
        avoid=("shop", "transit", "cafe"),
        advice="Ring före och efter varje resa. Aldrig centrum på lördagar.",
        meeting="Möte med polisen",
    ),
    "Jasmin": Method(
        said=(
            Said("daily_life", "now", "Min lägenhet, min nyckel."),
            Said("relations", "now", "Grannen och kören."),
        ),
        signed=True,
        goals=(
            Wanted(
                "housing",
                "Ett eget kontrakt.",
                "Att få stanna.",
                natural="Kören hjälpte till att flytta.",
                steps=(ToDo("Skriva på kontraktet", done=True),),
                reached="Flyttade in i våras och bor kvar.",
            ),
            Wanted(
                "authorities",
                "Klara brev från myndigheter själv.",
                "Jag vill inte behöva be om hjälp.",
                natural="Grannen läser svåra ord.",
                steps=(ToDo("Öppna och sortera tre brev på egen hand", due_in=10),),
            ),
        ),
        plan="approved",
        every=30,
        closing=True,
    ),
}
