from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    id: str
    label: str
    role: str
    unit: str
