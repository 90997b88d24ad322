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
    """Adds what roles and reason codes are called; the log itself knows only their codes."""
    _roles.update(roles or {})
    _codes.update(codes or {})


def sentence(tag: str) -> str:
    """What was done, in words; the bare tag for one that is no longer known."""
    return SENTENCES.get(tag, tag)


def role(code: str) -> str:
    return _roles.get(code, code)


def reason(code: str) -> str:
    return _codes.get(code, code)
