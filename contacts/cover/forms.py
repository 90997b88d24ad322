from typing import Any

from django import forms

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin

MESSAGE = "Skriv inget som röjer vem det gäller."
CONFLICT = "Nära släkting eller vän, eget intresse i saken, eller något annat som kan rubba förtroendet."
NO_COVER = "-"


class Days(Form):
    """From a day to a day, both counted."""

    starts_on = SwedishDateField(label="Från och med", allow_past=False)
    ends_on = SwedishDateField(label="Till och med", allow_past=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Sista dagen ligger före den första.")
        return data


class Asked(Form):
    no_conflict = forms.BooleanField(label="Jag har frågat om jäv", help_text=CONFLICT + " (förvaltningslagen 16 §)")
    message = CleanTextField(label="Meddelande", rows=3, max_length=2000, required=False, help_text=MESSAGE)


class CoverForm(IdempotencyMixin, Days, Asked):
    """A colleague covers one case."""

    substitute: Any = forms.ModelChoiceField(
        label="Vem täcker?", queryset=None, empty_label=None, widget=forms.RadioSelect
    )
    groups = (Group("", ["substitute", ["starts_on", "ends_on"], "no_conflict", "message"]),)

    def __init__(self, *args: Any, staff: Any, labels: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self.fields["substitute"], staff, labels)


class CoverAllForm(IdempotencyMixin, Days, Asked):
    """A colleague for all the cases of somebody who is away, or one for each."""

    substitute: Any = forms.ModelChoiceField(
        label="Vem täcker?",
        queryset=None,
        required=False,
        empty_label="Olika, jag väljer för varje ärende",
        help_text="Gäller alla ärenden där du inte väljer något annat.",
    )

    def __init__(self, *args: Any, staff: Any, labels: dict[Any, str], cases: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self.fields["substitute"], staff, labels)
        self.cases, self.staff = cases, {str(person.pk): person for person in staff}
        choices = [("", "Som ovan"), (NO_COVER, "Ingen ny täckning")]
        choices += [(pk, person.display_name) for pk, person in self.staff.items()]
        for case in cases:
            field = forms.ChoiceField(label=f"{case.number} {case.pseudonym}", choices=choices, required=False)
            field.initial = NO_COVER if case.covered else ""
            field.help_text = " ".join(f"Täcks av {c.substitute} {c.starts_on} till {c.ends_on}." for c in case.covered)
            field.error_messages["invalid_choice"] = "Välj något av alternativen i listan."
            self.fields[f"case_{case.number}"] = field
        names = [f"case_{case.number}" for case in cases]
        self.groups = (  # type: ignore[misc]
            Group("", ["substitute", ["starts_on", "ends_on"], "no_conflict", "message"]),
            Group("Ärende för ärende", names),
        )

    def chosen(self) -> dict[Any, Any]:
        """Case -> who covers it."""
        found = {}
        for case in self.cases:
            picked = self.cleaned_data[f"case_{case.number}"]
            person = self.cleaned_data["substitute"] if picked == "" else self.staff.get(picked)
            if person is not None:
                found[case] = person
        return found


class ExtendForm(IdempotencyMixin, Form):
    ends_on = SwedishDateField(label="Till och med", allow_past=False)
    message = CleanTextField(label="Meddelande", rows=3, max_length=2000, required=False, help_text=MESSAGE)


class AbsenceForm(IdempotencyMixin, Form):
    starts_on = SwedishDateField(label="Från och med")
    ends_on = SwedishDateField(
        label="Till och med", required=False, help_text="Lämna tomt om ni inte vet. Till exempel 2026-03-01"
    )
    groups = (Group("", [["starts_on", "ends_on"]]),)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Sista dagen ligger före den första.")
        return data


class PlanForm(IdempotencyMixin, Form):
    """Who takes over, and when it is to be done."""

    conflict = forms.ChoiceField(
        label="Känner du till något jäv?",
        choices=[("no", "Nej, inget som jag känner till"), ("yes", "Ja, eller jag är osäker")],
        widget=forms.RadioSelect,
        help_text=CONFLICT + " (förvaltningslagen 16 §)",
    )
    taker: Any = forms.ModelChoiceField(
        label="Vem tar över?", queryset=None, empty_label=None, widget=forms.RadioSelect
    )
    planned_on = SwedishDateField(label="Klar senast", allow_past=False)
    message = CleanTextField(label="Meddelande", rows=3, max_length=2000, required=False, help_text=MESSAGE)
    groups = (Group("", ["conflict", "taker", "planned_on", "message"]),)

    def __init__(self, *args: Any, staff: Any, labels: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self.fields["taker"], staff, labels)


class ChecksForm(VersionMixin, IdempotencyMixin, Form):
    """The day each thing of the list was done; empty as long as it is not."""

    met_on = SwedishDateField(label="Vi har träffats alla tre", required=False, allow_future=False)
    channels_on = SwedishDateField(
        label="Kontaktvägarna är kontrollerade tillsammans med personen", required=False, allow_future=False
    )
    code_word_on = SwedishDateField(label="Kodordet är lämnat över", required=False, allow_future=False)
    steps_on = SwedishDateField(label="De öppna delmålen är genomgångna", required=False, allow_future=False)
    groups = (Group("", ["met_on", "channels_on", "code_word_on", "steps_on"]),)


class CompleteForm(IdempotencyMixin, Form):
    summary = CleanTextField(
        label="Det här behöver den som tar över veta",
        rows=6,
        max_length=10_000,
        help_text="Vad som är på gång, vad som är lovat och vad hon vill att ni tänker på.",
    )
    missing_why = CleanTextField(label="Varför är allt inte avprickat?", rows=3, max_length=2000, required=False)
    groups = (Group("", ["summary", "missing_why"]),)

    def __init__(self, *args: Any, missing: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if missing:
            self.fields["missing_why"].required = True
            self.fields["missing_why"].help_text = f"Kvar: {', '.join(missing)}."
        else:
            del self.fields["missing_why"]


def choose_from(field: Any, staff: Any, labels: dict[Any, str]) -> None:
    field.queryset = staff
    field.label_from_instance = lambda user: labels.get(user.pk, user.display_name)
