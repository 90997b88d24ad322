"""The steps of a request as pages say them, on either side, and the frames that several pages share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casework.acting import carry_out, compare, user_of
from casework.cases.consents import readers as consents
from casework.cases.pages import case_form
from casework.records import StaleEdit
from casework.state import transitions
from housing.kompott import actions, kinds, readers, rules
from housing.kompott.forms import (
    ChangeRequestForm,
    ContractForm,
    DayForm,
    OfferForm,
    RequestForm,
    StepForm,
    TheirWhyForm,
    TransferForm,
    WhyForm,
)
from housing.kompott.models import ExchangeState, KompottOffer, KompottRequest
from housing.tracks.models import Track

FORM = "housing/kompott/form.html"
E = ExchangeState


@dataclass(frozen=True)
class Step:
    """A step that a person may choose: its name in an address is the key of the table it stands in."""

    name: str
    button: str
    lead: str
    said: str
    form: type[StepForm] = StepForm


FILE = " Ladda sedan ner filen och skicka den på ett säkert sätt."
OURS: Mapping[str, Step] = {
    "skicka": Step(
        "send",
        "Skicka förfrågan",
        "Behovet berättas utan namn, som det står på sidan före. Svarstiden räknas från i dag.",
        "Förfrågan är klar att skicka." + FILE,
    ),
    "tacka-ja": Step(
        "accept", "Tacka ja", "Personen säger ja. En plats i kommunens kvot används.", "Ni tackar ja." + FILE
    ),
    "tacka-nej": Step(
        "turn_down",
        "Tacka nej",
        "Personen säger nej till den här bostaden. Förfrågan finns kvar.",
        "Ni tackar nej." + FILE,
        WhyForm,
    ),
    "inflyttad": Step(
        "move_in",
        "Anteckna inflyttningen",
        "Personen har fått nycklarna.",
        "Inflyttningen är antecknad." + FILE,
        DayForm,
    ),
    "aterta": Step(
        "withdraw",
        "Återta förfrågan",
        "Ni går inte vidare. Vägen återtas också.",
        "Förfrågan är återtagen. Finns det en fil: skicka den, så att den andra kommunen vet.",
        WhyForm,
    ),
    "tiden-ute": Step(
        "expire",
        "Anteckna att svarstiden gick ut",
        "Den andra kommunen har inte svarat i tid. Vägen avslutas och går att försöka igen.",
        "Det är antecknat." + FILE,
    ),
    "begar-overflyttning": Step(
        "ask_transfer",
        "Begär överflyttning av ärendet",
        "Den andra kommunen ska svara genast. Har den inte svarat inom en månad får ni ansöka hos IVO (SoL 29:10–12).",
        "Begäran är antecknad." + FILE,
    ),
    "ivo": Step(
        "apply_to_ivo",
        "Anteckna ansökan till IVO",
        "IVO beslutar inom tre månader (SoL 29:12).",
        "Ansökan till IVO är antecknad.",
    ),
    "overflyttat": Step(
        "transfer",
        "Anteckna att ärendet är överflyttat",
        "IVO har beslutat att de tar över.",
        "Det är antecknat." + FILE,
    ),
    "kvar": Step("keep", "Behåll ärendet", "Ärendet blir kvar hos oss.", "Ärendet är kvar hos oss." + FILE),
    "avsluta": Step("close", "Avsluta förfrågan", "Inget återstår att göra.", "Förfrågan är avslutad." + FILE),
}
THEIRS: Mapping[str, Step] = {
    "mottagen": Step(
        "acknowledge", "Bekräfta mottagandet", "Ni har förfrågan och letar.", "Mottagandet är bekräftat." + FILE
    ),
    "erbjud": Step(
        "offer", "Erbjud en bostad", "Berätta om bostaden utan adress.", "Erbjudandet är klart." + FILE, OfferForm
    ),
    "nej": Step("decline", "Svara nej", "Förfrågan avslutas.", "Ni svarar nej." + FILE, TheirWhyForm),
    "bostaden-borta": Step(
        "lose",
        "Anteckna att bostaden inte kan lämnas",
        "Erbjudandet faller, men förfrågan finns kvar. Kvoten lämnas tillbaka.",
        "Det är antecknat." + FILE,
        TheirWhyForm,
    ),
    "kontrakt": Step(
        "contract", "Anteckna kontraktet", "Det finns ett kontrakt.", "Det är antecknat." + FILE, ContractForm
    ),
    "svara": Step(
        "answer",
        "Svara om överflyttning",
        "Hemkommunen begär att vi tar över ärendet. Svara genast (SoL 29:11).",
        "Svaret är klart." + FILE,
        TransferForm,
    ),
}


@dataclass(frozen=True)
class Choice:
    slug: str
    button: str


def possible(request: KompottRequest) -> list[Choice]:
    """The steps of ours that the state allows; whether there is more to say no to is told by the act."""
    allowed = {name for source, name, _ in transitions(KompottRequest) if source == request.state}
    if request.state == E.NEW:
        allowed = {"send"}
    if request.state == E.MOVED:
        allowed |= {"ask_transfer"} if request.transfer_asked_on is None else set()
        allowed |= {"apply_to_ivo"} if request.transfer_asked_on and not request.ivo_applied_on else set()
        allowed -= {"transfer"} if request.ivo_applied_on is None else set()
    return [Choice(slug, step.button) for slug, step in OURS.items() if step.name in allowed]


def answers(offer: KompottOffer) -> list[Choice]:
    """The steps by which we answer."""
    here = {
        E.SENT: {"acknowledge", "offer", "decline"},
        E.ACKNOWLEDGED: {"offer", "decline"},
        E.OFFERED: {"lose", "decline"},
        E.ACCEPTED: {"contract", "lose"},
        E.CONTRACT: {"lose"},
        E.MOVED: {"answer"} if offer.transfer_asked_on and not offer.transfer_answered_on else set(),
    }
    return [Choice(slug, step.button) for slug, step in THEIRS.items() if step.name in here.get(offer.state, set())]


def request_form(request: HttpRequest, track: Track, found: KompottRequest | None) -> RequestForm:
    """The form of a request that is not sent yet."""
    given = [(str(one.pk), consents.label_of(one)) for one in consents.in_force_for(track.case)]
    choices: dict[str, Any] = {"members": readers.to_ask(), "consents": given}
    if found is None:
        return RequestForm(request.POST or None, **choices)
    begin = {"member": str(found.member_id), "consent": str(found.consent_id), "version": found.version}
    note = found.words.open().note
    return ChangeRequestForm(request.POST or None, initial={**begin, "note": note}, **choices)


def request_page(
    request: HttpRequest, track: Track, found: KompottRequest | None, sent: RequestForm, stale: list[Any]
) -> HttpResponse:
    """The form stands there while a municipality can be asked; else only to say why what was sent was not done."""
    user, case = user_of(request), track.case
    form = sent if sent.is_bound or rules.can_ask(user, track) else None
    more = {
        "track": track,
        "row": found,
        "words": found.words.open() if found else None,
        "told": readers.told(track),
        "files": readers.files_of(found) if found else [],
        "earlier": readers.earlier(track, found),
        "steps": possible(found) if found and rules.can_move(user, found) else [],
        "to_tell": kinds.label(found.to_tell) if found else "",
        "stale": stale,
        "begun": readers.begun(found),
        "has_consents": bool(sent.fields["consent"].choices[1:]),  # type: ignore[attr-defined]
        **(readers.transfer_days(found) if found else {}),
    }
    title, page = "Byte mellan kommuner", "housing/kompott/request.html"
    return case_form(request, case, form, title, "Spara förfrågan", template=page, **more)


def staff_form(
    request: HttpRequest,
    form: Any,
    act: Callable[[dict[str, Any]], Any],
    title: str,
    submit: str,
    said: str,
    *,
    back: str,
    then: Callable[[Any], str] | None = None,
    template: str = FORM,
    **more: Any,
) -> HttpResponse:
    """A form outside the cases: runs `act` and leads on with `said`, else the form again."""
    stale: list[Any] = []
    try:
        done = carry_out(request, form, act, then or (lambda _: back))
    except StaleEdit:
        done, stale = None, compare(form, form.initial)
    if done:
        messages.success(request, said)
        return done
    context = {"form": form, "title": title, "submit": submit, "cancel_url": back, "stale": stale, **more}
    return render(request, template, context)


def run(user: Any, found: KompottRequest, step: Step, data: dict[str, Any]) -> KompottRequest:
    """A step of ours with what its form says."""
    facts = {"on": data.get("on"), "declined": data.get("declined", "")}
    return actions.move_request(by=user, request=found, name=step.name, **facts)
