from typing import Any

from django import forms

from casework.access.models import AccessGrant
from casework.forms import CleanTextField, Form, Group, IdempotencyMixin
from contacts.assignments.models import Assignment

CONFLICT = "Nära släkting eller vän, eget intresse i saken, eller något annat som kan rubba förtroendet."


class OfferForm(IdempotencyMixin, Form):
    user: Any = forms.ModelChoiceField(
        label="Vem frågar du?", queryset=None, empty_label=None, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="Uppdrag", choices=Assignment.Kind.choices, widget=forms.RadioSelect)
    conflict = forms.ChoiceField(
        label="Känner du till något jäv?",
        choices=[("no", "Nej, inget som jag känner till"), ("yes", "Ja, eller jag är osäker")],
        widget=forms.RadioSelect,
        help_text=f"{CONFLICT} (förvaltningslagen 16 §)",
    )
    message = CleanTextField(
        label="Meddelande", rows=3, max_length=2000, required=False, help_text="Skriv inget som röjer vem det gäller."
    )
    groups = (Group("", ["conflict", "user", "kind", "message"]),)

    def __init__(self, *args: Any, staff: Any, loads: dict[Any, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = staff
        field.label_from_instance = lambda user: f"{user.display_name} · {loads.get(user.pk, 'inga ärenden')}"  # type: ignore[method-assign,assignment]


class AcceptForm(IdempotencyMixin, Form):
    no_conflict = forms.BooleanField(
        label="Jag känner inte till något jäv", help_text=f"{CONFLICT} Märker du det senare: lämna ärendet genast."
    )


class DeclineForm(IdempotencyMixin, Form):
    code = forms.ChoiceField(label="Skäl", choices=Assignment.Decline.choices, widget=forms.RadioSelect)
    reason = CleanTextField(label="Berätta kort", rows=3, max_length=2000, required=False)


class EndForm(IdempotencyMixin, Form):
    close_reason = forms.ChoiceField(
        label="Skäl",
        choices=[
            (value, label)
            for value, label in AccessGrant.Close.choices
            if value in {AccessGrant.Close.ENDED, AccessGrant.Close.HANDED_OVER, AccessGrant.Close.CONFLICT}
        ],
        widget=forms.RadioSelect,
    )
    reason = CleanTextField(label="Varför?", rows=3, max_length=2000)


class LeaveForm(IdempotencyMixin, Form):
    reason = CleanTextField(
        label="Vad är det för jäv?", rows=3, max_length=2000, help_text="Bara sektionschefen läser det här."
    )
