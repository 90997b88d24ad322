"""The paper that a receiver gets: what it may be told now and nothing else, from nobody in particular."""

from django.conf import settings

from casework.access import visit
from casework.cases.rules import Refused
from casework.paper.sheet import Sheet, Unprintable
from casework.signin.models import User
from housing.stages import readers, rules, standing
from housing.stages.standing import Standing
from housing.tracks.models import Track

FILE_NAME = "underlag.pdf"


def packet(user: User, track: Track, receiver: str) -> bytes:
    """The paper as PDF. Nothing on it says what we work with, that anybody is protected, or which case it is of; the
    reference is drawn by chance. Each opened seal ends in the page's read event.

    Raises KeyError for what is no receiver, Forbidden, Refused (nothing may be told now; protection unclear; a
    character that cannot be printed).
    """
    found = standing.look(track, receiver)
    rules.check_can_print(user, found)
    try:
        return _drawn(found, user)
    except Unprintable as lacking:
        raise Refused(str(lacking)) from None


def _drawn(found: Standing, user: User) -> bytes:
    disclosure = readers.row_of(found).disclosure
    if (now := visit.current()) is not None:
        now.refs[str(disclosure.pk)] = disclosure.ref()
    words = disclosure.words.open()
    sheet = Sheet()
    sheet.block(settings.LETTER_SENDER, x=sheet.l_margin, y=20, width=75, size=9)
    sheet.set_xy(sheet.l_margin, sheet.get_y() + 10)
    sheet.title_line("Underlag")
    frame = [("Till", words.recipient), ("Referens", readers.reference(disclosure))]
    sheet.facts([*frame, *([("Förbehåll", words.reservation)] if words.reservation else [])])
    sheet.heading("Uppgifter")
    sheet.facts(readers.tell(found, user))
    return sheet.finish()
