"""The form by which a receiver is told more, one for each kind of stage."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from audit.tags import Tag
from casework import policy
from casework.access import visit
from casework.acting import form_or_draft, user_of
from casework.cases.consents.models import Consent
from casework.cases.forms import RevealForm
from casework.cases.pages import act_form
from casework.clients.revealing import SECONDS
from casework.drafts import store
from housing.stages import actions, facts, readers, rules, standing, table
from housing.stages.forms import AskForm, ConsentForm, PhoneForm
from housing.stages.models import Stage, TrackStage
from housing.tracks.models import Receiver, Track

NOT_FOUND = "Steget finns inte."
WAITS = "Sparat. Mottagaren får inte veta något förrän sektionschefen har beslutat under Utlämnanden."
GIVEN = "Mottagaren får veta det nu. Skriv ut underlaget eller berätta själv."
TOLD, LET_IN = "Boendesamordnaren får veta det nu.", "Boendesamordnaren kan se namnet nu."
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
    by_two = not own and rules.needs_weighing(receiver, stage)
    consents = readers.in_force(track)
    form = _form(request, receiver, stage, draft, consents)

    def act(data: dict[str, Any]) -> TrackStage:
        if own and stage == Stage.NAMED:
            return actions.let_in(by=user, track=track, consent=form.chosen)
        facts = {"receiver": receiver, "stage": stage, "consent": form.chosen, "asked": form.asked()}
        return actions.ask_stage(by=user, track=track, **facts)

    title, submit, said = _words(own, stage, by_two)
    return act_form(
        request,
        track.case,
        form,
        act,
        title,
        submit,
        back=reverse("stages", args=[number, track.pk]),
        said=said,
        slot="" if own else slot,
        draft=draft,
        template="housing/stages/ask.html",
        told=table.labels(table.allowed(receiver, stage)),
        receiver=Receiver(receiver).label,
        by_two=by_two,
        grounds=[(row, row.words.open()) for row in consents],
    )


def _form(request: HttpRequest, receiver: str, stage: Stage, draft: Any, consents: list[Consent]) -> Any:
    if receiver != Receiver.COORDINATOR:
        grave = rules.needs_weighing(receiver, stage)
        return form_or_draft(request, AskForm, draft, consents=consents, grave=grave)
    kind = ConsentForm if stage == Stage.NAMED else PhoneForm
    return kind(request.POST or None, consents=consents)


def _words(own: bool, stage: Stage, by_two: bool) -> tuple[str, str, str]:
    """Title, button, and what is said afterwards."""
    if own and stage == Stage.NAMED:
        return "Släpp in boendesamordnaren", "Släpp in boendesamordnaren", LET_IN
    if own:
        return "Berätta mer för boendesamordnaren", "Berätta mer", TOLD
    submit = "Föreslå utlämnandet" if by_two else "Lämna ut uppgifterna"
    return "Lämna ut till mottagaren", submit, WAITS if by_two else GIVEN


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
