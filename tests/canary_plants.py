"""A value put in clear into every place that is searched, to show that the search can find it there."""

import logging
import uuid
from collections.abc import Iterator
from pathlib import Path

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from casework.crypto.models import WrappedKey
from casework.drafts.models import UsedToken
from casework.signin.models import User
from tests.canary import Canaries
from tests.canary_places import Seen

AROUND = ("address of x", "headers of x", "cookies of x", "title of x", "links of x")


def plant(known: Canaries, user: User, seen: Seen, folder: Path) -> Iterator[str]:
    """Plants one value after the other and names the place where each has to be found."""
    Session.objects.create(session_key="x", session_data=known.text("session"), expire_date=timezone.now())
    yield f"table {Session._meta.db_table}"
    AccessAttempt.objects.create(username=known.text("axes"), failures_since_start=1, get_data="", post_data="")
    yield f"table {AccessAttempt._meta.db_table}"
    UsedToken.objects.create(token=uuid.uuid4(), user=user, result=known.text("token"))
    yield f"table {UsedToken._meta.db_table}"
    WrappedKey.objects.create(
        id=7,
        purpose="client",
        owner=uuid.uuid4(),
        kek_id="x",
        wrapped=known.text("key").encode(),
        state="old",
        created_at=timezone.now(),
    )
    yield f"table {WrappedKey._meta.db_table}"
    _in_the_log(known.text("event"))
    yield "table audit_event"
    logging.getLogger("anything.at.all").debug("said %s", known.text("said"))
    yield "server log"
    EmailMessage("Ämne", known.text("mail"), "a@example.org", ["b@example.org"]).send()
    yield "mail"
    (folder / "upload.tmp").write_text(known.text("file"), encoding="utf-16")
    yield "file upload.tmp"
    yield from _around_a_page(known, seen)


def _in_the_log(text: str) -> None:
    """Past the chain, as somebody would who logs without trail."""
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_event (seq, time, actor, tag, request, body, previous, hash)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [900_000, moment, "x", "page:read", "x", text.encode(), b"x", b"x"],
        )


def _around_a_page(known: Canaries, seen: Seen) -> Iterator[str]:
    page = f'<title>{known.text("title")}</title><a class="x" href="/sok/?q={known.text("link")}">x</a>'
    response = HttpResponse(page, headers={"X-Said": f"=?utf-8?q?{known.core}?="})
    response.set_cookie("messages", known.core)
    seen.note(f"/sok/?q={known.text('address')}", "x", response)
    yield from AROUND


def plant_in_a_free_page(text: str) -> None:
    """Bytes of a table that is gone lie on in the file, when nothing wipes them."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
        cursor.execute("CREATE TABLE gone (words text)")
        cursor.execute("INSERT INTO gone VALUES (%s)", [text])
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("DROP TABLE gone")
        cursor.execute("PRAGMA secure_delete=ON")
