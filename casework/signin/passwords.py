from typing import Any

from django.core.exceptions import ValidationError

WORDS = ("kontaktstöd", "kontaktperson", "socialtjänst", "malmö", "frihet från våld", "lösenord", "password")


class OwnWordsValidator:
    """Refuses a password that is little more than the person's own name or the program's."""

    def validate(self, password: str, user: Any = None) -> None:
        folded = password.casefold()
        own = [getattr(user, "username", ""), *str(getattr(user, "display_name", "")).casefold().split()]
        for word in [*WORDS, *own]:
            if len(word) >= 3 and word in folded:
                folded = folded.replace(word, "")
        if len(set(folded)) < 6 or len(folded) < 8:
            raise ValidationError("Lösenordet består mest av lättgissade ord. Välj fyra ord utan samband.", "own_words")

    def get_help_text(self) -> str:
        return "Minst 15 tecken. Fyra ord utan samband är lätta att minnas och svåra att gissa."
