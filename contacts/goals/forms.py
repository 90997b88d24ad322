from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin
from contacts.goals.models import GoalWords, OutcomeArea, StepWords
from contacts.strengths.models import ApprovalWay

WHO = ("Personen själv", "Kontaktpersonen", "Tillsammans")
NOT_WHERE = "Skriv vad, aldrig var: ingen adress, skola eller ort."


class GoalForm(IdempotencyMixin, Form):
    """A goal, in her words first."""

    words = CleanTextField(
        label="Målet, med personens egna ord",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        help_text=f"Fråga: Vad vill du? Skriv som hon säger det. {NOT_WHERE}",
    )
    why = CleanTextField(label="Varför är det viktigt för henne?", rows=2, max_length=2000, required=False)
    area = forms.ChoiceField(label="Område", choices=[("", "Välj område"), *OutcomeArea.choices])
    natural = CleanTextField(
        label="Naturliga resurser",
        rows=2,
        max_length=2000,
        required=False,
        help_text="Vänner, släkt, grannar, föreningar och annat i vardagen. Börja här.",
    )
    formal = CleanTextField(
        label="Formella resurser",
        rows=2,
        max_length=2000,
        required=False,
        help_text="Myndigheter, vård och andra verksamheter, när de naturliga inte räcker.",
    )

    def goal_words(self) -> GoalWords:
        return GoalWords(**{name: self.cleaned_data[name] for name in ("words", "why", "natural", "formal")})


class GoalChangeForm(VersionMixin, GoalForm):
    """The same, of a goal that is there."""


class GoalMoveForm(IdempotencyMixin, Form):
    """What came of a goal, where that is asked."""

    result = CleanTextField(label="Hur blev det?", rows=3, max_length=2000)

    def __init__(self, *args: Any, asks: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["result"].label = asks
            self.fields["result"].error_messages["required"] = f"Svara på frågan: {asks}"
        else:
            del self.fields["result"]


class PlanStepForm(IdempotencyMixin, Form):
    """A step towards a goal: small, and possible to see that it is done."""

    what = CleanTextField(
        label="Vad ska göras?",
        max_length=300,
        widget=forms.TextInput(attrs={"autofocus": True}),
        help_text=f"Ett litet steg i taget. {NOT_WHERE}",
    )
    who = CleanTextField(label="Vem gör det?", max_length=120, widget=forms.TextInput(attrs={"list": "who"}))
    due_on = SwedishDateField(label="Senast", required=False, allow_past=False)
    done_when = CleanTextField(
        label="Klart när", max_length=300, required=False, help_text="Så att ni båda ser att det är gjort."
    )
    groups = (Group("", ["what", ["who", "due_on"], "done_when"]),)

    def step_words(self) -> StepWords:
        return StepWords(**{name: self.cleaned_data.get(name, "") for name in ("what", "who", "done_when", "comment")})


class PlanStepChangeForm(VersionMixin, PlanStepForm):
    """The same, of a step that is there: its day may have passed, and there is room for how it goes."""

    due_on = SwedishDateField(label="Senast", required=False)
    comment = CleanTextField(label="Hur går det?", rows=3, max_length=2000, required=False, help_text=NOT_WHERE)


class PlanSubmitForm(IdempotencyMixin, Form):
    """The person's standpoint, and when the plan is looked at together again."""

    person_way = forms.ChoiceField(
        label="Hur tog personen ställning till planen?", choices=ApprovalWay.choices, widget=forms.RadioSelect
    )
    person_on = SwedishDateField(label="Vilken dag?", allow_future=False)
    follow_up_on = SwedishDateField(label="När följer ni upp planen?")
    groups = (Group("", ["person_way", ["person_on", "follow_up_on"], "remark"]),)
    remark = CleanTextField(
        label="Vad säger personen om planen?", rows=3, max_length=2000, required=False, help_text=NOT_WHERE
    )

    def clean_follow_up_on(self) -> Any:
        day = self.cleaned_data["follow_up_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError("Välj en dag framåt.")
        return day

    @staticmethod
    def defaults() -> dict[str, Any]:
        today = timezone.localdate()
        return {"person_on": today, "follow_up_on": today + timedelta(days=settings.METHOD["review_days"])}


class PlanDecideForm(VersionMixin, IdempotencyMixin, Form):
    """Yes, or back with a reason. `do` is the button that was pressed."""

    APPROVE, SEND_BACK = "approve", "send_back"
    DONE = {APPROVE: "Planen är godkänd.", SEND_BACK: "Planen är skickad tillbaka. Kontaktpersonen ser varför."}

    why = CleanTextField(
        label="Vad behöver ändras?",
        rows=3,
        max_length=2000,
        required=False,
        help_text="Bara om du skickar tillbaka planen. Kontaktpersonen läser det.",
    )
    do = forms.ChoiceField(
        choices=[(APPROVE, "Godkänn planen"), (SEND_BACK, "Skicka tillbaka planen")],
        widget=forms.HiddenInput,
        error_messages={"required": "Välj om du godkänner planen eller skickar tillbaka den."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("do") == self.SEND_BACK and "why" in data and not data["why"]:
            self.add_error("why", "Skriv vad som behöver ändras i planen.")
        if data.get("do") == self.APPROVE and data.get("why"):
            self.add_error(
                "why", "Du har skrivit att något behöver ändras. Skicka tillbaka planen, eller ta bort texten."
            )
        return data

    def read_now(self, version: int) -> None:
        """The page is shown anew: from here on the decision is about the plan as it is now."""
        if self.is_bound:
            self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]
