"""What the program knows of a person that a letter could give away, opened for the comparison and dropped after it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from casework.cases.letters.models import Letter
from casework.cases.models import Case
from casework.clients.children import readers as children
from casework.clients.children import rules
from casework.clients.children.models import Child, Guardian
from casework.clients.models import Client
from casework.clients.relatives.models import RelatedPerson
from casework.crypto import fields
from casework.signin.models import Section

OF_HERS = {
    "street": "gatan",
    "town": "orten",
    "postal_code": "postnumret",
    "municipality": "kommunen",
    "court": "domstolen",
    "employer": "arbetsgivaren",
    "landlord": "hyresvärden",
    "health_centre": "vårdcentralen",
}
OF_A_CHILD = {
    "school": "ett barns skola",
    "care": "ett barns förskola eller vård",
    "leisure": "ett barns fritid",
}


@dataclass(frozen=True, repr=False)
class Known:
    """`places`: (what it is, its words). `adults` are the names of others who are grown up, her grown-up children too;
    `children` those of the others. `reader` is the name of whoever gets the letter, `hers` her own.
    """

    number: str
    pseudonym: str
    hers: str
    reader: str
    places: tuple[tuple[str, str], ...]
    adults: tuple[str, ...]
    children: tuple[str, ...]
    sections: tuple[str, ...]


def gather(letter: Letter) -> Known:
    """What is known, seen from the one who gets this letter."""
    if letter.guardian is not None:
        return of_case(letter.case, reader=letter.guardian.words.open().name, guardian=letter.guardian)
    hers = letter.recipient == Letter.Recipient.PERSON
    return of_case(letter.case, reader=letter.case.client.identity.open().name if hers else "")


def of_case(case: Case, *, reader: str = "", guardian: Guardian | None = None) -> Known:
    """Opens identity, places and names of everybody in the case, in a fixed number of queries.

    `reader` is the name of whoever may read it, `guardian` that person's row if she is one.
    """
    rows = list(fields.open_all(children.children_of(case), "places"))
    people = list(fields.open_all(Client.objects.filter(child__case=case), "identity"))
    identities, today = [person.identity.open() for person in people], timezone.localdate()
    return Known(
        number=case.number,
        pseudonym=case.pseudonym,
        hers=case.client.identity.open().name,
        reader=reader,
        places=tuple(_places(case.client, rows)),
        adults=(*_others(case, guardian), *(who.name for who in identities if rules.grown_up(who.number, today))),
        # Without a number nobody can tell, and the name is warned about as a child's.
        children=tuple(who.name for who in identities if not rules.grown_up(who.number, today)),
        sections=tuple(Section.objects.values_list("name", flat=True)),
    )


def _places(client: Client, rows: list[Child]) -> Iterator[tuple[str, str]]:
    address = client.address.open()
    yield from ((what, getattr(address, name)) for name, what in OF_HERS.items())
    for child in rows:
        where = child.places.open()
        yield from ((what, getattr(where, name)) for name, what in OF_A_CHILD.items())


def _others(case: Case, reader: Guardian | None) -> Iterator[str]:
    """The other grown-ups of the case. She may stand there herself, as the guardian of her child."""
    related = list(RelatedPerson.objects.filter(case=case))
    guardians = list(Guardian.objects.filter(case=case, is_case_person=False))
    guardians = [row for row in guardians if reader is None or row.pk != reader.pk]
    for row in [*fields.open_all(related, "words"), *fields.open_all(guardians, "words")]:
        yield row.words.open().name
