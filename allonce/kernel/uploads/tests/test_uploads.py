"""What people hand in is what it claims to be, carries nothing, and fits."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD, Base
from PIL.PngImagePlugin import PngInfo

from allonce.kernel import uploads
from allonce.kernel.uploads.kinds import Kind
from allonce.kernel.uploads.pictures import WRITTEN
from allonce.kernel.uploads.scanner import EICAR

pytestmark = pytest.mark.promise("SEC-UPLOADS")
EVERY_KIND: frozenset[Kind] = frozenset(
    {"jpeg", "png", "webp", "gif", "bmp", "tiff", "pdf", "xlsx", "ods", "xls", "csv", "json", "webm", "ogg", "mp4"}
)
PDF = b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n%%EOF\n"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **more)
    return written.getvalue()


def archive(**entries: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, text in entries.items():
            file.writestr(name.replace("__", "/"), text)
    return written.getvalue()


def accept(data: bytes, name: str = "", allowed: frozenset[Kind] = EVERY_KIND, most: int = 1_000_000) -> uploads.Upload:
    return uploads.accept(data, name, allowed, most)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_pictures_are_told_by_content_and_written_anew(kind: str) -> None:
    taken = accept(picture(kind), f"blind.{kind.lower()}")
    assert taken.kind in WRITTEN.values()
    with Image.open(io.BytesIO(taken.data)) as image:
        assert image.size == (60, 40)


def test_what_a_camera_wrote_beside_the_pixels_is_gone() -> None:
    exif = Image.Exif()
    exif[Base.Artist] = "Olivia Marsh"
    exif.get_ifd(IFD.GPSInfo)[1] = "N51"
    data = picture("JPEG", exif=exif, comment=b"taken at home") + b"<script>appended()</script>"
    taken = accept(data, "blind.jpg")
    for secret in (b"Olivia", b"N51", b"taken at home", b"appended", b"Exif"):
        assert secret in data
        assert secret not in taken.data


def test_what_a_program_wrote_beside_the_pixels_is_gone() -> None:
    info = PngInfo()
    info.add_text("Author", "Olivia Marsh")
    data = picture("PNG", pnginfo=info)
    assert b"Olivia" in data
    assert b"Olivia" not in accept(data).data


def test_a_picture_lying_on_its_side_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    taken = accept(picture("JPEG", exif=exif))
    with Image.open(io.BytesIO(taken.data)) as image:
        assert image.size == (40, 60)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (picture("PNG"), "blind.jpg"),
        (picture("JPEG"), "prices.csv"),
        (PDF, "blind.png"),
        (b"Range,Colour\nLinen,White\n", "paper.pdf"),
        (picture("PNG"), "blind.png.exe"),
        (picture("PNG"), "blind.svg"),
    ],
)
def test_a_name_that_claims_another_kind_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(uploads.NotAsNamed):
        accept(data, name)


@pytest.mark.parametrize(
    "name", ["blind.PNG", "Blind", "C:\\pictures\\blind.png", "../../etc/blind.png", "bl\x00ind.png"]
)
def test_a_name_is_kept_without_its_folders(name: str) -> None:
    kept = accept(picture("PNG"), name).name
    assert "/" not in kept
    assert "\\" not in kept
    assert "\x00" not in kept


@pytest.mark.parametrize("name", ["prices.xls", "prices.csv", "prices.txt", "prices.xlsx"])
def test_price_sheets_may_bear_any_sheets_name(name: str) -> None:
    assert accept(b"Range;Colour\nLinen;Wei\xdf\n", name).kind == "csv"


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00\x03\x00\x00\x00program",
        b"\x7fELF\x02\x01\x01\x00",
        b"#!/bin/sh\nrm -rf /\n",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?php system('ls');",
        b"  \n<html><body>",
        archive(**{"readme.txt": "an archive of anything"}),
        b"",
        b"\x00\x01\x02\x03",
        b"BMnot a picture at all\x00",
        b"RIFF\x00\x00\x00\x00AVI LIST",
    ],
)
def test_what_is_of_no_use_here_is_refused_whatever_it_is_called(data: bytes) -> None:
    for name in ("blind.png", "prices.csv", "paper.pdf", ""):
        with pytest.raises((uploads.WrongKind, uploads.NotAsNamed)):
            accept(data, name)


def test_a_kind_that_was_not_asked_for_is_refused() -> None:
    with pytest.raises(uploads.WrongKind):
        accept(PDF, "paper.pdf", frozenset({"png"}))


def test_workbooks_are_told_by_what_is_in_them() -> None:
    assert accept(archive(**{"[Content_Types].xml": "", "xl__workbook.xml": ""}), "a.xlsx").kind == "xlsx"
    opened = io.BytesIO()
    with zipfile.ZipFile(opened, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", "")
    assert accept(opened.getvalue(), "a.ods").kind == "ods"
    assert accept(b'{"products": {}}', "a.json").kind == "json"


def test_a_file_over_the_limit_is_refused_before_anything_looks_into_it() -> None:
    with pytest.raises(uploads.TooBig) as refused:
        accept(b"MZ" + bytes(100), "a.png", most=99)
    assert refused.value.status == 413


def test_a_small_file_of_far_too_many_pixels_is_refused_undecoded() -> None:
    head = struct.pack("!IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = struct.pack("!I", 13) + b"IHDR" + head + struct.pack("!I", zlib.crc32(b"IHDR" + head))
    bomb = b"\x89PNG\r\n\x1a\n" + chunk + picture("PNG")[33:]
    with pytest.raises((uploads.TooManyPixels, uploads.Unreadable)):
        accept(bomb, "blind.png")
    with pytest.raises(uploads.TooManyPixels):
        uploads.accept_image(picture("PNG"), "", {"png"}, uploads.Bounds(100_000, max_pixels=100))


def test_a_picture_cut_short_is_refused() -> None:
    with pytest.raises(uploads.Unreadable):
        accept(picture("PNG", (900, 900))[:80], "blind.png")


def deflated(text: bytes) -> bytes:
    return PDF + b"3 0 obj\n<</Filter /FlateDecode>>\nstream\n" + zlib.compress(text) + b"\nendstream\nendobj\n"


@pytest.mark.parametrize(
    "data",
    [
        PDF + b"<</OpenAction <</S /JavaScript /JS (app.alert(1))>>>>",
        PDF + b"<</S /J#61vaScript /J#53 (app.alert(1))>>",
        PDF + b"<</S /Launch /F (calc.exe)>>",
        PDF + b"<</Type /Filespec /EF <<>>>> /EmbeddedFile",
        PDF + b"<</AcroForm <</XFA []>>>>",
        PDF + b"trailer <</Encrypt 9 0 R>>",
        deflated(b"<</S /JavaScript /JS (app.alert(1))>>"),
        deflated(b"<</S /L#61unch>>"),
        PDF + b"stream\n" + zlib.compress(b"<</AA <<>>>>"),
    ],
)
def test_a_document_that_would_do_something_is_refused(data: bytes) -> None:
    with pytest.raises(uploads.ActiveContent):
        accept(data, "paper.pdf")


@pytest.mark.parametrize(
    "data", [PDF, deflated(b"BT (a plain page, /Annots and all) Tj ET"), PDF + b"/JSX /AArrow /Launcher"]
)
def test_a_plain_document_is_taken_as_it_is(data: bytes) -> None:
    assert accept(data, "paper.pdf").data == data


def test_a_document_that_unpacks_to_far_too_much_is_refused() -> None:
    with pytest.raises(uploads.Unreadable):
        accept(deflated(bytes(70 * 1024 * 1024)), "paper.pdf")


@pytest.mark.parametrize(
    "data",
    [EICAR, EICAR + b"\n", b"Range,Colour\n" + EICAR, picture("PNG") + EICAR, PDF + EICAR, b'{"a": "' + EICAR + b'"}'],
)
@pytest.mark.parametrize("name", ["", "eicar.com", "prices.csv", "blind.png"])
def test_the_test_file_of_all_scanners_is_refused_with_or_without_a_scanner(data: bytes, name: str) -> None:
    with pytest.raises(uploads.Malware):
        accept(data, name)
    with pytest.raises(uploads.Malware):
        uploads.refuse_malware(data)
    with pytest.raises(uploads.Malware):
        uploads.accept_image(data, name, {"png"}, uploads.Bounds(100_000), in_memory_only=True)


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM"]),
)
def test_no_bytes_break_the_door(data: bytes, start: bytes) -> None:
    try:
        taken = accept(start + data, "a")
    except uploads.UploadRefused:
        return
    assert taken.kind in EVERY_KIND
