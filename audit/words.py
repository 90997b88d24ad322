"""What an event is called on a page: one Swedish sentence for each tag, read after the name of who did it."""

from collections.abc import Mapping

from audit.tags import Tag

SENTENCES: dict[str, str] = {
    Tag.SIGNED_IN: "loggade in",
    Tag.SIGNED_OUT: "loggade ut",
    Tag.SIGN_IN_FAILED: "försökte logga in men angav fel uppgifter",
    Tag.SIGN_IN_LOCKED: "spärrades tillfälligt efter för många försök",
    Tag.SIGN_IN_UNLOCKED: "hävde en tillfällig spärr",
    Tag.SECOND_FACTOR_FAILED: "angav fel kod i det andra inloggningssteget",
    Tag.REAUTHENTICATED: "bekräftade vem hen är en gång till",
    Tag.REAUTHENTICATION_FAILED: "försökte bekräfta vem hen är men angav fel uppgifter",
    Tag.SESSION_LOCKED: "låste skärmen",
    Tag.SESSION_UNLOCKED: "låste upp skärmen",
    Tag.SESSION_EXPIRED: "loggades ut efter för lång tid",
    Tag.SESSION_ENDED: "avslutade en inloggning",
    Tag.SESSIONS_READ: "tittade på sina inloggningar",
    Tag.PASSWORD_CHANGED: "bytte lösenord",
    Tag.MFA_ENROLLED: "ordnade ett andra inloggningssteg",
    Tag.MFA_ADDED: "lade till ett andra inloggningssteg",
    Tag.MFA_REMOVED: "tog bort ett andra inloggningssteg",
    Tag.MFA_RESET: "nollställde en användares andra inloggningssteg",
    Tag.RECOVERY_CODES_MADE: "skapade nya reservkoder",
    Tag.RECOVERY_CODE_USED: "loggade in med en reservkod",
    Tag.USER_CREATED: "lade upp en användare",
    Tag.USER_CHANGED: "ändrade en användare",
    Tag.USER_ROLE_CHANGED: "ändrade en användares roll eller sektion",
    Tag.USER_BLOCKED: "spärrade en användare",
    Tag.USER_UNBLOCKED: "släppte in en spärrad användare igen",
    Tag.USER_INVITED: "skapade en engångslänk till en användare",
    Tag.USER_LINK_USED: "använde sin engångslänk",
    Tag.USERS_READ: "tittade på listan över användare",
    Tag.SECTION_CREATED: "lade upp en sektion",
    Tag.SECTION_CHANGED: "ändrade en sektion",
    Tag.PAGE_READ: "läste en sida i ärendet",
    Tag.CASE_OPENED_BY: "öppnade ärendet",
    Tag.CASELOAD_READ: "läste listan över sina ärenden",
    Tag.SECTION_READ: "läste listan över sektionens ärenden",
    Tag.STEP_FORM: "öppnade formuläret för stödsteg",
    Tag.SEARCHED: "sökte",
    Tag.DUPLICATE_CHECKED: "kontrollerade om ett nummer redan finns",
    Tag.IDENTITY_REVEALED: "visade identiteten",
    Tag.ADDRESS_REVEALED: "visade adressen",
    Tag.CHANNELS_REVEALED: "visade de säkra kontaktvägarna",
    Tag.CASE_LOG_READ: "läste ärendets logg",
    Tag.DENIED: "nekades",
    Tag.CLIENT_REGISTERED: "registrerade en person",
    Tag.IDENTITY_CHANGED: "ändrade identiteten",
    Tag.ADDRESS_CHANGED: "ändrade adressen",
    Tag.CHANNELS_CHANGED: "ändrade de säkra kontaktvägarna",
    Tag.MARK_ADDED: "lade till en skyddsmarkering",
    Tag.MARK_ENDED: "avslutade en skyddsmarkering",
    Tag.INTAKE_DONE: "tog emot en person",
    Tag.CASE_INTAKE: "lade upp ärendet",
    Tag.CASE_CHANGED: "ändrade ärendet",
    Tag.CASE_OPENED: "började stödet i ärendet",
    Tag.CASE_RESTED: "lät ärendet vila",
    Tag.CASE_RESUMED: "återupptog ärendet",
    Tag.CASE_CLOSING: "började avsluta ärendet",
    Tag.CASE_KEPT_OPEN: "fortsatte stödet i ärendet",
    Tag.CASE_CLOSED: "avslutade ärendet",
    Tag.CASE_REOPENED: "öppnade ärendet på nytt",
    Tag.ASSIGNMENT_OFFERED: "frågade en kontaktperson om ärendet",
    Tag.ASSIGNMENT_ACCEPTED: "tackade ja till ärendet",
    Tag.ASSIGNMENT_DECLINED: "tackade nej till ärendet",
    Tag.ASSIGNMENT_WITHDRAWN: "tog tillbaka frågan om ärendet",
    Tag.ASSIGNMENT_ENDED: "avslutade ett uppdrag i ärendet",
    Tag.ASSIGNMENT_CONFLICT: "lämnade ärendet på grund av jäv",
    Tag.GRANT_OPENED: "gav någon tillgång till ärendet",
    Tag.GRANT_CLOSED: "stängde någons tillgång till ärendet",
    Tag.STEP_SIGNED: "signerade ett stödsteg",
    Tag.STEP_CORRECTED: "rättade en anteckning",
    Tag.OPINION_NOTED: "antecknade personens egen mening",
    Tag.ASSESSMENT_STATED: "skrev i styrkebedömningen",
    Tag.ASSESSMENT_REWORDED: "formulerade om något i styrkebedömningen",
    Tag.ASSESSMENT_TAKEN_OUT: "tog bort något ur styrkebedömningen",
    Tag.ASSESSMENT_RANKED: "ordnade personens önskningar",
    Tag.ASSESSMENT_SIGNED: "signerade styrkebedömningen",
    Tag.ASSESSMENT_APPROVED: "antecknade personens ställningstagande till styrkebedömningen",
    Tag.ASSESSMENT_PRINTED: "skrev ut styrkebedömningen",
    Tag.GOAL_SET: "satte ett mål",
    Tag.GOAL_CHANGED: "ändrade ett mål",
    Tag.GOAL_MOVED: "ändrade läget för ett mål",
    Tag.PLAN_STEP_SET: "lade till ett delmål",
    Tag.PLAN_STEP_CHANGED: "ändrade ett delmål",
    Tag.PLAN_STEP_MOVED: "ändrade läget för ett delmål",
    Tag.STEP_TIED: "kopplade ett stödsteg till ett delmål",
    Tag.PLAN_SUBMITTED: "lämnade planen för godkännande",
    Tag.PLAN_SENT_BACK: "skickade tillbaka planen",
    Tag.PLAN_APPROVED: "godkände planen",
    Tag.PLAN_PRINTED: "skrev ut planen",
    Tag.SAFETY_SET: "skrev i säkerhetsplanen",
    Tag.RHYTHM_AGREED: "antecknade hur ofta de ska ha kontakt",
    Tag.APPOINTMENT_MADE: "bokade en tid",
    Tag.APPOINTMENT_CHANGED: "ändrade en tid",
    Tag.APPOINTMENT_ENDED: "avslutade en tid",
    Tag.FEED_MADE: "skapade en kalenderadress",
    Tag.FEED_REVOKED: "återkallade en kalenderadress",
    Tag.FEED_READ: "hämtade sin kalender",
    Tag.WEEK_READ: "läste sin vecka",
    Tag.DIGEST_SENT: "skickade ett meddelande om att det finns något att se",
    Tag.GUIDE_WRITTEN: "skrev i myndighetsguiden",
    Tag.TIMELINE_READ: "läste ärendets tidslinje",
    Tag.SUMMARY_READ: "läste ärendets sammanfattning",
    Tag.SUPERVISION_PLANNED: "planerade en grupphandledning",
    Tag.SUPERVISION_CHANGED: "ändrade en grupphandledning",
    Tag.SUPERVISION_MOVED: "ändrade läget för en grupphandledning",
    Tag.SUPERVISION_READ: "läste underlaget till en grupphandledning",
    Tag.CASE_PRESENTED: "tog upp ärendet i grupphandledning",
    Tag.IDEA_GIVEN: "gav en idé i grupphandledning",
    Tag.IDEAS_CHOSEN: "valde nästa steg efter grupphandledning",
    Tag.MENTORED: "antecknade en handledning",
    Tag.REVIEW_BOARD_READ: "läste översikten över sektionens ärenden",
    Tag.CASE_REVIEWED: "gick igenom ärendet",
    Tag.REVIEW_SEEN: "läste sektionschefens genomgång",
    Tag.ABSENCE_SET: "antecknade frånvaro",
    Tag.COVER_SET: "lät en kollega täcka ärendet",
    Tag.COVER_EXTENDED: "förlängde en täckning",
    Tag.COVER_ENDED: "avbröt en täckning",
    Tag.HANDOVER_PLANNED: "planerade en överlämning",
    Tag.HANDOVER_CHECKED: "prickade av i en överlämning",
    Tag.HANDOVER_DONE: "slutförde en överlämning",
    Tag.HANDOVER_CANCELLED: "ställde in en överlämning",
    Tag.CLOSING_WRITTEN: "skrev i planen för avslut",
    Tag.CLOSING_SUBMITTED: "lämnade avslutet för godkännande",
    Tag.CLOSING_SENT_BACK: "skickade tillbaka avslutet",
    Tag.CLOSING_APPROVED: "godkände avslutet",
    Tag.CLOSING_LEFT: "lät stödet fortsätta",
    Tag.FIDELITY_BEGUN: "började mäta programtroheten",
    Tag.FIDELITY_SCORED: "satte poäng för programtroheten",
    Tag.FIDELITY_DONE: "avslutade en mätning av programtroheten",
    Tag.FIDELITY_READ: "läste programtroheten",
    Tag.DRAFT_DISCARDED: "kastade ett utkast",
    Tag.KEY_CREATED: "skapade en nyckel",
    Tag.KEY_DESTROYED: "förstörde en nyckel",
    Tag.KEK_ROTATED: "bytte huvudnyckel",
    Tag.DEK_ROTATED: "bytte en datanyckel",
    Tag.LOG_READ: "läste loggen",
    Tag.LOG_VERIFIED: "kontrollerade att loggen är hel",
    Tag.LOG_EXPORTED: "tog ut loggen till en fil",
    Tag.LOG_CHECKPOINT: "skapade en kontrollpunkt i loggen",
    Tag.RECORD_CREATED: "lade till en uppgift",
    Tag.RECORD_CHANGED: "ändrade en uppgift",
    Tag.RECORD_DELETED: "tog bort en uppgift",
    Tag.IMPORTED: "läste in många uppgifter",
    Tag.SEEDED: "lade in påhittade uppgifter",
    Tag.SETUP_DONE: "ställde in programmet",
}

_roles: dict[str, str] = {"system": ""}
_codes: dict[str, str] = {}


def register(*, roles: Mapping[str, str] | None = None, codes: Mapping[str, str] | None = None) -> None:
    """Adds what roles and reason codes are called; the log itself knows only their codes.

    Raises ValueError for a code that is called something else already: one of the two would be told wrongly.
    """
    for known, more in ((_roles, roles or {}), (_codes, codes or {})):
        for code, label in more.items():
            if known.setdefault(str(code), str(label)) != str(label):
                raise ValueError(f"{code}: both {known[str(code)]} and {label}")


def sentence(tag: str) -> str:
    """What was done, in words; the bare tag for one that is no longer known."""
    return SENTENCES.get(tag, tag)


def role(code: str) -> str:
    return _roles.get(code, code)


def reason(code: str) -> str:
    return _codes.get(code, code)
