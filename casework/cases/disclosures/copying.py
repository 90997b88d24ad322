"""The copy that the recipient gets: the listed facts and nothing else of the person, on paper that says little."""

from collections.abc import Iterator
from datetime import datetime

from casework.access import visit
from casework.cases.disclosures import contents, rules
from casework.cases.disclosures.models import Disclosure, DisclosureWords
from casework.cases.readers import PROTECTED
from casework.cases.rules import Refused
from casework.clients.protection import handling
from casework.paper.sheet import Sheet, Unprintable
from casework.signin.models import User
from casework.swedish import stamp

FILE_NAME = "utlamnande.pdf"


def partner_copy(user: User, disclosure: Disclosure, now: datetime) -> bytes:
    """The copy as PDF. Only here are the facts opened; each opened seal ends in the page's read event.

    Raises Forbidden, Refused (not decided, the consent or the guardian's right gone, a character that cannot be
    printed).
    """
    rules.check_can_copy(user, disclosure)
    words = disclosure.words.open()
    try:
        return _drawn(disclosure, words, f"Utskrivet av {user.display_name} {stamp(now)}")
    except Unprintable as lacking:
        raise Refused(str(lacking)) from None
    finally:
        _saw(disclosure)


def _drawn(disclosure: Disclosure, words: DisclosureWords, footer: str) -> bytes:
    sheet = Sheet(header_text=_header(disclosure), footer_text=footer)
    sheet.title_line("Utlämnande av uppgifter")
    sheet.facts(_frame(disclosure, words))
    found = contents.chosen(words.facts).values()
    values = [(fact.label, fact.value(disclosure.case, disclosure.child) or contents.NOTHING) for fact in found]
    if values:
        sheet.heading("Uppgifter")
        sheet.facts(values)
    if words.other:
        sheet.heading("Annat")
        sheet.paragraph(words.other)
    return sheet.finish()


def _frame(disclosure: Disclosure, words: DisclosureWords) -> Iterator[tuple[str, str]]:
    yield "Till", words.recipient
    yield "Ska användas till", words.purpose
    yield "Stöd", disclosure.get_provision_display()
    if words.reservation:
        yield "Förbehåll", words.reservation


def _header(disclosure: Disclosure) -> str:
    """The case, and that somebody in it is protected, if that may be told: never which protection.

    A guardian who is not the person in the case learns nothing of her: only the child's own protection counts.
    """
    guardian, clients = disclosure.guardian, [disclosure.child.client] if disclosure.child else []
    if guardian is None or guardian.is_case_person:
        clients.append(disclosure.case.client)
    protected = any(handling.may_be_told(client) for client in clients)
    return f"{disclosure.case.number} · {PROTECTED}" if protected else disclosure.case.number


def _saw(disclosure: Disclosure) -> None:
    if (now := visit.current()) is not None:
        now.refs[str(disclosure.pk)] = disclosure.ref()
        if disclosure.child is not None:
            now.owners[disclosure.child.client_id.int] = disclosure.case.number
