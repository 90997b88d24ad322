"""The landlords that every installation begins with, and words that never stand in a text about one."""

import re

# Name, kind. Source: domain 1.3 and 3 (MKB is the city's own company; the city sublets flats of its own).
LANDLORDS = (
    ("MKB Fastighets AB", "public"),
    ("Malmö stad, lägenheter för andrahandsuthyrning", "city"),
)

# Beside words of violence: what tells of a tenant's life. Beginnings of words.
BACKGROUND = (
    "klient diagnos missbruk beroend psyk sjukskriv sjukdom funktionsned asyl uppehållstill bistånd försörjningsst"
    " skuldsat betalningsanm ensamståend ensamståen frånskil separer skils vårdnad umgäng flykting"
    " kontaktperson socialsekr"
).split()
NEED = re.compile(r"(?<!\w)B-?\s?[2-9A-HJ-NP-Z]{6}(?!\w)", re.IGNORECASE)
CASE_NUMBER = re.compile(r"(?<!\d)\d{2}[- ]?\d{5}[- ]?\d(?!\d)")
PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+ ]?\d{4}(?!\d)")
WORD = re.compile(r"[^\W\d_]+")
