from typing import Any

from django import forms

from casework.forms import CleanTextField, Form, Group, IdempotencyMixin, SwedishDateField, VersionMixin
from contacts.fidelity.models import FidelityItem

GROUNDS = 2000


class BeginForm(IdempotencyMixin, Form):
    section: Any = forms.ModelChoiceField(label="Sektion", queryset=None, empty_label=None, widget=forms.RadioSelect)
    from_day = SwedishDateField(label="Från och med", allow_future=False)
    to_day = SwedishDateField(label="Till och med", allow_future=False)

    groups = (Group("", ["section", ["from_day", "to_day"]]),)

    def __init__(self, *args: Any, sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = sections


class ScoreForm(IdempotencyMixin, VersionMixin, Form):
    item = forms.ChoiceField(choices=FidelityItem.choices, widget=forms.HiddenInput)
    points = forms.TypedChoiceField(
        label="Poäng",
        choices=[(points, str(points)) for points in range(1, 6)],
        coerce=int,
        widget=forms.RadioSelect(attrs={"class": "choices--chips"}),
        help_text="1 är lägst, 5 är högst.",
    )
    grounds = CleanTextField(label="Grunder", rows=4, max_length=GROUNDS, help_text="Skriv inte vem det gäller.")

    groups = (Group("", ["points", "grounds"]),)


class FinishForm(IdempotencyMixin, Form):
    """The button says it all."""
