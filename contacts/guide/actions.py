"""Writing in the authority guide. A wording is never changed: a new one takes its place and the earlier is kept."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework.cases.rules import Refused
from casework.records import StaleEdit
from casework.signin.models import User
from contacts.guide import rules
from contacts.guide.models import GuidePage
from contacts.guide.start import PAGES


def write_page(
    *,
    by: User,
    slug: str,
    title: str,
    area: str,
    actors: str,
    leaks: str,
    ask_for: str,
    papers: str,
    answers: str,
    source: str,
    checked_on: date | None,
    verified: bool,
    seen: UUID | None = None,
) -> GuidePage:
    """Makes a new wording of a page. `seen` is the id of the wording it was written from; None for a new page.

    Raises Forbidden, Refused (verified without source or day, a day that has not come, an address that is taken, a
    page that does not exist), StaleEdit when somebody wrote a newer wording in between.
    """
    rules.check_can_write(by)
    _check_checked(source, checked_on, verified)
    with trail.act(Tag.GUIDE_WRITTEN, by=by) as event:
        if seen is not None:
            _replace(slug, seen)
        page = GuidePage(
            slug=slug,
            title=title,
            area=area,
            actors=actors,
            leaks=leaks,
            ask_for=ask_for,
            papers=papers,
            answers=answers,
            source=source,
            checked_on=checked_on,
            verified=verified,
            written_by=by,
        )
        _add(page)
        event.touch(page.ref())
        return page


def load_start(*, by: User | None) -> list[GuidePage]:
    """Adds the pages of the start set whose addresses nobody has used; `by` None is the program itself.

    A page that has been rewritten, also one that is only kept, stays as it is. Raises Forbidden.
    """
    if by is not None:
        rules.check_can_write(by)
    taken = set(GuidePage.objects.values_list("slug", flat=True))
    made = [GuidePage(written_by=by, **words) for words in PAGES if words["slug"] not in taken]
    if made:
        with trail.act(Tag.GUIDE_WRITTEN, by=by) as event:
            for page in made:
                page.save()
                event.touch(page.ref())
    return made


def _check_checked(source: str, checked_on: date | None, verified: bool) -> None:
    if verified and (checked_on is None or not source.strip()):
        raise Refused("En bekräftad sida behöver både en källa och dagen då du kontrollerade den.")
    if checked_on is not None and checked_on > timezone.localdate():
        raise Refused("Dagen då sidan kontrollerades kan inte ligga framåt.")


def _replace(slug: str, seen: UUID) -> None:
    current = GuidePage.objects.select_for_update().filter(slug=slug, replaced_at__isnull=True).first()
    if current is None:
        raise Refused("Sidan finns inte. Skriv den som en ny sida.")
    if current.pk != seen:
        raise StaleEdit
    current.replaced_at = timezone.now()
    current.save()


def _add(page: GuidePage) -> None:
    try:
        with transaction.atomic():
            page.save()
    except IntegrityError:
        raise Refused("Det finns redan en sida med den rubriken. Ändra den i stället.") from None
