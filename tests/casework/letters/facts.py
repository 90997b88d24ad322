"""Letters and templates for tests, made through the product's own acts."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from pypdf import PdfReader

from casework.cases.letters import actions
from casework.cases.letters.models import Letter, LetterTemplate, TemplateWords
from casework.cases.models import Case
from casework.clients import actions as clients
from casework.clients.children import actions as children
from casework.clients.children import guardian_actions
from casework.clients.children.models import Child, Guardian, GuardianWords
from casework.clients.models import Address, Identity
from tests import factories
from tests.cast import Cast

BODY = "[[Dagens datum]]\n\nHej!\n\n[[texten]]\n\n[[handläggare]]"


def template(cast: Cast, *, body: str = BODY, sender: str = "", **more: Any) -> LetterTemplate:
    words = TemplateWords(subject=more.pop("subject", "Rubriken"), body=body, sender=sender)
    facts = {"by": cast.cecilia, "title": "Hälsning", "kind": "letter_notice", "words": words}
    return actions.write_template(**{**facts, **more})


def begun(cast: Cast, case: Case, **more: Any) -> Letter:
    chosen = more.pop("template", None) or template(cast)
    return actions.write_letter(**{"by": cast.alma, "case": case, "template": chosen, **more})


def written(cast: Cast, case: Case, text: str = "Vi ses snart.", **more: Any) -> Letter:
    made = begun(cast, case, **more)
    return actions.change_letter(by=cast.alma, letter=made, filled={"texten": text}, version=made.version)


def printed(cast: Cast, letter: Letter, channel: str = "handed", **more: Any) -> bytes:
    facts = {"by": cast.alma, "read": True, "version": letter.version, **more}
    return actions.print_letter(letter=letter, channel=channel, **facts)


def clear(case: Case) -> Case:
    """Somebody has looked today: the person has no protection. Mail may go every way."""
    client = case.client
    client.protection_checked_on = timezone.localdate()
    client.save()
    return case


def known(cast: Cast) -> Case:
    """A case of a person whose number is known, without protection."""
    case = factories.make_case(cast.cecilia, given_name="Åsa", family_name="Öberg-Lind", number=factories.test_number())
    factories.assign(cast.cecilia, case, cast.alma)
    return clear(case)


def housed(cast: Cast, case: Case, review_on: date | None = None, **address: str) -> Case:
    where = Address(**{"street": "Solgatan 5", "postal_code": "222 22", "town": "Lund", **address})
    day = review_on or timezone.localdate() + timedelta(days=30)
    clients.change_address(by=cast.alma, case=case, address=where, review_on=day, version=_version(case))
    case.refresh_from_db()
    return case


def _version(case: Case) -> int:
    case.client.refresh_from_db()
    return case.client.version


def child(cast: Cast, case: Case, name: str = "Elina Nyström", number: str = "") -> Child:
    given, _, family = name.partition(" ")
    who = Identity(given_name=given, family_name=family, number=number)
    return children.add_child(by=cast.alma, case=case, identity=who, alias="äldsta barnet", lives_with=True)


def guardian(cast: Cast, of: Child, name: str = "Rut Varg", **more: Any) -> Guardian:
    facts = {"basis": "custody_joint", "valid_from": timezone.localdate()}
    words = GuardianWords(name=name, number=more.pop("number", ""))
    return guardian_actions.set_guardian(by=cast.alma, child=of, words=words, **{**facts, **more})


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def stream(pdf: bytes) -> BytesIO:
    return BytesIO(pdf)


def metadata(pdf: bytes) -> dict[str, Any]:
    return dict(PdfReader(BytesIO(pdf)).metadata or {})


def ended(cast: Cast, whose: Guardian) -> None:
    guardian_actions.end_guardian(by=cast.alma, guardian=whose, ended_on=timezone.localdate())
