"""The subjects of a person's file, in the order of their pages. Each has its own urls.py and wiring.py."""

SUBJECTS = (
    "clients.children",
    "clients.relatives",
    "cases.risk",
    "cases.insatser",
    "cases.consents",
    "cases.disclosures",
    "cases.documents",
    "cases.exposure",
)
