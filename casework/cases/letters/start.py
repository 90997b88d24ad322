"""The templates that an installation begins with. None says why somebody has support, or where."""

from typing import Any
from uuid import UUID, uuid5

from casework.cases.letters.models import LetterTemplate, TemplateWords

_ROOM = UUID("5f1c2f0e-6a53-4c0e-9d3e-2d7f4f0a7b11")
Kind = LetterTemplate.Kind
END = "\n\nHälsningar\n[[handläggare]]\n[[telefon till handläggaren]]"


def _template(key: str, name: str, kind: str, subject: str, body: str) -> dict[str, Any]:
    words = TemplateWords(subject=subject, body=body + END)
    return {"key": uuid5(_ROOM, key), "name": name, "kind": kind, "words": words}


TEMPLATES: list[dict[str, Any]] = [
    _template("notice", "Meddelande", Kind.NOTICE, "Meddelande", "[[dagens datum]]\n\nHej!\n\n[[meddelandet]]"),
    _template(
        "invitation",
        "Kallelse till möte",
        Kind.INVITATION,
        "Vi vill träffa dig",
        "[[dagens datum]]\n\nHej!\n\nVi vill träffa dig [[dag och klockslag]]. Mötet handlar om [[vad mötet gäller]]."
        "\n\n"
        "Var vi ses kommer vi överens om när vi talas vid.\n\nPassar inte tiden? Ring mig, så hittar vi en annan.",
    ),
    _template(
        "decision",
        "Beslut",
        Kind.DECISION,
        "Beslut",
        "[[dagens datum]]\n\nBeslut: [[beslutet]]\n\nBeslutsdag: [[beslutsdag]]\n\nSkäl: [[skälen för beslutet]]\n\n"
        "Bestämmelser: [[lagrum]]\n\nBeslutet är fattat av: [[vem som har beslutat]]\n\n"
        "Så överklagar du: [[hur beslutet överklagas]]",
    ),
    _template(
        "request",
        "Förfrågan till aktör",
        Kind.REQUEST,
        "Förfrågan",
        "[[dagens datum]]\n\nHej!\n\nVi undrar: [[frågan]]\n\nSvara senast [[sista dag för svar]]. Ring mig om något "
        "är oklart. Skicka inte uppgifter om personer med e-post.",
    ),
]
