"""Pictures: the variants of any file that may come, nothing in them that was not meant to be, and the social card."""

import base64
import hashlib
import io
import os
import random
import re
import struct
import subprocess
import sys
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFont, ImageStat, PngImagePlugin

from communique.images import Unreadable, read_size
from communique.pictures import Variant, Variants, card, missing_glyphs, scrub, variants
from communique.pictures.typesetting.arabic import forms, shape
from communique.pictures.typesetting.bands import bands, packed
from communique.pictures.typesetting.bidi import visual
from communique.pictures.typesetting.breaking import Block, Column, fit
from communique.pictures.typesetting.faces import CHINESE, SANS, SERIF, font, holds
from communique.pictures.typesetting.lines import Line, set_line
from communique.pictures.typesetting.marks import NO_END, NO_START
from communique.pictures.typesetting.sheet import Ink, Sheet

ROOT = Path(__file__).parent.parent.parent
FONTS = ROOT / "communique" / "pictures" / "fonts"
SECRET = "SECRET-7f3a"
CREDIT = "Jane Doe / 新华社"
LICENCE = "CC BY 4.0 <https://creativecommons.org/licenses/by/4.0/>"
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")


def grain(width: int, height: int) -> Image.Image:
    return Image.frombytes("L", (width, height), random.Random(width).randbytes(width * height))


def photograph(width: int, height: int) -> Image.Image:
    """Smooth shapes with grain, the upper left quarter bright."""
    shapes = grain(max(1, width // 16), max(1, height // 16)).resize((width, height))
    fine = Image.blend(shapes, grain(width, height), 0.15)
    picture = Image.merge("RGB", (fine, Image.blend(fine, shapes, 0.3), fine.point(lambda value: value * 0.8)))
    picture.paste((250, 240, 230), (0, 0, width // 2, height // 2))
    return picture


def drawing(width: int, height: int) -> Image.Image:
    picture = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((width // 10, height // 10, width // 2, height // 2), fill=(11, 92, 95, 255))
    pen.line((0, 0, width, height), fill=(156, 28, 18, 255), width=5)
    return picture


def saved(picture: Image.Image, name: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, name, **options)
    return file.getvalue()


def made(data: bytes, *, redistribute: bool = True, credit: str = CREDIT, licence: str = LICENCE) -> Variants:
    return variants(data, redistribute=redistribute, credit=credit, licence=licence)


def every(found: Variants) -> list[Variant]:
    return [found.fallback, *found.webp, *([found.original] if found.original else [])]


def seen(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are from each other on average, 0 to 255."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def talkative(name: str) -> bytes:
    """A picture with a secret in every place where a format keeps words; turned a quarter."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 12.0, 18.0)
    exif.get_ifd(0x8825)[29] = SECRET
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{SECRET}</x:xmpmeta>'.encode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = photograph(600, 400)
    if name == "JPEG":
        data = saved(picture, name, exif=exif, xmp=xmp, comment=SECRET, icc_profile=profile)
        words = b"".join(
            b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content
            for marker, content in (
                (0xE0, b"JFXX\0\x10" + SECRET.encode()),
                (0xE1, b"Exif\0\0" + b"\0" * 20 + SECRET.encode()),
                (0xED, b"Photoshop 3.0\0" + SECRET.encode()),
                (0xE2, b"MPF\0" + SECRET.encode()),
            )
        )
        return data[:2] + data[2:20] + words + data[20:] + SECRET.encode()
    if name == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", SECRET)
        info.add_text("Packed", SECRET, zip=True)
        info.add_itxt("XML:com.adobe.xmp", xmp.decode())
        info.add(b"prVt", SECRET.encode())
        info.add(b"tIME", b"\x07\xe9\x0a\x19\x09\0\0")
        return saved(picture, name, exif=exif, pnginfo=info, icc_profile=profile) + SECRET.encode()
    if name == "GIF":
        data = saved(picture, name, comment=SECRET)
        own = b"\x21\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET.encode() + b"\0"
        return data[:-1] + own + b"\x3b" + SECRET.encode()
    if name == "WEBP":
        data = saved(picture, name, exif=exif, xmp=xmp, icc_profile=profile)
        own = b"prVt" + struct.pack("<L", len(SECRET)) + SECRET.encode() + b"\0" * (len(SECRET) % 2)
        data = data[:4] + struct.pack("<L", len(data) - 8 + len(own)) + data[8:] + own
        return data + SECRET.encode()
    data = saved(picture, name, exif=exif, xmp=xmp, icc_profile=profile, speed=10)
    return data + struct.pack(">L4s", 8 + len(SECRET), b"uuid") + SECRET.encode()


# Variants


def test_photograph() -> None:
    picture = photograph(1800, 900)
    found = made(saved(picture, "JPEG", quality=90))
    assert [(each.suffix, each.type, each.width, each.height) for each in every(found)] == [
        ("-1600.jpg", "image/jpeg", 1600, 800),
        ("-480.webp", "image/webp", 480, 240),
        ("-960.webp", "image/webp", 960, 480),
        ("-1600.webp", "image/webp", 1600, 800),
        ("-original.jpg", "image/jpeg", 1800, 900),
    ]
    for each in every(found):
        image = seen(each.data)
        assert image.size == (each.width, each.height) == read_size(each.data)
        assert f"image/{(image.format or '').lower()}" == each.type
        assert difference(image, picture.resize(image.size, Image.Resampling.LANCZOS)) < 9
    assert len(found.webp[0].data) < len(found.webp[1].data) < len(found.webp[2].data) < len(found.fallback.data)


@pytest.mark.parametrize(
    ("width", "widths"),
    [(300, []), (480, []), (500, [500]), (700, [480, 700]), (1000, [480, 1000]), (1300, [480, 960, 1300])],
)
def test_nothing_is_enlarged_and_no_two_widths_are_about_the_same(width: int, widths: list[int]) -> None:
    found = made(saved(photograph(width, width // 2), "JPEG", quality=95))
    assert [each.width for each in found.webp] == widths
    assert found.fallback.width == width


def test_drawing_stays_a_drawing() -> None:
    picture = drawing(900, 500)
    found = made(saved(picture, "WEBP", lossless=True))
    assert found.fallback.suffix == "-900.png"
    assert seen(found.fallback.data).mode == "RGBA"
    # lossless: the large WebP has the very pixels, where anything shows
    largest = seen(found.webp[-1].data)
    black = Image.new("RGBA", picture.size, "black")
    assert difference(Image.alpha_composite(black, largest), Image.alpha_composite(black, picture)) == 0


def test_photograph_in_a_png_becomes_a_jpeg() -> None:
    found = made(saved(photograph(500, 300), "PNG"))
    assert found.fallback.type == "image/jpeg"
    assert found.original is not None
    assert found.original.type == "image/png"


def test_original_is_for_the_press_only_if_it_may_be_passed_on() -> None:
    data = saved(photograph(640, 480), "JPEG")
    assert made(data, redistribute=False).original is None
    assert made(data, redistribute=False).fallback == made(data).fallback


@pytest.mark.parametrize("name", FORMATS)
def test_original_and_scrubbed_file_have_the_same_pixels(name: str) -> None:
    data = saved(photograph(200, 160), name)
    original = made(data).original
    assert original is not None
    for copy in (original.data, scrub(data)):
        assert seen(copy).tobytes() == seen(data).tobytes()
        assert seen(copy).format == name


def test_small_file_is_not_compressed_again() -> None:
    picture = photograph(600, 400)
    data = saved(picture, "JPEG", quality=60)
    assert seen(made(data).fallback.data).tobytes() == seen(data).tobytes()
    assert len(made(saved(picture, "JPEG", quality=100)).fallback.data) < len(saved(picture, "JPEG", quality=100)) / 2


@pytest.mark.parametrize("name", FORMATS)
def test_words_are_gone_and_credit_is_there(name: str) -> None:
    data = talkative(name)
    assert SECRET.encode() in data
    for each in every(made(data)):
        assert SECRET.encode() not in each.data
        image = seen(each.data)
        exif = image.getexif()
        assert set(exif) <= {0x0112, 0x013B, 0x8298}
        assert not exif.get_ifd(0x8825)
        if not each.suffix.startswith("-original"):
            assert "icc_profile" not in image.info
            assert 0x0112 not in exif
        if each.type not in ("image/gif", "image/avif"):
            assert exif[0x013B].encode("latin-1").decode() == CREDIT
            assert exif[0x8298] == LICENCE
        xmp = each.data[each.data.index(b"<x:xmpmeta xmlns") :].decode("utf-8", "ignore")
        assert f"<photoshop:Credit>{CREDIT}</photoshop:Credit>" in each.data.decode("utf-8", "ignore"), xmp
        assert "https://creativecommons.org/licenses/by/4.0/</xmpRights:WebStatement>" in each.data.decode(
            "utf8", "ignore"
        )
    assert SECRET.encode() not in scrub(data)
    assert CREDIT.encode() not in scrub(data)


def test_compressed_words_are_gone_too() -> None:
    for each in (scrub(talkative("PNG")), *(each.data for each in every(made(talkative("PNG"))))):
        names = re.findall(rb"(?<=.{4})(tEXt|zTXt|tIME|prVt)", each) if each.startswith(b"\x89PNG") else []
        assert names == []


def test_no_label_without_credit() -> None:
    data = saved(photograph(600, 400), "JPEG")
    for each in every(made(data, credit="", licence="")):
        assert b"Exif" not in each.data
        assert b"xmpmeta" not in each.data


def test_label_survives_any_text() -> None:
    odd = 'A & B <i>"\x00\x07\ud800\n' + "长" * 5000
    for name in FORMATS:
        for each in every(made(saved(photograph(64, 48), name), credit=odd, licence=odd)):
            seen(each.data)
            assert b"A &amp; B &lt;i&gt;" in each.data


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("turn", range(1, 9))
def test_upright(name: str, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    # brightest where the upper left corner is once it stands upright
    upright = Image.new("RGB", (96, 64), (20, 20, 20))
    upright.paste((250, 200, 150), (0, 0, 30, 20))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    lying = upright.transpose(Image.Transpose(back[turn])) if turn > 1 else upright
    data = saved(lying, name, exif=exif, **({"quality": 95} if name != "PNG" else {}))
    assert read_size(data) == (96, 64)
    found = made(data)
    assert (found.fallback.width, found.fallback.height) == (96, 64)
    assert difference(seen(found.fallback.data), upright) < 6
    assert found.original is not None
    assert read_size(found.original.data) == read_size(scrub(data)) == (96, 64)


def test_colours_become_srgb() -> None:
    profile = swapped_profile()
    picture = Image.new("RGB", (64, 64), (200, 60, 20))
    for name in ("JPEG", "PNG", "WEBP"):
        data = saved(picture, name, icc_profile=profile)
        image = seen(made(data).fallback.data).convert("RGB")
        red, green, blue = ImageStat.Stat(image).mean
        assert blue > 180
        assert red < 60
        assert green < 90
        assert "icc_profile" not in image.info
        # the files for the press and of logos keep their profile, else their colours would change
        original = made(data).original
        assert original is not None
        assert seen(original.data).info["icc_profile"] == profile == seen(scrub(data)).info["icc_profile"]


def swapped_profile() -> bytes:
    """sRGB with red and blue exchanged."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack_from(">L", profile, 128)[0]
    entries = {bytes(profile[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(count)}
    red, blue = entries[b"rXYZ"], entries[b"bXYZ"]
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile).replace(b"s\0R\0G\0B", b"B\0G\0R\0s").replace(b"sRGB", b"BGRs")


def test_broken_profile_is_passed_over() -> None:
    data = saved(photograph(64, 64), "JPEG", icc_profile=b"no profile" * 20)
    assert seen(made(data).fallback.data).size == (64, 64)


def modes() -> list[tuple[str, bytes, tuple[float, ...]]]:
    keyed = Image.new("RGB", (40, 40), (10, 20, 30))
    palette = Image.new("RGB", (40, 40), (200, 100, 50)).quantize(4)
    return [
        ("CMYK", saved(Image.new("CMYK", (40, 40), (0, 255, 255, 0)), "JPEG", quality=95), (255, 0, 0)),
        ("grey JPEG", saved(Image.new("L", (40, 40), 90), "JPEG"), (90,)),
        ("one bit", saved(Image.new("1", (40, 40), 1), "PNG"), (255,)),
        ("palette", saved(palette, "PNG"), (200, 100, 50)),
        ("palette with a clear colour", saved(palette, "PNG", transparency=0), (200, 100, 50, 0)),
        ("a clear colour", saved(keyed, "PNG", transparency=(10, 20, 30)), (10, 20, 30, 0)),
        ("grey with alpha", saved(Image.new("LA", (40, 40), (70, 128)), "PNG"), (70, 70, 70, 128)),
        ("alpha that hides nothing", saved(Image.new("RGBA", (40, 40), (1, 2, 3, 255)), "PNG"), (1, 2, 3)),
    ]


@pytest.mark.parametrize(("data", "mean"), [mode[1:] for mode in modes()], ids=[mode[0] for mode in modes()])
def test_modes(data: bytes, mean: tuple[float, ...]) -> None:
    image = seen(made(data).fallback.data).convert({1: "L", 3: "RGB", 4: "RGBA"}[len(mean)])
    assert ImageStat.Stat(image).mean == pytest.approx(mean, abs=3)


def test_sixteen_bits() -> None:
    # every row another grey
    rows = b"".join(struct.pack("<H", 65 * row) * 600 for row in range(1000))
    found = made(saved(Image.frombytes("I;16", (600, 1000), rows), "PNG"))
    image = seen(found.webp[0].data).convert("L")
    assert image.crop((0, 0, 480, 5)).getextrema() == (0, 1)
    assert ImageStat.Stat(image).mean[0] == pytest.approx(65 * 499.5 / 257, abs=0.5)


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "AVIF"])
def test_moving_pictures_go_on_moving(name: str) -> None:
    frames = [photograph(90, 60), photograph(90, 60).rotate(180), photograph(90, 60)]
    options: dict[str, Any] = {"save_all": True, "append_images": frames[1:], "duration": 100, "loop": 0}
    found = made(saved(frames[0], name, **options))
    assert found.webp == ()
    assert found.original is not None
    for data in (found.fallback.data, found.original.data):
        image = Image.open(io.BytesIO(data))
        assert getattr(image, "n_frames", 1) == 3
        image.seek(2)
        image.load()


def test_name_of_a_file_does_not_matter_and_its_bytes_do() -> None:
    with pytest.raises(Unreadable, match="empty"):
        made(b"")
    for data in (b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff", b"GIF89a", b"RIFF"):
        with pytest.raises(Unreadable):
            made(data)
        with pytest.raises(Unreadable):
            scrub(data)


@pytest.mark.parametrize("name", FORMATS)
def test_cut_off_and_damaged_files(name: str) -> None:
    data = saved(photograph(64, 48), name, **({"speed": 10} if name == "AVIF" else {}))
    for length in (0, 1, 8, 13, 40, len(data) // 3, len(data) // 2, len(data) - 20):
        with pytest.raises(Unreadable):
            scrub(data[:length])
    source = random.Random(name)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(source.randint(1, 6)):
            damaged[source.randrange(len(damaged))] = source.randrange(256)
        try:
            assert every(made(bytes(damaged)))
        except Unreadable:
            continue


def test_bombs() -> None:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))

    def png(width: int, height: int, *more: bytes) -> bytes:
        header = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IEND", b"")

    packed = zlib.compress(bytes(10_000_000))
    for data in (
        png(20_000, 20_000, chunk(b"IDAT", packed)),
        png(6_000, 6_000, chunk(b"IDAT", packed)),
        png(2**31 - 1, 2**31 - 1, chunk(b"IDAT", packed)),
        png(0, 10, chunk(b"IDAT", packed)),
        b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\0\0\0" + b"\x2c\0\0\0\0\xff\xff\xff\xff\0\x08\0\x3b",
    ):
        with pytest.raises(Unreadable):
            made(data)
    # text that would unpack to much more is dropped unread
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000)))
    fine = saved(Image.new("L", (10, 10)), "PNG")
    assert made(fine[:33] + text + fine[33:]).fallback == made(fine).fallback


def test_progressive_bomb() -> None:
    data = saved(Image.new("L", (64, 64)), "JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    with pytest.raises(Unreadable, match="progressive"):
        made(data[:-2] + 1000 * scan + b"\xff\xd9")
    frame = data.index(b"\xff\xc2") + 5
    with pytest.raises(Unreadable, match="progressive"):
        made(data[:frame] + b"\xff\x00\xff\x00" + data[frame + 4 :])


def test_tall_and_wide_strips() -> None:
    tall = made(saved(Image.new("L", (700, 30_000), 90), "JPEG"))
    assert tall.fallback.width < 700
    assert tall.fallback.width * tall.fallback.height <= 8_100_000
    assert all(each.height <= 16_383 for each in tall.webp)
    wide = made(saved(Image.new("RGB", (30_000, 10), "teal"), "JPEG"))
    assert (wide.fallback.width, wide.fallback.height) == (1600, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is asked for as on POSIX")
def test_large_picture_in_little_memory() -> None:
    program = """
import resource, struct, sys, zlib
from communique.pictures import variants
def chunk(name, content):
    return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))
width, height = 6000, 4900
packer = zlib.compressobj(1)
rows = b"".join(packer.compress(bytes(1 + 4 * width)) for _ in range(height)) + packer.flush()
header = chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 6, 0, 0, 0))
data = b"\\x89PNG\\r\\n\\x1a\\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
print(variants(data, redistribute=True, credit="", licence="").fallback.width)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform != "darwin" else 1024 * 1024))
"""
    width, megabytes = run(program).split()
    assert width == "1600"
    assert int(megabytes) < 450


def run(program: str, **environment: str) -> str:
    """What a program prints in a process of its own."""
    inherited = {
        key: value for key, value in os.environ.items() if key not in ("LANG", "LC_ALL", "TZ", "PYTHONHASHSEED")
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_same_bytes_everywhere() -> None:
    program = """
import hashlib, io, sys
import communique.pictures
assert not any(name.split(".")[0] == "PIL" for name in sys.modules)
from PIL import Image
from communique.pictures import card, variants
picture = Image.linear_gradient("L").resize((1100, 700)).convert("RGB")
digest = hashlib.sha256()
for name in ("JPEG", "PNG"):
    file = io.BytesIO()
    picture.save(file, name)
    found = variants(file.getvalue(), redistribute=True, credit="\u65b0\u534e\u793e", licence="CC0")
    for each in (found.fallback, *found.webp, found.original):
        digest.update(each.data)
names = ["\u5251\u6865\u5927\u5b66", "AstraZeneca"]
for language in ("en", "zh-Hans"):
    digest.update(card("Cambridge \u4e0e\u5317\u4eac", names, "S", "2025", accent="#0b5c5f", language=language))
print(digest.hexdigest())
"""
    ways = (
        {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2"},
    )
    assert len({run(program, **way) for way in ways}) == 1


# The card

SITE = "Cambridge – Beijing Life Sciences Partnership"
ENGLISH = "Cambridge and Beijing open a joint centre for life-sciences innovation"
CHINESE_TITLE = "剑桥大学与北京市科委共建生命科学创新中心，首批十二家企业入驻中关村生命科学园"
MIXED = "阿斯利康（AstraZeneca）宣布在北京投资25亿美元，建设全球第6个战略研发中心，与BioKangtai等合作"
LONG = "《关于共同推进生命科学领域合作的备忘录》在“剑桥—北京论坛”上签署：双方将围绕新药研发、临床研究、人才培养" * 4
EIGHT = [
    "University of Cambridge",
    "Beijing Municipal Science & Technology Commission",
    "Zhongguancun Life Science Park",
    "Cambridge Enterprise",
    "AstraZeneca",
    "Peking University",
    "Tsinghua University",
    "Babraham Research Campus",
]
TITLES = {
    "short": ("A laboratory opens", ["University of Cambridge"], "en"),
    "normal": (ENGLISH, EIGHT[:2], "en"),
    "eight": ("Eight partners found an institute for translational medicine", EIGHT, "en"),
    "long": (f"{ENGLISH} and sign an agreement on US$2.5 billion of investment, " * 4, EIGHT, "en"),
    "one long word": ("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3, ["U" * 300], "de"),
    "chinese": (CHINESE_TITLE, ["剑桥大学", "北京市科学技术委员会"], "zh-Hans"),
    "mixed": (MIXED, ["阿斯利康", "BioKangtai"], "zh-Hans"),
    "long chinese": (LONG, ["剑桥大学" * 30], "zh-Hans"),
    "russian": ("Кембридж и Пекин открывают совместный центр", ["Πανεπιστήμιο Αθηνών"], "ru"),
    "hebrew": ("קיימברידג׳ ובייג׳ינג פותחות מרכז משותף ל-12 חברות", ["אוניברסיטה"], "he"),
    "arabic": ("جامعة كامبريدج وبكين تفتتحان مركزا مشتركا", ["جامعة كامبريدج"], "ar"),
    "unknown letters": ("한국어 🎉", ["🧬"], "ko"),
    "nothing": ("", [], "en"),
}


def drawn(name: str) -> bytes:
    title, partners, language = TITLES[name]
    return card(title, partners, SITE, "25 October 2025", accent="#0b5c5f", language=language)


@pytest.mark.parametrize("name", TITLES)
def test_card(name: str) -> None:
    data = drawn(name)
    image = seen(data)
    assert (image.size, image.mode, image.format) == ((1200, 630), "P", "PNG")
    assert len(data) < 60_000
    assert set(re.findall(rb"IHDR|PLTE|IDAT|IEND|tEXt|iTXt|eXIf|tIME|pHYs", data)) <= {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
    }
    page = image.convert("RGB")
    assert page.getpixel((600, 5)) == (0x0B, 0x5C, 0x5F)
    # nothing but the bar in the margins, save for letters that reach over by a hair
    below = page.crop((0, 20, 1200, 630))
    inked = ImageChops.difference(below, Image.new("RGB", below.size, "white")).getbbox()
    assert inked is not None
    assert inked[0] >= 72
    assert inked[2] <= 1128
    assert inked[1] >= 20
    assert inked[3] <= 580


@pytest.mark.parametrize("name", TITLES)
def test_file_of_a_card_is_whole(name: str) -> None:
    data = drawn(name)
    place, found = 8, {}
    while place < len(data):
        size, kind = struct.unpack_from(">L4s", data, place)
        content = data[place + 8 : place + 8 + size]
        assert struct.unpack_from(">L", data, place + 8 + size)[0] == zlib.crc32(kind + content)
        found[kind] = content
        place += 12 + size
    assert (place, list(found)) == (len(data), [b"IHDR", b"PLTE", b"IDAT", b"IEND"])
    assert found[b"IHDR"] == struct.pack(">LLBBBBB", 1200, 630, 4, 3, 0, 0, 0)
    # at the end of the stream zlib compares the checksum
    unpacker = zlib.decompressobj()
    rows = unpacker.decompress(found[b"IDAT"])
    assert unpacker.eof
    assert not unpacker.unused_data
    assert len(rows) == 630 * 601
    assert set(rows[::601]) == {0, 2}


@pytest.mark.parametrize(
    "inked",
    [
        [],
        [(0, 90)],
        [(0, 1), (89, 90)],
        [(3, 40), (60, 61)],
        [(50, 70), (10, 30), (15, 45), (70, 71)],
    ],
)
def test_bands_are_packed_to_what_they_were(inked: list[tuple[int, int]]) -> None:
    found = bands(inked)
    assert all(above[1] + 20 <= below[0] for above, below in pairwise(found))
    assert all(any(top <= row < bottom for top, bottom in found) for span in inked for row in range(*span))
    # the same byte at the end of one band and at the start of the next
    source = random.Random(3)
    rows = bytearray(90 * 61)
    for top, bottom in found:
        rows[top * 61 : bottom * 61] = b"\2\2\2" + source.randbytes((bottom - top) * 61 - 6) + b"\2\2\2"
    assert zlib.decompress(packed(bytes(rows), 61, found)) == rows


def test_every_zlib_packs_bands_alike() -> None:
    """Python has the zlib of its system; zlib 1.2.13 and zlib-ng 2.3.3 both make this."""
    source = random.Random(5)
    runs = (bytes([source.choice(b"\0\0\0\x01\x88\xff")]) * source.choice((1, 1, 2, 3, 40, 700)) for _ in range(9000))
    inked = b"".join(runs)
    rows = inked[: 601 * 300] + bytes(601 * 30) + inked[601 * 300 : 601 * 900]
    data = packed(rows, 601, [(0, 300), (330, 930)])
    assert zlib.decompress(data) == rows
    assert hashlib.sha256(data).hexdigest() == "4f46ea51fcf3a04aaa878366c27ce8a23fac727a860270992b4522926a7993b8"


def test_where_letters_meet_the_darker_shows() -> None:
    def sheet(*lines: tuple[Line, int, int]) -> Image.Image:
        made = Sheet(300, 120, "#ffffff", {"ink": Ink("#000000", 8)})
        for line, left, baseline in lines:
            made.text(line, left, baseline, 60, "ink")
        return seen(made.png()).convert("L")

    def of(text: str) -> Line:
        return set_line(text, SERIF, False)

    one, other, far = (of("Ågh"), 20, 60), (of("Ñfj"), 40, 100), (of("No"), 220, 60)
    both = ImageChops.darker(sheet(one), sheet(other))
    assert sheet(one, other).tobytes() == both.tobytes() == sheet(other, one).tobytes()
    assert both.tobytes() != ImageChops.add(sheet(one), sheet(other)).tobytes()
    assert sheet(one, far).tobytes() == ImageChops.darker(sheet(one), sheet(far)).tobytes()
    # words of one line
    close = Line(tuple((place, of(text).words[0][1]) for place, text in ((0.0, "Ågh"), (0.5, "Ñfj"))), 2.0)
    apart = ImageChops.darker(sheet((of("Ågh"), 30, 70)), sheet((of("Ñfj"), 60, 70)))
    assert sheet((close, 30, 70)).tobytes() == apart.tobytes()
    # what lies beside the sheet is no row of it
    assert sheet(one, (of("Below"), 0, 400), (of("Above"), 0, -200)).tobytes() == sheet(one).tobytes()


def test_accent() -> None:
    other = seen(card("A", [], "S", "", accent="#7a2b4d", language="en")).convert("RGB")
    assert other.getpixel((0, 0)) == (0x7A, 0x2B, 0x4D)


def test_any_text_makes_a_card() -> None:
    pools = [
        "abc DEF-ghi ",
        "中文，。《》“”（）…—第3年",
        "שלום (12) ",
        "سلام لا ١٢ ",
        "\u200b\u200d\ufe0f\u0301\xa0\t\n",
        "🎉한\ud800\0",
    ]
    source = random.Random(7)

    def text(most: int) -> str:
        return "".join(source.choice(source.choice(pools)) for _ in range(source.choice((0, 1, 7, most))))

    for _ in range(30):
        names = [text(60) for _ in range(source.choice((0, 1, 20)))]
        data = card(text(600), names, text(90), text(90), accent="#0b5c5f", language=source.choice(("en", "zh-Hans")))
        assert seen(data).size == (1200, 630)


REFERENCES = {
    "normal": (
        "c-rk&tCl1&2>r$Rl$9eROGZXUMj|7TNF)-8M8>hCPtUs_vuE4QaH>-T2%S`JZg_fnti(^0W!d=o7fW9|9=^^oZZFFHd=$tyDH}vr"
        "8$`g!921p@(ki?kLf8#YK93VsQ4>+;RNnHLae7QeKym^ZhK6Jrxhy*;vBf(ehuid*Wx3my{ql?RUf=pW_ah!4@hcC*^Pv8s9w%UV"
        "$oLdfV-?&+BA46wT4K?r0K(7%2nM>q5ClOB={`mxGXJRH6qE_V16T>J<*S)bxwTbo)TlLprjM$#5C(Ut-dnVYW0kbDrqH4`yPD4m"
        "QKjS1Vl~xboyx4xxv)p+SUk<o5r1$L)>65Zb<D=sS8Ny1KdfFj{Ap>g?tc<~f5hL5oZa&MTz)!)SDf?i*-{IWa9y^!Pd9@}5?A74"
        "uPs@|l0kGP2g(Y@oT2HBbf|4M7`=5UIlQbm#wtLCdy)K5V;+?cs%<o_F?;u;%p3W-0ZtvwXydwek9I^uPLOPr1WfO%CGhM}Pdpzd"
        "`;GH~B8S8z5wUz(G($~BPTrP~X~1OcKx&{N!fa@FDF4Ip^7&uqcXPGd<M==a#dw1*f4QzcZQmEm=lPB1&v|c!Bk{zEn0u)-nCHap"
        "#Xg~Wwv=>$g}PFwQE%kS9c3I;Gidc^mZqaenpzIZ&1@(Ql&~`M?$#JU-LI}UaW!-66mt&JTLMy{VwxZ)U7L5v+4i}H4{DI)0l5g!"
        "->c)tU!Cg%^RJ6_kl(3|ls9JxWyzLxTS8WtIEjQ(W!r5=<gKeDEQU)dH92+c6fLCU@A+VP)^JG)S&(jR`Szd6I$pl(JGFG~D$h4@"
        "q_T@Ywm21j+wnu|tG^LdE5r"
    ),
    "chinese": (
        "c-rk&Etlmy2>y#BuN+xfSs57_i9|*sk&%%|Boc|N%S-Nzc+Z)0SL~TxvqRf7pOoZ*hrYdiudIJjT(huz+p}q!wb=bGD`ffSG|l1o"
        "nBl+FH&!ETov0G@Fs4R?T<$R%IMdie*d;5}dp?N3V}C$QY)+NPNB?J^4092;L9E+8F;=fW%yQ~p<WtQ&rmIVKy3pQ=S-4vc+`IUL"
        "2Y7#jtRML{!D&3KQP$R)gs>>vi)aO1edsLHn$8~7#`4jZbb!|mGHb(r!BGVsz`c}aZ4BcJnj^L;c%UAvINu+K!gY|8_Xod@H|W&Q"
        "Tp8=+wC|m)Bf$b#D-97Iwcd}(7uM1U%7qhZeQjUV%X-(2QN7Jjh>+1aO`Zs#G##pg4!ExiZjv#^c~$v^J7<I^8CYbv`;r~>F|!(S"
        "-(%fRve>sJIfOm=K*j$az6oTq46MB=)zSMJ8}Z8hUVWQ4KjvAJ=EO5i>zn4(wU_>7<609xEUn2gXhJC^0RU`QVLgvtV~!7I)ay|!"
        "j}BamhK`|<95=t%*AH~8t@xWD3B7Zq2O*yo;ykdXKhCESR_Ti4V$*Sbe8R7@e8pF*IwVUf4q%sNtEItQE3U|UfM;_v<53<9A-h+)"
        "QcIC`eBH0lIrD3K!3tj^k7wpNZnAv#F3YaHDw2-Z^o{)|9pCZ9|4&Os#$w)<CeFMQ&qkb|SKedCR-a2yDWTUfd+)FP*&4%S#LO{Q"
        "EbdU{I<RRwz~2ea4hLGT7mh>fIum~sn*DWrWCnApi0iJfdWB+J-+%|&Tc$HhK1hU0^1*CA;S_{}Uh7-X;?`0mY7lc1ib&^<ili+O"
        "4sU)Js$H<3CYVgqdVQ_WnOP-eCq1*l{DgDH$^ckwlH-1FNOc#fNYf+qCvW_ta>t#H5<9LV`94zaeR+1rZ|GBIl8m5qVV2~-F=+JJ"
        "C(dmAhQ9E;V&|9J-0o*R|Mo)NK7Uz%<c0hPqY2-Z"
    ),
}


@pytest.mark.parametrize("name", REFERENCES)
def test_card_looks_as_it_did(name: str) -> None:
    small = seen(drawn(name)).convert("L").resize((80, 42), Image.Resampling.BOX)
    reference = Image.frombytes("L", (80, 42), zlib.decompress(base64.b85decode(REFERENCES[name])))
    off = ImageChops.difference(small, reference)
    assert ImageStat.Stat(off).mean[0] < 1.5
    assert max(off.tobytes()) < 60


def lines(text: str, voice: Any = CHINESE, sizes: tuple[int, ...] = (84, 60, 44), names: tuple[str, ...] = ()) -> Block:
    return fit(text, voice, Column(1040, 300, sizes), names)


def test_headline_steps_down_and_is_cut_only_in_the_end() -> None:
    sizes = (92, 76, 62, 50, 44)
    blocks = [lines(ENGLISH * times, SERIF, sizes) for times in (1, 2, 3, 9)]
    assert [block.size for block in blocks] == sorted((block.size for block in blocks), reverse=True)
    assert blocks[0].size > blocks[-1].size == 44
    assert not blocks[1].lines[-1].endswith("…")
    assert blocks[-1].lines[-1].endswith("…")
    assert " ".join(blocks[0].lines) == ENGLISH


def test_lines_are_balanced_and_words_whole() -> None:
    for text in (ENGLISH, "Eight partners found a Cambridge–Beijing institute for translational medicine"):
        block = lines(text, SERIF, (76, 68))
        widths = [set_line(line, SERIF, False).width for line in block.lines]
        assert len(widths) > 1
        assert min(widths) > 0.7 * max(widths)
        assert all(word in re.split("[ –]", text) for line in block.lines for word in re.split("[ –]", line))
        assert not any(line.split()[-1] in ("a", "an", "the") for line in block.lines)


@pytest.mark.parametrize("width", range(410, 1040, 43))
def test_chinese_rules_for_the_ends_of_lines(width: int) -> None:
    text = MIXED + LONG[:120] + "，共2025年10月、第3次……"
    block = fit(text, CHINESE, Column(width, 9000, (44,)))
    assert "".join(line.replace(" ", "") for line in block.lines) == text.replace(" ", "")
    for line in block.lines:
        assert line[0] not in NO_START
        assert line[-1] not in NO_END
        assert set_line(line, CHINESE, False).width * 44 <= width + 1
    for whole in ("AstraZeneca", "25亿", "……", "第3次"):
        assert sum(whole in line for line in block.lines) == 1


def test_chinese_words_and_names_stay_together() -> None:
    block = lines(CHINESE_TITLE, CHINESE, (76, 68, 62), ("中关村生命科学园",))
    assert block.lines == ("剑桥大学与北京市科委共建", "生命科学创新中心，首批十二家", "企业入驻中关村生命科学园")


def test_partners_that_find_no_room_are_counted() -> None:
    def foot(names: list[str]) -> bytes:
        page = seen(card("A", names, SITE, "", accent="#0b5c5f", language="en"))
        return page.crop((0, 480, 1200, 630)).tobytes()

    assert foot(EIGHT) == foot([*EIGHT[:5], *(3 * name for name in EIGHT[5:])])
    assert foot(EIGHT) != foot(EIGHT[:5])
    assert foot(EIGHT[:2]) != foot(EIGHT[:3])


def test_punctuation_hangs_and_closes_up() -> None:
    quoted = set_line("《论坛》，“合作”", CHINESE, False)
    assert quoted.words[0][0] < -0.3
    assert quoted.width < 8.5
    spaced = set_line("投资25亿", CHINESE, False).width
    assert spaced > 3 + sum(set_line(each, CHINESE, False).width for each in "25")


def test_chinese_is_drawn_and_not_boxed() -> None:
    letters = font("chinese.otf", 48)
    box = bytes(letters.getmask("\U0001f389"))
    shapes = {bytes(letters.getmask(char)) for char in "剑桥北京生命科学镕堃臺灣龜あー，《"}
    assert len(shapes) == 17
    assert box not in shapes
    assert (
        missing_glyphs(CHINESE_TITLE + MIXED + LONG + "臺灣大學 ěŁőĐ ệ αβγ ЖЩ ё שלום سلام پ —…“”·€£¥№①℃") == frozenset()
    )


def test_missing_glyphs() -> None:
    assert missing_glyphs("한 🎉 A") == {"한", "🎉"}
    assert missing_glyphs("a\u200b\u200d\ufe0f\u00ad\u202e b\tc\nd") == frozenset()
    # what the engine warns of is what shows as a box
    assert card("한", [], "", "", accent="#000000", language="en") == card(
        "글", [], "", "", accent="#000000", language="en"
    )


def test_right_to_left() -> None:
    assert visual("שלום (Bio) 12", True) == "12 (Bio) םולש"
    assert visual("שלום [12] (א)", True) == "(א) [12] םולש"
    assert visual("The word שלום, 12.", False) == "The word 12 ,םולש."
    assert shape("سلام") == "\ufeb3\ufefc\ufee1"
    assert shape("مركزًا") == shape("مركزا")
    assert all(holds("arabic.ttf", each) for letter in forms().values() for each in letter if each)
    for name in ("hebrew", "arabic"):
        headline = seen(drawn(name)).convert("L").crop((0, 150, 1200, 500)).point(lambda value: 255 - value)
        box = headline.getbbox()
        assert box is not None
        assert box[2] > 1105
        assert box[0] > 90


def test_kerning_is_in_the_fonts() -> None:
    for voice in (SERIF, SANS):
        apart = sum(set_line(letter, voice, False).width for letter in "AV")
        assert set_line("AV", voice, False).width < apart - 0.05


def test_fonts_may_be_shipped() -> None:
    files = [path for path in FONTS.iterdir() if path.suffix in (".otf", ".ttf")]
    table = (FONTS / "README.md").read_text("utf-8")
    assert {face.file for face in (*SERIF.faces, *SANS.faces, *CHINESE.faces)} == {path.name for path in files}
    for path in files:
        assert f"`{path.name}`" in table
        family, _ = ImageFont.truetype(path, 20).getname()
        assert family
        assert not re.search("Source|Pagella|Gentium", family)
    assert {"OFL.txt", "GUST-FONT-LICENSE.txt", "LPPL-1.3c.txt"} <= {path.name for path in FONTS.iterdir()}
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 4_000_000
