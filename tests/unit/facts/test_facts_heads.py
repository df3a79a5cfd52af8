import pytest

from countersight.facts.goods.heads import priced, role


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("序号", "number"),
        ("S/N", "number"),
        ("货物名称", "description"),
        ("设 备 名 称", "description"),
        ("Item Description", "description"),
        ("采购内容", "article"),
        ("Item", "article"),
        ("规格型号", "model"),
        ("Part No.", "model"),
        ("品牌型号", "branded"),
        ("品牌/型号", "branded"),
        ("技术参数及要求", "spec"),
        ("数量", "quantity"),
        ("Ｑｔｙ", "quantity"),
        ("数量（台）", "quantity"),
        ("数量及单位", "quantity"),
        ("计量单位", "unit"),
        ("UoM", "unit"),
        ("单价（元）", "unit_price"),
        ("Unit rate", "unit_price"),
        ("综合单价", "unit_price"),
        ("合价", "total"),
        ("Ext. price (EUR)", "total"),
        ("原产地", "origin"),
        ("制造商名称", "maker"),
        ("包号", "lot"),
        ("备注", "remark"),
        ("预算金额（万元）", "other"),
        ("最高限价", "other"),
        ("单位名称", "other"),
        ("姓名", "other"),
        ("张三", None),
        ("12台", None),
    ],
)
def test_what_a_column_holds(head: str, said: str | None) -> None:
    assert role(head) == said


def test_how_a_column_writes_money() -> None:
    assert (str(priced(["单价（万元）"]).scale), priced(["单价（万元）"]).currency) == ("10000", "CNY")
    assert priced(["Unit price, excl. VAT (USD)"]).currency == "USD"
    assert priced(["Unit price, excl. VAT (USD)"]).tax == "excluded"
    assert priced(["含税单价(元)"]).tax == "included"
    assert priced(["不含税单价"]).tax == "excluded"
    assert priced(["Unit price"]).currency is None
