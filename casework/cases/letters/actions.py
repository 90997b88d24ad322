"""Letters are written from templates, never from an earlier letter, and fixed when they are printed."""

from uuid import UUID, uuid4

from django.utils import timezone

from audit import trail
from audit.tags import Tag
from casework import policy
from casework.cases.insatser.models import Actor
from casework.cases.letters import delivery, paper, readers, rules
from casework.cases.letters.models import Letter, LetterTemplate, LetterWords, TemplateWords
from casework.cases.letters.places import places
from casework.cases.letters.start import TEMPLATES
from casework.cases.models import Case
from casework.cases.rules import Refused, check_open
from casework.clients.children.models import Guardian
from casework.policy import Permission
from casework.records import StaleEdit
from casework.signin.models import User


def write_template(
    *, by: User, title: str, kind: str, words: TemplateWords, key: UUID | None = None, seen: int = 0
) -> LetterTemplate:
    """A new template, or with `key` its next version; `seen` is the number of the one that was open.

    The earlier version is kept for the letters that were written from it. Raises Forbidden, NotFound, Refused (not
    whole, a place that is not whole, cannot be printed), StaleEdit.
    """
    policy.check_may(by, Permission.TEMPLATE_WRITE)
    rules.check_template(title, kind, words)
    with trail.act(Tag.TEMPLATE_WRITTEN, by=by) as event:
        number = 0
        if key is not None:
            newest = _newest(key)
            if newest.number != seen:
                raise StaleEdit
            number = newest.number
            _put_away(newest)
        facts = {"key": key or uuid4(), "number": number + 1, "name": title.strip(), "kind": kind}
        made = LetterTemplate(written_by=by, words=words, **facts)
        made.save()
        event.touch(made.ref())
        return made


def stop_template(*, by: User, key: UUID) -> LetterTemplate:
    """No new letter is written from the template; a new version takes it up again. Raises Forbidden, NotFound."""
    policy.check_may(by, Permission.TEMPLATE_WRITE)
    with trail.act(Tag.TEMPLATE_WRITTEN, by=by) as event:
        newest = _newest(key)
        _put_away(newest)
        event.touch(newest.ref())
        return newest


def load_start(*, by: User | None) -> list[LetterTemplate]:
    """Adds those templates of the start set that were never there; `by` None is the program itself.

    One that has been rewritten or put away stays as it is. Raises Forbidden.
    """
    if by is not None:
        policy.check_may(by, Permission.TEMPLATE_WRITE)
    taken = set(LetterTemplate.objects.values_list("key", flat=True))
    made = [LetterTemplate(written_by=by, number=1, **facts) for facts in TEMPLATES if facts["key"] not in taken]
    if made:
        with trail.act(Tag.TEMPLATE_WRITTEN, by=by) as event:
            for template in made:
                template.save()
                event.touch(template.ref())
    return made


def write_letter(
    *, by: User, case: Case, template: LetterTemplate, guardian: Guardian | None = None, actor: Actor | None = None
) -> Letter:
    """Begins a letter to the person of the case, or to a guardian or an actor. Every place in it is empty.

    What is written to a guardian lies under the child's key. Raises Forbidden, Refused (closed; the template or the
    actor is not used any more; no guardian of the case today).
    """
    rules.check_can_write(by, case)
    with trail.act(Tag.LETTER_WRITTEN, by=by, refs=[case.ref()]) as event:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        check_open(fresh)
        rules.check_in_use(LetterTemplate.objects.select_for_update().get(pk=template.pk))
        letter = Letter(case=fresh, client_id=fresh.client_id, template=template, written_by=by)
        letter.recipient = Letter.Recipient.PERSON
        if guardian is not None:
            rules.check_guardian(guardian, fresh)
            letter.recipient, letter.guardian = Letter.Recipient.GUARDIAN, guardian
            letter.client_id = guardian.client_id
        elif actor is not None:
            if not actor.active:
                raise Refused("Aktören används inte längre. Välj en annan.")
            letter.recipient, letter.actor = Letter.Recipient.ACTOR, actor
        letter.words = LetterWords()
        letter.save()
        event.touch(letter.ref())
        return letter


def change_letter(*, by: User, letter: Letter, filled: dict[str, str], version: int) -> Letter:
    """Writes what stands at the places of a letter (key -> text). Only places of its template are kept.

    Raises Forbidden, Refused (closed, printed, cannot be printed), StaleEdit.
    """
    rules.check_can_change(by, letter)
    rules.check_signs(filled.values())
    with trail.act(Tag.LETTER_WRITTEN, by=by, refs=[letter.case.ref(), letter.ref()]):
        fresh = _locked(letter)
        rules.check_not_printed(fresh)
        fresh.check_version(version)
        wanted = places(fresh.template.words.open())
        fresh.words = LetterWords(filled={key: filled[key] for key in wanted if filled.get(key)})
        fresh.save()
        return fresh


def print_letter(*, by: User, letter: Letter, channel: str, read: bool, version: int) -> bytes:
    """The letter as PDF, for `channel`; from the first time on it is fixed. `read`: what can be understood was read.

    Who gets it and where is looked up now and kept nowhere. A second copy goes the same way as the first. Raises
    Forbidden, StaleEdit (it is not the text that was read), Refused (closed; protection unclear; places empty; a way
    that is not safe; something in the text that has to go, or that nobody has read; cannot be printed).
    """
    rules.check_can_write(by, letter.case)
    if channel not in Letter.Channel.values:
        raise Refused("Välj hur brevet ska gå fram.")
    code = f"{letter.template.kind}:{channel}"
    with trail.act(Tag.LETTER_PRINTED, by=by, refs=[letter.case.ref(), letter.ref()], reason_code=code):
        fresh = _locked(letter)
        if fresh.version != version:
            raise StaleEdit
        handling = readers.handling(fresh)
        rules.check_clear(handling)
        if fresh.guardian is not None:
            rules.check_guardian(fresh.guardian, fresh.case)
        target = delivery.delivery_of(fresh, channel, handling)
        done = readers.finished(fresh)
        rules.check_whole(done)
        rules.check_read(readers.findings(fresh, done), read=read)
        if fresh.printed_at is None:
            fresh.channel, fresh.printed_at, fresh.printed_by = channel, timezone.now(), by
            fresh.save()
        return paper.draw(done, target)


def _newest(key: UUID) -> LetterTemplate:
    """The newest version of a template, locked. Raises NotFound."""
    found = LetterTemplate.objects.select_for_update().filter(key=key).order_by("-number").first()
    if found is None:
        raise policy.NotFound(readers.NO_TEMPLATE)
    return found


def _put_away(template: LetterTemplate) -> None:
    if template.active:
        template.active = False
        template.save()


def _locked(letter: Letter) -> Letter:
    """The letter as it is now, after its case is locked. Raises Refused when the case is closed."""
    case = Case.objects.select_for_update().select_related("client").get(pk=letter.case_id)
    check_open(case)
    fresh = Letter.objects.select_for_update(of=("self",)).select_related(*readers.WITH).get(pk=letter.pk)
    fresh.case = case
    return fresh
