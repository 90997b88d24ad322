"""The seven life domains as they are talked about: a word for the address, a short name, and how a talk may begin.

The questions ask only for what works, what is wanted and what has helped.
"""

from dataclasses import dataclass

from contacts.strengths.models import Column, LifeDomain


@dataclass(frozen=True)
class Talk:
    code: str
    slug: str
    short: str
    questions: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(LifeDomain(self.code).label)


TALKS = (
    Talk("daily_life", "boende", "Boende", ("Vad får din vardag att fungera?", "Hur vill du ha det hemma?")),
    Talk("economy", "ekonomi", "Ekonomi", ("Vad kan du om pengar och räkningar?", "Vad vill du ha råd med?")),
    Talk("work", "arbete", "Arbete", ("Vad är du bra på?", "Vad vill du arbeta med eller lära dig?")),
    Talk("relations", "relationer", "Relationer", ("Vem mår du bra av att träffa?", "Vem vill du ha mer kontakt med?")),
    Talk("health", "halsa", "Hälsa", ("När mår du som bäst?", "Vad brukar hjälpa dig när det är tungt?")),
    Talk("leisure", "fritid", "Fritid", ("Vad gör dig glad?", "Vad tyckte du om att göra förr?")),
    Talk("meaning", "livsaskadning", "Livssyn", ("Vad är viktigt för dig i livet?", "Vad vill du föra vidare?")),
)

HELP = {
    Column.NOW: "Det som finns och fungerar i dag.",
    Column.WISH: "Det hon vill ha, göra eller lära sig.",
    Column.BEFORE: "Det som har fungerat och hjälpt förr.",
}


def talk_of(slug: str) -> Talk | None:
    return next((talk for talk in TALKS if talk.slug == slug), None)


def before_and_after(talk: Talk) -> tuple[Talk | None, Talk | None]:
    at = TALKS.index(talk)
    return (TALKS[at - 1] if at else None, TALKS[at + 1] if at + 1 < len(TALKS) else None)
