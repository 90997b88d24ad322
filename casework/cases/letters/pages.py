"""The page of one letter with its print form, the print itself, and the form of a template."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from audit import trail
from casework.acting import compare, user_of
from casework.cases.letters import actions, readers, rules
from casework.cases.letters.forms import PrintForm
from casework.cases.letters.models import Letter
from casework.cases.pages import case_form
from casework.cases.rules import Refused
from casework.drafts import held, store
from casework.drafts.store import AlreadyDone
from casework.paper.answer import as_file
from casework.records import StaleEdit

FILE_NAME = "brev.pdf"
CHANGED = "Brevet har ändrats sedan du läste det. Läs det igen innan du skriver ut."


def letter_page(request: HttpRequest, letter: Letter, sent: PrintForm | None = None) -> HttpResponse:
    """The letter as it will stand on paper. Who may print it is also shown what its reader can understand."""
    case, done = letter.case, readers.finished(letter)
    more: dict[str, Any] = {"letter": letter, "done": done, "cancel_url": ""}
    more["may_change"] = rules.can_change(user_of(request), letter)
    if rules.can_write(user_of(request), case):
        handling = readers.handling(letter)
        ways = readers.ways(letter, handling)
        sent = sent or PrintForm(ways=ways, initial={"version": letter.version, "channel": letter.channel})
        found = readers.findings(letter, done)
        if not found:
            del sent.fields["read"]
        more |= {"may_print": True, "unclear": handling.unclear, "ways": ways, "do_not": readers.do_not(case)}
        more |= {"hard": [one for one in found if one.hard], "soft": [one for one in found if not one.hard]}
    title, template = letter.template.name, "casework/letters/letter.html"
    return case_form(request, case, sent, title, "Skriv ut brevet", template=template, **more)


def print_out(request: HttpRequest, letter: Letter) -> HttpResponse:
    """The file, once for each form; else the letter's page with what stands in the way."""
    form = PrintForm(request.POST, ways=readers.ways(letter, readers.handling(letter)))
    try:
        if form.is_valid():
            return _file(request, letter, form.cleaned_data)
        if token := form.cleaned_data.get("once"):
            store.check_token(user=user_of(request), token=token)
    except AlreadyDone as before:
        return HttpResponseRedirect(before.result)
    except StaleEdit:
        letter = readers.letter_of(letter.case, letter.pk)
        compare(form, {"version": letter.version})
        form.add_error(None, CHANGED)
    except Refused as refused:
        form.add_error(None, str(refused))
    return letter_page(request, letter, form)


def _file(request: HttpRequest, letter: Letter, data: dict[str, Any]) -> HttpResponse:
    user, token = user_of(request), data["once"]
    store.check_token(user=user, token=token)
    facts = {name: data[name] for name in ("channel", "read", "version")}
    with trail.together():
        pdf = actions.print_letter(by=user, letter=letter, **facts)
        held.sent(user, request.path)
        back = reverse("letter", args=[letter.case.number, letter.pk])
        store.use_token(user=user, token=token, result=back)
    return as_file(pdf, FILE_NAME)


def template_form(
    request: HttpRequest, form: Any, done: HttpResponse | None, title: str, submit: str, **more: Any
) -> HttpResponse:
    """A template's form, or on to the list: with a word about what the template itself gives away."""
    if done is None:
        context = {"form": form, "title": title, "submit": submit, "cancel_url": reverse("templates"), **more}
        return render(request, "casework/letters/template.html", context)
    words = form.words()
    messages.success(request, "Mallen är sparad. Brev som redan är skrivna ändras inte.")
    for warning in readers.warnings([words.subject, words.body, words.sender]):
        messages.warning(request, f"Ändra mallen om du kan: {warning}")
    return done
