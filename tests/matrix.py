"""Who gets what from every address: the table that the program is held against.

A line is a URL name (after a colon: which of several uses), a method, and one cell for each column. A cell has one
sign where the address names no record, else four: for the OWN record, a FOREIGN one of another section, a CLOSED one of
the own section, and one that does not exist. A method without a line is 405 for everybody who is signed in.

    +  a page (200)             >  led on (302)      <  led to the sign-in page     g  410, the link is used up
    s  saved, on a page (200)   -  404               x  403                         0  404 and no denial: nothing there
    POST is of a form that is rightly filled in: + means that it came back with a reason and saved nothing.

    contact    Alma, contact person of the own case, and of the closed one as long as it was open
    deputy     Disa, her deputy
    asked      Bo, asked to be one more deputy; he has not answered
    colleague  Frej, kontaktperson in the same section
    chief      Cecilia, leads the section         chief2  Edvin, leads the other section
    other      Eva, contact person of the foreign case
    housing, planner, log, admin                  Hanna, Dag, Lo, Ada
    out        nobody is signed in

Records: the cases and, of each, a note, a protection, a draft of its contact person, the assignment of its contact
person, and a question waiting for an answer (own: to Bo; foreign: to Elin, who has no column). The foreign case is
being rounded off, the own one is open. In the second table: a link to come in with, a sign-in of the contact person, a
user; everybody has an app and recovery codes and has proved who she is just now; there is no single sign-on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.exhibits import EXHIBITS

RECORDS = ("own", "foreign", "closed", "unknown")
STATUS = {"+": 200, "s": 200, ">": 302, "<": 302, "-": 404, "x": 403, "g": 410, "0": 404}
SIGN_IN_PAGE = "/logga-in/"
SAVING = {">", "s", "<"}

TABLE = """
URL                      how  contact deputy asked colleague chief chief2 other housing planner log  admin out

home                     GET  >       >      >     >         >     >      >     >       +       >    >     <
roles                    GET  +       +      +     +         +     +      +     +       +       +    +     <
log                      GET  x       x      x     x         x     x      x     x       x       +    x     <
log_case                 POST x       x      x     x         x     x      x     x       x       >    x     <
search                   POST +       +      +     +         +     +      +     x       x       x    x     <
caseload                 GET  +       +      +     +         x     x      +     x       x       x    x     <
section                  GET  x       x      x     x         +     +      x     x       x       x    x     <
held                     GET  +       +      +     +         +     +      +     +       +       +    +     <

intake                   GET  x       x      x     x         +     +      x     x       x       x    x     <
                         POST x       x      x     x         >     >      x     x       x       x    x     <
case                     GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
narrative_change         GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
identity_change          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
channels_change          GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
address_change           GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
reveal:identitet         POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
reveal:adress            POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
reveal:kontakt           POST +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
reveal:berattelse        POST ----    ----   ----  ----      ----  ----   ----  ----    ----    ---- ----  <<<<
mark_new                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
mark_end                 GET  +---    +---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      >->-  ->--   ->--  ----    ----    xxx- ----  <<<<
case_move:rest           GET  +---    x---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    x---   ----  ----      >-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
case_move:resume         GET  +---    x---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    x---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
case_move:begin_closing  GET  +---    x---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    x---   ----  ----      >-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
case_move:keep_open      GET  +---    x---   ----  ----      +-+-  -+--   -+--  ----    ----    xxx- ----  <<<<
                         POST +---    x---   ----  ----      +-+-  ->--   ->--  ----    ----    xxx- ----  <<<<
case_move:reopen         GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      +->-  -+--   -x--  ----    ----    xxx- ----  <<<<
case_move:open           POST ----    ----   ----  ----      ----  ----   ----  ----    ----    ---- ----  <<<<
case_close               GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      +-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
case_log                 GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    +++- ----  <<<<

autosave:step            POST s---    s---   ----  ----      x-x-  -x--   -s--  ----    ----    xxx- ----  <<<<
autosave:intake          POST x       x      x     x         s     s      x     x       x       x    x     <
autosave:other           POST -       -      -     -         -     -      -     -       -       -    -     <
draft_discard            POST >->-    ----   ----  ----      ----  ----   ->--  ----    ----    ---- ----  <<<<

step_new                 GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
note_beside:ratta        GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
note_beside:mening       GET  +---    +---   ----  ----      x-x-  -x--   -+--  ----    ----    xxx- ----  <<<<
                         POST >---    >---   ----  ----      x-x-  -x--   ->--  ----    ----    xxx- ----  <<<<
note_beside:radera       POST ----    ----   ----  ----      ----  ----   ----  ----    ----    ---- ----  <<<<

assign                   GET  x---    x---   ----  ----      +-+-  -+--   -x--  ----    ----    xxx- ----  <<<<
                         POST x---    x---   ----  ----      >-+-  ->--   -x--  ----    ----    xxx- ----  <<<<
assignment               GET  -->-    ----   +---  ----      xxxx  xxxx   ----  xxxx    xxxx    xxxx xxxx  <<<<
                         POST --+-    ----   >---  ----      xxxx  xxxx   ----  xxxx    xxxx    xxxx xxxx  <<<<
assignment_decline       GET  --+-    ----   +---  ----      xxxx  xxxx   ----  xxxx    xxxx    xxxx xxxx  <<<<
                         POST --+-    ----   >---  ----      xxxx  xxxx   ----  xxxx    xxxx    xxxx xxxx  <<<<
assignment_leave         GET  +-+-    ----   ----  ----      xxxx  xxxx   -+--  xxxx    xxxx    xxxx xxxx  <<<<
                         POST >-+-    ----   ----  ----      xxxx  xxxx   ->--  xxxx    xxxx    xxxx xxxx  <<<<
assignment_end           GET  xxxx    xxxx   xxxx  xxxx      +-+-  -+--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
                         POST xxxx    xxxx   xxxx  xxxx      >-+-  ->--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
assignment_withdraw      POST xxxx    xxxx   xxxx  xxxx      >->-  ->--   xxxx  xxxx    xxxx    xxxx xxxx  <<<<
"""

SIGNIN = """
URL                         how  contact deputy asked colleague chief chief2 other housing planner log  admin out

account_login               GET  >       >      >     >         >     >      >     >       >       >    >     +
                            POST >       >      >     >         >     >      >     >       >       >    >     +
mfa_authenticate            GET  >       >      >     >         >     >      >     >       >       >    >     <
                            POST >       >      >     >         >     >      >     >       >       >    >     <
mfa_login_webauthn          GET  >       >      >     >         >     >      >     >       >       >    >     <
                            POST >       >      >     >         >     >      >     >       >       >    >     <
sso_login                   GET  0       0      0     0         0     0      0     0       0       0    0     0
openid_connect_callback     GET  0       0      0     0         0     0      0     0       0       0    0     0
invite                      GET  ++gg    ++gg   ++gg  ++gg      ++gg  ++gg   ++gg  ++gg    ++gg    ++gg ++gg  ++gg
                            POST <<gg    <<gg   <<gg  <<gg      <<gg  <<gg   <<gg  <<gg    <<gg    <<gg <<gg  <<gg
sign_out                    POST <       <      <     <         <     <      <     <       <       <    <     <
lock                        GET  >       >      >     >         >     >      >     >       >       >    >     <
                            POST >       >      >     >         >     >      >     >       >       >    >     <
unlock                      GET  >       >      >     >         >     >      >     >       >       >    >     <
                            POST >       >      >     >         >     >      >     >       >       >    >     <
passkey_options             GET  +       +      +     +         +     +      +     +       +       +    +     <
session_status              GET  +       +      +     +         +     +      +     +       +       +    +     <
                            POST +       +      +     +         +     +      +     +       +       +    +     <
account                     GET  +       +      +     +         +     +      +     +       +       +    +     <
                            POST >       >      >     >         >     >      >     >       >       >    >     <
mfa_index                   GET  +       +      +     +         +     +      +     +       +       +    +     <
                            POST >       >      >     >         >     >      >     >       >       >    >     <
password_change             GET  +       +      +     +         +     +      +     +       +       +    +     <
                            POST >       >      >     >         >     >      >     >       >       >    >     <
color_scheme                POST >       >      >     >         >     >      >     >       >       >    >     <
sign_in_end                 POST >->-    ----   ----  ----      ----  ----   ->--  ----    ----    ---- ----  <<<<
sign_in_end_others          POST >       >      >     >         >     >      >     >       >       >    >     <
enrol                       GET  +       +      +     +         +     +      +     +       +       +    +     <
mfa_activate_totp           GET  >       >      >     >         >     >      >     >       >       >    >     <
                            POST >       >      >     >         >     >      >     >       >       >    >     <
mfa_deactivate_totp         GET  +       +      +     +         +     +      +     +       +       +    +     <
                            POST +       +      +     +         +     +      +     +       +       +    +     <
mfa_add_webauthn            GET  +       +      +     +         +     +      +     +       +       +    +     <
                            POST +       +      +     +         +     +      +     +       +       +    +     <
mfa_remove_webauthn         GET  0       0      0     0         0     0      0     0       0       0    0     <
                            POST 0       0      0     0         0     0      0     0       0       0    0     <
mfa_view_recovery_codes     GET  +       +      +     +         +     +      +     +       +       +    +     <
mfa_generate_recovery_codes GET  +       +      +     +         +     +      +     +       +       +    +     <
                            POST >       >      >     >         >     >      >     >       >       >    >     <
account_reauthenticate      GET  +       +      +     +         +     +      +     +       +       +    +     <
                            POST +       +      +     +         +     +      +     +       +       +    +     <

users                       GET  x       x      x     x         x     x      x     x       x       x    +     <
user_new                    GET  x       x      x     x         x     x      x     x       x       x    +     <
                            POST x       x      x     x         x     x      x     x       x       x    s     <
section_new                 GET  x       x      x     x         x     x      x     x       x       x    +     <
                            POST x       x      x     x         x     x      x     x       x       x    >     <
user_change                 GET  xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx +++-  <<<<
                            POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx >>>-  <<<<
user_block                  POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx >>>-  <<<<
user_unblock                POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx >>>-  <<<<
user_clear                  POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx >>>-  <<<<
user_link                   POST xxxx    xxxx   xxxx  xxxx      xxxx  xxxx   xxxx  xxxx    xxxx    xxxx ss>-  <<<<
"""


@dataclass(frozen=True)
class Line:
    name: str
    use: str
    method: str
    cells: dict[str, str]

    @property
    def label(self) -> str:
        return f"{self.name}:{self.use}" if self.use else self.name

    def expected(self, role: str) -> list[tuple[str, str]]:
        """(record, sign) of a column's cell; the record is "" where the address names none."""
        cell = self.cells[role]
        return [("", cell)] if len(cell) == 1 else list(zip(RECORDS, cell, strict=True))


class BadTable(ValueError):
    """A line that says less than it should."""


def parse(*tables: str) -> list[Line]:
    """The lines of the tables. Raises BadTable for one that is not whole, or says the same twice."""
    lines: list[Line] = []
    for table in tables:
        head, *rows = [row for row in table.splitlines() if row.strip()]
        roles, label = head.split()[2:], ""
        for row in rows:
            words = row.split() if not row[0].isspace() else [label, *row.split()]
            label, method, cells = words[0], words[1], words[2:]
            if len(cells) != len(roles) or any(set(cell) - set(STATUS) or len(cell) not in (1, 4) for cell in cells):
                raise BadTable(row)
            name, _, use = label.partition(":")
            lines.append(Line(name, use, method, dict(zip(roles, cells, strict=True))))
    labels = [(line.label, line.method) for line in lines]
    if twice := {label for label in labels if labels.count(label) > 1}:
        raise BadTable(f"twice: {twice}")
    return lines


def whole() -> list[Line]:
    """Every line there is: of the tables here and of the exhibits."""
    return parse(TABLE, SIGNIN, *(exhibit.TABLE for exhibit in EXHIBITS))


def roles_of(lines: Iterable[Line]) -> list[str]:
    return list(next(iter(lines)).cells)


def methods_of(lines: Iterable[Line], name: str) -> set[str]:
    """The methods that the table knows for a URL; HEAD is answered as GET is."""
    found = {line.method for line in lines if line.name == name}
    return found | {"HEAD"} if "GET" in found else found


def difference(lines: Iterable[Line], names: Iterable[str]) -> Iterator[str]:
    """What the table and the addresses of the program do not have in common."""
    told, there = {line.name for line in lines}, set(names)
    yield from (f"{name} has no line in the table" for name in sorted(there - told))
    yield from (f"the table tells of {name}, which is no address" for name in sorted(told - there))
