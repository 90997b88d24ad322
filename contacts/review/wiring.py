def connect() -> None:
    from audit import words
    from casework import shell
    from casework.cases import panels
    from casework.drafts import slots
    from casework.policy import Permission
    from casework.signin.models import Role
    from contacts import release, timeline
    from contacts.review import readers, sheet
    from contacts.review.models import CaseReview

    words.register(codes=dict(CaseReview.Decision.choices))
    shell.register(shell.NavItem("Genomgång", "board", "check", [Role.SEKTIONSCHEF], key="b", order=20))
    slots.register("review", Permission.CASE_REVIEW)
    panels.register(panels.Panel("review", "contacts/review/_panel.html", readers.review_panel, order=50))
    timeline.connect()
    release.connect()
    sheet.connect()
