def connect() -> None:
    from audit import words
    from contacts.review.models import CaseReview

    words.register(codes=dict(CaseReview.Decision.choices))
