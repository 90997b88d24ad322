from typing import Any

from django import forms

from casework.clients.children.models import (
    ChildPlaces,
    ChildWords,
    ConcernReport,
    Guardian,
    GuardianWords,
    TalkWords,
    Visitation,
    VisitationWords,
)
from casework.clients.forms import LINE, NAME, PersonNumberField
from casework.clients.models import Identity
from casework.forms import (
    CleanTextField,
    Form,
    Group,
    IdempotencyMixin,
    SwedishDateField,
    SwedishDateTimeField,
    VersionMixin,
)

TEXT = 5_000
ALIAS = "Så talar ni om barnet där andra kan höra eller läsa. Skriv inget namn. Till exempel: äldsta barnet"


class ChildForm(IdempotencyMixin, Form):
    alias = CleanTextField(label="Kallas här", max_length=NAME, help_text=ALIAS)
    given_name = CleanTextField(label="Förnamn", max_length=NAME, required=False)
    family_name = CleanTextField(label="Efternamn", max_length=NAME, required=False)
    number = PersonNumberField(label="Personnummer", required=False)
    lives_with = forms.BooleanField(label="Barnet bor med personen i ärendet", required=False, initial=True)
    groups = (Group("", ["alias", ["given_name", "family_name"], "number", "lives_with"]),)

    def identity(self) -> Identity:
        data = self.cleaned_data
        number = data["number"]
        return Identity(
            given_name=data["given_name"],
            family_name=data["family_name"],
            number=number.twelve if number else "",
            number_kind=number.kind if number else "",
        )


class ChildChangeForm(VersionMixin, IdempotencyMixin, Form):
    alias = CleanTextField(label="Kallas här", max_length=NAME, help_text=ALIAS)
    needs = CleanTextField(label="Vad barnet behöver", rows=4, max_length=TEXT, required=False)
    goals = CleanTextField(label="Barnets mål", rows=4, max_length=TEXT, required=False)
    strengths = CleanTextField(label="Barnets styrkor", rows=4, max_length=TEXT, required=False)
    in_shelter = forms.BooleanField(
        label="Barnet har varit i skyddat boende",
        required=False,
        help_text="Då gallras barnets akt aldrig (SoL 16 kap. 2 §).",
    )

    def words(self) -> ChildWords:
        return ChildWords(**{name: self.cleaned_data[name] for name in ("alias", "needs", "goals", "strengths")})


class PlacesForm(VersionMixin, IdempotencyMixin, Form):
    school = CleanTextField(label="Skola", max_length=LINE, required=False)
    care = CleanTextField(label="Förskola eller vård", max_length=LINE, required=False)
    leisure = CleanTextField(label="Fritid", max_length=LINE, required=False)
    agreement = CleanTextField(
        label="Överenskommet med skolan och andra",
        rows=3,
        max_length=TEXT,
        required=False,
        help_text="Till exempel vem som får hämta.",
    )

    def places(self) -> ChildPlaces:
        return ChildPlaces(**{name: self.cleaned_data[name] for name in ("school", "care", "leisure", "agreement")})


class LeaveForm(IdempotencyMixin, Form):
    left_on = SwedishDateField(label="Hörde till hushållet till", allow_future=False)


class TalkForm(IdempotencyMixin, Form):
    talked_on = SwedishDateField(label="Dag", allow_future=False)
    held = forms.TypedChoiceField(
        label="Blev samtalet av?",
        choices=[("yes", "Ja"), ("no", "Nej")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    said = CleanTextField(
        label="Vad barnet sa", rows=5, max_length=TEXT, required=False, help_text="Helst med barnets egna ord."
    )
    wants = CleanTextField(label="Vad barnet vill", rows=3, max_length=TEXT, required=False)
    why_not = CleanTextField(label="Varför samtalet inte blev av", rows=3, max_length=TEXT, required=False)

    def words(self) -> TalkWords:
        return TalkWords(**{name: self.cleaned_data[name] for name in ("said", "wants", "why_not")})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("held") is True and not data.get("said") and "said" not in self.errors:
            self.add_error("said", "Skriv vad barnet sa.")
        if data.get("held") is False and not data.get("why_not") and "why_not" not in self.errors:
            self.add_error("why_not", "Skriv varför samtalet inte blev av.")
        return data


class RightsFields(Form):
    may_receive_location = forms.BooleanField(
        label="Får veta var barnet är", required=False, help_text="Kryssa i bara när det är prövat (OSL 26 kap. 2 §)."
    )
    may_consent = forms.BooleanField(
        label="Får samtycka för barnet", required=False, help_text="Kryssa i bara när det är prövat (OSL 12 kap. 3 §)."
    )


class GuardianForm(RightsFields, IdempotencyMixin):
    basis = forms.ChoiceField(label="Grund", choices=Guardian.Basis.choices, widget=forms.RadioSelect)
    is_case_person = forms.BooleanField(label="Det är personen i ärendet", required=False)
    valid_from = SwedishDateField(label="Gäller från", allow_future=False)
    name = CleanTextField(label="Namn", max_length=LINE, required=False)
    number = PersonNumberField(label="Personnummer", required=False)
    decision = CleanTextField(label="Dom, avtal eller beslut", max_length=LINE, required=False)
    risks = CleanTextField(label="Risker", rows=3, max_length=TEXT, required=False)
    groups = (
        Group("", ["basis", "is_case_person", "valid_from", "name", "number", "decision", "risks"]),
        Group("Rättigheter", ["may_receive_location", "may_consent"]),
    )

    def words(self) -> GuardianWords:
        data = self.cleaned_data
        number = data["number"].twelve if data["number"] else ""
        return GuardianWords(name=data["name"], number=number, basis=data["decision"], risks=data["risks"])


class RightsForm(RightsFields, VersionMixin, IdempotencyMixin):
    pass


class EndForm(IdempotencyMixin, Form):
    ended_on = SwedishDateField(label="Gällde till", allow_future=False)


class VisitationForm(IdempotencyMixin, Form):
    basis = forms.ChoiceField(label="Grund", choices=Visitation.Basis.choices, widget=forms.RadioSelect)
    valid_from = SwedishDateField(label="Gäller från")
    review_on = SwedishDateField(label="Följs upp", required=False)
    terms = CleanTextField(label="Vad som gäller", rows=3, max_length=TEXT, required=False)
    risks = CleanTextField(label="Risker", rows=3, max_length=TEXT, required=False)
    safety = CleanTextField(label="Så gör ni det tryggt", rows=3, max_length=TEXT, required=False)

    def words(self) -> VisitationWords:
        return VisitationWords(**{name: self.cleaned_data[name] for name in ("terms", "risks", "safety")})


class ConcernForm(IdempotencyMixin, Form):
    direction = forms.ChoiceField(
        label="Vem anmälde?", choices=ConcernReport.Direction.choices, widget=forms.RadioSelect
    )
    at = SwedishDateTimeField(label="När", allow_future=False)
    about = CleanTextField(label="Vad anmälan gäller", rows=5, max_length=TEXT)


class ConcernMoveForm(IdempotencyMixin, Form):
    text = CleanTextField(label="Vad ni kom fram till", rows=5, max_length=TEXT)


class ConcernDatesForm(VersionMixin, IdempotencyMixin, Form):
    told_on = SwedishDateField(label="Den som anmälde fick svar", required=False, allow_future=False)
    extended_to = SwedishDateField(label="Utredningen är förlängd till", required=False)
