"""The labels of contract records and what field each names, in Chinese and English.

A label counts only as a whole, folded and without its number and brackets: ``3.1 采购人（甲方）：`` is ``采购人``. The
words are those of published notices and model contracts; the first of a field are those that name nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from countersight.text import roles
from countersight.text.normal import HAN

_ZH = {
    "title": "合约名称 标案名称 合同项目名称 项目名称及编号 招标工程名称 项目名称 采购项目名称 招标项目名称 工程名称"
    " 标的名称 采购名称 公告标题 项目全称 订单名称 采购项目",
    "title 1": "合同名称 标段名称 包名称 采购内容",
    "reference": "案号 标案案号 卷宗编号 项目备案号",
    "reference 1": "委托代理编号 采购代理编号 招标代理编号 代理编号",
    "reference 2": "采购计划编号 采购计划备案号 备案编号 采购计划号 分包编号 计划编号",
    "contract_no": "主合同编号 原合同编号",
    "notice_no": "公告编号 公告号 发票号码 发票编号 验收单号 验收编号 通知书编号",
    "method": "采购方式 招标方式 采购形式 采购类型方式 交易方式 发包方式",
    "buyer": "机关名称 项目建设单位 比价人 竞价人 甲方单位 项目单位 用户单位 招租人 甲方名称",
    "buyer 1": "征集人 征集单位 征集机构 征集方",
    "buyer 2": "使用单位 最终用户 项目实施单位",
    "agent": "采购代理 招标代理",
    "supplier": "研究开发方 乙方单位 中标成交单位 中标成交供应商 中标成交供应商名称 乙方名称 社会资本",
    "supplier 1": "入围供应商 入围供应商名称 入围单位 入围人 入围企业 入围投标人 入围服务商"
    " 设计人 设计单位 监理人 监理单位",
    "supplier 2": "中标候选人第一名 拟成交供应商 拟中标供应商 第一中标候选单位 第一成交候选供应商 首选中标候选人"
    " 单一来源采购供应商 拟采购供应商 第一中标候选人 中标候选人 推荐中标候选人 第一名 第一成交候选人 拟定供应商"
    " 单一来源供应商 拟定供应商名称",
    "supplier 3": "投标人名称 响应人 投标单位名称",
    "leader": "联合体牵头人 牵头人 牵头单位 联合体牵头单位 联合体主体 牵头方 联合体牵头方",
    "member": "联合体其他成员 成员",
    "party_a": "甲方",
    "party_b": "乙方",
    "name": "名称 单位名称 全称",
    "value": "合约价值 总决标金额 变更后金额 研究开发经费和报酬总额 技术服务费总额 服务费总额 租金总额 采购金额"
    " 总成交金额 总成交价 合同价税合计 价税合计 含税总价 结算金额 发票金额 总中标金额 最终报价金额",
    "value 1": "合计金额小写 合同金额小写 合同总价小写 总金额小写 总价小写 金额小写 合同价小写 投标总价 投标报价"
    " 总报价 最终报价 金额合计 报价 响应报价 磋商报价 合计金额",
    "value 2": "合计 总计",
    "value 3": "原合同金额 原合同总价 原合同价款 原合同价 原中标金额",
    "budget": "拟采购货物或服务预算金额 分包预算 标项预算 预算总价 采购项目预算 项目预算价 采购预算价 预算资金"
    " 最高预算 采购总预算 项目总预算 预算金额元 合同估算价 项目估算价 预算金额 采购预算 项目预算 预算总金额"
    " 项目预算金额 采购预算金额 预算 预算价 投资估算 估算金额 总投资 项目总投资 工程投资 预算总额 采购项目预算金额"
    " 投资总额 概算金额 估算价",
    "ceiling": "拦标价 上限价",
    "published": "发布时间 发布日期 公告日期 公告时间 公示日期 发布日 信息发布时间 公告发布日期 公告发布时间",
    "tender": "原公告日期 招标公告日期 招标日期 采购公告日期 采购公告发布日期 招标公告发布日期 首次公告日期 采购日期"
    " 招标公告发布时间",
    "closing": "截标时间 截标日期 截止投标 截止投标时间 截止投标日期 投标截止 递交截止",
    "award": "结果确定日期 评标结果日期 确定成交日期",
    "signed": "合同日期 订约日期 订单日期 下单日期 下单时间 签约日",
    "signed 1": "变更日期 变更签订日期 补充协议签订日期",
    "start": "开工日期 计划开工日期 开始日期 起始日期 服务开始日期 合同开始日期 生效日期 合同生效日期 服务起始日期"
    " 起租日 开始时间",
    "end": "竣工日期 计划竣工日期 结束日期 终止日期 截止日期 合同终止日期 合同截止日期 到期日 服务结束日期 到期日期"
    " 完工日期 合同结束日期 合同到期日",
    "document 1": "日期",
    "document": "更正日期 编制日期 文件日期 落款日期 开票日期 验收日期 验收时间 报价日期 投标日期 编制时间 填报日期",
    "term": "租期 特许经营期 约定交货期"
    " 履约起迄日期 履约期间 工期总日历天数 合同工期总日历天数 有效期限 交付使用期 供货及安装期 服务起止时间"
    " 合同起止日期 履约时间 服务期限及要求 供货安装期 完成期限 实施工期 供货完成时间 项目实施周期 合同有效期 工期"
    " 合同工期 供货期 交货期 交货时间 交货期限 合同履行期限 履行期限 服务期限 服务期 合作期 合作期限 合同期限 运营期"
    " 建设工期 计划工期 总工期 供货时间 供货期限 合同期 完工期 实施周期 建设周期 合同履约期限 服务时间 工期要求"
    " 交付期限 交付时间 完成时间 交货日期 履约期限 供货周期 合同服务期 项目工期 项目周期",
    "warranty": "质量保修期限 免费质保期限 质保年限 保修年限 保修时间 免费维护期限 质保期 质量保证期 保修期 免费质保期"
    " 免费维护期 质保期限 保修期限 免费保修期 缺陷责任期 质保 免费维保期 质保要求 质量保修期 维保期",
    "option": "续签 续约 续租 续期 选择权 合同续签",
    "place": "交货地点 项目地点 实施地点 服务地点 建设地点 履行地点 合同履行地点 工程地点 交付地点 供货地点 安装地点"
    " 项目所在地 房屋坐落 坐落 厂址"
    " 履约地点 施工地点 到货地点 项目实施地点 收货地点 项目建设地点 送货地点 工程所在地",
    "place 1": "验收地点",
    "region": "行政区域 所属地区 所属区域 行政区划 所在地区 采购单位所在地",
    "funding": "列支渠道 列支科目"
    " 经费渠道 资金渠道 项目资金来源 资金来源 资金性质 建设资金来源 采购资金来源 经费来源 资金来源及比例"
    " 资金构成",
    "model": "运作方式 合作模式 建设模式 运营模式 项目运作方式 实施模式 投融资模式 合作方式 项目模式",
    "recipient": "数据接收方 数据接收单位 数据接入单位 数据使用单位 数据共享对象",
}
_EN = {
    "title": "contract description|tender description|name of tender|scope of contract|subject of procurement"
    "|name of assignment"
    "|name of contract|contract title and description|description of procurement|description of contract|name of work"
    "|name of the work|procurement subject|tender name|contract title|title of contract"
    "|title of the contract|procurement title|tender title|title of procurement"
    "|subject of the contract|subject matter|contract name",
    "title 1": "project title|project name|name of project|name of the project|sub|title|subject|project|lot title",
    "title 2": "description|description of goods or services",
    "reference": "unique id|unique identifier|cn id|internal identifier|bid contract reference no"
    "|contract reference no|e-tender no|enquiry no|file no|internal reference|reference|reference number|reference no"
    "|our reference|notice reference|file reference|invitation no|ref|ref no",
    "contract_no": "call-off reference|gemc no|loa no",
    "notice_no": "notice number|notice no|invoice number|invoice no|notice id|document number in ojs|certificate no",
    "reference 1": "request for tender|request for tenders|request for quotation|request for proposal"
    "|request for proposals|invitation to tender|invitation to bid|invitation for bids|solicitation",
    "party_a": "party a",
    "party_b": "party b",
    "method": "mode of procurement"
    "|procedure type|type of procedure|procurement method|procurement procedure|procedure|tendering procedure"
    "|method of procurement|award procedure",
    "buyer": "owner|project owner|agency|organisation chain|organization chain|department/ind. agency"
    "|buyer organisation|name of procuring entity|name of buyer organisation"
    "|entity name|buyer name|name of buyer"
    "|name of contracting authority|authority|issued by authority|the buyer|the purchaser|the client"
    "|the customer|the employer|the authority|name of purchaser",
    "buyer 1": "issued by|issuing agency|issuing office|issuing department|ministry",
    "buyer 2": "department|end user|beneficiary agency|beneficiary entity|consignee|user department",
    "agent": "purchasing consultant|procurement service provider|acting agent",
    "supplier": "winner|contractor awarded name|name of successful bidder|name of successful tenderer"
    "|name of best evaluated bidder|m/s|name of contractor|supplier name|name of supplier|name of the contractor"
    "|the supplier|the contractor|the vendor|the seller|provider|economic operator"
    "|most advantageous bid|most advantageous bidder|po issued to|order issued to",
    "supplier 2": "proposed vendor|proposed supplier|proposed contractor|recommended vendor|recommended supplier"
    "|recommended contractor|recommended bidder|recommended tenderer|lowest evaluated bidder",
    "supplier 3": "name of bidder|name of tenderer",
    "leader": "lead consortium member|lead firm|consortium lead|lead jv partner|jv lead partner|lead member"
    "|lead partner|consortium leader|lead contractor|lead bidder|leader of the consortium",
    "member": "joint venture members|jv members|jv partner|consortium members and partners|jv member|consortium member"
    "|consortium members|member|members|consortium partner|joint venture partner|partner",
    "name": "name and addresses|name|official name|organisation name|organization name|company name|name and address",
    "value": "total value of the procurement|value of all contracts awarded in this notice|value excluding vat"
    "|value including vat|value excluding tax|value inclusive of vat|total initial value of the contract"
    "|amount awarded|amount of award|base and all options value|total obligated amount|value of award|total value"
    "|value of contract|value of the contract|total value of the contract|total final value|final value|agreed price"
    "|total price|invoice total|total amount due",
    "value 1": "total|grand total|price|amount|value|bid price|tender price|tender sum|bid amount",
    "budget": "initial estimated total value|initial estimated total value of the contract"
    "|initial estimated total value of the contract/lot|initial estimated total value of the contract/lot/concession"
    "|tender value|approved budget for the contract|abc"
    "|amount put to tender"
    "|engineers estimate|estimated contract price|cost estimate|estimated amount"
    "|estimated value excluding vat|total estimated value|budget|estimated value|estimated cost|approved budget"
    "|estimated budget|engineer's estimate|total budget|estimated total value|budget amount|estimated contract value"
    "|available budget|estimated price|project budget",
    "ceiling": "ceiling price|maximum price|price ceiling|maximum value|ceiling|not-to-exceed amount|upper price limit"
    "|maximum budget|maximum contract value|price cap",
    "published": "date of publication|publication date|published|published on|date published|posted on|notice date"
    "|posting date",
    "tender": "issue date|date issued|rfq date|rfp date|tender issued|date of rfq|invitation for bids date"
    "|solicitation date|open date|tender date|date of tender|invitation date|date of invitation|issue date of tender"
    "|date of issue|tender issue date",
    "closing": "last date of submission|last date for submission",
    "closing 1": "close date|closes on|closing date|closing time|closes|closing|closing on|deadline"
    "|closing date and time"
    "|closing date/time|closing time and date|due date and time|last date and time",
    "award": "awarded date|date of contract award decision|date of the award decision|date of decision to award"
    "|action date|date of decision|date awarded|awarded on",
    "signed": "date of the conclusion of the contract|contract signed date|signed date"
    "|date of award of contract and signature|date contract signed|date of conclusion of contract|contract signed on"
    "|signature date|signing date|date signed|signed on|execution date|date of conclusion of the contract"
    "|conclusion date",
    "start": "sow effective date|date of start|service start|commencing date|call-off commencement date"
    "|contract starts|period start|commencement date|start date|contract start date|effective date"
    "|service commencement date|contract start|date of commencement|works commencement date|start of contract"
    "|contract commencement date|service start date",
    "end": "service end|contract ends|call-off end date|period end|expiry|end date|expiry date|contract end date"
    "|completion date|expiration date|termination date|date of expiry|contract end|contract expiry date"
    "|date of completion|contract completion date|end of contract|service end date",
    "document": "date|dated|document date|invoice date|date of invoice|date of acceptance|acceptance date",
    "term": "estimated contract dates|contract dates|initial period|contract length|agreement term|term of agreement"
    "|period of contract work|delivery within|time for delivery|completion time|contract duration in months"
    "|duration of assignment|term|contract term|duration|contract duration|initial term|delivery time|delivery period"
    "|contract period|time for completion|period of performance|completion period|term of contract"
    "|term of the contract|duration of contract|duration of the contract|delivery schedule|time of delivery"
    "|performance period|period of contract|delivery term|service period|delivery",
    "warranty": "defects date|defects liability|defect liability period|warranty requirement"
    "|warranty terms|guarantee|product warranty"
    "|warranty and support|warranty|warranty period|defects liability period|guarantee period|term of warranty"
    "|warranty term|defects notification period",
    "option": "description of possible extension"
    "|optional extension period|extension period|extension option|possible extension|extensions|renewals"
    "|description of options|contract extension|options|option|renewal|extension|extension options|option to extend"
    "|renewal options|renewal option",
    "place": "locations|contract locations|place of work"
    "|site of work|site of works|site of the works|sites|place of delivery|delivery place"
    "|delivery address|place of performance|site|location|project location"
    "|delivery location|main site|place of execution|site location|delivery point|main site or place of performance"
    "|destination|location of works|location of contract|ship to|delivered to|installation site",
    "place 1": "regions|regions of delivery",
    "region": "region|county|district|province",
    "funding": "funds|loan credit tf info|loan credit info|accounting and appropriation data"
    "|source of fund|source of funds|funding source|funding|source of funding|financing"
    "|funded by|source of finance",
    "model": "operating model|operation model|operation mode|delivery model|contract model|project model"
    "|procurement model|contract form"
    "|financing model",
    "recipient": "data recipient|data recipients|recipient of data|recipients of data",
}


_OF_ROLES: tuple[tuple[str, str, int], ...] = (
    *((role, role, 0) for role in ("buyer", "agent", "supplier", "member")),
    ("bidder", "supplier", 3),
)


def _table() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for words, split in ((_ZH, " "), (_EN, "|")):
        for key, labels in words.items():
            field, _, level = key.partition(" ")
            for label in labels.split(split):
                found.setdefault(label, (field, int(level or 0)))
    for role, field, number in _OF_ROLES:
        for word in roles.WORDS[role]:
            found.setdefault(word, (field, number))
    return found


LABELS = _table()
_BID_ZH = "投标|响应|报价|磋商|谈判|应答|竞价|比选|遴选|询价|申请|应标"
# How labels are put together that no list has: what they are of, and the word that says what they give.
_MADE_OF = {
    "notice_no": (r"(?:公告|公示|通告|通知书?)(?:编号|编码|号)",),
    "reference 1": (r"project (?:identification )?(?:no|number|id|code)",),
    "contract_no": (
        (
            r"(?:政府|采购|销售|购销|供货|施工|服务|技术|租赁|买卖|补充|变更|本)*(?:合同|协议|合约"
            r"|订单|任务书|委托书)书?(?:登记|备案)?"
            r"(?:编号|编码|代码|号码?)"
        ),
        (
            r"(?:(?:purchase|call-off|sales|service|supply|task|delivery|work|contract|award|modification|of) )*"
            r"(?:contract|agreement|order|p\.?o\.?|sow|award)(?:[ /]order)?(?: form)?"
            r"(?: (?:identification|reference|ref|id))?"
            r" (?:no|number|reference|ref|id)"
        ),
    ),
    "reference": (
        (
            r"(?:政府|公开|采购|招标|项目|标案|标书|磋商|谈判|询价|比选|遴选|竞价|工程|标段)+(?:文件|公告)?"
            r"(?:编号|编码|代码|文号|案号|号码?)"
        ),
        (
            r"(?:(?:borrower|employer|purchaser|client|agency|buyer)(?:'s)? )?"
            r"(?:(?:tender|bid|rfp|rfq|rfx|ifb|itb|itt|nit|eoi|solicitation|procurement|project"
            r"|(?:contract )?package|procedure) )+"
            r"(?:(?:document|notice|reference|ref|id) )*(?:no|number|reference|ref|id|code)"
        ),
    ),
    "tender": (
        r"(?:本项目|首次|原)?(?:招标|采购|磋商|谈判|询价)(?:公告|信息)(?:发布)?(?:日期|时间)(?:及媒[体介])?",
        (
            r"(?:date of )?(?:the )?issue (?:date )?of (?:the )?(?:tenders?|rf[pqt]|invitation"
            r"|(?:bidding|bid|tender) documents)"
        ),
    ),
    "ceiling": (r"(?:采购|招标|投标|磋商|响应|报价|项目|预算|标段|标项|分?包|最高|总价)*(?:限价|控制价)(?:如有)?",),
    "value": (
        (
            r"(?:变更后|调整后|最终|本)?(?:合同|协议|合约|订单|中标|成交|中选|决标|签约)+(?:固定|暂定"
            r"|含税)*总?(?:计|成交)?"
            r"(?:金额|价|价款|价格|值|额|款|费用|款总额|报酬)(?:含税|合计|人民币|大写|小写)*"
        ),
        r"(?:(?:签约|合同|总|监理|设计)+酬金总?额?|酬金总额)(?:人民币|大写|小写)*(?<!^监理酬金)(?<!^设计酬金)",
        r"(?:审定|审核|最终|竣工|工程|合同)*(?:结算|审定)(?:审定)?总?(?:金额|价|价款|造价|值)(?:人民币|大写|小写)*",
        r"(?:[一二两三四五六七八九十\d]{1,3}个?年)(?:租金|服务费?|物业费|合同)+总(?:金额|额|价|计)",
        r"fees? for the (?:whole|full|entire|initial) (?:term|period)|(?:aggregate|total) rent for the term",
        r"accepted (?:tender|bid|offer) (?:price|cost|amount|sum|value)",
        r"(?:winning|successful) (?:bid )?(?:price|amount|sum)",
        (
            r"(?:(?:total|final|net|gross|full|aggregate|initial|current|new|revised|amended|adjusted|updated|accepted|agreed|signed|base|all|options"
            "|and|of|the) )*"
            r"(?:contracts?|award|awarded|order|agreement) (?:award )?(?:dollar )?"
            r"(?:price|value|sum|amount|fee|total|cost)"
            r"(?: of (?:the )?(?:contract|award))?"
        ),
        r"(?:total )?(?:amount|value|price|sum|cost) of (?:the |this )?(?:contract|award|order|agreement|purchase)",
    ),
    "value 3": (r"(?:original|previous|prior) (?:contract|award|order|agreement) (?:price|value|sum|amount)",),
    "value 1": (
        (
            r"(?:采购|服务费?|技术服务费?|咨询服务费|物业服务费|租金|货款|工程款?|费用|货物|研究开发经费)?(?:含税)?总"
            r"(?:金额|价|价款|价格|值|额|费用)(?:人民币|大写|小写)*"
        ),
        r"(?:技术|物业|咨询|维护)?服务费用?|(?:开发|研制|研发|研究|设计|建设|施工|安装|租赁)(?:总?费用?|总?经费)",
        r"total (?:po|cif|cip|fob|cfr|dap|ddp|exw)\b[a-z ]*",
        (
            r"(?:(?:total|final|grand|net|gross|overall|all|the) )+(?:price|value|sum|amount|fees?|due|charges"
            "|consideration)"
            r"(?: (?:due|payable))?"
        ),
    ),
    "buyer": (
        rf"(?:{roles.pattern('buyer')})(?:全称|名称|单位| name)?",
        r"(?:采购|招标)(?:人|方|单位)?[及和与、/](?:付款|使用|验收|监管)(?:人|方|单位)",
        r"(?:contracting|procuring) and disposing (?:authority|entity)",
        (
            r"(?:state|government|federal) (?:authority|entity|agency|organi[sz]ation|body|office|party|department)"
            r"(?: name)?"
        ),
    ),
    "agent": (rf"(?:{roles.pattern('agent')})名称",),
    "leader": (
        r"(?:联合体(?:牵头|主办|主体)|牵头|主体|主办(?!单位))(?:人|方|单位|成员)(?:单位|公司)?(?:名称)?",
        r"(?:lead|leading) (?:partner|member|firm|company)",
    ),
    "member": (
        r"(?:联合体)?(?:其他)?成员(?:单位|方|人)?[一二三四五1-5]?(?:单位|公司)?(?:名称)?",
        r"(?:consortium |joint venture |jv )?(?:partner|member) [1-5]",
    ),
    "supplier": (rf"(?:{roles.pattern('supplier')})(?:全称|名称|单位| name)?",),
    "supplier 2": (r"(?:拟定?|推荐|唯一|单一来源|拟?采购)+(?:成交|中标)?(?:供应商|服务商|供货商|承建单位)(?:名称)?",),
    "signed": (
        r"本?(?:合同|协议|合约|订单)?(?:签订|签定|签署|签约|订立|签字)(?:日期|时间|年月|日)",
        r"date of (?:the )?(?:contract |agreement )?(?:signature|signing|execution|conclusion|contract|agreement)",
        r"(?:contract|agreement|po|order|purchase order)(?: signature| signing| execution| conclusion)? date",
    ),
    "term": (
        (
            r"(?:合同|服务|监理|设计|租赁|履约|履行|供货|交货|施工|建设|合作|运营|实施|委托|承包|托管|管理|维护|运维|使用)+"
            r"(?:期限?|周期|有效期|有效期限|起[止迄](?:日期|时间))"
        ),
        (
            r"(?:(?:initial|contract|services?|lease|licen[cs]e|distribution|subscription|maintenance|support|supply"
            r"|rental) )+(?:period|term|duration)"
        ),
        r"(?:period|time) of (?:the )?(?:works?|completion|delivery|execution|supply)",
    ),
    "warranty": (
        r"(?:免费|整机|原厂|质量|产品|设备|系统|软件|硬件|工程|全部)*(?:质保|保修|质量保[证修]|保固)(?:期限?|年限|时间)",
        (
            r"(?:(?:equipment|product|system|standard|free|minimum|manufacturer's) )*"
            r"(?:warranty|defects? (?:liability|notification)) (?:period|term|offered|required)"
        ),
    ),
    "place": (
        (
            r"(?:合同|项目|工程|货物|服务|设备|建设|施工|实施|履行|履约|交[货付]|供货|送货|收货|到货|安装|使用|具体)+"
            r"(?:地点|场所)"
        ),
        (
            r"(?:(?:contract|project|main|delivery|performance|service|works|installation) )*(?:place|site|location)s?"
            r" (?:of|for) (?:the )?(?:works?|delivery|performance|services?|project|execution|supply|contract"
            r"|installation|goods)"
        ),
    ),
    "funding": (
        (
            r"(?:本|项目|采购|建设|租金)*(?:(?:资金|经费|款项)(?:的)?(?:来源|渠道|出处)|(?:经费|租金)?列支(?:渠道|科目))"
            r"(?:[及和与][^:：]{1,8})?"
        ),
        r"(?:sources?|origin) of (?:the )?(?:project )?(?:funds?|funding|finance|financing)",
    ),
    "method": (
        r"(?:采购|招标|交易|发包|比选|成交)(?:方式|形式|方法)",
        (
            r"(?:(?:procurement|tender|tendering|bidding|solicitation|purchasing|selection) )+"
            r"(?:methods?|procedures?|types?|mode|route)(?: used)?"
        ),
        (
            r"(?:method|mode|type) of (?:the )?"
            r"(?:procurement|procedure|tender(?:ing)?|solicitation|bidding|selection|purchase)"
        ),
    ),
    "start": (
        (
            r"(?:(?:contract|agreement|services?|lease|licen[cs]e|term|works?|project|planned|intended|estimated"
            r"|expected|the|call-off) )+"
            r"(?:start(?:ing)?|commenc(?:ement|ing)|beginning|effective) date(?: is)?|the starting date(?: is)?"
            r"|starting date"
        ),
        (
            r"(?:commencement|effective|start) date (?:for|of|under) (?:(?:the|this|all) )?(?:maintenance|services?"
            r"|contract|agreement|works?|supply|lease|licen[cs]e|term|addendum|order)\b[a-z ]*"
        ),
    ),
    "end": (
        (
            r"(?:(?:contract|agreement|services?|lease|licen[cs]e|term|works?|project|planned|intended|estimated"
            r"|expected|the|call-off) )+"
            r"(?:end(?:ing)?|expir(?:y|ation)|completion|finish(?:ing)?|termination) date"
            r"(?: (?:for|of) (?:the )?(?:whole of the )?(?:works?|services?|contract|term))?(?: is)?|ending date"
        ),
    ),
    "closing": (
        (
            rf"(?:(?:提交|递交|上传|送达|接[收受])?(?:密封)?(?:首次)?(?:{_BID_ZH})(?:文件|书|函)?(?:的?(?:提交|递交|上传|送达|接收))?)"
            r"的?截止(?:日期|时间|日)?(?:和|及|与|、|暨|,)?(?:(?:公开)?开标|开启|开封)?(?:日期|时间)?(?:(?:和|及|与|、)?地点)?(?:北京时间)?"
        ),
        (
            r"(?:(?:the|final) )*(?:e-?)?(?:(?:bids?|tenders?|proposals?|quotations?|quotes?|offers?|rf[pqtx]|itt"
            r"|itb|submission"
            r"|solicitation) )+(?:closing|close|closes|deadline|due|end)(?: (?:date|time|on|by|at))?"
            r"(?:(?: and |[ /&]+)(?:local )?(?:time|date|place))?"
        ),
        (
            r"(?:the )?(?:deadline|time limit|closing (?:date|time)|last (?:date|day)|date"
            r"|latest date)(?: and (?:time|date))?"
            r" (?:for|of) (?:the )?(?:submission|receipt|receiving|submitting|lodg(?:ing|ement)|delivery|return)"
            r" of (?:the )?(?:sealed |initial |electronic )?(?:bids?|tenders?|proposals?|quotations?|offers?"
            r"|responses?|quotes?)"
            r"(?: or requests to participate)?"
        ),
        r"deadline for (?:submission|submissions|bids|tenders|proposals|quotations|offers|quotes|responses)",
    ),
    "closing 1": (r"(?:公开)?(?:开标|开启)(?:日期|时间)(?:(?:和|及|与|、)?地点)?",),
    "award": (
        r"(?:中标|成交|中选|定标|决标|授标|批出)+(?:通知书)?(?:发出|发放|确定)?(?:日期|时间|日)",
        r"(?:date of )?(?:the )?(?:contract )?award(?: decision| effective)?(?: date)?(?<=date)",
        r"date on which the winner was chosen",
        r"date of (?:contract )?award",
        r"date (?:of )?(?:the )?(?:notification|notice|letter) of (?:the )?(?:contract )?award(?: issued| sent)?",
    ),
}
_MADE = {  # by whether a label is in Latin letters: forms of Chinese words cannot hold there, nor others elsewhere
    latin: re.compile(
        "|".join(
            f"(?P<field_{n}>{'|'.join(own)})"
            for n, forms in enumerate(_MADE_OF.values())
            if (own := [f"(?:{one})" for one in forms if re.search("[a-z]{2}" if latin else f"[{HAN}]", one)])
        )
    )
    for latin in (True, False)
}
_MADE_FIELDS = {
    f"field_{n}": (field, int(level or 0)) for n, (field, _, level) in enumerate(key.partition(" ") for key in _MADE_OF)
}
_ENDS = (
    "同号 议号 标号 目号 大写 小写 代码 价格 企业 厂商 含税 年月 机关 费用 部门 文号 编码 价款 报酬 酬金 总值 总额 总价"
    " 媒体 媒介 no er ce um nt ue ee ef en se id de te ed al ss by cy rm es 造价 定价 结算"
    " 造价 定价 结算 地点 场所 年限 科目 渠道 出处 性质 构成 方法 形式 ns ts fo ta pe te od ks rk ry"
)
TAILS = (
    {label[-2:] for label in LABELS}
    | {*_ENDS.split()}
    | {a + b for a in "标交购包卖托揽租设建货应选围销售施工承受签订署约发作判" for b in "人方商者价额日"}
)
"""The last two characters of any label."""
LONGEST = max(map(len, LABELS)) + 36
"""Characters that a label may have as written, without its number and brackets."""

_NUMBERED = re.compile(
    r"^(?:[\s　*★▲●■◆□☑√•·–—-]+|第[一二三四五六七八九十\d]{1,3}[条章节]"
    r"|[（(]?[一二三四五六七八九十\d]{1,3}(?:[.．]\d{1,2}){0,3}[)）.．、]?\s?(?=\D)|[（(][a-z\d][)）]|[a-z][.)]\s"
    r"|[ivx]{1,4}(?:\.\d{1,2}){1,4}[.)]?\s|(?:article|clause|section|item|box)\s\d{1,2}(?:\.\d{1,2})*[.:)]?\s)+"
)
_OF_NOTICE = re.compile(r"^(?:原公告|原招标公告|本次公告|原)的?(?!合同编号)")
_BRACKETS = re.compile(r"[（(【\[〔][^()（）【】\[\]〔〕]{0,48}[)）】\]〕]?")
_SPACES = re.compile(" {2,}")
_HAN_SPACE = re.compile(rf"(?<=[{HAN}/])[\s　]+(?=[{HAN}/])")


_TAXED = re.compile(
    r"[\s,–-]*\b(?:excluding|including|excl|incl|exclusive of|inclusive of|ex|inc|net of)\b\.?\s?(?:of\s)?(?:vat"
    r"|tax|gst)\b"
)
_LED = re.compile(
    r"^(?:from |to )(?=contractor|supplier|vendor|seller|owner|employer)"
    r"|^(?:from |to )?(?:the|our|call-off|(?:full |legal |registered )?names? (?:and address(?:es)? )?of (?:the )?)\s?"
)
_SEVERAL = re.compile(r"(supplier|contractor|bidder|winner|vendor|buyer|tenderer|consultant|firm|partner|authoritie)s$")
_CLOSED = re.compile(
    r"(?:'s)? (?:name|details?|information|organi[sz]ation|company|(?:name )?(?:and|&) (?:\w+ ){0,2}address(?:es)?"
    r"|(?:code|no|id)?[ :#]*\d{3,}|code)$"
)


_NUMBER_SIGN = re.compile(r"(?<=[a-z])\s?#(?=\W*$)")  # PO #
_TWO = re.compile(
    rf"(.*[{HAN}])[\s/]*([a-z][a-z .'/()-]+:?)|([a-z][a-z .'/()-]+?)[\s/]*([{HAN}].*)"
)  # in two languages
_IN_UNIT = re.compile(
    r"\s(?:in|amount in)\s(₹|rs\.?|inr|€|eur|£|gbp|us\$|usd|[a-z]{3})(?=\s*[:(]?$)"
)  # Tender Value in ₹
_SIGNS = {"₹": "INR", "rs": "INR", "rs.": "INR", "€": "EUR", "£": "GBP", "us$": "USD"}
_WHO = re.compile(r"(?<![代表联系负责经办])(?:人|方|商|单位|企业)$")  # how the word for a party ends


@lru_cache(maxsize=4096)
def labelled(text: str) -> tuple[str, int, str] | None:
    """The field that a label names, its level (0: names nothing else) and what its brackets hold; None: no label."""
    plain = _SPACES.sub(" ", text.replace("（", "(").replace("）", ")").strip().lower())
    plain = _NUMBER_SIGN.sub(" no", _HAN_SPACE.sub("", plain))
    bare = _OF_NOTICE.sub("", _NUMBERED.sub("", plain))
    if unit := _IN_UNIT.search(bare):
        bare, plain = bare[: unit.start()], plain.replace(unit[0], "")
    inside = " ".join(found[0].strip("()（）【】[]〔〕 ") for found in _BRACKETS.finditer(bare))
    short = _BRACKETS.sub("", bare) or inside
    short = inside if short.strip() in _TOWARDS and inside else short
    both = _TWO.fullmatch(short)
    forms = [(half, half, half) for half in both.groups() if half] if both else [(bare, short, plain)]
    old = (plain.strip(" :："),) if not both and plain.startswith("原") else ()
    for key in dict.fromkeys((*old, *(key for form in forms for key in _keys(*form)))):
        if known := LABELS.get(key) or _made(key):
            field, level = known
            taxed = _TAXED.search(plain)
            code = unit and _SIGNS.get(unit[1], unit[1].upper())
            return *_turned(field, level, inside), " ".join(filter(None, (inside, code, taxed and taxed[0])))
    return _alias(short, inside)


def _alias(short: str, inside: str) -> tuple[str, int, str] | None:
    """What the brackets behind a word for a party say that it is called: ``征集人（甲方）``."""
    called = _CALLED.sub("", inside)
    known = LABELS.get(called) or _made(called) if inside and _WHO.search(short.strip()) else None
    return (known[0], known[1], inside) if known and known[0] in _PARTIES else None


_TOWARDS = frozenset({"to", "from"})
"""Words of an order or a letter behind which brackets say who is meant: ``TO (SUPPLIER)``."""
_CALLED = re.compile(r"^(?:以下|下文)?(?:简称|称)为?[“\"]?|[”\"]$")
_PARTIES = frozenset({"party_a", "party_b", "buyer", "supplier"})


def _made(key: str) -> tuple[str, int] | None:
    """The field and level of a label that is put together as labels of the field are."""
    found = _MADE[key.isascii()].fullmatch(key)
    return _MADE_FIELDS[str(found.lastgroup)] if found else None


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
    said = inside.strip().replace("/", "")
    other = LABELS.get(said) or _made(said)
    return (other[0], 1) if other and other[0] in {"buyer", "supplier"} else (field, level)
