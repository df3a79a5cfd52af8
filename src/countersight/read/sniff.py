"""What a source is, from its first bytes and its name; and the honest reason where no reader takes it.

Content beats the extension wherever the first bytes are clear. Signatures are those of the formats' own specifications.
"""

from __future__ import annotations

import codecs
import re
import struct
from collections.abc import Iterator
from pathlib import PurePosixPath

from countersight.read.charset import marked

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"PK00PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (257, b"ustar", "application/x-tar"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"II+\x00", "image/tiff"),
    (0, b"MM\x00+", "image/tiff"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, OLE2, "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"MSCF", "application/vnd.ms-cab-compressed"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\x04\x22\x4d\x18", "application/x-lz4"),
    (0, b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "application/onenote"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (0, b"\x00\x05\x16\x07", "multipart/appledouble"),
    (0, b"\x00\x05\x16\x00", "application/applefile"),
    (0, b"filedesc://", "application/x-internet-archive"),
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (0, b"HWP Document File", "application/x-hwp"),
    (0, b"AC10", "image/vnd.dwg"),
    (0, b"RIFF", "audio-video/riff"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xfa", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"\xff\xe3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"#!AMR", "audio/amr"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heif"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (0, b"\xca\xfe\xba\xbe", "application/java-vm"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"%!PS-Adobe", "application/postscript"),
    (0, b"-----BEGIN PGP SIGNATURE", "application/pgp-signature"),
    (0, b"-----BEGIN PGP MESSAGE", "application/pgp-encrypted"),
)
_UNREAD = "this version has no reader for it"
_HEARD = (
    "recording: needs speech to text, an extra; `pip install 'countersight[recordings]'` and audit again, or add a"
    " transcript as a text file"
)
_MEDIA = "recording of a kind this version does not hear; save its sound as .mp3, or add a transcript as a text file"
_PROGRAM = "a program, holds no record"
_HEIF = (
    "photograph (HEIC): its decoder (libheif, under the LGPL) is not built in; save it as JPEG or PNG and audit again"
)
# Reasons by media type: what it is, and the way out.
_REASONS = {
    "application/vnd.ms-outlook-pst": (
        "Outlook mailbox (.pst): the one library that reads it (libpff) is not free to be built in here; "
        "export the messages as .eml or .msg and audit again"
    ),
    "application/vnd.rar": (
        "RAR archive: what unpacks it (unrar) is under terms that are not free; "
        "unpack it and audit the folder, or repack it as .zip"
    ),
    "application/ms-tnef": f"Outlook wrapper (winmail.dat): {_UNREAD}; unpack it and audit again",
    "application/x-internet-archive": f"web capture (ARC): {_UNREAD}; convert it to WARC and audit again",
    "application/epub+zip": f"electronic book (.epub): {_UNREAD}; convert it to PDF or HTML and audit again",
    "application/x-hwp": f"Hangul document (.hwp): {_UNREAD}; save it as PDF and audit again",
    "application/onenote": f"OneNote section (.one): {_UNREAD}; export it as PDF and audit again",
    "application/vnd.dbf": f"dBASE table (.dbf): {_UNREAD}; save it as .xlsx or .csv and audit again",
    "application/vnd.sqlite3": f"database (SQLite): {_UNREAD}; export its tables as .csv and audit again",
    "application/postscript": f"PostScript: {_UNREAD}; convert it to PDF and audit again",
    "application/vnd.ms-xpsdocument": f"XPS document: {_UNREAD}; convert it to PDF and audit again",
    "application/x-ole-storage": (
        "protected by a password, or an Office file of an unknown kind: save it without a password and audit again"
    ),
    "application/pkcs7-signature": "digital signature, holds no record",
    "application/pgp-signature": "digital signature, holds no record",
    "application/pgp-encrypted": "encrypted (PGP): decrypt it and audit again",
    "application/zip": "office file of a kind this version does not know; save it as PDF and audit again",
    "application/pkcs7-mime": "encrypted or sealed mail (S/MIME): save the message decrypted and audit again",
    "image/heic": _HEIF,
    "image/heif": _HEIF,
    "image/vnd.dwg": f"drawing (.dwg): {_UNREAD}; save it as PDF and audit again",
}
_GROUPS = (
    (r"audio/(mpeg|x-wav|flac|ogg|aac)|video/(mp4|x-matroska)", _HEARD),
    (r"(audio|video|audio-video)/.*", _MEDIA),
    (
        r"image/(?!hei[cf]$|vnd\.dwg$).*",
        "image of a kind this version does not read; save it as PNG or JPEG and audit again",
    ),
    (
        r"application/(vnd\.ms-cab-compressed|zstd|x-lz4)",
        "archive of a kind this version cannot unpack; repack it as .zip and audit again",
    ),
    (r"application/(x-executable|x-msdownload|x-mach-binary|java-vm)", _PROGRAM),
    (r"font/.*", "a font, holds no record"),
)
# Only where the first bytes leave it open.
_BY_NAME = {
    ".msg": "application/vnd.ms-outlook",
    ".oft": "application/vnd.ms-outlook",
    ".pst": "application/vnd.ms-outlook-pst",
    ".doc": "application/msword",
    ".dot": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pps": "application/vnd.ms-powerpoint",
    ".hwp": "application/x-hwp",
    ".one": "application/onenote",
    ".dbf": "application/vnd.dbf",
    ".p7s": "application/pkcs7-signature",
    ".p7m": "application/pkcs7-mime",
    ".sig": "application/pgp-signature",
    ".wmf": "image/wmf",
    ".emf": "image/emf",
    ".mp3": "audio/mpeg",
    ".mpg": "video/mpeg",
    ".wmv": "video/x-ms-asf",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".woff2": "font/woff2",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".odg": "application/vnd.oasis.opendocument.graphics",
    ".epub": "application/epub+zip",
    ".xps": "application/vnd.ms-xpsdocument",
    ".hwpx": "application/x-hwp",
}
_OLE_STREAMS = (
    ("__substg1.0_", "application/vnd.ms-outlook"),
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("HwpSummaryInformation", "application/x-hwp"),
)
_WORD = b"\xec\xa5"  # how the stream of a Word document begins (MS-DOC §2.5.2)
_OPEN_MIME = re.compile(rb"application/(?:vnd\.oasis\.opendocument\.[a-z-]+|epub\+zip)")
_OPEN_XML = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_LOCAL = struct.Struct(
    "<4s2xH10xL4xHH"
)  # a zip entry's local header: mark, flags, packed size, lengths of name and extra
OFFICE_SUFFIXES = frozenset(
    {".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx", ".pptm", ".ppsx", ".odt", ".ods", ".odp"}
    | {".potx", ".ppsm", ".potm", ".otp", ".odg"}
    | {".epub", ".xlsb", ".ots", ".ott", ".xps", ".hwpx"}
)
_SYSTEM = (
    re.compile(r"\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.localized|Icon\r", re.IGNORECASE),
    re.compile(r"~\$.+|\.~lock\..+#"),
)
_COUNTED = re.compile(r" \(\d{1,4}\)$")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FEW_CONTROLS = 0.01


def suffix(name: str) -> str:
    """The extension in lower case with its dot, of a name or a path inside an archive; empty where there is none.

    The number that intake gives other bytes of a name known already, ``a.srt (2)``, is no part of it.
    """
    return PurePosixPath(_COUNTED.sub("", name.replace("\\", "/"))).suffix.lower().rstrip()


def signature(head: bytes) -> str | None:
    """The media type the first bytes alone stand for; None where they are text or unknown."""
    for at, magic, media_type in _SIGNATURES:
        if head.startswith(magic, at) and _plausible(head, magic):
            return media_type
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0" and len(head) > 26:  # noqa: PLR2004 (file and core header)
        return "image/bmp"
    return None


def _plausible(head: bytes, magic: bytes) -> bool:
    """Signatures of a few letters could begin a text, and those of a few bytes a text in another encoding."""
    return len(magic) > 4 or not is_text(head)  # noqa: PLR2004


def media_type(head: bytes, name: str) -> str | None:
    """The media type of containers and binary formats, office files told from plain zips; None for text or unknown."""
    found = signature(head)
    if found == "application/zip":
        return _zip_type(head, name)
    if found == "application/x-ole-storage":
        return _ole_type(head, name)
    if found == "audio-video/riff":
        return "video/x-msvideo" if head[8:12] == b"AVI " else "audio/x-wav"
    return found or (_BY_NAME.get(suffix(name)) if not is_text(head) else None)


def _zip_names(head: bytes) -> Iterator[tuple[bytes, int]]:
    """Names of the first entries and where their data begins, never looking into stored entries (a zip within)."""
    at = 0
    while at >= 0 and len(head) >= at + _LOCAL.size:
        mark, _, packed, name, extra = _LOCAL.unpack_from(head, at)
        if mark != b"PK\x03\x04":
            return
        data = at + _LOCAL.size + name + extra
        yield head[at + _LOCAL.size : at + _LOCAL.size + name], data
        at = data + packed if packed else head.find(b"PK\x03\x04", data)


def _zip_type(head: bytes, name: str) -> str:
    for part, data in _zip_names(head):
        if part == b"mimetype" and (stated := _OPEN_MIME.match(head, data)):
            return stated[0].decode()
        for folder, kind in _OPEN_XML:
            if part.startswith(folder):
                return kind
    named = _BY_NAME.get(suffix(name)) if suffix(name) in OFFICE_SUFFIXES else None
    return named or "application/zip"


def _ole_type(head: bytes, name: str) -> str:
    if head.startswith(_WORD, 512):  # where the first sector holds the document itself
        return "application/msword"
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in head:
            return kind
    return _BY_NAME.get(suffix(name), "application/x-ole-storage")


def is_office_zip(head: bytes, name: str) -> bool:
    """Whether a zip is an office document rather than an archive: by its own name, else by its first entries' names."""
    if suffix(name) in OFFICE_SUFFIXES or _zip_type(head, name) != "application/zip":
        return True
    return any(part == b"[Content_Types].xml" for part, _ in _zip_names(head))


def is_text(head: bytes) -> bool:
    """Whether first bytes are text in some encoding: hardly any control characters, none of them zero."""
    if not head:
        return True
    encoding, mark = marked(head)
    if encoding is None and b"\0" in head:
        encoding = _unmarked_wide(head)
        if encoding is None:
            return False
    if encoding is None or encoding == "utf-8":
        return len(_CONTROL.findall(head)) <= _FEW_CONTROLS * len(head)
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head[mark:])
    strange = sum(1 for c in text if c == "\ufffd" or (c < " " and c not in "\t\n\r\f"))
    return strange <= _FEW_CONTROLS * len(text)


def _unmarked_wide(head: bytes) -> str | None:
    """UTF-16 without its mark: zero bytes in one half of the pairs only, and many of them."""
    low, high = head[1::2].count(0), head[0::2].count(0)
    if min(low, high) or max(low, high) < len(head) / 20:
        return None
    return "utf-16-le" if low else "utf-16-be"


def system_file(head: bytes, name: str) -> bool:
    """Whether a file was left by an operating system or office program for itself, by its name (and content)."""
    path = PurePosixPath(name.replace("\\", "/"))
    if "__MACOSX" in path.parts:
        return True
    if path.name.startswith("._"):
        return head.startswith(b"\x00\x05\x16\x07")
    return any(pattern.fullmatch(path.name) for pattern in _SYSTEM)


def unsupported(head: bytes, name: str) -> tuple[str, str]:
    """Media type and reason for a source that no reader claims."""
    if system_file(head, name):
        return "application/octet-stream", "system file, holds no record"
    found = media_type(head, name)
    if found is None:
        return "application/octet-stream", "not text, and of a format this version does not know"
    return found, reason(found)


def reason(kind: str) -> str:
    """Why a source of a media type is not read, and the way out."""
    for pattern, words in _GROUPS:
        if re.fullmatch(pattern, kind):
            return words
    return _REASONS.get(kind, f"{kind}: {_UNREAD}")
