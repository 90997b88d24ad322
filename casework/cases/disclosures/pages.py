"""The page of one disclosure, and the forms that decide it: the same facts beside each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.acting import user_of
from casework.cases import readers as cases
from casework.cases.disclosures import readers, rules
from casework.cases.disclosures.models import Disclosure
from casework.cases.insatser.models import Actor
from casework.cases.pages import case_form

TEMPLATES = "casework/disclosures/"


def facts(disclosure: Disclosure) -> dict[str, Any]:
    """What is proposed, to whom, on what ground and how it was weighed. No fact about the person is opened."""
    words, actor = disclosure.words.open(), disclosure.actor
    return {
        "disclosure": disclosure,
        "words": words,
        "about": readers.about(disclosure.child),
        "listed": readers.labels(words),
        "ground": readers.ground_of(disclosure),
        "guardian": readers.guardian_label(disclosure.guardian) if disclosure.guardian else "",
        "actor": readers.actor_label(actor) if actor else "",
        "other_branch": actor is not None and actor.branch == Actor.Branch.OTHER_BRANCH,
        "hindrance": rules.hindrance(disclosure),
    }


def disclosure_page(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    user = user_of(request)
    context = {
        **cases.header(disclosure.case),
        **facts(disclosure),
        "may_give": rules.can_give(user, disclosure),
        "may_refuse": rules.can_refuse(user, disclosure),
        "may_copy": rules.can_copy(user, disclosure),
    }
    return render(request, TEMPLATES + "disclosure.html", context)


def decision(request: HttpRequest, disclosure: Disclosure, form: Any, title: str, **more: Any) -> HttpResponse:
    """The form of a decision, beside what is decided."""
    context = {**facts(disclosure), "unclear": rules.unclear(disclosure), **more}
    template = TEMPLATES + "disclosure_decide.html"
    return case_form(request, disclosure.case, form, title, title, template=template, **context)
