"""Input types: text that is clean, dates and clock times as Swedes write them. Every message says what to do."""

import re
import unicodedata
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework import swedish

_DATES = (
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2}) (?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
)
_TIME = re.compile(r"([0-9]{1,2})[.:]?([0-9]{2})")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class CleanTextField(forms.CharField):
    """Text, stripped, composed (NFC), with \\n as line break. Refuses control characters and broken encoding."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        self.too_long = kwargs.pop("max_length", None)
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        # The count of a browser's maxlength cuts a pasted text without a word; the server counts instead.
        if self.too_long and isinstance(self.widget, forms.Textarea):
            self.widget.attrs.setdefault("data-limit", str(self.too_long))
        self.validators = []

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str) or text in self.empty_values:
            return text
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        self._refuse_unwritable(text)
        if self.too_long and len(text) > self.too_long:
            message = "Texten är {} tecken, högst {} får plats. Korta den och försök igen."
            raise ValidationError(
                message.format(swedish.number(len(text)), swedish.number(self.too_long)), "max_length"
            )
        return text

    def _refuse_unwritable(self, text: str) -> None:
        allowed = {"\n", "\t"} if isinstance(self.widget, forms.Textarea) else set()
        for number, line in enumerate(text.split("\n") if allowed else [text], start=1):
            if any(letter not in allowed and _is_control(letter) for letter in line):
                place = f" på rad {number}" if allowed else ""
                raise ValidationError(
                    f"Texten innehåller ett osynligt tecken{place} som inte kan sparas. Skriv om det stället för hand.",
                    "control",
                )
        if "\ufffd" in text:
            raise ValidationError("Några tecken gick inte att läsa (�). Skriv om dem för hand.", "encoding")


def _is_control(letter: str) -> bool:
    """Control characters, half surrogates and the marks that turn the direction of other text around."""
    return unicodedata.category(letter) in {"Cc", "Cs"} or letter in _TURNING


class SwedishDateInput(forms.TextInput):
    template_name = "django/forms/widgets/date.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "size": "12", "maxlength": "20", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return swedish.iso(value) if isinstance(value, date) else super().format_value(value)


class SwedishDateField(forms.Field):
    """A date, read from 2026-03-01, 1/3 2026 or 20260301 and written as 2026-03-01."""

    widget = SwedishDateInput
    default_error_messages = {
        "invalid": "Skriv datumet så här: 2026-03-01.",
        "no_such_day": "Datumet %(value)s finns inte i kalendern.",
        "year": f"Årtalet ska vara mellan {FIRST_YEAR} och {LAST_YEAR}.",
        "future": "Datumet får inte ligga i framtiden.",
        "past": "Datumet får inte ha passerat.",
    }

    def __init__(self, *, allow_future: bool = True, allow_past: bool = True, **kwargs: Any) -> None:
        self.allow_future, self.allow_past = allow_future, allow_past
        kwargs.setdefault("help_text", "Till exempel 2026-03-01")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return timezone.localtime(value).date() if isinstance(value, datetime) else value
        return self._parse(" ".join(str(value).split()))

    def _parse(self, text: str) -> date:
        match = next((found for pattern in _DATES if (found := pattern.fullmatch(text))), None)
        if match is None:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        year, month, day = (int(match[part]) for part in "ymd")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(self.error_messages["year"], "year")
        try:
            return date(year, month, day)
        except ValueError:
            written = f"{year}-{month:02}-{day:02}"
            raise ValidationError(self.error_messages["no_such_day"], "no_such_day", {"value": written}) from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        today = timezone.localdate()
        if not self.allow_future and value > today:
            raise ValidationError(self.error_messages["future"], "future")
        if not self.allow_past and value < today:
            raise ValidationError(self.error_messages["past"], "past")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class SwedishTimeInput(forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "size": "6", "maxlength": "10", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return swedish.clock(value) if isinstance(value, time | datetime) else super().format_value(value)


class SwedishTimeField(forms.Field):
    """A clock time, read from 14.02, 14:02 or 1402 and written as 14.02."""

    widget = SwedishTimeInput
    default_error_messages = {"invalid": "Skriv klockslaget så här: 14.02."}

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        match = _TIME.fullmatch(str(value).strip())
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return time(int(match[1]), int(match[2]))


class SwedishDateTimeInput(forms.MultiWidget):
    """Two boxes, date and clock time, in one fieldset."""

    template_name = "django/forms/widgets/date_time.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        day = SwedishDateInput({"aria-label": "Datum"})
        super().__init__({"0": day, "1": SwedishTimeInput({"aria-label": "Klockslag"})}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if value is None:
            return [None, None]
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return [local.date(), local.time()]


class SwedishDateTimeField(forms.MultiValueField):
    """A moment in local time from two boxes; gives an aware datetime. The repeated autumn hour is read as the first."""

    widget = SwedishDateTimeInput
    default_error_messages = {
        "future": "Tidpunkten får inte ligga i framtiden.",
        "gap": "Det klockslaget fanns inte den dagen, klockan ställdes om till sommartid.",
        "incomplete": "Fyll i både datum och klockslag.",
    }

    def __init__(self, *, allow_future: bool = True, **kwargs: Any) -> None:
        self.allow_future = allow_future
        parts = (SwedishDateField(help_text=""), SwedishTimeField())
        super().__init__(fields=parts, require_all_fields=True, **kwargs)

    def clean(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and any(value) and not all(value):
            raise ValidationError(self.error_messages["incomplete"], "incomplete")
        return super().clean(value)

    def compress(self, data_list: Any) -> datetime | None:
        if not data_list:
            return None
        day, clock = data_list
        moment = datetime.combine(day, clock, tzinfo=timezone.get_current_timezone())
        there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
        if there_and_back.replace(tzinfo=None) != moment.replace(tzinfo=None):
            raise ValidationError(self.error_messages["gap"], "gap")
        if not self.allow_future and moment > timezone.now():
            raise ValidationError(self.error_messages["future"], "future")
        return moment
