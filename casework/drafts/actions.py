from audit import trail
from audit.tags import Tag
from casework.drafts.models import Draft
from casework.signin.models import User


def discard_draft(*, by: User, draft: Draft) -> None:
    """Throws a draft of one's own away. Raises ValueError for someone else's."""
    if draft.user_id != by.pk:
        raise ValueError("only the writer discards a draft")
    with trail.act(Tag.DRAFT_DISCARDED, by=by, refs=[draft.case.ref()] if draft.case else []):
        draft.delete()
