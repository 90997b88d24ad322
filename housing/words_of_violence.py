"""Words that a landlord never reads about a person: they tell that there was violence, or who keeps her safe from it.

A wrong alarm costs another word; a missed one cannot be taken back. Source: OSL 26:1 and 26:11 (the secrecy is weaker,
or none, once a text has gone to a landlord); domain 3.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casework.cases.letters.inference import plain


@dataclass(frozen=True)
class Group:
    """Words with one reason. `beginnings` begin a word and `inside` stand anywhere in one, whatever follows; `whole`
    are words in each of their forms. Each a line of words.
    """

    why: str
    beginnings: str = ""
    inside: str = ""
    whole: str = ""

    def names(self, word: str) -> bool:
        """Whether a folded word, with or without an s for whose it is, is one of these."""
        forms = self.whole.split()
        if word in forms or word.removesuffix("s") in forms or word.startswith(tuple(self.beginnings.split())):
            return True
        return any(stem in word for stem in self.inside.split())


GROUPS = (
    Group(
        "berättar om våld eller hot",
        beginnings="heder förtryck kränk trakasser stalk förfölj terroris strypt strypn stryper knuffa sparka mord"
        " mörda kniv vapen livsfar farlig prostit sexköp sexuell människohandel trauma ptsd kvinnofrid ofred"
        " utpress",
        inside="våld misshand övergrepp överfall tortyr livrädd",
        whole="hot hotet hoten hotets hota hotar hotas hotad hotade hotades hotat hotats hotande hotbild"
        " hotbilden hotbilder hotfull hotfullt hotfulla hotelse hotelser dödshot dödshotet dödshoten"
        " dödshotad mordhot hotbrev slog slogs slagen slaget slagit slagits rädd rädda räddare rädsla"
        " rädslan utsatt utsatta utsatts utsätter utsattes fly flyr flydde flykt flykten gömma gömmer gömd"
        " gömda gömt tvångsgift tvångsgifte bortgift",
    ),
    Group(
        "berättar om skydd",
        beginnings="skydd fingera sekretessmark sekretessbelagd säkerhetsplan personsäkerhet riskbedöm säkerhetsbedöm",
        inside="kvarskriv hemlig personskydd",
    ),
    Group(
        "berättar om ett skyddat boende eller en jour",
        beginnings="kvinnojour tjejjour mansjour brottsofferjour jourboend jourhem kriscent härbärg kvinnohus"
        " akutboend socialjour barnahus",
    ),
    Group(
        "berättar om den som har gjort något",
        beginnings="förövar gärning utövare misstänkt angripar exman exmake exmaka exfru exsambo expartner expojkvän"
        " exflickvän",
        whole="exet exets",
    ),
    Group(
        "berättar om polis eller brott",
        beginnings="polis brott åklag åtal häkt häktad fängels kriminal frivård målsäg",
        whole="offer offret offrets offren anhållen anhållits gripen",
    ),
    Group(
        "berättar om en domstol",
        beginnings="domstol rättegång kontaktförbud besöksförbud tillträdesförbud vårdnadstvist vårdnadsmål lvu",
        inside="tingsrätt hovrätt förvaltningsrätt kammarrätt domstol",
        whole="domen domens dömd dömda dömts dömdes",
    ),
)
# They begin like a word above and are about houses and everyday things.
OTHERWISE = "hederlig skyddsrum skyddsrond brottas brottning brottstycke polisong knivlåda skyddsnät"
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True)
class Found:
    """A word as it was written, and what it gives away."""

    word: str
    why: str


def found(text: str) -> list[str]:
    """The words of `text` that tell of violence, each once, in the order and the form they stand there."""
    return [one.word for one in found_why(text)]


def found_why(text: str) -> list[Found]:
    """The same, each with what it gives away ("berättar om våld eller hot")."""
    words: dict[str, Found] = {}
    for match in _WORD.finditer(plain(text)):
        for why in _reasons(match[0].casefold()):
            words.setdefault(match[0].casefold(), Found(match[0], why))
    return list(words.values())


def _reasons(word: str) -> Iterator[str]:
    """Why a folded word may not stand, also when it is a part between hyphens."""
    parts = {re.sub(r"[-’']", "", word), *re.split(r"[-’']", word)}
    parts = {part for part in parts if not part.startswith(tuple(OTHERWISE.split()))}
    yield from (group.why for group in GROUPS if any(group.names(part) for part in parts))
