"""The labels of contract records and what field each names, in Chinese and English.

A label counts only as a whole, folded and without its number and brackets: ``3.1 采购人（甲方）：`` is ``采购人``. The
words are those of published notices and model contracts; the first of a field are those that name nothing else.
"""

from __future__ import annotations

import re
from functools import lru_cache

from countersight.text.normal import HAN

_ZH = {
    "title": "项目名称 采购项目名称 招标项目名称 工程名称 标的名称 采购名称 公告标题 项目全称 订单名称 采购项目",
    "title 1": "合同名称 标段名称 包名称 采购内容",
    "reference": "项目编号 采购编号 招标编号 采购项目编号 招标项目编号 项目代码 标书编号 招标文件编号"
    " 采购文件编号 磋商编号 谈判编号"
    " 询价编号 比选编号 招标号 项目招标编号 政府采购编号 采购文号 项目号 标段编号 标段编码",
    "reference 1": "采购计划编号 采购计划备案号 备案编号 采购计划号 分包编号 计划编号",
    "contract_no": "合同编号 合同号 协议编号 协议书编号 合同书编号 订单编号 采购合同编号 政府采购合同编号"
    " 订单号 主合同编号 原合同编号",
    "notice_no": "公告编号 公告号 发票号码 发票编号 验收单号 验收编号 通知书编号",
    "method": "采购方式 招标方式 采购形式 采购类型方式 交易方式 发包方式",
    "buyer": "采购人 采购单位 招标人 招标单位 建设单位 采购人名称 招标人名称 采购单位名称 发包人 发包方"
    " 发包单位 业主 业主单位 项目业主"
    " 项目单位 委托方 委托人 委托单位 买方 需方 买受人 定作方 订货方 购货方 购买方 购货单位 采购方 订购方"
    " 采购主体 用户单位 建设方"
    " 比选人 询价人 遴选人 谈判人 磋商人 招租人 实施机构 甲方名称 采购实体",
    "buyer 2": "使用单位 最终用户 项目实施单位",
    "agent": "采购代理机构 代理机构 招标代理机构 采购代理机构名称 招标代理 代理机构名称 采购代理"
    " 招标代理机构名称 集中采购机构 代理单位",
    "supplier": "中标供应商 中标人 中标单位 成交供应商 成交人 成交单位 供应商 供货商 供货方 供货单位 供方 卖方"
    " 出卖人 承包人 承包方 承包单位"
    " 受托方 受托人 销货方 销售方 承揽方 承建单位 施工单位 中标供应商名称 成交供应商名称 中标人名称 供应商名称"
    " 中标成交供应商"
    " 中标成交供应商名称 中标企业 中选人 中选单位 中选供应商 承建方 服务商 服务方 服务提供方 销货单位 乙方名称"
    " 中标公司 社会资本方 社会资本",
    "supplier 2": "第一中标候选人 中标候选人 推荐中标候选人 第一名 第一成交候选人 拟定供应商 单一来源供应商"
    " 拟定供应商名称",
    "supplier 3": "投标人 投标人名称 投标单位 响应人 投标供应商 投标方 投标单位名称 报价人 报价单位",
    "leader": "联合体牵头人 牵头人 牵头单位 联合体牵头单位 联合体主体 牵头方 联合体牵头方",
    "member": "联合体成员 成员单位 联合体成员单位 联合体成员方 成员方 联合体其他成员 成员",
    "party_a": "甲方",
    "party_b": "乙方",
    "name": "名称 单位名称 全称",
    "value": "合同总金额 合同金额 合同总价 合同价款 合同价 合同总价款 合同价格 签约合同价 中标金额 成交金额"
    " 中标成交金额 中标价 成交价 中标价格"
    " 中标总金额 成交总金额 合同总额 合同价税合计 价税合计 中标总价 成交总价 中选金额 中选价 合同暂定价"
    " 合同含税总价 含税总价 订单总额 订单金额"
    " 协议金额 结算金额 发票金额 合同成交金额 总中标金额 合同款总额 合同固定总价 中标价款 最终报价金额",
    "value 1": "总金额 总价 投标总价 投标报价 总报价 最终报价 金额合计 报价 响应报价 磋商报价 合计金额",
    "budget": "预算金额 采购预算 项目预算 预算总金额 项目预算金额 采购预算金额 预算 预算价 投资估算 估算金额"
    " 总投资 项目总投资 工程投资 预算总额"
    " 采购项目预算金额 投资总额 概算金额 估算价",
    "ceiling": "最高限价 招标控制价 预算控制价 采购控制价 控制价 拦标价 最高投标限价 采购最高限价 采购限价"
    " 最高控制价 最高限价如有 上限价",
    "published": "发布时间 发布日期 公告日期 公告时间 公示日期 发布日 信息发布时间 公告发布日期 公告发布时间",
    "tender": "招标公告日期 招标日期 采购公告日期 采购公告发布日期 招标公告发布日期 首次公告日期 采购日期"
    " 招标公告发布时间",
    "award": "中标日期 定标日期 成交日期 中标时间 成交时间 定标时间 中标通知书日期 中标通知书发出日期"
    " 评标结果日期 中标成交日期 确定成交日期",
    "signed": "签订日期 签订时间 签约日期 签约时间 签署日期 签署时间 合同签订日期 合同签订时间 合同签署日期"
    " 合同签署时间 订立日期 签字日期"
    " 合同日期 合同签约日期 合同订立时间 订约日期 协议签订日期 订单日期 签定日期 签定时间",
    "start": "开工日期 计划开工日期 开始日期 起始日期 服务开始日期 合同开始日期 生效日期 合同生效日期"
    " 服务起始日期 起租日 开始时间",
    "end": "竣工日期 计划竣工日期 结束日期 终止日期 截止日期 合同终止日期 合同截止日期 到期日 服务结束日期"
    " 到期日期 完工日期 合同结束日期 合同到期日",
    "document 1": "日期",
    "document": "编制日期 文件日期 落款日期 开票日期 验收日期 验收时间 报价日期 投标日期 编制时间 填报日期",
    "term": "工期 合同工期 供货期 交货期 交货时间 交货期限 合同履行期限 履行期限 服务期限 服务期 合作期"
    " 合作期限 合同期限 运营期 建设工期 计划工期"
    " 总工期 供货时间 供货期限 合同期 完工期 实施周期 建设周期 合同履约期限 服务时间 工期要求 交付期限 交付时间"
    " 完成时间 交货日期 履约期限"
    " 供货周期 合同服务期 项目工期 项目周期",
    "warranty": "质保期 质量保证期 保修期 免费质保期 免费维护期 质保期限 保修期限 免费保修期 缺陷责任期 质保"
    " 免费维保期 质保要求 质量保修期 维保期",
    "option": "续签 续约 续期 选择权 合同续签",
    "place": "交货地点 项目地点 实施地点 服务地点 建设地点 履行地点 合同履行地点 工程地点 交付地点 供货地点"
    " 安装地点 项目所在地 施工地点 到货地点"
    " 项目实施地点 收货地点 项目建设地点 送货地点 工程所在地",
    "region": "行政区域 所属地区 所属区域 行政区划 所在地区 采购单位所在地",
    "funding": "资金来源 资金性质 建设资金来源 采购资金来源 经费来源 资金来源及比例 资金构成",
    "model": "运作方式 合作模式 建设模式 运营模式 项目运作方式 实施模式 投融资模式 合作方式 项目模式",
    "recipient": "数据接收方 数据接收单位 数据接入单位 数据使用单位 数据共享对象",
}
_EN = {
    "title": "project title|contract title|title of contract|title of the contract|project name|procurement"
    " title|tender title"
    "|name of project|title of procurement|name of the project|subject of the contract|subject matter|contract name",
    "title 1": "title|subject|project|lot title",
    "reference": "reference|reference number|reference no|tender reference|tender no|tender number|procurement"
    " reference"
    "|procurement reference number|itt reference|rfp no|rfp number|rfq no|solicitation number|solicitation no"
    "|bid number"
    "|bid no|project number|project no|our reference|itt ref|tender ref|notice reference|file reference|project"
    " reference"
    "|invitation no|bid reference|ref|ref no|procurement number|tender id|project id",
    "contract_no": "contract number|contract no|contract reference|contract ref|agreement number|agreement no"
    "|purchase order number|purchase order no|po number|po no|order number|order no|contract id|award number|award id",
    "notice_no": "notice number|notice no|invoice number|invoice no|notice id|document number in ojs|certificate no",
    "method": "procedure type|type of procedure|procurement method|procurement procedure|procedure|tendering procedure"
    "|method of procurement|award procedure",
    "buyer": "buyer|purchaser|contracting authority|client|customer|procuring entity|purchasing authority"
    "|procuring agency"
    "|contracting entity|employer|purchasing entity|buyer name|name of buyer|contracting body|purchasing organisation"
    "|purchasing organization|name of contracting authority|authority|bill to|sold to|issued by authority|the buyer"
    "|the purchaser|the client|the customer|the employer|the authority|ordering party|name of purchaser"
    "|awarding authority",
    "buyer 2": "end user|beneficiary|consignee|user department",
    "agent": "procurement agent|purchasing agent|tendering agent|acting agent|procuring agent|central purchasing body",
    "supplier": "supplier|contractor|vendor|seller|successful bidder|successful tenderer|awarded supplier"
    "|winning bidder"
    "|winning supplier|awardee|name of contractor|supplier name|name of supplier|service provider|awarded to|consultant"
    "|name of the contractor|the supplier|the contractor|the vendor|the seller|contract awarded to|winning tenderer"
    "|provider|awarded contractor|selected bidder|economic operator",
    "supplier 3": "bidder|tenderer|name of bidder|name of tenderer",
    "leader": "lead member|lead partner|consortium leader|lead contractor|lead bidder|leader of the consortium",
    "member": "consortium member|consortium members|member|members|consortium partner|joint venture partner|partner",
    "name": "name|official name|organisation name|organization name|company name|name and address",
    "value": "contract price|contract value|total contract value|contract amount|total value|contract sum|total"
    " contract price"
    "|award value|awarded value|award amount|awarded amount|value of contract|value of the contract|total"
    " contract amount"
    "|total value of the contract|total final value|final value|agreed price|accepted contract amount|order"
    " value|order total"
    "|total price|final contract price|contract award value|invoice total|total amount due",
    "value 1": "total|grand total|total amount|price|amount|value|bid price|tender price|tender sum|bid amount",
    "budget": "budget|estimated value|estimated cost|approved budget|estimated budget|engineer's estimate|total budget"
    "|estimated total value|budget amount|estimated contract value|available budget|estimated price|project budget",
    "ceiling": "ceiling price|maximum price|price ceiling|maximum value|ceiling|not-to-exceed amount|upper price limit"
    "|maximum budget|maximum contract value|price cap",
    "published": "date of publication|publication date|published|published on|date published|posted on|notice"
    " date|posting date",
    "tender": "tender date|date of tender|invitation date|date of invitation|issue date of tender|date of issue"
    "|tender issue date",
    "award": "award date|date of award|date awarded|awarded on|date of contract award|contract award date|awarded date",
    "signed": "date of signature|signature date|signing date|date signed|signed on|contract date|date of"
    " contract|agreement date"
    "|date of agreement|date of signing|execution date|date of conclusion of the contract|contract signing date"
    "|order date"
    "|date of the agreement|date of the contract|conclusion date|purchase order date",
    "start": "commencement date|start date|contract start date|effective date|service commencement date|contract start"
    "|date of commencement|works commencement date|start of contract|contract commencement date|service start date",
    "end": "end date|expiry date|contract end date|completion date|expiration date|termination date|date of"
    " expiry|contract end"
    "|contract expiry date|date of completion|contract completion date|end of contract|service end date",
    "document": "date|dated|document date|invoice date|date of invoice|issue date|date of acceptance|acceptance date",
    "term": "term|contract term|duration|contract duration|initial term|delivery time|delivery period|contract"
    " period|time for completion"
    "|period of performance|completion period|term of contract|term of the contract|duration of contract"
    "|duration of the contract"
    "|delivery schedule|time of delivery|performance period|period of contract|delivery term|service period"
    "|completion time|delivery",
    "warranty": "warranty|warranty period|defects liability period|guarantee period|term of warranty|warranty"
    " term|defects notification period",
    "option": "options|option|renewal|extension|extension options|option to extend|renewal options|renewal option",
    "place": "place of delivery|delivery place|delivery address|place of performance|site|location|project"
    " location|delivery location"
    "|main site|place of execution|site location|delivery point|main site or place of performance|destination"
    "|location of works"
    "|ship to|delivered to|installation site",
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
    r"|[（(]?[一二三四五六七八九十\d]{1,3}(?:[.．]\d{1,2}){0,3}[)）.．、]?\s?(?=\D)|[（(][a-z\d][)）]|[a-z][.)]\s)+"
)
_OF_NOTICE = re.compile(r"^(?:原公告|原招标公告|本次公告|原)的?(?!合同编号)")
_BRACKETS = re.compile(r"[（(【\[〔][^()（）【】\[\]〔〕]{0,48}[)）】\]〕]?")
_HAN_SPACE = re.compile(rf"(?<=[{HAN}/])[\s　]+(?=[{HAN}/])")


@lru_cache(maxsize=4096)
def labelled(text: str) -> tuple[str, int, str] | None:
    """The field that a label names, its level (0: names nothing else) and what its brackets hold; None: no label."""
    plain = text.replace("（", "(").replace("）", ")").strip().lower()
    plain = _HAN_SPACE.sub("", plain)
    bare = _OF_NOTICE.sub("", _NUMBERED.sub("", plain))
    inside = " ".join(found[0].strip("()（）【】[]〔〕 ") for found in _BRACKETS.finditer(bare))
    short = _BRACKETS.sub("", bare)
    for form in (bare, short, short.partition("/")[0], plain):
        key = (
            form.strip(" .:：;,*“”\"'/　").replace("/", "").replace("的", "")
            if not form.isascii()
            else form.strip(" .:;,*\"'#")
        )
        if key in LABELS:
            field, level = LABELS[key]
            return *_turned(field, level, inside), inside
    return None


def _turned(field: str, level: int, inside: str) -> tuple[str, int]:
    """The field and level by what the brackets say: ``甲方（采购人）`` is the buyer."""
    if field not in {"party_a", "party_b"}:
        return field, level
    other = LABELS.get(inside.strip().replace("/", ""))
    return (other[0], 1) if other and other[0] in {"buyer", "supplier"} else (field, level)
