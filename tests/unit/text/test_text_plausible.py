from __future__ import annotations

import string

import pytest

from countersight.text.plausible import garbled

ENGLISH = (
    "The supplier shall deliver the cameras to the site and install them before the end of March. The buyer pays for "
    "each of the lots after acceptance, and the warranty runs for three years from the day of delivery.\n"
)
CHINESE = (
    "本项目为公共安全视频监控建设联网应用项目，供应商应当按照招标文件的要求提供设备安装调试和培训服务。投标人须具有独立承担"
    "民事责任的能力，并在最近三年内没有重大违法记录。合同签订后三十日内完成供货，验收合格后支付百分之九十的货款。"
)


def moved(text: str, steps: int) -> str:
    return "".join(c if c.isspace() else chr(ord(c) + steps) for c in text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        ENGLISH,
        CHINESE,
        "\ue000 " + CHINESE,  # a bullet of a symbol font
        "臺北市政府採購監視錄影系統，廠商應於決標後三十日內完成履約，逾期違約金依契約規定辦理。" * 3,
        "監視カメラの設置及び保守業務に関する仕様書。受注者は、発注者の指示に従い作業を行うものとする。" * 3,
        "영상감시 시스템 구축 사업 제안요청서. 계약상대자는 착수일로부터 삼십일 이내에 납품하여야 한다. " * 4,
        "سىن نازارەت سىستېمىسى قۇرۇلۇشى تۈرى GPSنى ئورنىتىش، توختام تۈزۈلگەندىن كېيىن " * 4,
        "བརྙན་འཕྲིན་ལྟ་ཞིབ་མ་ལག་འཛུགས་སྐྲུན། གྲོས་མཐུན་འཇོག་རྗེས།" * 4,
        "Поставщик обязан поставить камеры видеонаблюдения в течение тридцати дней со дня подписания. " * 3,
        "Dostawca zobowiązany jest dostarczyć kamery. Zamawiający płaci za każdą część zamówienia. " * 3,
        "العربية Հայերեն বাংলা ქართული עברית हिन्दी ខ្មែរ ລາວ മലയാളം മြန်မာ සිංහල தமிழ் తెలుగు ไทย አማርኛ ᏣᎳᎩ " * 3,
        "\n".join(f"{n}\t{n * 37}.50\t{n * 1184}.00\t13%\t{n / 7:.4f}" for n in range(80)),
        "\n".join(f"DS-2CD{n}XF-IZHS/8G\tHDMI\tRJ45\tSFP\tCCTV\tPTZ\tNVR\tDVR" for n in range(40)),
        "............................................................ 12\n" * 30,
        "丁卯 戊辰 己巳 庚午 辛未 壬申 癸酉 甲戌 乙亥 丙子",
        "龘靐齉爩鱻麤龗灪厵爨",  # ten rare characters are too few to judge
        "def f(x):\n    return [y for y in x if y % 2]\n" * 10,
    ],
)
def test_real_text_is_not_garbage(text: str) -> None:
    assert garbled(text) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("\ufffd" * 30 + "a" * 70, "no usable"),
        ("\ue123" * 30 + "a" * 70, "no usable"),
        ("Table \x13\x11\x1c\x18 of \x13\x11\x1c figures and words " * 2 + "in prose" * 9, "control characters"),
        ("".join(chr(0x3400 + 61 * n) for n in range(90)), "no text uses together"),
        (moved(CHINESE, 1111), "no text uses together"),
        ("采栅" + "舷锻硝钮铣锌锈锹锻舶裸窖窜窝竣筐筛" * 8, "hardly any of the commonest"),
        ("ᮠሩᓄ㺘 ㌫ᮠሩᓄ abcᮠሩ " * 6, "kinds of writing"),
        (moved(ENGLISH, 1), "shifted"),
        (moved(ENGLISH, -3), "shifted"),
        (moved(ENGLISH.lower(), -29).translate({n: "~" for n in range(32) if n != 10}), "shifted"),
        (ENGLISH.translate({ord(c): "bcdfghjklm"[n % 10] for n, c in enumerate(string.ascii_lowercase)}), "vowels"),
    ],
)
def test_garbage_is_told_and_named(text: str, why: str) -> None:
    assert why in garbled(text)
