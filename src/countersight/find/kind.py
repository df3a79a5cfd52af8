"""What kind of record a document is, from its opening: a tender, a contract … It decides the rung a hit can carry.

Signs are tried from the surest down: the media type, the document's own title, the file name, and phrases that only
one kind of record uses. The first that speaks decides. The kinds are those of ``countersight.find.rules.KIND_RUNGS``.
"""

from __future__ import annotations

import re

from countersight.text.normal import flatten

_OPENING = 6_000  # characters that are looked at
_TITLE_LINES = 24  # non-empty lines among which a title is sought
_TITLE_WIDTH = 90  # characters; a longer line is prose, not a title
_ZH_TITLE_WIDTH = 45
_SHOWN = 60  # characters of a phrase given as the reason

# Chinese titles end in the noun that says what the record is; earlier kinds go before later ones, since a notice of an
# award or the deviation table of a bid names the tender or contract too.
_ZH = {
    "acceptance": "验收报告|验收单|验收证书|验收意见|验收书|验收记录|竣工验收|初验报告|终验报告"
    "|验收(?:结果|情况)?公[示告]",
    "delivery": "送货单|到货通知|装箱单|签收单|发货单|交货单",
    "operation": "运维周报|运维月报|运行日报|运行月报|运维日志|值班记录|巡检记录|运维记录|运行报告|运维报告",
    "training": "培训教材|培训讲义|培训手册",
    "minutes": "会议纪要|会议记录",
    "award": "中标公告|成交公告|中标通知书|成交通知书|结果公告|候选人公示|合同公告|成交结果|中标结果|决标公告"
    "|合约公告|结果公示|中标公示|成交公示|合约批出通告|批出合约",
    "boq": "报价表|工程量清单|报价明细表|设备清单|货物清单",
    "point_list": "点位清单|点位表|点位变更表",
    "tender": "招标文件|采购文件|磋商文件|谈判文件|询价文件|比选文件|遴选文件|询价通知书|询价公告|招标公告|采购公告"
    "|磋商公告|比选公告|更正公告|变更公告|废标公告|流标公告|终止公告|采购需求"
    "|招标书|技术规格书|单一来源(?:采购)?公示|资格预审公告|投标邀请书|采购邀请",
    "bid": "投标文件|响应文件|投标书|应答文件|偏离表|投标函|报价函",
    "contract": "合同|合同书|协议|协议书|订单|采购单",
    "standard": "技术规范|国家标准|行业标准|地方标准|接口规范|数据规范",
    "datasheet": "规格书|产品规格|参数表|产品参数",
    "sdk": "接口文档|开发指南|开发手册|接口说明|编程指南",
    "manual": "用户手册|使用手册|操作手册|说明书|使用指南|用户指南",
    "brochure": "宣传册|产品手册|彩页|产品介绍|解决方案|产品目录|白皮书",
    "patent": "发明专利申请|发明专利|实用新型专利|专利说明书",
    "case_file": "立案决定书|起诉书|判决书|裁定书|行政处罚决定书|拘留通知书|询问笔录",
    "register": "登记表|花名册|登记簿|台账|名册|简历表|学籍表|健康档案|数据字典",
    "transcript": "庭审笔录|听证记录|访谈记录|文字实录",
    "memo": "备忘录|签报|请示",
    "statement": "声明|情况说明|澄清公告",
    "letter": "复函|回函|公开信|律师函|告知书",
    "report": "评估报告|审计报告|调查报告|年度报告|研究报告",
    "policy": "管理规定|使用规定|管理制度|使用制度|审批制度|操作规程|工作守则|使用守则",
    "statute": "法|条例|实施条例|实施细则|管理办法|暂行办法|部令",
}
# English titles: a line that is the noun with a few words before it; after a formal noun more words may follow.
_EN_FORMAL = {
    "acceptance": "acceptance (?:report|certificate|protocol|record)|certificate of acceptance",
    "delivery": "delivery note|packing list|bill of lading",
    "minutes": "minutes of|meeting notes",
    "award": "(?:contract )?award (?:notice|decision)|notice of (?:contract )?award|award of contract|contract award"
    "|letter of (?:award|acceptance)|notice of intent to award|contracts? awarded|awarded contract"
    "|notice of best evaluated bidder|best evaluated bidder notice"
    "|contract notice view|notification of award",
    "boq": "bill of quantities|price schedule",
    "point_list": "camera point list|point list|list of camera (?:points|sites)",
    "tender": "request for (?:proposals?|quotations?|tenders?|bids)|invitation (?:to|for) (?:tender|bids?)"
    "|tender (?:documents?|notice)|contract notice|statement of requirements|call for tenders|prior information notice",
    "contract": "(?:purchase|service|services|licen[cs]e|supply|framework|master services?) agreement|terms of service",
    "sdk": "(?:sdk|api) (?:reference|guide|manual|documentation)|programming guide",
    "statement": "press release|statement (?:on|of(?! work)|by)",
    "transcript": "transcript of|oral evidence|minutes of evidence",
    "statute": "regulation \\(eu\\)|directive \\(eu\\)|public law (?:no|\\d)",
}
_EN_LAST = {
    "operation": "(?:operations?|maintenance|duty) (?:log|report|diary)|weekly report",
    "training": "training (?:manual|material|handout|slides)",
    "minutes": "minutes",
    "tender": "solicitation|technical specifications?|rfp|rfq|corrigendum|terms of reference",
    "bid": "bid(?! (?:tabulation|abstract|opening|evaluation|results?|bond|notice|documents?))|proposal"
    "|tender response|quotation|deviation table",
    "contract": "agreement|contract|addendum|purchase order|order form|amendment|statement of work|work order"
    "|task order",
    "standard": "standard|code of practice",
    "datasheet": "data ?sheet|product specifications?|specification sheet",
    "manual": "(?:user|operator|installation|administrator)(?:'s|’s)? (?:manual|guide)|instruction manual",
    "brochure": "brochure|catalog(?:ue)?|(?:product|solution) overview|white ?paper",
    "patent": "patent|patent application",
    "case_file": "indictment|judge?ment|detention order|charge sheet",
    "register": "register|roster|monitoring form|application form",
    "memo": "memo|memorandum",
    "statement": "statement",
    "letter": "letter",
    "report": "report",
    "transcript": "transcript",
    "policy": "(?<!privacy )(?<!cookie )(?<!rights )polic(?:y|ies)|standard operating procedures?|general order",
    "statute": "act|ordinance",
}
_MODEL_TEXT = "示范文本|示范文件|标准文本|范本|样本|模板|发售稿"
_AFTER_NOUN = rf"[》〉」』”\"]?(?:[(（\[【][^()（）\[\]【】]{{0,14}}[)）\]】])?(?:{_MODEL_TEXT})?$"
_ZH_TITLE = {kind: re.compile(f"(?:{nouns}){_AFTER_NOUN}") for kind, nouns in _ZH.items()}
_ZH_NAME = {kind: re.compile(nouns) for kind, nouns in _ZH.items() if kind != "statute"}
_EN_TITLE = {
    kind: re.compile(rf"(?:[\w'’&/,.:()-]+ ){{0,8}}(?:{nouns})\b.{{0,60}}") for kind, nouns in _EN_FORMAL.items()
}
_EN_END = {
    kind: re.compile(rf"(?:[\w'’&/,.-]+ ){{0,6}}(?:{nouns})(?: (?:19|20)\d\d| (?:no\.?|number|#) ?\S+)?")
    for kind, nouns in _EN_LAST.items()
}
_EN_NAME = {
    kind: re.compile(rf"(?<![a-z])(?:{'|'.join(t[kind] for t in (_EN_FORMAL, _EN_LAST) if kind in t)})(?![a-z])")
    for kind in _ZH
    if kind in _EN_FORMAL or kind in _EN_LAST
}
_NOUN = re.compile("|".join(nouns for table in (_ZH, _EN_FORMAL, _EN_LAST) for nouns in table.values()))
# First Amendment to the …Agreement: what is amended may be named in more words than stand before a title's noun.
_AMENDING = re.compile(
    r"(?:\w+ )?(?:amendment|addendum|supplement)(?: (?:no\.?|number|#) ?\w+)? (?:to|of) (?:the |that )?"
    r"(?:[\w'’&/,.()-]+ ){0,12}(?:agreement|contract|purchase order|lease|schedule)"
)
_CAPITALS = re.compile(
    r"(?:Exhibit \S+ )?(?P<title>(?:(?:[A-Z][A-Z&/'’-]+|[&–-]|NO\. ?\d+) )+?)(?=THIS |[A-Z][a-z]|[A-Z]? ?[a-z])"
)
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十\d]{1,3}[、.)）]")  # 六、评审办法 is a part of a record
_BRACKETED = re.compile(r"\(.*\d.*\)")  # (Contract No. 4) is a number of a record
_HAN = re.compile("[\u4e00-\u9fff]")
_MEDIA = {"message/rfc822": "mail", "application/vnd.ms-outlook": "mail"}
_MAIL_HEAD = re.compile(
    r"from: .{1,120}\n(?:.{1,200}\n){0,3}?to: |发件人[:：].{0,120}\n(?:.{1,200}\n){0,4}?收件人[:：]"
)
_PHRASES = (
    ("letter", re.compile(r"^dear [a-z][^\n]{0,60}$", re.MULTILINE)),
    ("letter", re.compile(r"此致\s*敬礼|特此函(?:复|告|达)")),
    (
        "press",
        re.compile(
            r"\(reporting by |本报讯|记者.{0,8}(?:报道|讯|获悉)|\((?:reuters|ap|afp)\)\s?[-–—]",
        ),
    ),
    (
        "contract",
        re.compile(
            r"this (?:\w+ ){0,4}(?:agreement|contract)\b.{0,80}?\b(?:made|entered|dated|by and between)\b", re.DOTALL
        ),
    ),
    ("contract", re.compile(r"签订本(?:合同|协议)|(?:订立|达成)(?:本|如下|以下)(?:合同|协议)|(?:合同|协议)编号[:：]")),
    ("sdk", re.compile(r"typedef (?:enum|struct)|#define [a-z_]+ ")),
    ("standard", re.compile(r"规范性引用文件|normative references")),
    (
        "tender",
        re.compile(
            r"投标人须知|投标截止(?:时间|及)|递交投标文件|instructions to (?:bidders|tenderers)"
            r"|deadline for (?:submission|receipt) of (?:bids|tenders|proposals)"
        ),
    ),
    ("award", re.compile(r"(?:中标|成交)(?:供应商|人|金额)[:：\t ]")),
    ("acceptance", re.compile(r"验收(?:结论|组成员|意见)[:：]")),
)


def classify(text: str, name: str, media_type: str) -> tuple[str, str] | None:
    """The kind of a document and the reason in words, or None where nothing speaks clearly.

    Args:
        text: The words of its first pages, lines as they stand; the first 6,000 characters are looked at.
        name: The file name as received.
        media_type: As found by the reader, e.g. ``application/pdf``.
    """
    if media_type in _MEDIA:
        return _MEDIA[media_type], f"it is of the type {media_type}"
    lines = [line for raw in text[:_OPENING].splitlines() if (line := raw.strip())]
    if _MAIL_HEAD.match("\n".join(lines[:_TITLE_LINES]).lower()):
        return "mail", "it begins with the head of a mail"
    return _titled(lines[:_TITLE_LINES]) or _named(name) or _phrased(lines)


def _titled(lines: list[str]) -> tuple[str, str] | None:
    for line in lines:
        if len(line) > _TITLE_WIDTH and (found := _CAPITALS.match(line)):
            line = found["title"]  # noqa: PLW2901 (what a paragraph begins with that has no line of its own)
        if len(line) <= _TITLE_WIDTH and "\t" not in line and (kind := title(flatten(line))):
            return kind, f"a line of its opening reads “{' '.join(line.split())}”"
    return None


def title(line: str) -> str | None:
    """The kind that a folded line names as a title would."""
    if not _NOUN.search(line):
        return None
    if _HAN.search(line):
        short = len(line) <= _ZH_TITLE_WIDTH and line[-1] not in "。；，：、"
        kind = next((kind for kind, pattern in _ZH_TITLE.items() if short and pattern.search(line)), None)
        return None if kind == "statute" and _NUMBERED.match(line) else kind
    plain = line.strip(" .:*#-=_\"'“”[]()") if not _BRACKETED.fullmatch(line) else ""
    if _AMENDING.fullmatch(plain) and not plain.startswith(("this ", "any ", "no ")):
        return "contract"
    formal = (kind for kind, pattern in _EN_TITLE.items() if pattern.fullmatch(plain))
    return next(formal, None) or next((kind for kind, pattern in _EN_END.items() if pattern.fullmatch(plain)), None)


def _named(name: str) -> tuple[str, str] | None:
    stem = flatten(re.sub(r"\.\w{1,5}$", "", name)).replace("_", " ")
    for table in (_ZH_NAME, _EN_NAME):
        for kind, pattern in table.items():
            if found := pattern.search(stem):
                return kind, f"its file name says “{found[0]}”"
    return None


def _phrased(lines: list[str]) -> tuple[str, str] | None:
    folded = "\n".join(map(flatten, lines))
    for kind, phrase in _PHRASES:
        if found := phrase.search(folded):
            return kind, f"its opening says “{' '.join(found[0].split())[:_SHOWN]}”"
    return None
