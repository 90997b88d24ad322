"""What each newer subject adds to the table of addresses, to the world behind it and to the canaries.

A subject's module has
    TABLE      lines for the table of tests/matrix.py, with its head
    FORMS      URL name -> f(world, record) giving the form rightly filled in, without its token
    ARGUMENTS  URL name -> f(found, use) giving the arguments of the address; `found` is the Record, or None (unknown)
    TEXTS      names of form fields that hold text of a person: canaries are written there
    LAST       URL names after which the case or the session is over
    lay_out    f(case, contact, chief) -> {name: object}: makes the subject's records in a case, through its acts;
               they lie in Record.more
    sealed     f(known, person, user) -> unsaved rows, every sealed text a canary (made with tests.canary_people.filled)
"""

from tests.exhibits import (
    children,
    closing,
    consents,
    cover,
    disclosures,
    documents,
    exposure,
    fidelity,
    goals,
    guide,
    housing_fortur,
    housing_homes,
    housing_kompott,
    housing_landlords,
    housing_needs,
    housing_overview,
    housing_shelter,
    housing_stages,
    housing_tenancies,
    housing_tracks,
    insatser,
    letters,
    protection,
    relatives,
    release,
    review,
    rhythm,
    risk,
    safety,
    sip,
    strengths,
    supervision,
    timeline,
    week,
)

EXHIBITS = (
    strengths,
    goals,
    rhythm,
    safety,
    week,
    guide,
    supervision,
    review,
    cover,
    closing,
    fidelity,
    timeline,
    children,
    risk,
    exposure,
    protection,
    relatives,
    consents,
    insatser,
    sip,
    disclosures,
    letters,
    documents,
    release,
    housing_needs,
    housing_tracks,
    housing_landlords,
    housing_homes,
    housing_stages,
    housing_kompott,
    housing_fortur,
    housing_shelter,
    housing_tenancies,
    housing_overview,
)
