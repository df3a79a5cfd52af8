"""The words that govern lengths of time, days and limits, in Chinese and English, whole families of them.

A group of a pattern names the field that its words tell; ``other`` is what takes a thing away from all of them.
"""

from __future__ import annotations

import re


def _words(*groups: tuple[str, str, str]) -> re.Pattern[str]:
    """A pattern with a group for each name: Chinese words anywhere, English ones from where a word begins."""
    forms = (f"(?P<{name}>{chinese}|\\b(?:{english}))" for name, chinese, english in groups)
    return re.compile("|".join(forms), re.IGNORECASE)


_AGREED = (
    "[服劳]务|合作|合[约同]|协议|监理|履[约行]|租赁?|施工|实施|供应|供货|交货|到货|安装|完工|完成|建设|交付|委托|计划"
    "|[开研]发|研制|设计|制作|生产"
)
TIMES = _words(
    (
        "warranty",
        "质保|保修|质量保[证修](?!金)|保固|保养|免费维[护修]|维保|缺陷责任|三包",
        r"warrant\w*|defects|guarantee(?:s|d)?\b",
    ),
    (
        "other",
        (
            r"其中[^，。；]{0,6}|运营期|(?:顺延|延[长期]|增加|缩短|提前)(?:[^，。；]{0,4}期)?(?![为至到])|付|结算|退|返|有效期(?=[^，。；]{0,4}(?:投标|报价|响应))"
            "|(?:投标|报价|响应)[^，。；]{0,4}有效期|保函|公[告示]|质疑|投诉|异议|违约|逾期|赔|罚|到场|响应|[回答]复|通知|保[存管]|业绩|近|成立"
            "|缴|领取|获取|发票|签订|补[贴助]|最[长多]|不[少低]于|至少"
        ),
        (
            r"valid|pa(?:y|id)\b|payment|invoice|terminat|cure|notif|notice|turnover|last\b|experience|retention|return|refund|penal"
            r"|damages?|delay|late\b|security|bonds?\b|deposit|object|appeal|protest|respon|report|review|extension|option|renew|extend"
            r"|clos|open|bid|tender|offer(?!ed)|quot|audit|insur|record|charged|additional|further|each|every|per\b|previous"
            r"|back-?order|missing|remaining|repl[ay]|repair|rectif|correction|increased|decreased"
            r"|certificate|original|at least|guarantor|(?:performance|payment|bank|bid|advance) guarantee"
        ),
    ),
    (
        "term",
        rf"工[程作]?期|(?:{_AGREED})(?:及安装)?(?:期限?|周期|有效期|时间)|(?<!\w)(?:期限|周期)",
        (
            r"days? allowed|period of (?:performance|contract)|(?:contract|initial|completion|delivery"
            r"|service) (?:period|term|time)"
            r"|time (?:of|for) (?:completion|delivery)|duration|term\b|lead time"
        ),
    ),
    (
        "doing",
        "交货|供货|交付|送[达至到货]|完[成工]|竣工|到货",
        (
            r"deliver(?:y|ed|ies)?\b|complet\w+|works?\b[^.;]{0,20}\bdone|finished|carried out"
            r"|put into (?:use|operation|service)"
        ),
    ),
)
"""Before a length of time; of ``doing`` it is the term, less surely."""
TIMED = re.compile(
    r"[\s-]?[的之]?(?:(?P<warranty>(?:免费|整机|原厂|上门|的)*(?:质保|保修|维保|保固|质量保证)|免费维[修护]"
    r"|(?:free )?(?:warranty|guarantee\b|defects))"
    r"|[^，。；,]{0,8}?(?P<other>付|退|返|缴|签[订署]|提出|通知|答复|解决|更换|到场|响应|报[送价]|validity|notice)"
    r"|[^，。；,]{0,8}?(?P<doing>完[成工]|送[达至到]|交[货付]|供货|竣工|到货|安装)|(?P<term>(?:[Cc]ontract|[Tt]erm)\b))"
)
"""Right behind a length of time."""
FRONTED = re.compile(r"[^.;]*?,[^.;]{0,40}?\b(?:shall|will|must)\s(?P<doing>deliver|complete|supply|finish)\b")
"""What a sentence that begins with a length of time goes on with."""

_OFFER = "(?:投标|响应|报价|磋商|谈判|应答|竞价|比选|遴选)"
DAYS = _words(
    (
        "tender",
        r"(?:招标|采购|磋商|谈判|询[价比]|比选|资格预审)(?:公告|文件|邀请)[^，。；：:\d]{0,4}(?:发[布出售]|刊登|挂网)[^，。；：:\d]{0,4}",
        (
            r"(?:invit(?:ation|ed|es?)\b|solicit(?:ed|ation)|advertis\w+|floated|rf[pqtx]\b|itt\b|ifb\b|nit\b"
            r"|requests? for (?:proposals?|tenders?"
            r"|quotations?|bids?)|tenders? notice)"
            r"(?![^.;]{0,60}\b(?:clos|due|dead|open|extend|amend|add|receiv|submi|answer|clarif|quer|questions))[^.;]{0,60}?\b(?:dated?|on|of|published|issued|released)"
            r"|tenders? (?:was |were )?(?:issued|launched|floated|advertised)(?: on)?\b"
        ),
    ),
    (
        "closing",
        rf"开标|截标|{_OFFER}(?:文件)?[^，。；资]{{0,14}}截止|截止时间|{_OFFER}(?:文件|书|函)[^，。；资]{{0,14}}[于在]",
        (
            r"closing (?:date|time)|bid opening|due date|deadline for[^.;]{0,40}(?:submission|receipt|bids|tenders"
            r"|proposals)"
            r"|(?:submission|receipt of (?:bids|tenders|proposals|quotations))[^.;]{0,30}(?:deadline|closes|opened"
            r"|before|by|is)"
            r"|(?:bid|tender|quotation|proposal) opening|(?:date|day) fixed for receiving"
        ),
    ),
    (
        "turned",
        "(?!)",
        (
            r"opened|due\b|on or before|not? later than|nlt\b|at or before|(?<!not )before|received"
            r"|clos(?:ing|es)\b|(?<!replaced )by(?=\W*$)"
        ),
    ),
    (
        "award",
        r"(?:成交|中[标选]|批出|[定决授]标)(?:日期|时间|日)|[定决授]标于|评定|(?:中[标选]|成交)通知书[^，。；之后起\d]{0,8}$",
        (
            r"(?:letter|notice|notification) of (?:[a-z]+ )?(?:award|acceptance)(?:[^.;]|(?<=no)\.){0,40}?"
            r"\b(?:dated?|of|issued|on)\W*$"
            r"|awarded on|date of award|award date|(?:award|resolution)[^.;]{0,16}(?:made|adopted),? (?:on|this)"
            r"|(?<!\w\s)(?<!\w)(?:passed|adopted)\b(?= and|\W*$)"
            r"|(?:council|board|commission(?:ers)?|committee) (?:action|approval)"
            r"|(?:(?:council|board|committee) )?meeting date|date of (?:the )?(?:council |board |committee )?meeting"
        ),
    ),
    (
        "start",
        "开工|进场|起租",
        (
            r"possession|(?:commenc\w*|beg[iau]n\w*|start(?:s|ed|ing)?\b)(?: (?:not|no) (?:before|earlier than))?"
            r"|notice to proceed"
        ),
    ),
    (
        "end",
        (
            "竣工|完工|届满|到期|(?:完成|竣工|交货|交付|供货|工期|期限)(?:(?!截止|标)[^。；]){0,40}?"
            "(?:顺延|延[长期]|推迟|展[延期]|调整|变更)[至到为]"
        ),
        r"complet\w+|finished|expir\w+|end(?:s|ing)?\b|end of the (?:contract|term)[\w ]*",
    ),
    (
        "other",
        "打印|签|发票|验收|到货|公[告示]|发布|获取|领取|报名|发售|答疑|踏勘|质疑|澄清|保证金|有效期|资格预审|评审|出厂|更正",
        (
            r"pre-?bid|clarif|quer|question|valid|security|visit|site\b|publi[cs]|issue[ds]?\b|posted|collect|download|available|meeting"
            r"|print|sign|dated\b|(?<![a-z]\s)date\b|invoice|deliver|accept|warrant|retention|bond|certificate|test|arriv|return|approv|filed|notice|letter"
            r"|report|year|tax|minutes|law|act\b"
        ),
    ),
)
"""Before a day; ``turned`` is of what closes only where bids are spoken of."""
DAYED = re.compile(
    r"(?:[^，。；\n\w]{0,3}(?:(?:上|下|中)午|正午)?[\d:：时点分 ]{0,8}(?:前|之前)?[^，。；\n\w]{0,2}"
    r"(?:(?P<closing>开标|截标|截止)"
    r"|(?P<award>[定决授]标|确定[^，。；\n]{0,24}?(?:中标|成交|中选)|(?:签?发出?)?的?(?:中[标选]|成交)通知书)"
    r"|(?P<start>开工|进场)|(?P<end>竣工|完工|届满|到期)"
    r"|(?<=前)(?P<finish>[^，。；\n]{0,8}?(?:(?:交货|到货|运抵|交付|供货)|完成(?![^，。；\n]{0,6}(?:签|付|缴|报名|评审|投标|采购|招标|整改))))"
    r"|(?P<signed>(?:正式)?(?:签[订署]|订立)(?![^，。；]{0,4}原))"
    r"|(?P<tender>发(?:布|出的)[^，。；\n]{0,30}?(?:招标|采购|询[价比]|磋商|谈判|比选)(?:公告|文件|通知书|邀请书?|邀请函)))"
    r"|,?\s(?P<approved>(?:approved|resolved|decided)\b[^.;]{0,30}\baward)"
    r"|,?\s(?:[a-z' ]{1,30}\s)?(?P<issued>released|issued|published|advertised)\s(?:an?\s|the\s|its\s)?(?:request"
    r"|rf[pqt]\b|invitation|tender|solicitation))",
    re.IGNORECASE,
)
"""Right behind a day."""
BIDS = re.compile(
    r"\b(?:bids?|tenders?|proposals?|quotations?|offers|responses|submissions?|envelopes?|quotes)\b", re.IGNORECASE
)
PERIOD = _words(
    (
        "period",
        rf"工期|(?:{_AGREED})(?:期|有效期)|期限|起[止迄]",
        r"period|term\b|duration|contract dates",
    ),
    (
        "other",
        "有效期|获取|报名|公[告示](?:期限?|时间)?|发售|领取",
        r"bid|tender|validity|publi|available|sale|warrant|invoice|reporting|tax|fiscal",
    ),
)
"""Before two days that are the first and the last."""
SPANNED = re.compile(r"\b(?:from|between)[^\S\n]*$", re.IGNORECASE)
"""Right before two such days."""
UNSPANNED = re.compile(
    r"\b(?:bid|tender|valid|publi|available|sale|warrant|invoice|report|tax|fiscal|paid|previous|visit|inspect|open|hours|download"
    r"|collect|insur|meeting|financial year)",
    re.IGNORECASE,
)
"""What else may last from one day to another."""
FINISHES = re.compile(r"\b(?:complet|finish|install|fitted|done\b)\w*[^.;]{0,40}$", re.IGNORECASE)
DELIVERS = re.compile(r"\b(?:deliver|suppl(?:y|ied)|ship)\w*", re.IGNORECASE)
"""What is done by a day that is the last one of a contract; what is delivered may also be a bid."""

LIMITS = _words(
    (
        "budget",
        "预算(?!编制)|概算(?!投资额)",
        (
            r"budget(?:ed)?\b|(?:has |have )(?:set aside|earmarked|allocated)|engineer'?s (?:cost )?estimate"
            r"|estimated (?:total |contract )*(?:cost|price)"
        ),
    ),
    (
        "ceiling",
        "限价|控制(?:总?价|金额)|拦标价|封顶",
        (
            r"ceiling|upper limit|capped"
            r"|(?:maximum|highest) (?:contract|total|price|budget|acceptable|bid|amount payable)"
            r"|maximum (?:total )?(?:value|amount) (?:of|under) (?:the|this) (?:framework|contract|agreement|call-off)"
        ),
    ),
    ("within", "不(?:得|能|应)?[超高][过于]", r"not (?:to )?(?:be )?exceed\w*"),
    (
        "other",
        "节约|节省|结余|保证金|单价|违约|赔偿|罚|扣|代理|服务费|注册|付|质保|保险|报价|累计|每|成交|中标|合同(?!估)",
        (
            r"liabilit|insur|damages|deposit|bond|security|fee\b|turnover|aggregate|each\b|per\b|retention|unit"
            r"|average|at least"
            r"|previous|remaining|estimate|bid\b|amount of|contingency|value|price\b"
        ),
    ),
)
"""Before an amount; what may not exceed it has to be a price of the whole."""
LIMITED = re.compile(
    r"[^.。;；\n\w]{0,4}(?P<ceiling>(?:bids?|tenders?|offers?|quotes?|quotations?)\b[^.;\n]{0,20}\b(?:above|exceed\w*|over|higher)"
    r"|(?:超过|超出|高于)(?:者|的|此|该|上述))",
    re.IGNORECASE,
)
"""Right behind an amount."""
EACH = re.compile(r"\s*(?:元|圆)?\s*(?:[/／](?!-)|per\b|each\b|每)")
"""Behind the price of one thing."""
PRICED = re.compile(r"价|预算|总[额费]|合同|price|\bsum\b|contract|total|compensation|project", re.IGNORECASE)
UNPRICED = re.compile(
    r"outstanding|扣|罚|违约|赔|保证|保险|单价|每|liabilit|damages|penal|\beach\b|\bper\b|security|deposit|retention|insur",
    re.IGNORECASE,
)
