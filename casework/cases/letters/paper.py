"""A letter as PDF. Nothing stands on it but its text and the number of the page; labels come last, on a page apart."""

from django.conf import settings

from casework.cases.letters.delivery import Delivery
from casework.cases.letters.places import Finished
from casework.cases.rules import Refused
from casework.paper.sheet import LINE, MARGIN, NEXT, WIDTH, Sheet, Unprintable

# An envelope with its window to the right, as in Sweden (C5 and E65).
WINDOW_X, WINDOW_Y, TEXT_Y = 110.0, 47.0, 88.0
LABEL_WIDTH, LABEL_HEIGHT = 90.0, 42.0


class LetterSheet(Sheet):
    """The page of labels is no page of the letter, so it has no number and is not counted."""

    labels = False

    def footer(self) -> None:
        if not self.labels:
            self.set_y(-18)
            self.set_font("inter", "", 8)
            self.multi_cell(WIDTH, 4, str(self.page_no()), **{**NEXT, "align": "R"})


def draw(done: Finished, delivery: Delivery) -> bytes:
    """Raises Refused for a character that cannot be printed."""
    try:
        return _draw(done, delivery)
    except Unprintable as wrong:
        raise Refused(str(wrong)) from None


def _draw(done: Finished, delivery: Delivery) -> bytes:
    sheet = LetterSheet() if delivery.number else Sheet()
    sheet.block(done.sender.splitlines(), x=MARGIN, y=20, width=75, size=9)
    low = sheet.get_y()
    sheet.block(delivery.window, x=WINDOW_X, y=WINDOW_Y, width=80)
    sheet.set_xy(MARGIN, max(TEXT_Y, low + LINE, sheet.get_y() + LINE))
    sheet.title_line(done.subject)
    sheet.paragraph(done.body)
    if isinstance(sheet, LetterSheet):
        sheet.add_page()
        sheet.labels = True
        _labels(sheet, delivery.number, done.sender)
    return sheet.finish()


def _labels(sheet: Sheet, number: str, sender: str) -> None:
    """What the tax agency asks for: the number alone inside, and its own address outside (domain 5.2)."""
    outer = MARGIN + LABEL_HEIGHT + 20
    sheet.small("Innerkuvertet, framsidan. Klistra igen kuvertet och skriv inget mer på det.")
    sheet.frame(MARGIN, MARGIN + 5, LABEL_WIDTH, LABEL_HEIGHT)
    sheet.block([number], x=MARGIN + 8, y=MARGIN + 20, width=LABEL_WIDTH - 16, size=14)
    sheet.set_xy(MARGIN, outer)
    sheet.small("Ytterkuvertet. Frankera det och lägg innerkuvertet i det.")
    sheet.frame(MARGIN, outer + 7, LABEL_WIDTH, LABEL_HEIGHT)
    sheet.block(settings.FORWARDING_ADDRESS, x=MARGIN + 8, y=outer + 15, width=LABEL_WIDTH - 16)
    sheet.set_xy(MARGIN, outer + LABEL_HEIGHT + 20)
    sheet.small("Innerkuvertet, baksidan: avsändare")
    sheet.paragraph(", ".join(line for line in sender.splitlines() if line.strip()))
