"""Writes the records of the fictional demo case, the same bytes each time: ``python scripts/make_demo.py [FOLDER]``.

Everything in them is invented and every record says so. Without FOLDER they go where the package ships them.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.demo_records import contract, innocent, letters, mails, operation, platform, points, tender, vendor  # noqa: E402

SHIPPED = ROOT / "src" / "countersight" / "demo" / "records"


def records() -> dict[str, bytes]:
    """Every record of the case by its file name, as it might lie in a folder handed over."""
    signed, brochure = contract.contract(), vendor.brochure()
    return {
        "01_招标文件_澜溪县社会面防控视频监控系统_LXCG2022-118.pdf": tender.tender(),
        "02_中标公告_LXCG2022-118.html": vendor.award(),
        "03_政府采购合同_LXCG2022-118-HT.pdf": signed,
        "04_合同扫描件_第3-4页.pdf": contract.scan(signed),
        "05_附件三_前端点位清单.xlsx": points.points(),
        "06_澜溪县平安城市PPP项目合同_LXPPP-2018-003.pdf": operation.agreement(),
        "07_PPP operation terms - English summary.docx": operation.summary(),
        "08_SmartSense_brochure_2019.pdf": brochure,
        "09_statement_2021-03-09.html": vendor.statement(),
        "10_Halloway Ledger_2021-02-26.html": vendor.ledger_story(),
        "11_Merrow Wire_2021-02-27.txt": vendor.wire_story(),
        "12_Commissioner_letter_2022-04-12.docx": letters.questions(),
        "13_Reply_to_Commissioner_2022-05-20.pdf": letters.reply(),
        "14_Aldermoor_memo_2023-03-17.docx": letters.memo(),
        "15_complaint_press_council_2021-03-06.txt": letters.complaint(),
        "16_回复_点位变更确认.eml": mails.change_mail(),
        "17_mail_export_2023.zip": mails.export(),
        "18_Port Merrow_data platform agreement_PM-2021-0447.pdf": platform.agreement(),
        "19_中小学校园安全视频监控_采购需求.docx": innocent.school_safety(),
        "20_东关清真寺消防设施维修改造合同.pdf": innocent.mosque_fire_safety(),
        "21_清真食堂厨房设备_询价公告.txt": innocent.halal_canteen(),
        "22_健康档案数据字典.csv": innocent.health_codes(),
        "23_体育俱乐部_T4灯管订单.xlsx": innocent.lamps(),
        "24_职业技术学校实训设备合同.pdf": innocent.school_training(),
        "25_brochure_2019 (copy).pdf": brochure,
        "26_运维记录_待补 FICTIONAL SAMPLE.docx": b"",
        "27_会议纪要_加密.pdf": innocent.locked_minutes(),
        "28_Port Merrow_agreement_draft 2021-07-12.docx": platform.draft(),
    }


def main(folder: Path) -> None:
    """Write every record into ``folder``; nothing else in it is touched."""
    folder.mkdir(parents=True, exist_ok=True)
    made = records()
    for name, data in made.items():
        (folder / name).write_bytes(data)
    print(f"{len(made)} records, {sum(map(len, made.values())):,} bytes, in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else SHIPPED)
