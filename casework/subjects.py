"""The subjects of a person's file, in the order of their pages. Each has its own urls.py and wiring.py."""

SUBJECTS = (
    "clients.children",
    "clients.protection",
    "clients.relatives",
    "cases.insatser",
    "cases.sip",
    "cases.risk",
    "cases.consents",
    "cases.disclosures",
    "cases.letters",
    "cases.documents",
    "cases.release",
    "cases.exposure",
)
