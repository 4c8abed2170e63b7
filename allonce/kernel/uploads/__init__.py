"""What people hand in: told by its content, bounded, cleaned and looked at for malware before anybody keeps it."""

from allonce.kernel.uploads.accepting import Bounds, Picture, Upload, accept, accept_image, refuse_malware
from allonce.kernel.uploads.kinds import SOUNDS, Kind, check_name, plain_name
from allonce.kernel.uploads.refusals import (
    ActiveContent,
    Malware,
    NotAsNamed,
    ScannerDown,
    TooBig,
    TooManyPixels,
    Unreadable,
    UploadRefused,
    WrongKind,
)
from allonce.kernel.uploads.scanner import scanner_in_use

__all__ = [
    "SOUNDS",
    "ActiveContent",
    "Bounds",
    "Kind",
    "Malware",
    "NotAsNamed",
    "Picture",
    "ScannerDown",
    "TooBig",
    "TooManyPixels",
    "Unreadable",
    "Upload",
    "UploadRefused",
    "WrongKind",
    "accept",
    "accept_image",
    "check_name",
    "plain_name",
    "refuse_malware",
    "scanner_in_use",
]
