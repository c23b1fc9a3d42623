"""The names of the fields: English, Chinese, and the ministry's, which reach into nested fields."""

import functools
import typing
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from portal import clock, model, names

CHINESE: Mapping[type[model.Fact], Mapping[str, str]] = {
    model.Contract: {
        "合同名称": "title",
        "合同编号": "number",
        "采购": "procurement",
        "采购人": "agency",
        "采购人（甲方）": "agency",
        "甲方": "agency",
        "供应商": "vendors",
        "供应商（乙方）": "vendors",
        "乙方": "vendors",
        "合同金额": "value",
        "合同签订日期": "signed",
        "签订日期": "signed",
        "合同公告日期": "announced",
        "公告日期": "announced",
        "履行期限": "term",
        "履约期限": "term",
        "履约期限、地点等简要信息": "term",
        "履约地点": "place",
        "所属地域": "region",
        "所属行业": "category",
        "状态": "status",
        "标的": "items",
        "付款": "payments",
        "考核": "assessment",
        "违约责任": "penalties",
        "变更": "amendments",
        "附件": "documents",
        "遮盖": "redactions",
        "保留": "keep",
        "曾用网址": "aliases",
        "草稿": "draft",
        "其他补充事宜": "notes",
    },
    model.Procurement: {
        "项目编号": "number",
        "项目名称": "project",
        "采购方式": "method",
        "代理机构": "agent",
        "中标通知日期": "award_notice",
    },
    model.Value: {
        "金额": "amount",
        "币种": "currency",
        "大写": "capitals",
        "不公开原因": "withheld",
    },
    model.Term: {
        "开始日期": "start",
        "结束日期": "end",
        "时长": "duration",
        "原文": "wording",
    },
    model.Status: {"状态": "state", "日期": "date", "原因": "reason"},
    model.Item: {
        "名称": "name",
        "主要标的名称": "name",
        "规格": "specification",
        "规格型号": "specification",
        "规格型号（或服务要求）": "specification",
        "数量": "quantity",
        "主要标的数量": "quantity",
        "单位": "unit",
        "单价": "unit_price",
        "主要标的单价": "unit_price",
    },
    model.Payment: {
        "名称": "label",
        "金额": "amount",
        "比例": "percent",
        "条件": "condition",
        "应付日期": "due",
        "已付": "paid",
    },
    model.Paid: {"日期": "date", "金额": "amount"},
    model.Assessment: {"时间": "when", "指标": "criteria", "结果": "outcomes"},
    model.Criterion: {
        "类别": "area",
        "名称": "name",
        "要求": "requirement",
        "权重": "weight",
        "扣分": "deduction",
    },
    model.Outcome: {"结果": "result", "分数": "range", "处理": "effect"},
    model.Penalty: {"责任方": "who", "规则": "rule", "上限": "cap"},
    model.Amendment: {
        "编号": "number",
        "日期": "date",
        "原因": "reason",
        "金额变化": "value_change",
        "新结束日期": "end",
        "期限变化": "term_change",
    },
    model.Document: {"标题": "title", "类型": "kind", "文件": "file", "网址": "url"},
    model.Redaction: {
        "类型": "kind",
        "数量": "count",
        "依据": "ground",
        "规则版本": "policy",
        "保留至": "until",
    },
    model.Keep: {"文本": "text", "依据": "ground"},
    model.Organisation: {
        "名称": "name",
        "标识": "id",
        "统一社会信用代码": "identifier",
        "地区": "region",
        "所属地域": "region",
        "上级单位": "parent",
        "曾用名": "former_names",
        "别名": "aliases",
        "保留": "keep",
    },
    model.Alias: {"名称": "name", "合同": "contract"},
    model.Page: {"标题": "title", "顺序": "order", "摘要": "description"},
    model.Site: {
        "名称": "name",
        "网址": "url",
        "语言": "language",
        "说明": "description",
        "发布机构": "publisher",
        "联系方式": "contact",
        "网站标识码": "id_code",
        "币种": "currency",
        "时区": "time_zone",
        "许可": "license",
        "发布政策": "publication_policy",
        "OCID前缀": "ocid_prefix",
        "预压缩": "precompress",
        "遮盖": "redaction",
        "公告期限": "announcement",
        "仓库": "repository",
    },
    clock.Announcement: {"工作日": "days", "日历": "calendar", "法条": "law"},
    model.RedactionPolicy: {
        "版本": "version",
        "种类": "kinds",
        "依据": "grounds",
        "保留": "keep",
    },
}
"""Chinese name to field, for each kind of fact; brackets and spaces are folded on comparing."""

NOTICE: Mapping[str, tuple[str | int, ...]] = {
    "项目编号": ("procurement", "number"),
    "项目名称": ("procurement", "project"),
    "采购方式": ("procurement", "method"),
    "代理机构": ("procurement", "agent"),
    "合同金额（万元）": ("value", "amount"),
    "合同金额大写": ("value", "capitals"),
    "主要标的名称": ("items", 0, "name"),
    "规格型号": ("items", 0, "specification"),
    "规格型号（或服务要求）": ("items", 0, "specification"),
    "服务要求": ("items", 0, "specification"),
    "主要标的数量": ("items", 0, "quantity"),
    "主要标的单价": ("items", 0, "unit_price"),
}
"""The contract notice's flat names [财办库〔2020〕50号] that stand for a nested field."""

SHORT: Mapping[type[model.Fact], str] = {
    model.Value: "amount",
    model.Term: "wording",
    model.Status: "state",
    model.Alias: "name",
}
"""Facts that may be written as a plain text, and the field that the text then stands for."""

TEN_THOUSANDS = names.fold("合同金额（万元）")


@dataclass(frozen=True, slots=True)
class Field:
    """Where a key leads: the path below the fact, and the kind of fact there, if it is one."""

    path: tuple[str | int, ...]
    fact: type[model.Fact] | None
    ten_thousands: bool = False
    """Whether its figure is in ten thousands of the currency, as in 合同金额（万元）."""


def nested(fact: type[BaseModel], field: str) -> type[model.Fact] | None:
    """The kind of fact that a field holds, alone or in a tuple; None for plain values."""
    return _fact_in(fact.model_fields[field].annotation)


def _fact_in(annotation: object) -> type[model.Fact] | None:
    if isinstance(annotation, type) and issubclass(annotation, model.Fact):
        return annotation
    found = (_fact_in(part) for part in typing.get_args(annotation))
    return next((one for one in found if one is not None), None)


@functools.cache
def fields(fact: type[model.Fact]) -> Mapping[str, Field]:
    """Every key that a fact accepts, folded, with where it leads."""
    known = {}
    if fact is model.Contract:
        for key, path in NOTICE.items():
            known[names.fold(key)] = Field(path, None, names.fold(key) == TEN_THOUSANDS)
    for key, field in CHINESE.get(fact, {}).items():
        known[names.fold(key)] = Field((field,), nested(fact, field))
    for field in fact.model_fields:
        known[field] = Field((field,), nested(fact, field))
    if fact is model.Contract:
        del known["id"]  # a contract's id is the name of its file
    return known


def chinese(fact: type[model.Fact], field: str) -> str:
    """The first Chinese name of a field."""
    return next(key for key, name in CHINESE[fact].items() if name == field)


def accepted(fact: type[model.Fact]) -> tuple[str, ...]:
    """The keys of a fact as an author would write them, for hints."""
    extra = tuple(NOTICE) if fact is model.Contract else ()
    return (*fact.model_fields, *CHINESE.get(fact, {}), *extra)
