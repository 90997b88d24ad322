from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from casework.forms import (
    CleanTextField,
    Form,
    Group,
    IdempotencyMixin,
    SwedishDateField,
    SwedishTimeField,
    VersionMixin,
)
from contacts.week.models import Appointment, AppointmentWords

PLACE_HELP = (
    "Platsen skyddas som en adress. Den syns bara när någon öppnar just den här tiden, "
    "aldrig i listor och aldrig i kalendern i telefonen."
)
ONLY_MEETINGS = ("clock", "minutes", "who", "where")


class AppointmentFields(Form):
    """A meeting at an hour, or a reminder for a day, which needs no more than the day and a text."""

    what = CleanTextField(
        label="Vad gäller det?",
        max_length=200,
        help_text="Kort, till exempel ”Ring banken tillsammans”. Skriv aldrig en adress här.",
    )
    day = SwedishDateField(label="Dag", allow_past=False, error_messages={"required": "Fyll i vilken dag det gäller."})
    clock = SwedishTimeField(label="Klockslag", required=False)
    minutes = forms.IntegerField(
        label="Minuter",
        required=False,
        min_value=5,
        max_value=720,
        initial=60,
        error_messages={"min_value": "Ett möte är minst 5 minuter.", "max_value": "Ett möte är högst 720 minuter."},
    )
    who = CleanTextField(label="Med vem?", max_length=200, required=False)
    where = CleanTextField(label="Var?", max_length=300, required=False, help_text=PLACE_HELP)

    def kind_now(self) -> str:
        return str(self.cleaned_data.get("kind", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.kind_now() == Appointment.Kind.MEETING:
            for name, message in (("clock", "Fyll i när mötet börjar."), ("minutes", "Fyll i hur länge mötet varar.")):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, message)
            self._check_hour(data)
        else:
            for name in ("who", "where"):
                if data.get(name):
                    self.add_error(name, "En påminnelse har bara en dag och en text. Välj Möte, eller ta bort det här.")
        return data

    def _check_hour(self, data: dict[str, Any]) -> None:
        if data.get("day") is None or data.get("clock") is None:
            return
        moment = timezone.make_aware(datetime.combine(data["day"], data["clock"]))
        if moment.astimezone(UTC).astimezone(moment.tzinfo).time() != data["clock"]:
            self.add_error("clock", "Det klockslaget fanns inte den dagen, klockan ställs om till sommartid.")

    def appointment(self) -> dict[str, Any]:
        """The arguments of the act. A reminder lies at the beginning of its day and has no length."""
        data, meeting = self.cleaned_data, self.kind_now() == Appointment.Kind.MEETING
        more = {"who": data["who"], "where": data["where"]} if meeting else {}
        return {
            "starts_at": timezone.make_aware(datetime.combine(data["day"], data["clock"] if meeting else time.min)),
            "minutes": data["minutes"] if meeting else None,
            "words": AppointmentWords(what=data["what"], **more),
        }


class AppointmentForm(AppointmentFields, IdempotencyMixin):
    kind = forms.ChoiceField(
        label="Slag", choices=Appointment.Kind.choices, widget=forms.RadioSelect(attrs={"class": "choices--chips"})
    )
    groups = (
        Group("", ["kind", "what", "day"]),
        Group("Om det är ett möte", [["clock", "minutes"], "who", "where"], "Lämna tomt för en påminnelse."),
    )


class ChangeAppointmentForm(AppointmentFields, VersionMixin, IdempotencyMixin):
    """A meeting stays a meeting: what is not asked of a reminder is not shown for one."""

    groups = (Group("", ["what", "day", ["clock", "minutes"], "who", "where"]),)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind == Appointment.Kind.REMINDER:
            for name in ONLY_MEETINGS:
                del self.fields[name]
        else:
            self.fields["clock"].required = self.fields["minutes"].required = True

    def kind_now(self) -> str:
        return self.kind


class EndAppointmentForm(IdempotencyMixin, Form):
    how = forms.ChoiceField(
        label="Hur gick det?",
        choices=[("hold", "Det blev av"), ("cancel", "Det blev inte av")],
        widget=forms.RadioSelect(attrs={"class": "choices--chips"}),
    )
