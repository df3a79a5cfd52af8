"""Styles of bills of quantities and the goods in them: see goods.py. All of it is fictional but the makers' names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How a bill is laid out: its columns, each a head and what its cells say of a line; ``marks`` as in goods.py."""

    name: str
    part: str
    language: str
    columns: tuple[tuple[str, str], ...]
    marks: frozenset[str] = frozenset()
    lines: int = 8
    coarse: int = 1
    prefix: str = ""
    thousands: str = ""
    text: str = "tab"


def _style(part: str, language: str, name: str, columns: str, marks: str = "", **more: object) -> Style:
    pairs = tuple(tuple(pair.strip().split(" = ")) for pair in columns.strip().split("\n"))
    return Style(f"{language}-{name}", part, language, pairs, frozenset(marks.split()), **more)  # type: ignore[arg-type]


STYLES = (
    _style("writing", "zh", "plain", """序号 = {number}
货物名称 = {description}
品牌 = {brand}
规格型号 = {model}
数量 = {quantity}
单位 = {unit}
单价（元） = {price}
合价（元） = {total}""", "total"),
    _style("writing", "zh", "together", """序号 = {number}
设备名称 = {description}
品牌型号 = {brand} {model}
技术参数 = {spec}
数量 = {quantity}{unit}
备注 = {remark}""", "sections", text="pipe"),
    _style("writing", "zh", "wan", """编号 = {number}
产品名称 = {description}
产地 = {origin}
计量单位 = {unit}
工程量 = {quantity}
金额（万元）|综合单价 = {price}
金额（万元）|合价 = {total}""", "wan subtotals total", coarse=100, text="aligned"),
    _style("writing", "zh", "least", """项号 = {number}
标的名称 = {description}
技术要求 = {spec}
数量及单位 = {quantity}{unit}
是否进口 = 否""", "least numbered"),
    _style("writing", "zh", "lots", """序号 = {number}
采购内容 = {description}
单位 = {unit}
数量 = {quantity}
投标单价 = {price}
投标总价 = {total}
制造商 = {brand}
原产地 = {origin}""", "lots titled", text="aligned"),
    _style("writing", "zh", "side", """设备名称 = {description}
品牌 = {brand}
型号 = {model}
数量 = {quantity}{unit}
单价 = {price}元
产地 = {origin}""", "side", lines=4, text="pipe"),
    _style("writing", "zh", "split", """序号 = {number}
名称 = {description}
型号及规格 = {model}
单位 = {unit}
数量 = {quantity}
单价 = {price}
金额 = {total}""", "split", lines=10),
    _style("writing", "en", "plain", """Item = {number}
Description = {description}
Qty = {quantity}
Unit = {unit}
Unit Price (USD) = {price}
Total Price (USD) = {total}""", "total", thousands=",", text="aligned"),
    _style("writing", "en", "nested", """No. = {number}
Item Description = {description}
Make = {brand}
Model = {model}
UoM = {unit}
Quantity = {quantity}
Rate = {price}
Amount = {total}""", "nested total", text="pipe"),
    _style("writing", "en", "least", """S/N = {number}
Equipment = {description}
Technical Specification = {spec}
Quantity = {quantity} {unit}
Country of Origin = {origin}""", "least sections"),
    _style("writing", "en", "coded", """Pos. = {number}
Designation = {description}
Brand = {brand}
Part number = {model}
Quantity = {quantity}
Unit = {unit}
Unit cost (GBP) = {price}
Amount (GBP) = {total}""", "subtotals total", prefix="E-", thousands=",", text="aligned"),
    _style("writing", "en", "packages", """No = {number}
Product = {description}
Required specification = {spec}
Quantity and unit = {quantity} {unit}
Unit price = {price}
Total amount = {total}""", "lots total"),
    _style("writing", "zh", "form", """产品名称 = {description}
厂家 = {brand}
型号 = {model}
数量/单位 = {quantity}{unit}
总价（元） = {total}""", "side", lines=5),
    _style("writing", "zh", "grouped", """类别 = {category}
品目名称 = {description}
参数要求 = {spec}
数量 = {quantity}
单位 = {unit}
单价 = {price}
金额 = {total}""", "merged total", lines=9),
    _style("writing", "zh", "deep", """编码 = {number}
清单项目名称 = {description}
计量单位 = {unit}
工程数量 = {quantity}
投标价（元）|综合单价 = {price}
投标价（元）|合计 = {total}
备注 = {remark}""", "nested numbered subtotals total"),
    _style("writing", "zh", "brackets", """项次 = {number}
产品名称 = {description}
性能要求 = {spec}
需求数量 = {quantity}{unit}
品牌要求 = {brand}或同档次""", "least han sections"),
    _style("writing", "zh", "wanlots", """序号 = {number}
设备 = {description}
品牌及型号 = {brand} {model}
单位 = {unit}
数量 = {quantity}
单价（万元） = {price}
小计（万元） = {total}
产地 = {origin}""", "wan lots total", coarse=100),
    _style("writing", "en", "grouped", """Group = {category}
Item = {description}
Minimum specification = {spec}
Qty = {quantity}
Unit = {unit}
Notes = {remark}""", "merged titled", lines=9),
    # ── measured: not to be looked at while readers are written ──
    _style("measured", "zh", "m1", """行号 = {number}
物资名称 = {description}
生产厂家 = {brand}
型号规格 = {model}
采购数量 = {quantity}
计量单位 = {unit}
含税单价(元) = {price}
含税金额(元) = {total}
交货期 = 30天""", "total", text="pipe"),
    _style("measured", "zh", "m2", """分类 = {category}
设备/材料名称 = {description}
主要技术指标 = {spec}
单位 = {unit}
数量 = {quantity}
说明 = {remark}""", "merged titled", lines=9),
    _style("measured", "zh", "m3", """子目号 = {number}
子目名称 = {description}
单位 = {unit}
清单数量 = {quantity}
报价（元）|单价 = {price}
报价（元）|小计 = {total}""", "nested numbered total", text="aligned"),
    _style("measured", "zh", "m4", """序号 = {number}
配置名称 = {description}
配置要求 = {spec}
配置数量 = {quantity}{unit}
参考品牌 = {brand}或相当于""", "least han"),
    _style("measured", "zh", "m5", """序号 = {number}
品名 = {description}
品牌/型号 = {brand}/{model}
单位 = {unit}
数量 = {quantity}
单价(万元) = {price}
总价(万元) = {total}
原产国 = {origin}""", "wan lots total", coarse=100),
    _style("measured", "zh", "m6", """货物名称 = {description}
生产厂商 = {brand}
规格型号 = {model}
数量（单位） = {quantity}（{unit}）
报价（元） = {total}""", "side", lines=4, text="tab"),
    _style("measured", "zh", "m7", """序号 = {number}
服务器、存储及配套设备 = {description}
详细配置 = {spec}
数量 = {quantity}
单位 = {unit}""", "split bare", lines=10, text="aligned"),
    _style("writing", "en", "ref", """Ref = {number}
Particulars = {description}
Manufacturer = {brand}
Part No. = {model}
Qty. = {quantity}
U/M = {unit}
Unit rate (EUR) = {price}
Ext. price (EUR) = {total}""", "subtotals total", prefix="A-", thousands=",", text="aligned"),
    _style("measured", "en", "m11", """Sl. No. = {number}
Article = {description}
Model / Type = {model}
Make = {brand}
No. of units = {quantity}
Unit of measure = {unit}
Cost per unit (EUR) = {price}
Line value (EUR) = {total}""", "sections total", thousands=",", text="aligned"),
    _style("measured", "en", "m9", """Line = {number}
Goods = {description}
Key parameters = {spec}
Qty / Unit = {quantity} {unit}
Price each = {price}
Line total = {total}""", "lots total", text="tab"),
    _style("measured", "en", "m10", """Item No = {number}
Name of goods and related services = {description}
Quantity (No. of units) = {quantity}
Physical unit = {unit}
Unit price, excl. VAT = {price}
Total price per line item = {total}
Origin = {origin}""", "numbered sections", thousands=","),
)  # fmt: skip

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "zh": {
        "before": ("澜溪县社会治安视频监控系统采购项目", "一、采购清单及技术要求如下："),
        "after": ("以上货物须为全新原装产品，质保期自验收合格之日起计算。",),
        "title": ("分项报价表",),
        "sections": ("一、前端采集部分", "二、传输网络部分", "三、中心机房部分"),
        "groups": ("前端系统", "后端系统", "配套系统"),
        "lots": ("第一包|：前端设备", "第二包|：平台设备", "第三包|：配套设备"),
        "subtotal": ("小计",),
        "total": ("合计",),
        "least": ("≥", "不少于", "不低于"),
        "remarks": ("核心产品", "", "含安装调试", "三年原厂质保"),
    },
    "en": {
        "before": ("Municipal Operations Centre, supply and installation of equipment", "Schedule of goods:"),
        "after": ("All goods shall be new and unused and covered by the supplier's warranty.",),
        "title": ("Price Schedule",),
        "sections": ("A. Field equipment", "B. Network equipment", "C. Data centre"),
        "groups": ("Field equipment", "Central equipment", "Ancillary works"),
        "lots": ("Lot 1|: field equipment", "Lot 2|: central equipment", "Lot 3|: ancillary works"),
        "subtotal": ("Subtotal",),
        "total": ("Grand Total",),
        "least": ("≥ ", "at least ", "not less than "),
        "remarks": ("core product", "", "including installation", "three years' warranty"),
    },
}


def _goods(text: str) -> list[tuple[str, ...]]:
    return [tuple(part.strip() for part in line.split("|")) for line in text.strip().split("\n")]


GOODS = {
    ("writing", "zh"): _goods("""
网络高清球型摄像机 | 海康威视 | DS-2DE7423IW-A | 400万像素，23倍光学变倍，红外距离≥150米 | 杭州 | 台
人脸抓拍摄像机 | 大华 | DH-IPC-HF8849F | 单帧抓拍不少于32张人脸 | 中国 | 台
视频结构化服务器 | 浪潮 | NF5280M5 | 2颗Intel Xeon Silver 4214，4块NVIDIA T4 | 济南 | 套
核心交换机 | 华为 | S12708E | 交换容量≥57Tbps，双主控双电源 | 深圳 | 台
接入交换机 | 锐捷 | RG-S2910-24GT4XS | 24个千兆电口，4个万兆光口 | 福州 | 台
企业级硬盘 | 希捷 | ST8000NM0055 | 8TB，7200转，SATA接口 | 泰国 | 块
数据库管理系统 | 达梦 | DM8 | 企业版，支持读写分离 | 武汉 | 套
服务器操作系统 | 麒麟 | V10 SP2 | 兼容鲲鹏920处理器 | 长沙 | 套
室外防水机箱 | 国产 | XQ-500 | 尺寸400×300×200mm | 国产 | 个
六类非屏蔽网线 | 安普 | 219413-2 | 305米/箱 | 上海 | 箱
立杆及基础 | 定制 | LG-6.5 | 高6.5米，臂长3米，含地笼 | 本地 | 根
光纤收发器 | 瑞斯康达 | RC112 | 单模单纤20公里 | 北京 | 对
"""),
    ("writing", "en"): _goods("""
Fixed dome network camera | Axis | P3245-LVE | 2 MP, IR range 40 m | Sweden | pcs
GPU analytics server | Dell | PowerEdge R740 | 2 x Intel Xeon Gold 6248R, 4 x NVIDIA T4 | Poland | units
Core network switch | Cisco | C9500-24Y4C | 24 ports 25G, redundant power | Mexico | units
Access switch, PoE | Cisco | C9200L-24P-4G | 24 ports PoE+ | China | units
Enterprise hard disk | Seagate | ST16000NM001G | 16 TB, 7200 rpm, SATA | Thailand | nos
Video management licence | Milestone | XProtect Corporate | perpetual, per channel | Denmark | licences
Uninterruptible power supply | APC | SRT3000 | 3 kVA, online | Philippines | set
Cat6 UTP cable | CommScope | 760004374 | 305 m reel | USA | rolls
Galvanised camera pole | local | GP-6 | 6 m, with foundation | local | ea
Installation and commissioning | own | IC-01 | per site, including tests | local | lot
"""),
    ("measured", "zh"): _goods("""
车辆卡口抓拍单元 | 宇视 | HC121-L | 900万像素，覆盖两车道 | 浙江 | 套
双目客流统计仪 | 天地伟业 | TC-C32QN | 准确率≥95% | 天津 | 台
人工智能推理服务器 | 新华三 | R4900 G3 | 配置8块昇腾310推理卡，内存≥256GB | 杭州 | 台
分布式存储节点 | 曙光 | P600 | 配置36块8TB硬盘 | 天津 | 节点
汇聚层交换机 | 中兴 | ZXR10 5960 | 48个万兆光口 | 南京 | 台
固态硬盘 | 三星 | PM9A3 | 3.84TB，U.2接口 | 韩国 | 块
关系型数据库软件 | 人大金仓 | KingbaseES V8 | 标准版 | 北京 | 套
视频联网平台软件 | 东方网力 | PVG6000 | 支持10000路接入 | 北京 | 项
防火墙 | 天融信 | NGFW4000 | 吞吐量≥20Gbps | 北京 | 台
热镀锌钢管 | 华岐 | DN50 | 壁厚2.5mm | 天津 | 米
铠装光缆 | 长飞 | GYTA53-24B1 | 24芯单模 | 武汉 | 公里
系统集成服务 | 自有 | FW-1 | 安装、调试、培训 | 本地 | 项
"""),
    ("measured", "en"): _goods("""
Bullet camera with licence plate capture | Hanwha | XNO-8080R | 5 MP, motorised lens | Vietnam | No.
Storage array | NetApp | FAS2750 | 24 bays, dual controller | Netherlands | sets
Rack server | HPE | ProLiant DL380 Gen10 | 2 x AMD EPYC 7302, 256 GB | Czechia | each
Solid state drive | Samsung | MZQL23T8HCLS | 3.84 TB NVMe | Korea | pcs
Firewall appliance | Fortinet | FG-200F | 27 Gbps throughput | Taiwan | units
Operating system licence | Red Hat | RHEL 8 Standard | three years | Ireland | subscriptions
Equipment cabinet, outdoor | Rittal | CS 9784.510 | IP55, heated | Germany | nr
Fibre optic cable, single mode | Prysmian | FT-24F | 24 cores, armoured | Spain | m
Duct and trenching works | local | DT-1 | class B soil | local | metres
Training of operators | own | TR-5 | five days on site | local | days
"""),
}
