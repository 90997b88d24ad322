"""The form by which a receiver is told more, one for each kind of stage."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import form_or_draft, user_of
from casework.cases.forms import RevealForm
from casework.cases.pages import act_form
from casework.clients.revealing import SECONDS
from casework.drafts import store
from housing.stages import actions, facts, readers, rules, standing, table
from housing.stages.forms import AskForm, ConsentForm, PhoneForm
from housing.stages.models import Stage, TrackStage
from housing.tracks.models import Receiver, Track

NOT_FOUND = "Steget finns inte."
SAID = "Sparat. Det som sektionschefen ska besluta väntar under Utlämnanden."
CANNOT = "Du får inte se namnet. Kontaktpersonen eller sektionschefen släpper in dig när en bostad är reserverad."


def receiver_of(track: Track, slug: str) -> str:
    """The receiver that an address names. Raises NotFound for one that the track does not have."""
    key = table.RECEIVERS.get(slug, "")
    if key not in (Receiver.COORDINATOR, track.kind.receiver):
        raise policy.NotFound(NOT_FOUND, [track.case.ref()])
    return key


def stage_of(track: Track, receiver: str, slug: str) -> Stage:
    """The stage that an address names. Raises NotFound for one that the receiver does not have."""
    step = table.STAGES.get(slug, "")
    if step not in table.stages_of(receiver):
        raise policy.NotFound(NOT_FOUND, [track.case.ref()])
    return Stage(step)


def ask(request: HttpRequest, track: Track, receiver: str, stage: Stage) -> HttpResponse:
    """The form of one stage, and what it leads to."""
    user, number = user_of(request), track.case.number
    slot = f"stage:{number}:{table.STAGE_SLUGS[stage]}-{track.pk.hex[:8]}"
    own = receiver == Receiver.COORDINATOR
    draft = None if own else store.find(user, slot)
    form = _form(request, track, receiver, stage, draft)

    def act(data: dict[str, Any]) -> TrackStage:
        if own and stage == Stage.NAMED:
            return actions.let_in(by=user, track=track, consent=form.chosen)
        facts = {"receiver": receiver, "stage": stage, "consent": form.chosen, "asked": form.asked()}
        return actions.ask_stage(by=user, track=track, **facts)

    title, submit = _words(receiver, stage)
    return act_form(
        request,
        track.case,
        form,
        act,
        title,
        submit,
        back=reverse("stages", args=[number, track.pk]),
        said=SAID,
        slot="" if own else slot,
        draft=draft,
        template="housing/stages/ask.html",
        told=table.labels(table.allowed(receiver, stage)),
        receiver=Receiver(receiver).label,
        by_two=not own and rules.needs_weighing(receiver, stage),
    )


def _form(request: HttpRequest, track: Track, receiver: str, stage: Stage, draft: Any) -> Any:
    consents = readers.in_force(track)
    if receiver != Receiver.COORDINATOR:
        grave = rules.needs_weighing(receiver, stage)
        return form_or_draft(request, AskForm, draft, consents=consents, grave=grave)
    kind = ConsentForm if stage == Stage.NAMED else PhoneForm
    return kind(request.POST or None, consents=consents)


def _words(receiver: str, stage: Stage) -> tuple[str, str]:
    if receiver == Receiver.COORDINATOR and stage == Stage.NAMED:
        return "Släpp in boendesamordnaren", "Släpp in boendesamordnaren"
    if receiver == Receiver.COORDINATOR:
        return "Berätta mer för boendesamordnaren", "Berätta mer"
    return "Lämna ut till mottagaren", "Spara och gå vidare"


def reveal(request: HttpRequest, track: Track) -> dict[str, Any]:
    """The name, for a reason and a short while, for the coordinator who was let in. Raises Forbidden."""
    found = standing.look(track, Receiver.COORDINATOR)
    if not readers.sees_name(found, request.user):
        raise policy.Forbidden(CANNOT, [track.case.ref()])
    form = RevealForm(request.POST)
    if not form.is_valid():
        return {"error": "Välj varför du behöver se uppgiften."}
    visit.purpose(Tag.IDENTITY_REVEALED, reason_code=form.cleaned_data["reason"])
    return {"values": facts.name(track.case), "seconds": SECONDS}
