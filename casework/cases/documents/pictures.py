"""Pictures: decoded, turned the right way up and drawn anew, so that only what is seen is left."""

import warnings
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from casework.cases.documents.refusals import Unclean, broken, too_much

PIXELS = 50_000_000
MODES = {"JPEG": ("L", "RGB"), "PNG": ("L", "LA", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 90},
}
CAMERA = "Uppgifter som låg i bilden: plats, tid, kamera, förhandsbild eller kommentarer"
FRAMES = "Alla bilder i filen utom den första"


def clean_picture(data: bytes, kind: str) -> tuple[bytes, list[str]]:
    """The picture as it looks, and what was taken out. Raises Unclean when it is not whole, or too large to draw."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # A JPEG of some telephones holds several pictures and is known by another name.
            with Image.open(BytesIO(data), formats=[kind, "MPO"] if kind == "JPEG" else [kind]) as image:
                return _drawn(image, kind)
    except Unclean:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise _too_many() from None
    # Whatever a decoder says of bytes that somebody made: the answer is the same.
    except Exception:
        raise broken("Bilden") from None


def _drawn(image: Image.Image, kind: str) -> tuple[bytes, list[str]]:
    if image.width * image.height > PIXELS:
        raise _too_many()
    removed = [FRAMES] if getattr(image, "n_frames", 1) > 1 else []
    image.load()
    if (
        image.getexif()
        or image.info.keys()
        & {
            "exif",
            "xmp",
            "icc_profile",
            "comment",
            "photoshop",
            "XML:com.adobe.xmp",
        }
        or getattr(image, "text", None)
    ):
        removed.append(CAMERA)
    upright = ImageOps.exif_transpose(image)
    if upright.mode not in MODES[kind]:
        clear = upright.has_transparency_data and kind != "JPEG"
        upright = upright.convert("RGBA" if clear else "RGB")
    upright.info = {}
    out = BytesIO()
    upright.save(out, kind, **SAVED[kind])
    return out.getvalue(), removed


def _too_many() -> Unclean:
    return too_much("Bilden har för många punkter.")
