def connect() -> None:
    from audit import words
    from contacts import timeline
    from contacts.review import sheet
    from contacts.review.models import CaseReview

    words.register(codes=dict(CaseReview.Decision.choices))
    timeline.connect()
    sheet.connect()
