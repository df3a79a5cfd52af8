"""Names of organisations where a record gives the name of a party: told apart from persons, blanks and prose.

Only organisations are looked for. A name without a word that an organisation's name has (a legal form, an office, a
trade) is not taken, so that a natural person who signs or is to be called is never read as a party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from countersight.facts.sorts import PUBLIC, sort
from countersight.text import orgwords
from countersight.text.normal import HAN, HAN_CHARACTER
from countersight.text.roles import pattern

_ZH_END = (
    "公司|集团|厅|局|院|所|中心|大学|学校|小学|中学|委员会|管委会|党委|政法委|部|队|厂|社|银行|政府|办公室|办事处|处|馆|站|协会|学会|基金会|法院|检察院|学院"
    "|事务所|经营部|商行|商店|超市|园|幼儿园|卫生院|电视台|广播台|气象台|总台|署|联合会|工会|商会|研究会|总会|红十字会|联社|合作社|工作室|厂商|营业部|分部"
    "|监狱|看守所|口岸|海关|税务局|支行|分行|军区|兵团|团场|指挥部|领导小组|工作组|机关|图书馆|博物馆|农场|林场|矿|电厂|剧院|医院|诊所|门市部|批发部|酒店|宾馆"
    "|店|铺|坊|商会|理事会|村委会|居委会|业主大会|车行|药行|洋行|仪行|花行|联营体|实验室|基地"
)
_ZH_NAME = re.compile(rf"[{HAN}A-Za-z0-9（）()·&.\-—－ ]{{0,46}}(?:{_ZH_END})(?:[（(][{HAN}A-Za-z0-9]{{2,12}}[)）])?")
_ZH_STOP = re.compile(
    r"[\t\n，,；;。：:|“”\"《》？?！!_]|\s{2,}|(?<=[\u3400-\u9fff)）])[\s　]+(?=[\u3400-\u9fff])|[　]"
)
_ZH_EN = re.compile(rf"(?<=[{HAN}）)])[\s/]+(?=[A-Za-z][^{HAN}\n]*\Z)")  # the same name in English behind
_EN_ZH = re.compile(rf"[^{HAN}]{{8,}}?(?=\s*[\[(（][{HAN}])")  # … and in Chinese behind, in brackets
_NOTE = re.compile(
    r"[（(【\[](?:[^()（）【】]{0,30}(?:盖|章|简称|下称|签字|签名|代码|牵头|成员|联合体|地址|以下|公示|下属|隶属|主管|名单|见附|用户|使用|个体工商户|小微企业|自然人独资|账号|主体|税号|授权|电话|联系|[路街]|\d[号栋楼层室]|[科室股](?=[)）])|\d[%％])"
    r"|甲方|乙方|采购人|供应商|买方|卖方|全称|单位名称|招标人|中标人)[^()（）]*[)）】\]]?"
)
# How prose begins where a name would stand; 无锡, 和田, 本溪, 如皋 begin with the same characters.
_ZH_PROSE = re.compile(
    r"^第[一二三四五六七八九十百零\d]{1,4}[条章节款编](?!约)|(?:部署|签署|全部|内部|局部|干部|处所|住所|场所|大厅)$"
    r"|^(?:系指|是指|指(?!挥)|详见|见(?:附|第|招|采|本)|按照?(?:本|合|国|规|招|照)|由(?:甲|乙|采|供|中|投|招|双)|应(?:当|由|在|为|提|具|按|向)|无[，,）)]"
    r"|根据|以(?:上|下|及|其|本)|如(?:有|果|需|为|系|遇)|凡|在(?:中|本|合|其|规|国)|对(?:本|于|其|该|所)|经(?:甲|乙|双|采|评|过|有|公|查)|请"
    r"|本(?:项|次|合|公|招|采|人|单|协)|须|可(?:以|由|在)|该|各(?:方|投|单|级|部|有|参)|与|和(?:其|乙|甲|供|采|中|投|相)|及|或(?:者|其)"
    r"|将(?:由|在|按|其|被)|向|接受|负责|具有|提供|自行|委托|参加|不(?:得|接|要|在|能)|被|所(?:有|在|属|投))"
    r"|(?<=[局厅院校处所司])委托|以.{2,8}方式|应当|必须|不得|可以|有权|负责|要求|提供的?|承担|情况|一方|双方|之间|进行|签订|规定|审核|如有|有关|名称|单位负责人|法定|相关|投标文件|潜在"
)
_GENERIC = re.compile(
    r"^(?:我|贵|本|该|此|你|某|两|各|原|上述|我们)?(?:公司|集团|单位|部|局|厅|院|所|中心|学校|机关|部门|政府|医院|银行|中标人|供应商|采购人|有限公司|有限责任公司"
    r"|股份有限公司|分公司|子公司|总公司|采购中心|办公室|委员会|处|子女学校|代理机构所|招标所)$"
    r"|^(?:[^省市县区州]{0,4}事业|(?:销售|业务|市场|技术|项目|工程|售后)[一二三四\d]?)部$"
)
_EN_WORD = re.compile(
    r"(?<!\w)(?:ltd|limited|inc|incorporated|llc|l\.l\.c|llp|l\.p|lp|corp|corporation|company|co|plc|gmbh|ag|s\.?a\.?|sarl|b\.?v|n\.?v|n\.a"
    r"|s\.?p\.?a|s\.?r\.?l|ab|asa?|a/s|oyj?|pty|pte|pvt|jsc|ojsc|cjsc|pjsc|sdn|bhd|k\.?k|sp\.? z o\.?o"
    r"|ministry|department|council|authority|agency|commission|police|university|college|school|hospital|trust|board|bureau|office"
    r"|committee|government|city|county|state|district|borough|municipality|municipal|services?|centre|center|institute|foundation"
    r"|association|group|holdings?|systems|technolog(?:y|ies)|solutions|partners(?:hip)?|consortium|bank|directorate|administration"
    r"|court|constabulary|port|airport|railways?|union|federation|academy|laborator(?:y|ies)|museum|library|press|society|fund"
    r"|enterprises?|industries|international|consult(?:ing|ants?)|engineering|networks?|software|electronics|security|logistics"
    r"|telecom\w*|energy|labs?|stud(?:io|ios)|parliament|embassy|delegation|shire|majlis|\w*palika|panchayat|parishad|region|province|commissioner"
    r"|secretariat|programme|joint venture|utility|treasury|customs|parliament|army|navy|corps|fire (?:service"
    r"|brigade)|schools?"
    # … in other languages of Europe
    r"|a\.\s?ş|şti|sanayi|ticaret|jv|constructors?|contractors?|builders?|traders?|suppliers|brothers|agencies|motors|pharma\w*|textiles"
    r"|d\.\s?o\.\s?o|s\.\s?r\.\s?o|a\.\s?s|a\.\s?d|d\.\s?d|aps|kft|zrt|nyrt|eood|ood|ead|uab|sia|oü|mbh|e\.\s?v|kg|sas|sca|snc|scop|lda|ltda"
    r"|s\.\s?l\.?\s?u?|s\.\s?a\.\s?u|bvba|vof|srl|spa|tov|ooo"
    r"|agencij\w*|agen[cz]i\w+|minist[eè]r\w*|ministarstvo|sekretariat\w*|secretar[ií]a|direc[ct]i[oó]n\w*|direktorat\w*|dirección"
    r"|institut|unidade|secretaria|prefeitura|\w+valitsus|stadt\w*|gemeinde\w*|landkreis\w*|land\w*amt|\w+amt|\w*behörde|\w*verwaltung|universit\w+|universidad\w*|hochschule|klinikum|polizei\w*"
    r"|commune|ville|mairie|préfecture|département|conseil|communauté|métropole|syndicat|établissement|hôpita\w+|société|régie"
    r"|ayuntamiento|gobierno|consejer[ií]a|diputaci[oó]n|junta|hospitales|empresa|entidad|instituto|comune|provincia|regione|azienda"
    r"|câmara|município|kommun\w*|kommune\w*|fylkes\w*|politi\w*|polic[ijy]\w*|policie|region\w*|gmina|miasto|powiat|województwo|urząd\w*"
    r"|komend\w+|zarząd\w*|obec|město|město|kraj\w*|správa|úřad\w*|občina|općina|grad|župan\w+|javni|javno|državn\w+|önkormányzat\w*|rendőr\w+"
    r"|\w*selskab\w*|\w*gesellschaft\w*|\w*maatschappij|gemeente|provincie|politie|waterschap|rijks\w+|dienst|stichting|banco|banca|sociedad\w*|fundaci[oó]n|consorzio|consorcio)(?!\w)",
    re.IGNORECASE,
)
_EN_STOP = re.compile(
    r"[\t\n;|“”\"]|__|\[|\s{3,}|(?<!\b\w)(?<!\bbros)\.\s(?=[A-Z][a-z]+\s)"
    r"|\s[–—]\s(?!(?:department|directorate|ministry|country office)\b"
    r"|[^\n,;(]{2,60}\b(?:joint venture|jv|consortium)\b)|\s(?=p\.?\s?o\.?\s?box\b)"
    r"|,?\s*\((?=(?:hereinafter|hereafter|the |company|registered|registration|reg\b|co\.? reg|no\b|vat|uid|abn"
    r"|id\b|crn|co\.? no\b|lead|(?:group |consortium |jv )?(?:leader|member)|ministry|as |together|collectively|each"
    r"|(?!(?:19|20)\d\d\))\d))"
    r"|,\s+(?=(?:accounts payable|attn|attention|finance|procurement|purchasing|c/o)\b)"
    r"|\s-\s(?=(?:for|the|lead)\b)|,\s+(?=private bag\b|[\w'’.-]+(?:\s[\w'’.-]+){0,3}\s\d{1,4}[a-z]?(?:,|$))"
    r"|,\s+(?=(?:ul|al|str|rue|via|calle|unit|suite|room|plot|block|abn|acn|uen|brn|cin|gstin|krs|nip|ein|duns|cage|hrb)\b)"
    r"|,\s+(?=(?:a|an|the|having|with|whose|of|acting|incorporated|organi[sz]ed|located|registered|being|represented|established|company|reg|at|both|as|duly|p\.?o\.?|\d+)\b)"
    r"|,?\s+(?=(?:having its|with (?:its|a|offices)|whose|located at|organi[sz]ed"
    r"|incorporated\s(?:in|under|and|as|by)|acting through"
    r"|d/b/a|a (?:company|corporation|body)|an?\s(?:[\w.]+\s){1,3}(?:corporation|company|limited|llc|partnership))\b)"
    r"|,?\sof\s(?=p\.?\s?o\.?\s?box\b|(?:private|post)\s(?:bag|box)\b|\d|[^\s,;()]+\s\d|(?:(?!\sof\s)[^,;()]){0,24}\b(?:hall|headquarters|house|street|road|avenue|lane|square|floor|plaza|suite)\b)",
    re.IGNORECASE,
)
_EN_PROSE = re.compile(
    r"\b(?:shall|must|will|may|means|should|is|are|was|were|has|have|agrees?|hereby|any|such|their|its)\b"
)
RECORD = re.compile(
    r"\s*(?:^to:|^致|\b(?:(?:purchase|work|task|delivery) order|p\.?o\.? no|(?:tax )?invoice|(?:tender |award )?notice"
    r"|resolution|minutes)\b)",
    re.IGNORECASE,
)
"""What record it is, beside the name at its head."""
OFFICE = re.compile(
    rf"(?<=大学|学院|医院|学校|中学|小学)(?:国有资产|资产|后勤|采购|招标|设备|总务|基建|财务|装备|物资)[{HAN}]{{0,8}}(?:[处科部室]|中心)\s*$"
)
"""An office of a school or hospital at the end of a line, that acts for it."""
_NOT_NAMES = re.compile(
    r"[<>@]|^(?:use|see|same|attach|enter|insert|refer|submit)\s|^(?:between|among|whereas)\b"
    r"|^(?:an? )?(?:resolution|ordinance|agreement|contract|notice|order|report"
    r"|minutes|letter)\b"
    r"|^(?:(?:the|a|an)\s)?(?:head|director|manager|chief|supervisor|secretary|clerk|president|chair\w*|officer)\b"
    rf"|^(?:the\s)?(?:{pattern('buyer', 'supplier', 'agent', 'bidder')}|services?|office|department|company"
    rf"|board|agency|state|city|county|council|commission|bureau|institute|university|hospital|school|corporation|bank"
    r"|authority|government)$"
    r"|^(?!(?:the )?office).*\b(?:chief executive|director|executive engineer|superintendent|secretary|treasurer)$"
    r"|\b(?:act|regulations?|code|law|rules)(?:\s(?:19|20)\d\d)?$|\b(?:is|are|shall|must|hereby|their)\b",
    re.IGNORECASE,
)  # posts, roles, laws and sentences in capitals
_PLACE = re.compile(
    r"(?:unit|suite|room|plot|block|level|floor|gala|office|shop|lot|flat)s?\s(?:no\.?\s)?#?\s?\d", re.IGNORECASE
)
"""How an address begins."""
_WITHIN = re.compile(r"(?<=\s)(?:with|from|that|which|this|these|between)(?=\s)")  # what no name has within
_TWO_COLUMNS = re.compile(
    r"(\b(?:ltd|limited|llc|llp|inc|gmbh|plc|s\.a\.r\.l|sarl)\b\.?)\s(?=[A-Z0-9])"
    r"(?!(?:co|company|corp\w*|liability|partnership|branch|group|holdings?|jv|as|in|of|kg|llp|llc|t/a|d/b/a|dba|trading)\b"
    r"|(?<!\.\s)\S+$)",
    re.IGNORECASE,
)  # what stands behind the form of a company is the next column
_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Co|Corp|L\.P|L\.L\.C|S\.A|B\.V|N\.V|N\.A|S\.p\.A|S\.r\.l|Pty|LLC)\Z")
_ADDRESS = re.compile(
    r"(\b(?:inc|ltd|llc|corp|limited|corporation|plc|gmbh|company|pte|co)\b\.?),?\s+(?=\d|(?:unit|suite|room|floor|p\.?o\.?|no\.)\b)",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"(\b(?:ltd|limited|llc|llp|plc|gmbh|inc|corp)\b\.?),\s(?=[A-Z])"
    r"(?!(?:inc|ltd|limited|co|llc|l\.l\.c|llp|l\.p|plc|corp\w*|sdn|bhd|n\.a|s\.a|gmbh|jv|branch|dba|d/b/a|t/a|trading)\b"
    r"|[^,]{0,30}\b(?:branch|division|department|office)\b)",
    re.IGNORECASE,
)  # a place behind the form of a company
_COUNTRY = re.compile(
    r"(\b(?:ltd|limited|inc|llc|corp|plc|gmbh|co|b\.v|n\.v|s\.a|ag|sa|as|ab|llp)\b\.?)\s*\((?=[A-Z][a-z])",
    re.IGNORECASE,
)
_NEXT = re.compile(r"()(?:[ \t]+[A-Z][\w/]*){1,3}:(?:\s|$)")  # the label of what follows
_PROVINCE = re.compile(
    r"(?:department|office) of (?:[A-Z]\w+,?\s|(?:and|&)\s){0,6}[A-Z]\w+: [A-Z][\w-]+(?: [A-Z][\w-]+){0,2}",
    re.IGNORECASE,
)
_SPACED = re.compile(rf"(?<=[{HAN}（）])\s+|\s+(?=[{HAN}（）])")
_EDGE = " \t\n　.,，、;；:：“”\"'‘’「」《》*_-—·"
_LONGEST_EN = 120


def names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of the organisations' names that ``[start, end)`` begins with; several where it lists several."""
    held = text[start:end]
    if held.lstrip().startswith("__") or ("__" in held and HAN_CHARACTER.search(held)):
        return
    if both := _EN_ZH.match(held):
        end = start + both.end()
    if not both and HAN_CHARACTER.search(held):
        yield from _listed(text, start, end)
    elif "█" not in held:
        found = (_english(text, low, high) for low, high in _together(text, start, end))
        yield from (one for one in found if one)


_JOINT = re.compile(
    r"\s*(?:(?:the|an?)\s)?(?:joint venture|consortium|jv)"
    r"\s(?:of|between|comprising|consisting of|composed of|formed by)\s",
    re.IGNORECASE,
)
_NEXT_PARTNER = re.compile(
    r"(?:\s\([^()\n]*\)|\b(?:ltd|limited|inc|llc|llp|corp|corporation|plc|gmbh|company|co|s\.?a|ag|a/s|as|ab|oy|b\.?v)\b\.?)"
    r"(?P<mark>\s*,?\s*(?:and|&|,)\s+)(?=[A-Z0-9])",
    re.IGNORECASE,
)


def _together(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of the names of a joint venture; the one stretch where there is none."""
    if joint := _JOINT.match(text, start, end):
        start = joint.end()
        for mark in _NEXT_PARTNER.finditer(text, start, end):
            yield start, mark.start("mark")
            start = mark.end()
    yield start, end


def _listed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        stop = next((m.start() for m in _SEPARATOR.finditer(text, at, end) if not _within(text[at : m.start()])), end)
        found = chinese(text, at, stop)
        if not found:
            return
        yield found
        at = stop + 1


def _within(held: str) -> bool:
    """Whether a bracket is open at the end of words."""
    return sum(map(held.count, "（(")) > sum(map(held.count, "）)"))


_SEPARATOR = re.compile(r"[、；;，,/]|(?<=[司)）])(?:[与及]|和(?![田静硕平顺龙县林政]|布克))")


def chinese(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range of the one Chinese name that a stretch begins with."""
    if stamp := re.match(r"\s*&+[^&\n]*&+", text[start:end]):
        start += stamp.end()  # where a program was to set a seal
    start, end = _trimmed(text, start, end)
    if number := re.match(r"\d{5,}[^\S\n]+", text[start:end]):
        start += number.end()  # that of a supplier in the books of who buys
    note = next((m.start() for m in _NOTE.finditer(text, start, end)), end)
    stop = next((m.start() for m in _ZH_STOP.finditer(text, start, min(note, end))), min(note, end))
    if other := _ZH_EN.search(text, start, stop):
        stop = other.start()
    if _within(text[start:stop]) and text[stop : stop + 1] in set("，,；;"):
        stop = start + max(map(text[start:stop].rfind, "（("))  # a note that goes on behind the comma
    if text[stop - 1 : stop] in _OPEN and text[stop : stop + 1].strip():
        stop -= 1  # … or behind a label in it
    start, stop = _trimmed(text, start, stop)
    name = text[start:stop]
    if not 3 < len(name) <= 50 or _ZH_PROSE.search(name) or _GENERIC.search(name):  # noqa: PLR2004 (县政府 is no name)
        return None
    return (start, stop) if _ZH_NAME.fullmatch(name) else None


_OPEN = frozenset("（(")


def _english(text: str, start: int, end: int) -> tuple[int, int] | None:
    start, end = _trimmed(text, start, end)
    start += led(text[start:end])
    titled = False
    if lead := _LEAD.match(text, start, end):
        start, titled = lead.end(), lead[0].lower().startswith("m/s")
    if article := re.match(r"(?:the|a|an)\s+(?=[A-Z])", text[start:end]):
        start += article.end()
    stop = next((m.start() for m in _EN_STOP.finditer(text, start, end) if m.start() > start + 1), end)
    province = _PROVINCE.fullmatch(text, start, stop)
    for cut in (_ADDRESS, _PLACED, *(() if province else (_NEXT,)), _COUNTRY, _TWO_COLUMNS):
        stop = next((m.end(1) for m in cut.finditer(text, start, stop)), stop)
    if titled and (comma := _NOT_FORM.search(text, start, stop)):
        stop = comma.start()
    while stop > start and text[stop - 1] in " ,;:-–—_*(\"'\n\t":
        stop -= 1
    stop += text[stop : stop + 1] == "." and _ABBREVIATED.search(text, start, stop) is not None
    name = text[start:stop]
    if not 2 < len(name) <= _LONGEST_EN or not name[0].isalnum() or _EN_PROSE.search(name) or _PLACE.match(name):  # noqa: PLR2004
        return None
    if _NOT_NAMES.search(name) or _WITHIN.search(name):
        return None
    lower = name[0].islower() and not name.split()[0].istitle() and name.split()[0].islower()
    firm = titled and _CAPITALS.fullmatch(name) is not None
    return (start, stop) if not lower and (firm or _EN_WORD.search(name) or _trades(name)) else None


_LEAD = re.compile(  # no part of a name, but before it: M/s, the number of a letter, of a supplier
    r"(?:(?:our|my|your)\s)?(?:ref|no)\.?\s(?:no\.?\s)?[:\s]*\S*\d\S*\s+(?=[A-Z])|(?:m/s|messrs)\b\.?\s*"
    r"|(?:county|ministry|agency|department|city|district|state|organi[sz]ation|company|firm|name)\s?:\s+(?=[A-Z])",
    re.IGNORECASE,
)
_NOT_FORM = re.compile(r",\s(?!(?:inc|ltd|llc|llp|corp|limited|co|plc)\b)", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z][\w.'’-]*(?:\s(?:[A-Z][\w.'’-]*|&|and|of)){1,6}")  # M/s is said of firms alone
_LED = re.compile(
    rf"(?:\d{{1,2}}\.?\s+)?(?i:(?:the\s)?(?:{pattern('buyer', 'agent')}|parties|principal))\s?:?\s+(?=[A-Z(])"
)


def led(name: str) -> int:
    """How many characters before the name of an office say that it buys, where a layout ran them into it."""
    found = _LED.match(name)
    return found.end() if found and sort(name[found.end() :]) == PUBLIC else 0


_TRADE = re.compile(
    r"\w\s(?:&|and)\s(?:Sons?|Co|Bros|Brothers|Partners|Associates|Daughters)\b"
    r"|(?<=\w\s)(?:Bros\b\.?|(?:Contract|Roof|Pav|Excavat|Plumb|Cater|Clean|Landscap|Weld|Surfac|Drill|Haul|Tow|Grad"
    r"|Scaffold|Glaz|Fenc|Paint|Floor|Print|Light|Heat|Build|Farm|Ship|Trad|Manufactur)ing|Stationers|Suppl(?:y|ies)"
    r"|Works|Masonry|Joinery|Carpentry|Mechanical|Caterers|Printers|Painters|Paving|Optics|Outfitters|Nursery|Workshop"
    r"|Cooperative|Co-operative|Borough|Town(?:ship)?|Parish|Village)\b"
    r"|^(?:Borough|Town|Township|Village|Parish|Municipality|City|County|State|Republic|Princip\w+|Trustees) of\s",
    re.IGNORECASE,
)
_AMBIGUOUS = frozenset(
    {"park", "bank", "home", "sale", "new", "light", "glass", "book", "life", "wise", "north", "gold", "wood", "wind",
     "guard", "pay", "sound", "tower", "garden", "press", "state", "general", "commercial", "project", "highway",
     "public", "special", "standard", "car", "port"}
)  # fmt: skip
"""Words of trades that persons are called by, or that stand in titles of persons and things."""


def _trades(name: str) -> bool:
    """Whether words without a legal form name a body by its trade: Kestrel Optics; never two names of a person."""
    words = name.split()
    if len(words) < 2 or "," in name or words[0].lower() in orgwords.LINKS or _POST.search(name):  # noqa: PLR2004
        return False
    stems = {orgwords.stem(word) for word in words[1:]} - _AMBIGUOUS
    return _TRADE.search(name) is not None or any((stem,) in orgwords.trades().latin for stem in stems)


_POST = re.compile(
    r"\b(?:director|manager|officer|engineer|clerk|chief|mayor|secretary|president|chair\w*|member|representative|head"
    r"|supervisor|foreman|inspector|treasurer|attorney|mr|mrs|ms|dr|prof|street|st|road|rd|avenue|lane|p\.?o|box|floor"
    r"|supply of|provision of|certain"
    r"|regulation|exhibit|date|total|no|address|tel|contract|tender|order|notice|price|value|services? of)\b",
    re.IGNORECASE,
)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def name(text: str) -> str:
    """A name as compared and shown: one line, brackets of one kind, no space inside Chinese."""
    plain = " ".join(text.split())
    plain = plain.replace("(", "（").replace(")", "）") if HAN_CHARACTER.search(text) else plain
    return _SPACED.sub("", plain) if " " in plain else plain
