"""Identifiers that satisfy their checksums but were never issued: what masks must hide, and what must stay."""

LABEL = "虚构样例 · FICTIONAL SAMPLE"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def id_number(first17: str) -> str:
    """A resident identity number with its check character (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first17))
    return first17 + "10X98765432"[total % 11]


def uscc(first8: str, body8: str) -> str:
    """A unified social credit code: the organisation code's check (GB 11714-1997), then the whole's (GB 32100-2015)."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c, 36) * w for c, w in zip(body8, weights, strict=True))
    first17 = first8 + body8 + "0X987654321"[total % 11]
    whole = sum(_USCC.index(c) * pow(3, place, 31) for place, c in enumerate(first17))
    return first17 + _USCC[-whole % 31]


def card_number(first18: str) -> str:
    """A bank card number with its Luhn digit (ISO/IEC 7812-1, annex B)."""
    doubled = [int(d) * (2 - place % 2) for place, d in enumerate(reversed(first18))]
    return first18 + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def capitals(yuan: int) -> str:
    """A whole amount below 10^8 yuan in financial capitals: 12,680,000 is 壹仟贰佰陆拾捌万元整."""
    high, low = divmod(yuan, 10_000)
    joined = (_four(high) + "万" if high else "") + ("零" if high and 0 < low < 1_000 else "") + _four(low)
    return joined + "元整"


def _four(number: int) -> str:
    out, pending = "", False
    for digit, unit in zip(f"{number:04d}", ("仟", "佰", "拾", ""), strict=True):
        if digit == "0":
            pending = bool(out)
            continue
        out += ("零" if pending else "") + _CAPITALS[int(digit)] + unit
        pending = False
    return out


# The county part 0000 and the order number 000 are never given out, nor are the mobile range 154, the trunk code 0300,
# plates numbered 00000, the division 9901 and the domain .example; the card is a network's published test number.
ID_NUMBER = id_number("11000019000101000")
MOBILE = "15400000118"
LANDLINE = "0300-2000118"
CARD = card_number("620550000000000000")
EMAIL = "lanxi@yunling-vision.example"
PLATE = "京A·00000"

VENDOR = "云岭视安科技股份有限公司"
VENDOR_EN = "Yunling Vision Security Co., Ltd."
PROJECT_COMPANY = "澜溪视安电子技术有限公司"
PROJECT_COMPANY_EN = "Lanxi Vision Security Electronics Co., Ltd."
BUYER = "澜溪县公安局"
AGENT = "示例省衡砚招标代理有限公司"
VENDOR_USCC = uscc("91990100", "MA0YL000")
PROJECT_USCC = uscc("91990121", "MA0LX000")
BUYER_USCC = uscc("11990121", "00000021")
TENDER_NO = "LXCG2022-118"
CONTRACT_NO = "LXCG2022-118-HT"
CASE_NO = "（2021）示0121民初15400号"
SERVER_MODEL = "YS-AS9000-8G"
PRICE = 12_680_000
