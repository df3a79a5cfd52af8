"""Records that look like the others and are not: each must stay without a finding, or speaks for the buyer."""

from scripts.demo_records.ids import LABEL, capitals
from scripts.demo_records.office import Letter, workbook
from scripts.demo_records.paper import Paper

_FIRE_PRICE = 486_200
_FIRE = (
    ("1", "点型光电感烟火灾探测器", "JTY-GD-G3", "86", "只", "120.00", "10,320.00"),
    ("2", "室内消火栓箱", "SG24A65", "14", "套", "1,450.00", "20,300.00"),
    ("3", "自动喷水灭火系统", "含管网及喷头", "1", "项", "268,000.00", "268,000.00"),
    ("4", "消防应急照明及疏散指示", "A型集中控制", "1", "项", "58,600.00", "58,600.00"),
    ("5", "避雷设施检修", "—", "1", "项", "32,980.00", "32,980.00"),
    ("6", "木构件防火涂料", "—", "1", "项", "96,000.00", "96,000.00"),
)
_GROUPS = """
汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族
土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族
柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族
乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族
"""


def mosque_fire_safety() -> bytes:
    """A contract to repair the fire protection of a listed mosque: housing bureau, detectors, sprinklers (PDF)."""
    if sum(float(row[-1].replace(",", "")) for row in _FIRE) != _FIRE_PRICE:
        raise ValueError("the items do not add up to the price")
    paper = Paper(
        "清真寺消防设施维修改造合同", "2021-04-28T09:00:00", running="合同编号：LXZJ-2021-032", numbered="第 {} 页"
    )
    paper.add_page()
    paper.title_lines("澜溪县东关清真寺消防设施维修改造工程", "施 工 合 同", size=17, gap=4)
    paper.body(
        "发包人（甲方）：澜溪县住房和城乡建设局",
        "承包人（乙方）：示例省澄砚消防工程有限公司",
        "东关清真寺为县级文物保护单位。为消除火灾隐患，根据县消防救援大队下发的整改通知，甲乙双方经协商一致，"
        "签订本合同。",
        "##一、工程内容",
        "1. 清真寺礼拜大殿、厢房及宿舍的火灾自动报警、自动喷水灭火、室内消火栓系统维修改造，避雷设施检修，"
        "木构件防火处理。",
        "2. 施工期间应保护文物本体，不得影响正常宗教活动；每周五12时至15时停止施工。",
        "##二、合同价款",
        f"合同价款为人民币{_FIRE_PRICE:,}.00元（大写：{capitals(_FIRE_PRICE)}），分项如下：",
    )
    heads = ("序号", "名称", "型号规格", "数量", "单位", "单价", "合价")
    paper.grid(heads, _FIRE, (12, 46, 30, 14, 12, 22, 24), 8.5)
    paper.body(
        "##三、工期与质保",
        "1. 工期：自开工之日起45日历天。",
        "2. 质保期：竣工验收合格之日起两年，质保期内免费维修。",
        "##四、验收",
        "工程竣工后由甲方组织，县消防救援大队、县文物管理所和清真寺管理委员会共同参加验收。",
        "##五、其他",
        "本合同一式四份，双方各执二份。签订日期：2021年4月28日。",
    )
    paper.seal("澜溪县住房和城乡建设局", 150, paper.get_y() + 6)
    return paper.data()


def halal_canteen() -> bytes:
    """An inquiry for the kitchen of a halal canteen (plain text, gb18030)."""
    lines = (
        LABEL,
        "澜溪县第一中学清真食堂厨房设备采购询价公告",
        "",
        "一、项目名称：澜溪县第一中学清真食堂厨房设备采购",
        "二、采购人：澜溪县第一中学（澜溪县教育局下属单位）",
        "三、采购内容：",
        "    1. 双眼大锅灶 2台；2. 蒸饭柜 2台；3. 四门冰柜 3台；4. 清真食品专用储物柜 6组；5. 不锈钢操作台 8张。",
        "四、要求：设备须为全新，清真灶具与其他灶具分区存放；少数民族学生就餐人数约180人。",
        "五、最高限价：96,000.00元。",
        "六、落实的政府采购政策：促进中小企业发展，扶持不发达地区和少数民族地区，支持监狱企业发展。",
        "七、报价截止时间：2022年3月11日17时00分。",
        "八、联系人：后勤处经办人",
    )
    return "\r\n".join(lines).encode("gb18030")


def health_codes() -> bytes:
    """The code table of a health register, all 56 codes of GB/T 3304 included; no person in it (CSV, gb18030)."""
    rows = [
        f"# {LABEL}",
        "数据集,字段名称,字段代码,类型,值,值含义,标准",
        "居民健康档案,性别,SEX_CD,字典,1,男,GB/T 2261.1",
        "居民健康档案,性别,SEX_CD,字典,2,女,GB/T 2261.1",
        "居民健康档案,血型,ABO_CD,字典,1,A型,WS 364.5",
        *(
            f"居民健康档案,民族代码,ETHNIC_CD,字典,{n:02d},{name},GB/T 3304"
            for n, name in enumerate(_GROUPS.split(), 1)
        ),
        "居民健康档案,随访类别,VISIT_CD,字典,1,重点人群健康随访,WS 372",
        "居民健康档案,填报机构,ORG_CD,文本,,乡镇卫生院,",
    ]
    return "\r\n".join(rows).encode("gb18030")


def lamps() -> bytes:
    """A sports club's order of T4 lamps (XLSX)."""
    rows = (
        (1, "T4灯管", "28W 6500K 长1.17米", "不少于8", "支", "备用"),
        (2, "T4灯管支架", "28W 铝合金", 120, "套", "羽毛球馆"),
        (3, "T5灯管", "14W 4000K", 40, "支", "更衣室"),
        (4, "电子镇流器", "T4专用", 24, "只", "游泳馆"),
    )
    heads = ("序号", "名称", "规格", "数量", "单位", "用途")
    return workbook("2022-06-02", [("订单", heads, rows, "澜溪县业余体育俱乐部 照明器材订单 2022年6月2日")])


def school_training() -> bytes:
    """Training equipment for an ordinary vocational school (PDF)."""
    paper = Paper(
        "职业技术学校实训设备采购合同", "2022-05-18T10:00:00", running="合同编号：LXJY-2022-019", numbered="第 {} 页"
    )
    rows = (
        ("1", "数控车床实训台", "CK6140", "6", "台", "68,000.00", "408,000.00"),
        ("2", "汽车发动机拆装实训台", "四缸电控", "4", "台", "32,500.00", "130,000.00"),
        ("3", "安防系统安装实训台", "含网络摄像机4台", "8", "套", "11,200.00", "89,600.00"),
        ("4", "烹饪实训灶台", "双头", "10", "台", "5,600.00", "56,000.00"),
        ("5", "多媒体教学一体机", "75英寸", "12", "台", "13,700.00", "164,400.00"),
    )
    total = 848_000
    paper.add_page()
    paper.title_lines("澜溪县职业技术学校实训设备采购合同", size=17, gap=4)
    paper.body(
        "甲方：澜溪县职业技术学校",
        "乙方：示例省启砚教学仪器有限公司",
        "为改善办学条件，经澜溪县教育局批准，甲方为汽修、数控、电子三个专业采购实训设备，双方签订本合同。",
        "##一、设备清单",
    )
    heads = ("序号", "名称", "规格型号", "数量", "单位", "单价", "合价")
    paper.grid(heads, rows, (12, 46, 34, 14, 12, 20, 22), 8.5)
    paper.body(
        f"合同金额：人民币{total:,}.00元（大写：{capitals(total)}）。",
        "##二、交货与培训",
        "1. 交货期：合同签订之日起60日内，交货地点为甲方实训楼职业技能培训中心。",
        "2. 乙方对甲方教师进行操作培训不少于2天，面向学员的实训课程由甲方自行安排。",
        "##三、质保",
        "质保期两年，质保期内乙方负责维修和软件升级。",
        "签订日期：2022年5月18日",
    )
    paper.seal("澜溪县职业技术学校", 150, paper.get_y() + 6)
    return paper.data()


def school_safety() -> bytes:
    """A school-safety demand that rules the ethnic attribute out in words (DOCX, exculpatory)."""
    paper = Letter("校园安全视频监控项目采购需求")
    paper.words(
        "# 澜溪县中小学校园安全视频监控项目采购需求",
        "采购人：澜溪县教育局　　项目编号：LXJY-2023-006",
        "## 一、建设内容",
        "在全县12所中小学校门口、操场和围墙安装高清摄像机，视频由学校保卫室值守，录像保存30天。",
        "## 二、功能要求",
    )
    paper.grid(
        ("序号", "功能", "要求"),
        (
            ("1", "周界报警", "支持翻越围墙报警"),
            ("2", "放学疏导", "校门口人员密度超过安全阈值时提示值班人员，防止踩踏"),
            ("3", "一键报警", "与属地派出所联动"),
        ),
    )
    paper.words(
        "## 三、个人信息保护",
        "系统不得采集师生的民族信息，不含民族属性识别功能。",
        "系统不具备人脸识别功能，录像仅在发生安全事件时由两名以上管理人员共同调取，并做好登记。",
    )
    return paper.data("2023-03-01")


def locked_minutes() -> bytes:
    """Minutes that open only with a password, which came in another mail: nobody has it (PDF, encrypted)."""
    paper = Paper("会议纪要", "2023-02-10T09:00:00", numbered="第 {} 页")
    paper.set_encryption(owner_password="sample-owner", user_password="sample", permissions=0)  # noqa: S106 (fictional)
    paper.add_page()
    paper.title_lines("项目推进会会议纪要", size=18, gap=6)
    paper.body("会议听取了项目部关于到货情况的汇报，议定了培训时间和初验日期。")
    return paper.data()
