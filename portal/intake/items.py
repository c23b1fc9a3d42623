"""The things and services bought: the table that lists them."""

import itertools
import re
from collections.abc import Sequence

from portal import amounts
from portal.intake import clean, finding, money, tables, wording

_NAME = re.compile(
    r"^(?:主要)?(?:标的|货物|产品|服务|设备|子系统|系统|模块|功能|采购|项目|软件|商品|物资|材料|工程|费用)?(?:项目|内容|标的|品目|产品)?"
    r"(?:名称|服务项|品名)$|^服务(?:项|项目|事项|类别)$|^(?:采购|服务)?内容$|^(?:品目|标的|产品|货物|系统|功能模块|名称及规格)$|名称"
)
_SPECIFICATION = re.compile(r"规格|参数|描述|服务内容|内容|要求|说明|型号|配置|标准")
_QUANTITY = re.compile(r"^(?:采购|服务)?数量|^工程量$")
_UNIT = re.compile(r"^(?:计量|数量)?单位$")
_PRICE = re.compile(r"单价")
_NOT_ITEMS = re.compile(
    r"姓名|职务|联系|考核|指标|扣分|得分|分值|评分|期次|付款|支付|响应时间|违约|身份证|职称|证书|等级|档次|日期|时间|阶段|甲方|乙方"
)
_TOTALS = re.compile(r"^(?:合计|总计|小计|总价|共计|合同总|总金额|大写|备注|注)")
_AMOUNT = re.compile(r"^(?P<n>[0-9]{1,9}(?:\.[0-9]{1,4})?)(?P<unit>[\u4e00-\u9fff]{1,4})?$")


def read(text: clean.Text) -> finding.Found:
    """The items of the table that tells most; rows whose names a merged cell has cut are left out.

    A table that lists staff, marks or payments is none of items.
    """
    ranked = [(score, table) for table in tables.of(text.lines) if (score := _score(table))]
    if not ranked:
        return [], []
    best = max(ranked, key=lambda one: one[0])[1]
    name = best.column(_NAME) if best.column(_NAME) is not None else 0
    rows = [row for row in best.rows if _is_item(row, name or 0)]
    cut = _cut(rows, name or 0)
    kept = [(row, _item(best, row)) for row in rows if row.rows not in cut]
    if not kept:
        return [], []
    lines = finding.rows(finding.Reading(None, row.rows) for row, _ in kept)
    conflicts = [finding.Conflict("cut-names", "items", sum(sorted(cut), ()))] if cut else []
    sure: finding.Sure = "likely" if any(row.loose for row, _ in kept) else "certain"
    return [finding.Fact(("items",), [item for _, item in kept], lines, sure)], conflicts


def _score(table: tables.Table) -> int:
    """How much a table tells of items; 0 where it is about something else."""
    heads = " ".join(table.header)
    name = table.column(_NAME)
    if name is None or _NOT_ITEMS.search(heads) or not table.rows:
        return 0
    others = [table.column(one) for one in (_QUANTITY, _UNIT, _PRICE)]
    told = sum(one is not None for one in others)
    specified = _specification(table, name) is not None
    return (1 + 2 * told + specified) if told or specified else 0


def _specification(table: tables.Table, name: int) -> int | None:
    for index, head in enumerate(table.header):
        if index != name and _SPECIFICATION.search(head) and not re.search("单价|数量", head):
            return index
    return None


def _is_item(row: tables.Row, name: int) -> bool:
    value = row.cells[name] if name < len(row.cells) else ""
    marked = any(wording.is_masked(cell) for cell in row.cells[name : name + 1])
    total = any(_TOTALS.match(cell) for cell in row.cells[:2])
    return 0 < len(value) <= 120 and not marked and not total and value != row.cells[0]


def _cut(rows: Sequence[tables.Row], name: int) -> set[tuple[int, ...]]:
    """Rows in whose names one merged cell runs on: the end of one is the beginning of the next."""
    found: set[tuple[int, ...]] = set()
    for above, below in itertools.pairwise(rows):
        if above.loose and below.loose and above.cells[name][-1] == below.cells[name][0]:
            found |= {above.rows, below.rows}
    return found


def _item(table: tables.Table, row: tables.Row) -> dict[str, str]:
    """One item as front matter has it; a quantity or price that cannot be read is left out."""
    name = table.column(_NAME) or 0
    columns = {
        "specification": _specification(table, name),
        "quantity": table.column(_QUANTITY),
        "unit": table.column(_UNIT),
        "unit_price": table.column(_PRICE),
    }
    given = {"name": row.cells[name]} | {
        field: row.cells[column]
        for field, column in columns.items()
        if column is not None and column < len(row.cells)
    }
    counted = _AMOUNT.match(given.pop("quantity", ""))
    unit = given.pop("unit", "")
    price = _price(given.pop("unit_price", ""), table, columns["unit_price"])
    if counted is not None:
        given["quantity"] = counted["n"]
        unit = unit or counted["unit"] or ""
    given |= {"unit": unit} if re.fullmatch(r"[\u4e00-\u9fffA-Za-z/·㎡]{1,10}", unit) else {}
    given |= {"unit_price": price} if price else {}
    return {
        field: given[field]
        for field in ("name", "specification", "quantity", "unit", "unit_price")
        if given.get(field) and not wording.is_masked(given[field])
    }


def _price(cell: str, table: tables.Table, column: int | None) -> str:
    heading = table.header[column] if column is not None else ""
    scale = "万元" if "万元" in heading and "万" not in cell else ""
    value = amounts.figures(cell.removesuffix("/年") + scale)
    return money.written(value) if value is not None and value >= 0 else ""
