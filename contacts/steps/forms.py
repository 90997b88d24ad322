from typing import Any

from django import forms
from django.utils import timezone

from casework.cases import codes
from casework.cases.journal.actions import Step
from casework.cases.safety.readers import labels
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, SwedishDateTimeField
from contacts.goals.models import PlanStep
from contacts.steps.readers import Offers

TEXT = 10_000
DONE = ":klart"
OUT = ("place_type", "exposure")
NEVER_WHICH = "Slags plats, aldrig vilken."


class ActorInput(forms.TextInput):
    """A name with suggestions, and beside it the way to the guide's page about that authority."""

    template_name = "contacts/_actor_input.html"
    suggestions: Any = codes.ACTORS
    pages: Any = ()

    def get_context(self, *args: Any) -> dict[str, Any]:
        context = super().get_context(*args)
        context["widget"] |= {"suggestions": self.suggestions, "pages": self.pages}
        return context


class StepForm(IdempotencyMixin, Form):
    """A support step. Everything but the text has a sensible answer already."""

    text = CleanTextField(
        label="Vad hände?", max_length=TEXT, widget=forms.Textarea(attrs={"rows": 6, "autofocus": True})
    )
    plan_step = forms.ChoiceField(
        label="Hör till delmål",
        required=False,
        error_messages={"invalid_choice": "Delmålet är inte öppet längre. Välj ett annat, eller inget."},
    )
    kind = forms.ChoiceField(label="Slag", choices=codes.StepKind.choices)
    way = forms.ChoiceField(label="Sätt", choices=codes.StepWay.choices)
    place = forms.ChoiceField(
        label="Plats",
        choices=codes.StepPlace.choices,
        widget=forms.Select(attrs={"data-out": codes.StepPlace.COMMUNITY}),
    )
    place_type = forms.ChoiceField(
        label="Slags plats", choices=[("", "Välj"), *codes.PlaceType.choices], help_text=NEVER_WHICH
    )
    exposure = forms.ChoiceField(
        label="Hur kändes det?",
        choices=codes.Exposure.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--inline"}),
    )
    outcome = forms.ChoiceField(label="Utfall", choices=codes.StepOutcome.choices)
    actor = CleanTextField(
        label="Myndighet eller aktör", max_length=120, required=False, widget=ActorInput(attrs={"list": "actors"})
    )
    occurred_at = SwedishDateTimeField(label="När", allow_future=False)
    minutes = forms.IntegerField(
        label="Minuter",
        min_value=0,
        max_value=1440,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
        error_messages={
            "min_value": "Minuterna kan inte vara färre än 0.",
            "max_value": "Högst 1 440 minuter, det är ett dygn.",
        },
    )
    next_step = CleanTextField(label="Nästa steg", max_length=300, required=False)
    next_on = SwedishDateField(label="Datum för nästa steg", required=False, allow_past=False)

    groups = (
        Group("", ["text", "plan_step"]),
        Group("", [["kind", "actor"], ["way", "place", "outcome"]]),
        Group("Ute i samhället", ["place_type", "exposure"], "Fyll i det här när platsen är ”I samhället”."),
        Group("", [["occurred_at", "minutes"]]),
        Group("Nästa steg", [["next_step", "next_on"]]),
    )

    def __init__(self, *args: Any, offers: Offers | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = offers or Offers()
        self._steps = {str(step.row.pk): step for step in offers.steps}
        self._offer("kind", offers.kinds)
        self.fields["actor"].widget.pages = offers.pages
        if offers.steps:
            planned = [(key, str(step)) for key, step in self._steps.items()]
            done = [(key + DONE, f"{step} – blev klart") for key, step in self._steps.items()]
            self._offer("plan_step", [("", "Inget delmål"), *planned, ("Blev klart genom det här steget", done)])
        elif not self.data.get("plan_step"):
            del self.fields["plan_step"]
        if offers.avoided:
            kinds = "; ".join(labels(offers.avoided)).lower()
            field = self.fields["place_type"]
            field.help_text = f"{NEVER_WHICH} Säkerhetsplanen avråder från: {kinds}."
            field.widget.attrs["data-avoid"] = " ".join(offers.avoided)

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def prefer(self, plan_step: str | None) -> None:
        """Chooses a step of the plan beforehand, where none is chosen."""
        if plan_step in self._steps and not self.data.get("plan_step"):
            self.initial["plan_step"] = plan_step
            if self.is_bound:
                self.data = {**self.data.dict(), "plan_step": plan_step}  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("place") != codes.StepPlace.COMMUNITY:
            for name in OUT:
                data[name] = ""
                self.errors.pop(name, None)
        if data.get("next_step") and not data.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", "Välj en dag för nästa steg, så påminner vi dig.")
        if data.get("next_on") and not data.get("next_step") and "next_step" not in self.errors:
            self.add_error("next_step", "Skriv vad nästa steg är.")
        return data

    def step(self) -> Step:
        return Step(**{name: value for name, value in self.cleaned_data.items() if name not in ("once", "plan_step")})

    def tied(self) -> tuple[PlanStep | None, bool]:
        """The chosen step of the plan, and whether it was done by this one."""
        key = self.cleaned_data.get("plan_step") or ""
        step = self._steps.get(key.removesuffix(DONE))
        return (step.row, key.endswith(DONE)) if step else (None, False)

    @staticmethod
    def defaults(recent: dict[str, str]) -> dict[str, Any]:
        """What the form begins with: the writer's last choices, now, and half an hour."""
        return {
            "kind": codes.StepKind.TALK,
            "way": codes.StepWay.WITH,
            "place": codes.StepPlace.OFFICE,
            **recent,
            "outcome": codes.StepOutcome.DONE,
            "occurred_at": timezone.localtime().replace(second=0, microsecond=0),
            "minutes": 30,
        }
