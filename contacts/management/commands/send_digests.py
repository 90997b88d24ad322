import smtplib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from contacts.week import actions, digest


class Command(BaseCommand):
    help = "Mails each kontaktperson with an address that there is something to see, at most once a day. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAIL_HOST:
            raise CommandError("E-post är inte påslagen. Ange CASEWORK_MAIL_HOST och CASEWORK_MAIL_FROM först.")
        sent = failed = 0
        for user in list(digest.wanted()):
            try:
                actions.send_digest(user=user)
                sent += 1
            except (smtplib.SMTPException, OSError) as problem:
                failed += 1
                self.stderr.write(f"{user.username}: {type(problem).__name__}")
        self.stdout.write(f"Skickade {sent} meddelanden.")
        if failed:
            raise CommandError(f"{failed} meddelanden kunde inte skickas.")
