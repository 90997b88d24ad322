"""The pages that an installation begins with. What no source at hand bears out is marked as not verified.

Sources read: the statutes named on each page, Skatteverket's guidance on protected personal data and on forwarding of
mail, decisions of JO and JK, RiR 2024:1 and Jämställdhetsmyndigheten 2022-2024.
"""

from typing import Any

from contacts.guide.start import authorities, everyday

PAGES: list[dict[str, Any]] = [*authorities.PAGES, *everyday.PAGES]
