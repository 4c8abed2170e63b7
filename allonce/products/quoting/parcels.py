"""Reads one posted job out of a request, in memory alone."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from allonce.kernel.errors import UserError
from allonce.products.quoting.documents import Picture, UnreadablePicture, read_photo
from allonce.products.quoting.schemas import PostedJob

MOST_LABEL_CHARACTERS = 4096
PHOTO_PREFIX = "photo:"
# The phone scales photos to 1600 pixels a side: this is more than sixty of them.
ALL_PIXELS = 160_000_000
LABEL = re.compile(r"[A-Za-z0-9_-]*")


class BadJob(UserError):
    """The posted job is not one; `fields` names the places, never what they held."""

    code = "bad_job"
    status = 422
    message = _("This job could not be read. Open it on the phone, check it and send it again.")


@dataclass(frozen=True)
class Parcel:
    """A posted job: what it says, its sealed file, its photos. Lives as long as the request."""

    job_ref: UUID
    revision: int
    job: Mapping[str, Any] = field(repr=False)
    job_file: bytes = field(repr=False)
    photos: Mapping[str, Picture] = field(repr=False)
    label: str = field(repr=False)

    @property
    def number(self) -> str:
        return str(self.job["number"])

    @property
    def customer_email(self) -> str:
        """Empty where the Customer gave none; then only the shop gets a mail."""
        return str(self.job["customer"].get("email") or "").strip()


def read_parcel(request: HttpRequest, job_ref: UUID, revision: int) -> Parcel:
    """The posted job. Raises BadJob; the errors' own words stay behind, as they may quote the order."""
    job = _job(request)
    if job["job_ref"] != str(job_ref) or job["revision"] != revision:
        raise BadJob(fields={"job_ref": "address"})
    return Parcel(
        job_ref=job_ref,
        revision=revision,
        job=job,
        job_file=_part(request, "job_file"),
        photos=_photos(request),
        label=_label(request),
    )


def _job(request: HttpRequest) -> dict[str, Any]:
    raw = _part(request, "job")
    try:
        given = json.loads(raw)
        known = PostedJob.model_validate(given)
    except ValidationError as error:
        raise BadJob(fields=_places(error)) from None
    except (ValueError, RecursionError):
        raise BadJob(fields={"job": "json"}) from None
    # Whatever a newer phone adds goes into the documents and the job file untouched.
    return {**given, **known.model_dump(mode="json", exclude_unset=True)}


def _places(error: ValidationError) -> dict[str, str]:
    found = error.errors(include_input=False, include_context=False, include_url=False)
    return {".".join(str(part) for part in item["loc"]): item["type"] for item in found}


def _part(request: HttpRequest, name: str) -> bytes:
    """A part of the form, sent as a file or as a field."""
    file = request.FILES.get(name)
    if isinstance(file, UploadedFile):
        return bytes(file.read())
    text = request.POST.get(name)
    if text is None:
        raise BadJob(fields={name: "missing"})
    return text.encode()


def _photos(request: HttpRequest) -> dict[str, Picture]:
    found: dict[str, Picture] = {}
    pixels = 0
    for name, file in request.FILES.items():
        if not name.startswith(PHOTO_PREFIX) or not isinstance(file, UploadedFile):
            continue
        try:
            photo = found[name.removeprefix(PHOTO_PREFIX)] = read_photo(file.read())
        except UnreadablePicture:
            raise BadJob(_("A photo could not be read. Take it again."), fields={"photos": "type"}) from None
        pixels += photo.width * photo.height
        if pixels > ALL_PIXELS:
            raise BadJob(_("These photos are too large together. Leave some out."), fields={"photos": "pixels"})
    return found


def _label(request: HttpRequest) -> str:
    label = _part(request, "label").decode("ascii", "replace") if "label" in {*request.POST, *request.FILES} else ""
    if len(label) > MOST_LABEL_CHARACTERS or not LABEL.fullmatch(label):
        raise BadJob(fields={"label": "sealed"})
    return label
