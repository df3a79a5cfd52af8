"""The labels of contract records and what field each names, in Chinese and English.

A label counts only as a whole, folded and without its number and brackets: ``3.1 采购人（甲方）：`` is ``采购人``. The
words are those of published notices and model contracts; the first of a field are those that name nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from countersight.text.normal import HAN

_ZH = {
    "title": "合约名称 标案名称 合同项目名称 项目名称及编号 招标工程名称 项目名称 采购项目名称 招标项目名称"
    " 工程名称 标的名称 采购名称"
    " 公告标题 项目全称 订单名称 采购项目",
    "title 1": "合同名称 标段名称 包名称 采购内容",
    "reference": "标案案号 案号 采购项目编码 项目编码 招标编码 采购编码 采购公告编号 项目备案号 项目编号"
    " 采购编号 招标编号"
    " 采购项目编号 招标项目编号 项目代码 标书编号 招标文件编号 采购文件编号 磋商编号 谈判编号 询价编号 比选编号"
    " 招标号 项目招标编号 政府采购编号 采购文号 项目号 标段编号 标段编码",
    "reference 1": "采购计划编号 采购计划备案号 备案编号 采购计划号 分包编号 计划编号",
    "contract_no": "合约编号 变更协议编号 补充协议编号 补充合同编号 变更合同编号 合同编码 协议号 协议编码"
    " 合同代码 合同编号 合同号 协议编号 协议书编号 合同书编号 订单编号"
    " 采购合同编号 政府采购合同编号 订单号 主合同编号 原合同编号",
    "notice_no": "公告编号 公告号 发票号码 发票编号 验收单号 验收编号 通知书编号",
    "method": "采购方式 招标方式 采购形式 采购类型方式 交易方式 发包方式",
    "buyer": "采购部门 机关名称 招标机关 采购机关 承租方 承租人 定作人 采购方名称 需求单位 项目法人 项目建设单位"
    " 建设单位名称 招标单位名称 询价单位"
    " 比价人 竞价人 甲方单位 委托单位名称 委托人名称 发包人名称 采购人全称 采购人 采购单位 招标人 招标单位 建设单位"
    " 采购人名称 招标人名称 采购单位名称 发包人 发包方 发包单位 业主 业主单位 项目业主 项目单位 委托方 委托人"
    " 委托单位 买方 需方 买受人 定作方 订货方 购货方 购买方 购货单位 采购方 订购方 采购主体 用户单位 建设方 比选人"
    " 询价人 遴选人 谈判人 磋商人 招租人 实施机构 甲方名称 采购实体",
    "buyer 2": "使用单位 最终用户 项目实施单位",
    "agent": "集采机构 集中采购机构名称 政府集中采购机构 招标代理人 采购代理单位 代理公司 代理单位名称 采购代理机构"
    " 代理机构 招标代理机构 采购代理机构名称 招标代理 代理机构名称 采购代理 招标代理机构名称 集中采购机构 代理单位",
    "supplier": "中标承办商 承办商 得标厂商 决标厂商 得标者 出租方 出租人 承揽人 研究开发方 中标商 成交商"
    " 入围供应商 供货厂商 供货商名称 乙方单位 服务单位"
    " 施工方 总承包人 总承包单位 受托单位 承包人名称 卖方名称 中标成交单位"
    " 成交供应商全称 中标单位名称 成交单位名称 中选人名称 中标供应商 中标人 中标单位 成交供应商 成交人 成交单位"
    " 供应商 供货商 供货方 供货单位 供方 卖方 出卖人 承包人 承包方 承包单位 受托方 受托人 销货方 销售方 承揽方"
    " 承建单位 施工单位 中标供应商名称 成交供应商名称 中标人名称 供应商名称 中标成交供应商 中标成交供应商名称"
    " 中标企业 中选人 中选单位 中选供应商 承建方 服务商 服务方 服务提供方 销货单位 乙方名称 中标公司 社会资本方"
    " 社会资本",
    "supplier 1": "设计人 设计单位 监理人 监理单位",
    "supplier 2": "中标候选人第一名 拟成交供应商 拟中标供应商 第一中标候选单位 第一成交候选供应商 首选中标候选人"
    " 单一来源采购供应商 拟采购供应商 第一中标候选人 中标候选人 推荐中标候选人 第一名 第一成交候选人 拟定供应商"
    " 单一来源供应商 拟定供应商名称",
    "supplier 3": "投标人 投标人名称 投标单位 响应人 投标供应商 投标方 投标单位名称 报价人 报价单位",
    "leader": "联合体牵头人 牵头人 牵头单位 联合体牵头单位 联合体主体 牵头方 联合体牵头方",
    "member": "联合体成员 成员单位 联合体成员单位 联合体成员方 成员方 联合体其他成员 成员",
    "party_a": "甲方",
    "party_b": "乙方",
    "name": "名称 单位名称 全称",
    "value": "合约金额 合约价值 决标金额 总决标金额 变更后合同金额 变更后合同总价 变更后金额 调整后合同金额"
    " 调整后合同总价 研究开发经费和报酬总额 技术服务费总额 服务费总额 租金总额 采购金额 成交总价"
    " 中标成交总金额 合同含税金额"
    " 合同总价含税 合同总费用 合同总计金额 签约合同金额 成交价格 中标成交价 中标额 成交额 总成交金额 总成交价"
    " 合同总金额 合同金额 合同总价 合同价款 合同价 合同总价款 合同价格 签约合同价 中标金额 成交金额 中标成交金额"
    " 中标价 成交价 中标价格 中标总金额 成交总金额 合同总额 合同价税合计 价税合计 中标总价 中选金额 中选价 合同暂定价"
    " 合同含税总价 含税总价 订单总额 订单金额 协议金额 结算金额 发票金额 合同成交金额 总中标金额 合同款总额"
    " 合同固定总价 中标价款 最终报价金额",
    "value 1": "合计金额小写 合同金额小写 合同总价小写 总金额小写 总价小写 金额小写 合同价小写 总金额 总价 投标总价"
    " 投标报价 总报价 最终报价 金额合计 报价 响应报价 磋商报价 合计金额",
    "value 2": "合计 总计",
    "value 3": "原合同金额 原合同总价 原合同价款 原合同价 原中标金额",
    "budget": "拟采购货物或服务预算金额 分包预算 标项预算 预算总价 采购项目预算 项目预算价 采购预算价 预算资金"
    " 最高预算 采购总预算 项目总预算 预算金额元 合同估算价 项目估算价 预算金额 采购预算 项目预算 预算总金额"
    " 项目预算金额 采购预算金额 预算 预算价 投资估算 估算金额 总投资 项目总投资 工程投资 预算总额 采购项目预算金额"
    " 投资总额 概算金额 估算价",
    "ceiling": "最高限价 招标控制价 预算控制价 采购控制价 控制价 拦标价 最高投标限价 采购最高限价 采购限价 最高控制价"
    " 最高限价如有 上限价",
    "published": "发布时间 发布日期 公告日期 公告时间 公示日期 发布日 信息发布时间 公告发布日期 公告发布时间",
    "tender": "招标公告日期 招标日期 采购公告日期 采购公告发布日期 招标公告发布日期 首次公告日期 采购日期"
    " 招标公告发布时间",
    "award": "批出日期 决标日期 中标通知书发放日期 成交通知书日期 结果确定日期 中标成交时间 定标日 中标日期"
    " 定标日期 成交日期 中标时间"
    " 成交时间 定标时间 中标通知书日期 中标通知书发出日期 评标结果日期 中标成交日期 确定成交日期",
    "signed": "合同签订日 签订日 签署日 签约日 订立时间 合同签定日期 合同签订年月 签订年月 签字时间 签订日期 签订时间"
    " 签约日期 签约时间 签署日期 签署时间 合同签订日期 合同签订时间 合同签署日期 合同签署时间 订立日期 签字日期"
    " 合同日期 合同签约日期 合同订立时间 订约日期 协议签订日期 订单日期 签定日期 签定时间",
    "signed 1": "变更日期 变更签订日期 补充协议签订日期",
    "start": "开工日期 计划开工日期 开始日期 起始日期 服务开始日期 合同开始日期 生效日期 合同生效日期 服务起始日期"
    " 起租日 开始时间",
    "end": "竣工日期 计划竣工日期 结束日期 终止日期 截止日期 合同终止日期 合同截止日期 到期日 服务结束日期 到期日期"
    " 完工日期 合同结束日期 合同到期日",
    "document 1": "日期",
    "document": "编制日期 文件日期 落款日期 开票日期 验收日期 验收时间 报价日期 投标日期 编制时间 填报日期",
    "term": "工期总日历天数 合同工期总日历天数 有效期限 交付使用期 供货及安装期 服务起止时间 合同起止日期 履约时间"
    " 服务期限及要求 供货安装期 完成期限 实施工期 供货完成时间 项目实施周期 合同有效期 工期 合同工期 供货期 交货期"
    " 交货时间 交货期限 合同履行期限 履行期限 服务期限 服务期 合作期 合作期限 合同期限 运营期 建设工期 计划工期"
    " 总工期 供货时间 供货期限 合同期 完工期 实施周期 建设周期 合同履约期限 服务时间 工期要求 交付期限 交付时间"
    " 完成时间 交货日期 履约期限 供货周期 合同服务期 项目工期 项目周期",
    "warranty": "质量保修期限 免费质保期限 质保年限 保修年限 保修时间 免费维护期限 质保期 质量保证期 保修期"
    " 免费质保期 免费维护期 质保期限 保修期限 免费保修期 缺陷责任期 质保 免费维保期 质保要求 质量保修期 维保期",
    "option": "续签 续约 续期 选择权 合同续签",
    "place": "交货地点 项目地点 实施地点 服务地点 建设地点 履行地点 合同履行地点 工程地点 交付地点 供货地点 安装地点"
    " 项目所在地 施工地点 到货地点 项目实施地点 收货地点 项目建设地点 送货地点 工程所在地",
    "region": "行政区域 所属地区 所属区域 行政区划 所在地区 采购单位所在地",
    "funding": "经费渠道 资金渠道 项目资金来源 资金来源 资金性质 建设资金来源 采购资金来源 经费来源 资金来源及比例"
    " 资金构成",
    "model": "运作方式 合作模式 建设模式 运营模式 项目运作方式 实施模式 投融资模式 合作方式 项目模式",
    "recipient": "数据接收方 数据接收单位 数据接入单位 数据使用单位 数据共享对象",
}
_EN = {
    "title": "tender description|name of tender|scope of contract|subject of procurement|name of assignment|name"
    " of contract"
    "|contract title and description|description of procurement|description of contract|name of work|name of the work"
    "|procurement subject|tender name|project title|contract title|title of contract|title of the contract"
    "|project name|procurement title|tender title|name of project|title of procurement|name of the project"
    "|subject of the contract|subject matter|contract name",
    "title 1": "sub|title|subject|project|lot title",
    "title 2": "description",
    "reference": "unique id|unique identifier|cn id|internal identifier|tender reference no|bid contract"
    " reference no|contract reference no"
    "|ifb no|itb no|eoi no|tender notice no|e-tender no|tender ref no|enquiry no|rfx number|rfx no|procurement ref"
    "|bid notice number|file no|nit no|procedure reference|internal reference|project code|tender code|bid ref no"
    "|reference|reference number|reference no|tender reference|tender no|tender number|procurement reference"
    "|procurement reference number|itt reference|rfp no|rfp number|rfq no|solicitation number|solicitation no"
    "|bid number|bid no|project number|project no|our reference|itt ref|tender ref|notice reference|file reference"
    "|project reference|invitation no|bid reference|ref|ref no|procurement number|tender id|project id",
    "contract_no": "call-off reference|contract award number|award no|gemc no|order form reference|contract id number"
    "|call-off contract reference|call-off contract number|call-off order number|loa no|purchase contract no"
    "|contract agreement number|contract number|contract no|contract reference|contract ref|agreement number"
    "|agreement no|purchase order number|purchase order no|po number|po no|order number|order no|contract id"
    "|award number|award id",
    "notice_no": "notice number|notice no|invoice number|invoice no|notice id|document number in ojs|certificate no",
    "method": "procedure type|type of procedure|procurement method|procurement procedure|procedure"
    "|tendering procedure|method of procurement|award procedure",
    "buyer": "agency|procuring and disposing entity|contracting office|implementing agency|executing agency"
    "|procuring organisation|buyer organisation|name of procuring entity|name of buyer organisation|invoice to"
    "|ministry|entity name|buyer|purchaser|contracting authority|client|customer|procuring entity"
    "|purchasing authority|procuring agency|contracting entity|employer|purchasing entity|buyer name|name of buyer"
    "|contracting body|purchasing organisation|purchasing organization|name of contracting authority|authority"
    "|bill to|sold to|issued by authority|the buyer|the purchaser|the client|the customer|the employer|the authority"
    "|ordering party|name of purchaser|awarding authority",
    "buyer 2": "department|end user|beneficiary|consignee|user department",
    "agent": "purchasing consultant|procurement service provider|tender agent|procurement agent|purchasing agent"
    "|tendering agent|acting agent|procuring agent|central purchasing body",
    "supplier": "winning contractor|successful firm|winner|awarded bidder|awarded firm|awarded company|awarded"
    " vendor|contractor awarded name"
    "|best evaluated bidder|successful supplier|awarded contractor name|name of successful bidder"
    "|name of successful tenderer|name of best evaluated bidder|winning company|winning firm|m/s|successful offeror"
    "|awarded consultant|supplier|contractor|vendor|seller|successful bidder|successful tenderer|awarded supplier"
    "|winning bidder|winning supplier|awardee|name of contractor|supplier name|name of supplier|service provider"
    "|awarded to|consultant|name of the contractor|the supplier|the contractor|the vendor|the seller"
    "|contract awarded to|winning tenderer|provider|awarded contractor|selected bidder|economic operator",
    "supplier 3": "bidder|tenderer|name of bidder|name of tenderer",
    "leader": "lead consortium member|lead firm|consortium lead|lead jv partner|jv lead partner|lead member"
    "|lead partner|consortium leader|lead contractor|lead bidder|leader of the consortium",
    "member": "joint venture members|jv members|jv partner|consortium members and partners|jv member"
    "|consortium member|consortium members|member|members|consortium partner|joint venture partner|partner",
    "name": "name and addresses|name|official name|organisation name|organization name|company name|name and address",
    "value": "contract award dollar value|total value of the procurement|signed contract price|award price"
    "|value of all contracts awarded in this notice|contract award amount|value excluding vat|value including vat"
    "|value excluding tax|value inclusive of vat|total initial value of the contract|net contract value"
    "|total contract sum|total order value|amount awarded|amount of award|base and all options value"
    "|current contract value|total award amount|total obligated amount|awarded price|value of award|contract price"
    "|contract value|total contract value|contract amount|total value|contract sum|total contract price|award value"
    "|awarded value|award amount|awarded amount|value of contract|value of the contract|total contract amount"
    "|total value of the contract|total final value|final value|agreed price|accepted contract amount|order value"
    "|order total|total price|final contract price|contract award value|invoice total|total amount due",
    "value 1": "total|grand total|total amount|price|amount|value|bid price|tender price|tender sum|bid amount",
    "budget": "engineers estimate|estimated contract price|cost estimate|estimated amount"
    "|estimated value excluding vat|total estimated value|budget|estimated value|estimated cost|approved budget"
    "|estimated budget|engineer's estimate|total budget|estimated total value|budget amount|estimated contract value"
    "|available budget|estimated price|project budget",
    "ceiling": "ceiling price|maximum price|price ceiling|maximum value|ceiling|not-to-exceed amount"
    "|upper price limit|maximum budget|maximum contract value|price cap",
    "published": "date of publication|publication date|published|published on|date published|posted on|notice date"
    "|posting date",
    "tender": "issue date|date issued|rfq date|rfp date|tender issued|date of rfq|invitation for bids date"
    "|solicitation date|open date|tender date|date of tender|invitation date|date of invitation|issue date of tender"
    "|date of issue|tender issue date",
    "award": "awarded date|date of contract award decision|date of the award decision|award decision date"
    "|date of decision to award|action date|date of decision|award date|date of award|date awarded|awarded on"
    "|date of contract award|contract award date",
    "signed": "contract signature date|date of the conclusion of the contract|date of contract signature"
    "|contract signed date|signed date|po date|date of award of contract and signature|date contract signed"
    "|date of conclusion of contract|contract signed on|date of signature|signature date|signing date|date signed"
    "|signed on|contract date|date of contract|agreement date|date of agreement|date of signing|execution date"
    "|date of conclusion of the contract|contract signing date|order date|date of the agreement|date of the contract"
    "|conclusion date|purchase order date",
    "start": "sow effective date|date of start|service start|commencing date|call-off commencement date|contract"
    " starts|period start"
    "|commencement date|start date|contract start date|effective date|service commencement date|contract start"
    "|date of commencement|works commencement date|start of contract|contract commencement date|service start date",
    "end": "service end|contract ends|call-off end date|period end|expiry|end date|expiry date|contract end date"
    "|completion date|expiration date|termination date|date of expiry|contract end|contract expiry date"
    "|date of completion|contract completion date|end of contract|service end date",
    "document": "date|dated|document date|invoice date|date of invoice|issue date|date of acceptance|acceptance date",
    "term": "estimated contract dates|contract dates|initial period|contract length|agreement term|term of agreement"
    "|period of contract work|delivery within|time for delivery|completion time|contract duration in months"
    "|duration of assignment|term|contract term|duration|contract duration|initial term|delivery time|delivery period"
    "|contract period|time for completion|period of performance|completion period|term of contract"
    "|term of the contract|duration of contract|duration of the contract|delivery schedule|time of delivery"
    "|performance period|period of contract|delivery term|service period|delivery",
    "warranty": "defect liability period|warranty requirement|warranty terms|guarantee|product warranty"
    "|warranty and support|warranty|warranty period|defects liability period|guarantee period|term of warranty"
    "|warranty term|defects notification period",
    "option": "optional extension period|extension period|extension option|possible extension|extensions|renewals"
    "|description of options|contract extension|options|option|renewal|extension|extension options|option to extend"
    "|renewal options|renewal option",
    "place": "place of delivery|delivery place|delivery address|place of performance|site|location|project location"
    "|delivery location|main site|place of execution|site location|delivery point|main site or place of performance"
    "|destination|location of works|location of contract|ship to|delivered to|installation site",
    "region": "region|county|district|province",
    "funding": "source of funds|funding source|funding|source of funding|financing|funded by|source of finance",
    "model": "operating model|delivery model|contract model|project model|procurement model|contract form"
    "|financing model",
    "recipient": "data recipient|data recipients|recipient of data|recipients of data",
}
_ZH_SIGN = (
    "甲方",
    "乙方",
    "买方",
    "卖方",
    "需方",
    "供方",
    "发包人",
    "承包人",
    "委托方",
    "受托方",
    "采购人",
    "供应商",
    "委托人",
    "受托人",
)
_ROLES = ("buyer", "supplier", "agent", "leader", "member", "party_a", "party_b")


def _table() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for words, split in ((_ZH, " "), (_EN, "|")):
        for key, labels in words.items():
            field, _, level = key.partition(" ")
            for label in labels.split(split):
                found.setdefault(label, (field, int(level or 0)))
    return found


LABELS = _table()
LONGEST = max(map(len, LABELS)) + 36
"""Characters that a label may have as written, without its number and brackets."""

_NUMBERED = re.compile(
    r"^(?:[\s　*★▲●■◆□☑√•·–—-]+|第[一二三四五六七八九十\d]{1,3}[条章节]"
    r"|[（(]?[一二三四五六七八九十\d]{1,3}(?:[.．]\d{1,2}){0,3}[)）.．、]?\s?(?=\D)|[（(][a-z\d][)）]|[a-z][.)]\s|[ivx]{1,4}(?:\.\d{1,2}){1,4}[.)]?\s)+"
)
_OF_NOTICE = re.compile(r"^(?:原公告|原招标公告|本次公告|原)的?(?!合同编号)")
_BRACKETS = re.compile(r"[（(【\[〔][^()（）【】\[\]〔〕]{0,48}[)）】\]〕]?")
_HAN_SPACE = re.compile(rf"(?<=[{HAN}/])[\s　]+(?=[{HAN}/])")


_TAXED = re.compile(
    r"[\s,–-]*\b(?:excluding|including|excl|incl|exclusive of|inclusive of|ex|inc|net of)\b\.?\s?(?:of\s)?(?:vat"
    r"|tax|gst)\b"
)
_LED = re.compile(r"^(?:the|our|call-off|(?:full |legal |registered )?names? (?:and address(?:es)? )?of (?:the )?)\s?")
_SEVERAL = re.compile(r"(supplier|contractor|bidder|winner|vendor|buyer|tenderer|consultant|firm|partner|authoritie)s$")
_CLOSED = re.compile(r" (?:name|details?|information|organi[sz]ation|company)$")


@lru_cache(maxsize=4096)
def labelled(text: str) -> tuple[str, int, str] | None:
    """The field that a label names, its level (0: names nothing else) and what its brackets hold; None: no label."""
    plain = text.replace("（", "(").replace("）", ")").strip().lower()
    plain = _HAN_SPACE.sub("", plain)
    bare = _OF_NOTICE.sub("", _NUMBERED.sub("", plain))
    inside = " ".join(found[0].strip("()（）【】[]〔〕 ") for found in _BRACKETS.finditer(bare))
    short = _BRACKETS.sub("", bare)
    for key in (
        _keys(bare, short, plain) if not plain.startswith("原") else (plain.strip(" :："), *_keys(bare, short, plain))
    ):
        if key in LABELS:
            field, level = LABELS[key]
            taxed = _TAXED.search(plain)
            return *_turned(field, level, inside), " ".join(filter(None, (inside, taxed and taxed[0])))
    return None


def _keys(bare: str, short: str, plain: str) -> Iterator[str]:
    """The forms of a label that may stand in the table, the plainest first."""
    for form in (bare, short, short.partition("/")[0], plain):
        if form.isascii():
            key = form.strip(" .:;,*\"'#")
            yield key
        else:
            key = form.strip(" .:：;,*“”\"'/　").replace("/", "").replace("的", "")
            yield from (key, key.removesuffix("为"))
    if short.isascii():
        key = _TAXED.sub("", short).replace("/", " ").strip(" .:;,*\"'#")
        for form in dict.fromkeys((key, _LED.sub("", key), _CLOSED.sub("", key), _CLOSED.sub("", _LED.sub("", key)))):
            yield from (form, _SEVERAL.sub(r"\1", form), form.replace(" no.", " no"))


def _turned(field: str, level: int, inside: str) -> tuple[str, int]:
    """The field and level by what the brackets say: ``甲方（采购人）`` is the buyer."""
    if field not in {"party_a", "party_b"}:
        return field, level
    other = LABELS.get(inside.strip().replace("/", ""))
    return (other[0], 1) if other and other[0] in {"buyer", "supplier"} else (field, level)
