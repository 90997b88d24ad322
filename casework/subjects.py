"""The subjects of a person's file, in the order of their pages. Each has its own urls.py and wiring.py."""

SUBJECTS = (
    "clients.children",
    "cases.risk",
    "cases.exposure",
)
