"""The list of a case's documents with the form beside it, and what is done with a file before any act."""

from django.http import HttpRequest, HttpResponse

from casework.acting import user_of
from casework.cases.documents import actions, readers, rules
from casework.cases.documents.forms import UploadForm
from casework.cases.documents.models import Document
from casework.cases.documents.refusals import Unclean
from casework.cases.models import Case
from casework.cases.pages import case_form
from casework.cases.rules import Refused
from casework.signin.models import User


def looked_through(user: User, case: Case, form: UploadForm) -> bool:
    """Whether the form's file could be cleaned; if not, the form says why. No transaction is open meanwhile."""
    file = form.cleaned_data["file"]
    try:
        form.cleaned = actions.check_file(by=user, case=case, name=file.name, data=file.read())
    except Unclean as why:
        form.add_error("file", str(why))
        return False
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def list_page(request: HttpRequest, case: Case, form: UploadForm) -> HttpResponse:
    more = {
        "page": readers.listed(case, request.GET.get("page")),
        "may_add": rules.can_add(user_of(request), case),
        "cancel_url": "",
    }
    title, template = "Dokument", "casework/documents/documents.html"
    return case_form(request, case, form, title, "Lägg till dokumentet", template=template, **more)


def document_page(request: HttpRequest, document: Document) -> HttpResponse:
    details, child = document.details.open(), document.child
    more = {
        "document": document,
        "details": details,
        "alias": readers.alias_of(child) if child is not None else "",
        "type": readers.kind_shown(details.media_type),
        "size": readers.readable(details.size),
        "may_destroy": rules.can_destroy(user_of(request), document),
    }
    return case_form(request, document.case, None, "Dokument", "", template="casework/documents/document.html", **more)
