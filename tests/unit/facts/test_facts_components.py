from decimal import Decimal

import pytest
from facts_tables import citing, page_of

from countersight.facts.goods.components import components
from countersight.facts.goods.items import items
from countersight.facts.goods.makers import kind_of, maker_of, parted
from countersight.facts.goods.naming import named
from countersight.model import Component, Page


@pytest.mark.parametrize(
    ("text", "name", "maker", "kind", "number", "operator", "alternative"),
    [
        ("8 × NVIDIA T4, or equivalent", "T4", "NVIDIA", "gpu", 8, None, True),
        ("Intel Xeon Gold 6248R ≥2颗", "Xeon Gold 6248R", "Intel", "cpu", 2, ">=", False),
        ("希捷 8TB 企业级硬盘 24块", "8TB 企业级硬盘", "Seagate", "disk", 24, None, False),
        ("主控采用海思 Hi3559A 芯片", "Hi3559A", "HiSilicon", "soc", None, None, False),
        ("数据库采用达梦DM8", "DM8", "Dameng", "database", None, None, False),
        ("配备英伟达（NVIDIA）A100显卡8张", "A100", "NVIDIA", "gpu", 8, None, False),
        ("不低于2颗至强金牌6248R", "至强金牌6248R", "Intel", "cpu", 2, ">=", False),
        ("寒武纪MLU270加速卡 ≥ 4 块 或同等及以上", "MLU270", "Cambricon", "gpu", 4, ">=", True),
        ("eight Seagate 16TB disks", "16TB disks", "Seagate", "disk", 8, None, False),
        ("GPU：T4*4", "T4", "NVIDIA", "gpu", 4, None, False),
        ("华为昇腾310处理器不少于8颗", "昇腾310", "Huawei", "gpu", 8, ">=", False),
        ("Oracle 19c数据库", "Oracle 19c", "Oracle", "database", None, None, False),
        ("操作系统为CentOS 7.6", "CentOS 7.6", None, "os", None, None, False),
        ("Axis P3245-LVE", "P3245-LVE", "Axis", "camera", None, None, False),
    ],
)
def test_a_part_in_prose(  # noqa: PLR0917 (a row of the table above)
    text: str, name: str, maker: str | None, kind: str, number: int | None, operator: str | None, alternative: bool
) -> None:
    (part,) = named(text)
    assert (part.name, part.maker, part.kind) == (name, maker, kind)
    assert (part.quantity, part.operator, part.alternative) == (number, operator, alternative)
    assert name in text[part.start : part.end]


@pytest.mark.parametrize(
    "text",
    [
        "华为技术有限公司成立于1987年",
        "联想到未来的发展",
        "on the Axis of the road",
        "a layer of 5 Micron",
        "兼容NVIDIA等主流厂商",
        "intelligence and mydell2",
        "会议于T4航站楼举行",
        "",
    ],
)
def test_ordinary_words_companies_and_lists_name_no_part(text: str) -> None:
    assert named(text) == []


def test_each_of_several_parts_has_its_own_number() -> None:
    found = named("核心交换机：华为S12708E 2台，锐捷 RG-S2910-24GT4XS 12台")
    assert [(one.name, one.quantity) for one in found] == [("S12708E", Decimal(2)), ("RG-S2910-24GT4XS", Decimal(12))]
    found = named("two Intel Xeon Gold 6248R processors and 4 x NVIDIA Tesla V100 GPUs")
    assert [(one.name, one.quantity) for one in found] == [("Xeon Gold 6248R", Decimal(2)), ("Tesla V100", Decimal(4))]


def of(page: Page) -> tuple[Component, ...]:
    cite = citing(page)
    return components([page], items([page], cite)[0], cite)


def test_a_line_of_goods_is_a_part_and_so_are_those_in_its_parameters() -> None:
    page = page_of(
        ("名称", "品牌", "型号", "技术参数", "数量"),
        ("推理服务器", "浪潮", "NF5280M5", "2颗Intel Xeon Silver 4214，4块NVIDIA T4", "≥3台"),
    )
    found = of(page)
    assert [(one.name, one.maker, one.kind, one.quantity, one.operator) for one in found] == [
        ("NF5280M5", "Inspur", "server", Decimal(3), ">="),
        ("Xeon Silver 4214", "Intel", "cpu", Decimal(2), None),
        ("T4", "NVIDIA", "gpu", Decimal(4), None),
    ]
    assert [one.citation.quote for one in found[1:]] == ["2颗Intel Xeon Silver 4214", "4块NVIDIA T4"]


def test_a_part_named_by_the_description_alone_has_the_number_of_its_line() -> None:
    (part,) = of(page_of(("序号", "货物名称", "数量"), ("1", "NVIDIA A100 GPU卡", "8块")))
    assert (part.name, part.quantity) == ("A100", Decimal(8))


def test_brands_to_choose_from_are_parts_of_each_maker() -> None:
    found = of(page_of(("名称", "参考品牌", "数量"), ("核心交换机", "华为、新华三、锐捷", "2台")))
    assert [(one.maker, one.alternative) for one in found] == [("Huawei", True), ("H3C", True), ("Ruijie", True)]


def test_an_unknown_maker_counts_with_a_model_beside_and_no_brand_is_none() -> None:
    found = of(
        page_of(
            ("名称", "品牌", "型号", "数量"),
            ("光纤收发器", "瑞斯康达", "RC112", "2台"),
            ("机箱", "国产", "XQ-500", "1个"),
            ("立杆", "某厂", "", "1根"),
        )
    )
    assert [(one.maker, one.name) for one in found] == [("瑞斯康达", "RC112")]


def test_parts_outside_tables_are_cited_where_they_stand() -> None:
    page = Page(1, "第一条 设备。\n服务器须配2颗Intel Xeon Gold 6248R。\n")
    (part,) = of(page)
    assert part.citation.quote == "2颗Intel Xeon Gold 6248R"


def test_words_of_makers() -> None:
    assert maker_of("海康威视") == "Hikvision"
    assert maker_of("某某") is None
    assert kind_of("存储服务器") == "server"
    assert parted("海康威视 DS-2CD3T47") == ("海康威视", "DS-2CD3T47")
    assert parted("瑞斯康达 RC112") == ("瑞斯康达", "RC112")
    assert parted("DS-2CD3T47") == (None, "DS-2CD3T47")
    assert parted("YS-VIMS V5.2") == (None, "YS-VIMS V5.2")  # a product and its version
    assert parted("国产") == ("国产", None)


@pytest.mark.parametrize(
    ("text", "name", "maker"),
    [
        ("two servers with 2 NVIDIA T4s each", "T4", "NVIDIA"),
        ("3,000 Intel Xeon processors", "Xeon processors", "Intel"),
        ("主控为高通骁龙SDM660八核处理器", "骁龙SDM660", "Qualcomm"),
        ("用两张T4卡替换", "T4", "NVIDIA"),
        ("Genetec Security Center 5.9 software", "Security Center 5.9", "Genetec"),
    ],
)
def test_names_in_the_plural_bare_families_and_series(text: str, name: str, maker: str) -> None:
    assert [(part.name, part.maker) for part in named(text)] == [(name, maker)]


@pytest.mark.parametrize(
    ("text", "name", "maker", "number", "operator"),
    [
        ("each node has four NVIDIA A40 accelerators", "A40", "NVIDIA", 4, None),
        ("at least four (4) NVIDIA L40 48 GB cards per server", "L40", "NVIDIA", 4, ">="),
        ("; 25 Microsoft SQL Server 2019 Standard", "SQL Server 2019", "Microsoft", 25, None),
        ("minimum 1x NVIDIA Quadro RTX 5000", "Quadro RTX 5000", "NVIDIA", 1, ">="),
        ("数据库采用人大金仓KingbaseES V8，共采购6套", "KingbaseES V8", "Kingbase", 6, None),
        ("VMware vSphere 7.0，8个物理CPU许可", "vSphere 7.0", "VMware", 8, None),
        ("不低于NVIDIA RTX A4000", "RTX A4000", "NVIDIA", None, ">="),
        ("CPU：2*至强4314；GPU：T4；内存：64G", "至强4314", "Intel", 2, None),
        ("CPU：Intel 6330", "6330", "Intel", None, None),
        ("硬盘：希捷 8TB*12", "8TB", "Seagate", 12, None),
        ("Cisco Catalyst 9300-48P", "Catalyst 9300-48P", "Cisco", None, None),
        ("寒武纪思元370（MLU370-X8）16块", "思元370（MLU370-X8）", "Cambricon", 16, None),
        ("fingerprint SDK: Innovatrics IDKit", "IDKit", "Innovatrics", None, None),
    ],
)
def test_numbers_and_names_as_records_write_them(
    text: str, name: str, maker: str, number: int | None, operator: str | None
) -> None:
    part = named(text)[0]
    assert (part.name, part.maker, part.quantity, part.operator) == (name, maker, number, operator)


@pytest.mark.parametrize(
    "text",
    [
        "2019 Intel Xeon Gold 6330 is mentioned in item 4 NVIDIA T4",
        "as lot 3 NVIDIA T4",
    ],
)
def test_a_year_or_the_number_of_an_item_counts_nothing(text: str) -> None:
    assert [part.quantity for part in named(text)] == [None] * len(named(text))


@pytest.mark.parametrize(
    "text",
    [
        "Yolo County CA SO",
        "Siemens Wind HoldCo Sociedad Limitada",
        "Siemens Industry Software Limited",
        "IBM\nT10\tCue 1714",
        "浙江大华DH2019-001号中标通知书",
        "EMC Directive 2014/30/EU",
        "兼容Intel/AMD平台",
        "abb20ddaf3924bdda",
        "联想服务器",
    ],
)
def test_places_companies_and_numbers_of_records_name_no_part(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "name", "maker", "number", "unlisted"),
    [
        ("品牌：XY科 型号：VA1V 单位：张 数量：16", "VA1V", "XY科", 16, True),
        ("Make: Acmetron\nModel: C900\nQuantity: 6\n", "C900", "Acmetron", 6, True),
        ("品牌：海康威视；型号：DS-2CD3T47；数量：≥4台", "DS-2CD3T47", "Hikvision", 4, False),
        ("型号：QX-200 厂家：XY科", "QX-200", "XY科", None, True),
        ("制造商：杭州海康威视数字技术股份有限公司 型号：DS-2CD3T47", "DS-2CD3T47", "Hikvision", None, False),
        ("品牌\tXY科\n型号\tVA1V\n数量\t16张\n", "VA1V", "XY科", 16, True),
    ],
)
def test_what_labels_say_of_a_part(text: str, name: str, maker: str, number: int | None, unlisted: bool) -> None:
    (part,) = of(Page(1, text, None))
    assert (part.name, part.maker, part.quantity, part.unlisted) == (name, maker, number, unlisted)


@pytest.mark.parametrize(
    "text",
    [
        "品牌\t型号\t数量\n",
        "品牌：不限 型号：VA1V",
        "品牌：投标人自报；型号：详见参数要求",
        "Make: Acmetron. The model is free.",
        "品牌：XY科\n\n第二章 投标须知\n型号：VA1V",
    ],
)
def test_labels_without_a_maker_or_a_model_name_no_part(text: str) -> None:
    assert of(Page(1, text, None)) == ()


def test_the_number_of_a_line_is_that_of_the_part_that_is_its_good_only() -> None:
    found = of(
        page_of(
            ("部件", "配置", "数量"),
            ("GPU", "NVIDIA A30 24GB", "4"),
            ("服务器", "NVIDIA T4", "2"),
            ("CPU", "Intel 6330", "8"),
        )
    )
    assert [(one.name, one.quantity) for one in found] == [("A30", Decimal(4)), ("T4", None), ("6330", Decimal(8))]


def test_parts_of_other_makers_inside_the_description_of_a_line_count() -> None:
    found = of(
        page_of(
            ("Description", "Make", "Model", "Qty"),
            ("Server with 8 x NVIDIA T4, or equivalent, and 2 x Intel Xeon Gold 6248R", "Dell", "PowerEdge R740", "4"),
            ("Dell PowerEdge R740 server", "Dell", "PowerEdge R740", "1"),
        )
    )
    assert [(one.name, one.quantity) for one in found] == [
        *(("PowerEdge R740", Decimal(4)), ("T4", Decimal(8)), ("Xeon Gold 6248R", Decimal(2))),
        ("PowerEdge R740", Decimal(1)),
    ]


def test_a_word_behind_the_next_comma_says_no_kind() -> None:
    (one,) = of(Page(1, "操作系统采用麒麟V10，数据库另购。"))
    assert (one.maker, one.kind) == ("Kylinsoft", "os")


def test_a_maker_in_a_column_of_its_own_is_that_of_the_model_in_the_line() -> None:
    (part,) = of(page_of(("物料名称", "规格", "品牌", "用量"), ("主控芯片", "Hi3519AV100", "海思", "3")))
    assert (part.name, part.maker, part.quantity) == ("Hi3519AV100", "HiSilicon", Decimal(3))
