"""The steps of a stay, each with its form and its act; and a form about a stay, drawn the same everywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from casework.cases.pages import act_form
from housing.shelter import actions, court_actions, ending_actions, forms
from housing.shelter.models import ShelterStay

PART = 20  # so much of an id tells a draft from the others of a case


@dataclass(frozen=True)
class Step:
    form: Callable[..., Any]
    act: Callable[..., Any]
    for_stay: bool = False

    def form_for(self, stay: ShelterStay, data: Any) -> Any:
        more = {"stay": stay} if self.for_stay else {}
        return self.form(data, initial={"day": timezone.localdate()}, **more)


STEPS = {
    "start": Step(forms.DayForm, actions.start_stay),
    "submit": Step(forms.SubmitForm, court_actions.submit_to_court),
    "confirm": Step(forms.ConfirmForm, court_actions.note_confirmation),
    "apply": Step(forms.ApplyForm, court_actions.apply_to_court),
    "decided": Step(forms.DecidedForm, court_actions.note_court_decision),
    "lapse": Step(forms.LapseForm, ending_actions.lapse_stay),
    "end": Step(forms.EndForm, ending_actions.end_stay, for_stay=True),
}


def url_of(stay: ShelterStay) -> str:
    return reverse("stay", args=[stay.case.number, stay.pk])


def stay_form(
    request: HttpRequest, stay: ShelterStay, form: Any, act: Callable[[dict[str, Any]], Any], title: str, **more: Any
) -> HttpResponse:
    """Runs `act` and leads to the stay's page with `said`; else the form again. `submit` is the title unless given."""
    submit = more.pop("submit", title)
    return act_form(request, stay.case, form, act, title, submit, back=url_of(stay), ctrl_enter=True, **more)


PLACE_LEAD = (
    "Stället skyddas som en adress (OSL 26 kap. 14 c §). Skriv det på nytt: det som står där visas inte här "
    "och skrivs över."
)


def unseen(form: Any, stay: ShelterStay) -> list[tuple[str, str, str]]:
    """The comparison of a place that came late: that it was changed, never to what. The form takes the new version."""
    data = form.data.copy()
    data["version"] = str(stay.version)
    form.data = data
    return [("Stället", "Din text står kvar i formuläret.", "Dolt. Visa stället på vistelsens sida först.")]
