"""The words for procedures of procurement, in Chinese and English."""

from __future__ import annotations

import re

WAY = re.compile(
    r"(?:国内|国际)?公开(?:招标|竞[标价争]|比选|询[价比]|遴选|采购|招租)|邀请(?:招标|比选|询价|谈判|磋商)|竞争性(?:磋商|谈判|比选)|单一来源(?:采购)?"
    r"|询[价比](?:采购)?|比选|遴选|(?:网上|线上|电子|网络)?竞价|反拍|定点采购|协议供货|框架协议(?:采购)?|(?:电子卖场|网上超市)(?:直购|采购)?"
    r"|直接(?:采购|委托|发包)|书面(?:咨询|询价|报价)|(?:限制|选择)性招标|两阶段招标"
    r"|\b(?i:(?:(?:international|national|open|public|restricted|selective|limited|competitive|single|sole|two-?stage|two-?envelope"
    r"|negotiated|direct|further|mini|simplified|invited|invitational|sealed|electronic|reverse|advertised|local|quality|framework)"
    r"[\s-]){1,4}(?:bidding|bids?|tender(?:ing|s)?|procedures?|competition|(?:source|sourcing)(?: (?:procurement"
    r"|selection))?"
    r"|award|contracting|procurement|solicitation|quotations?|negotiations?|purchas(?:e|ing)|auction|call-off|shopping)"
    r"|requests? for (?:quotations?|proposals?)|shopping|mini-competition|spot purchase"
    r"|(?:quality[\w -]{0,24}-?based selection))(?![\w-])"
    r"(?: (?:under|with|without) [^.;,\n()]{3,50})?"
)
ABBREVIATED = re.compile(r"\b(?:RF[PQTX]|IFB|ITB|ITT|ITQ|EOI)\b")
"""Short for procedures where a box beside them is ticked."""
