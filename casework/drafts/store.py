"""What is typed and not yet signed, kept sealed on the server. Saving a draft is no act and leaves no event;
opening one is a look like any other."""

import uuid
from collections.abc import Callable, Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from audit.trail import Ref
from casework.cases.models import Case
from casework.drafts.models import Draft, DraftContent, UsedToken
from casework.signin.models import User

# "exact" is a wording that is to be masked: it is used once and kept nowhere.
SKIPPED = {"csrfmiddlewaretoken", "password", "code", "exact"}
HELD = "held"
MOST_CHARACTERS = 200_000


class TooLong(ValueError):
    """More text than a draft holds."""


class AlreadyDone(Exception):
    """This very form has been carried out before; `result` is where it led."""

    def __init__(self, result: str) -> None:
        super().__init__(result)
        self.result = result


def step_slot(case: Case) -> str:
    return f"step:{case.number}"


def save(*, user: User, slot: str, path: str, post: QueryDict, case: Case | None = None) -> Draft:
    """Keeps the fields of a form, over what the slot held before. Raises TooLong."""
    fields = {name: [str(v) for v in post.getlist(name)] for name in post if name not in SKIPPED}
    if sum(len(value) for values in fields.values() for value in values) > MOST_CHARACTERS:
        raise TooLong
    try:
        return _keep(user, slot, path, fields, case)
    except IntegrityError:
        # Another tab made the first draft of the slot at the same moment; now there is one to write over.
        return _keep(user, slot, path, fields, case)


def _keep(user: User, slot: str, path: str, fields: dict[str, list[str]], case: Case | None) -> Draft:
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(user=user, slot=slot).first()
        draft = draft or Draft(user=user, slot=slot, case=case)
        draft.content = DraftContent(path=path, fields=fields)
        draft.saved_at = timezone.now()
        draft.save()
    return draft


def find(user: User, slot: str) -> Draft | None:
    return Draft.objects.filter(user=user, slot=slot).first()


def slots_of(user: User, beginning: str) -> list[str]:
    """The slots in which a user has a draft, of those that begin so. Opens none."""
    return list(Draft.objects.filter(user=user, slot__startswith=beginning).values_list("slot", flat=True))


def own(user: User, pk: uuid.UUID) -> Draft | None:
    return Draft.objects.filter(user=user, pk=pk).first()


def refs_of(pk: uuid.UUID) -> list[Ref]:
    """The case of anybody's draft, for the log to name when somebody else asks for it."""
    return [case.ref() for case in Case.objects.filter(drafts=pk)]


def fields_of(draft: Draft | None) -> QueryDict | None:
    """The kept fields as a form takes them; None when there is no draft or it holds nothing."""
    if draft is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in (draft.content.open().fields or {}).items():
        data.setlist(name, values)
    return data


def rewrite(case: Case, change: Callable[[str], str]) -> None:
    """Writes over every text in the drafts about a case, whoever's they are; a held form too."""
    drafts = Draft.objects.select_for_update().filter(Q(case=case) | Q(slot__contains=case.number) | Q(slot=HELD))
    for draft in drafts:
        content = draft.content.open()
        if draft.slot == HELD and case.number not in content.path:
            continue
        fields = {name: [change(value) for value in values] for name, values in (content.fields or {}).items()}
        if fields != content.fields:
            draft.content = DraftContent(path=content.path, fields=fields)
            draft.save()


def drop(user: User, slot: str) -> None:
    """Removes a draft that has become a signed note or a record; within the act that did it."""
    Draft.objects.filter(user=user, slot=slot).delete()


def drafts_of(users: Iterable[User]) -> list[Draft]:
    """The drafts of some people, oldest first, without opening one."""
    drafts = Draft.objects.filter(user__in=users).exclude(slot=HELD)
    return list(drafts.select_related("user", "case").order_by("created_at"))


def check_token(*, user: User, token: uuid.UUID) -> None:
    """Raises AlreadyDone when this form has been carried out."""
    before = UsedToken.objects.filter(token=token, user=user).first()
    if before is not None:
        raise AlreadyDone(before.result)


def use_token(*, user: User, token: uuid.UUID, result: str) -> None:
    """Marks a form as carried out, last in its act. Raises AlreadyDone, and so undoes the act, when it was already."""
    try:
        with transaction.atomic():
            UsedToken.objects.create(token=token, user=user, result=result)
    except IntegrityError:
        check_token(user=user, token=token)
        raise AlreadyDone("/") from None
