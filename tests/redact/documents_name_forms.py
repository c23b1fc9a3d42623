"""The forms in which a contract writes a person's name, and a signature."""

import functools

from redact import documents_names as names
from redact import documents_pieces as pieces

GENERIC = (
    "{label}：{}",
    "乙方指定{}为本项目的{label}。",
    "现场工作由{}负责，每周书面汇报一次。",
    "如需调整排期，请提前三日与{}联系。",
)
"""Where a form is about the name itself, not about its place."""

LABELLED = (
    names.form("name-label-colon", "contact", "{label}：{}", "{label}:{}", "{label}： {}"),
    names.form("name-label-no-colon", "contact", "{label} {}", "{label}　{}", "{label}\t{}"),
    names.form("name-label-spaced", "contact", "{apart}：{}", "{apart}： {}", "{apart} {}"),
    names.form("name-label-traditional", "contact", "{two}：{}", "{two}:{}"),
    names.form("name-label-english", "contact", "{english}: {}", "{english}：{}"),
    names.form("name-label-bracket", "contact", "{label}（甲方）：{}", "{label}（主）: {}"),
    names.form(
        "name-label-line-above", "contact", "{label}：\n{}", "{label}\n{}", "{label}：\n\n{}"
    ),
    names.form("name-label-page-break", "contact", "{label}：{page}{}", "{first}{page}{last}：{}"),
    names.form("name-label-emphasis", "contact", "**{label}：** {}", "**{label}**：{}"),
    names.form("name-label-html", "contact", "<p>{label}：</p><p>{}</p>", "<b>{label}</b>&nbsp;{}"),
    names.form("name-label-underline", "contact", "{label}：____{}____", "{label}：<u> {} </u>"),
    names.form(
        "name-label-brackets", "contact", "{label}：【{}】", "{label}：（{}）", "{label}：[{}]"
    ),
    names.form(
        "name-label-two-in-line", "contact", "{label}：{}    {two}：{n}", "{label}：{}；{two}：{n}"
    ),
    names.form("name-label-or", "contact", "{label}：{}/{n}", "{label}：{}（A角）、{n}（B角）"),
    names.form("name-phone-attached", "contact", "{label}：{}{phone}", "报障可找{}{phone}"),
    names.form("name-phone-brackets", "contact", "值守人员{}（{phone}）", "{}({phone})全天待命"),
    names.form("name-mail-signature", "later", "顺祝商祺！\n\n{}\n项目交付部\n手机 {phone}"),
    names.form("name-mail-header", "later", "发件人: {}\n收件人: {n}\n主题: 关于第二期付款的函"),
    names.form("name-vertical-table", "later", "| {label} | {} |\n|---|---|\n| 手机 | {phone} |"),
)

RUNNING = (
    names.form("name-by", "team", "现场实施由{}负责。", "接口联调由{}牵头，乙方其他人员配合。"),
    names.form("name-contact", "team", "排期问题请与{}联系。", "乙方应先联系{}，再行进场。"),
    names.form("name-acts-as", "team", "{}担任{label}。", "由{}出任本项目{label}。"),
    names.form("name-consent", "team", "更换设备须经{}同意。", "变更单经{}签字确认后执行。"),
    names.form("name-appointed", "team", "乙方委派{}驻场。", "甲方指定{}为{label}，负责日常沟通。"),
    names.form("name-sentence-start", "team", "{}已通过岗前考核。", "{}每周五提交运行周报。"),
    names.form("name-owner", "team", "{}的职责为需求确认。", "涉密载体由{}的保密柜存放。"),
    names.form(
        "name-salutation", "team", "{}先生为技术接口人。", "请{}女士出席会议。", "{}同志已到岗。"
    ),
    names.form(
        "name-title", "team", "{}工程师驻场。", "报{}经理审批。", "请{}主任签收。", "{}老师授课。"
    ),
    names.form("name-role-directly", "team", "{label}{}到场。", "本项目{label}{}常驻现场。"),
    names.form("name-role-brackets", "team", "{label}（{}）应按月到会。", "{label}({})每日签到。"),
    names.form("name-role-after", "team", "{}（{label}）、{n}（副职）参加启动会。"),
    names.form("name-list", "team", "项目组成员：{}、{n}。", "实施人员为{}、{n}等。"),
    names.form(
        "name-list-other",
        "team",
        "项目组成员：{}，{n}",
        "成员 {} {n}",
        "参会：{}/{n}",
        "成员：{}和{n}",
    ),
    names.form("name-list-roles", "team", "组长{}，副组长{n}，其余人员另行通知。"),
    names.form("name-quoted", "team", "工单指派给“{}”后开始计时。", "系统账户归“{}”专用。"),
    names.form(
        "name-resume", "team", "{}，男，本科，十二年从业经历。", "{}，女，持有高级职称证书。"
    ),
    names.form("name-replaced", "team", "原{label}{}调离，由{n}接任。", "{}离职后由{n}接替。"),
    names.form("name-comment", "later", "<!-- {label}：{} -->", "<!-- {}已核 -->"),
    names.form(
        "name-file", "later", "附件：{}_身份证正反面.pdf", "[{}简历.docx](files/resume-1.docx)"
    ),
    names.form("name-footnote", "later", "注：本页由{}校对。", "（{}初审，{n}复审）"),
    names.form(
        "name-revision",
        "later",
        "| 版本 | 修订人 | 说明 |\n|---|---|---|\n| V1.1 | {} | 补充附件 |",
    ),
)

ITSELF = (
    names.form("name-spaced", "team", *GENERIC, draw=names.spaced),
    names.form("name-broken-line", "team", *GENERIC, draw=names.broken),
    names.form("name-compound-surname", "team", *GENERIC, draw=names.compound),
    names.form("name-rare-surname", "team", *GENERIC, draw=names.rare),
    names.form("name-one-character", "team", *GENERIC, draw=names.one_character),
    names.form("name-minority-dot", "team", *GENERIC, draw=names.uyghur),
    names.form("name-minority-other-dot", "team", *GENERIC, draw=names.uyghur_other_dot),
    names.form("name-tibetan", "team", *GENERIC, draw=names.tibetan),
    names.form("name-mongolian", "team", *GENERIC, draw=names.mongolian),
    names.form("name-traditional", "team", *GENERIC, draw=names.traditional),
    names.form("name-latin", "team", *GENERIC, draw=names.latin),
    names.form("name-latin-initial", "team", *GENERIC, draw=names.initials),
    names.form("name-pinyin", "team", *GENERIC, draw=names.pinyin),
    names.form("name-word", "team", *GENERIC, draw=names.word),
    names.form("name-zero-width", "team", *GENERIC, draw=names.zero_width),
    names.form("name-entities", "team", *GENERIC, draw=names.entities),
    names.form("name-emphasis", "team", *GENERIC, draw=names.emphasised),
)

AGAIN = (
    "{}应于每月25日前提交运维月报。",
    "届时{}将到场说明情况。",
    "前述工作在{}休假期间由同岗人员代办。",
    "会议纪要经{}和双方确认后归档。",
    "{}、双方技术人员及专家组共同参加终验。",
)


def repeated(scene: pieces.Scene) -> pieces.Pieces:
    """Somebody who was named before, now without a label."""
    name = scene.rng.choice(scene.met)
    value = pieces.Value(name, "person-name", "name-repeated")
    return pieces.fill(scene.rng.choice(AGAIN), value)


SIGNATURES = {
    "signature-label": ("签字：{}", "签名：{}", "签 字： {}", "簽字：{}"),
    "signature-representative": ("代表（签字）：{}", "代表签字：{}", "授权代表（签字或盖章）：{}"),
    "signature-agent": ("委托代理人（签名）：{}", "授权委托人签字: {}", "经办人（签字）：{}"),
    "signature-next-line": ("代表（签字）：\n{}", "签字：\n\n{}", "授权代表签字\n{}"),
    "signature-date-attached": (
        "签字：{} 2024年3月18日",
        "签名：{}2024.3.18",
        "签字：{}    日期：",
    ),
    "signature-underline": ("签字：__{}__", "签字：<u>{}</u>", "签字： _____ {} _____"),
    "signature-english": ("Signature: {}", "/s/ {}", "Signed by: {}", "By: {}"),
    "signature-image": ("![{}签名](sign-1.png)", '<img src="sign-1.png" alt="{}的签名">'),
    "signature-two-columns": ("代表签字：{}        代表签字：{n}", "| 签字：{} | 签字：{n} |"),
    "signature-acceptance": ("验收人签字：{}", "监理（签字）：{}", "验收小组签字：{}、{n}"),
    "signature-before": ("{}（签字）", "{}（签章）", "{}（手签）"),
    "signature-electronic": ("电子签名：{}", "本文件由{}电子签署。"),
    "signature-spaced-name": ("签字：{}", "代表（签字）：{}"),
}


def signed(form: str, scene: pieces.Scene) -> pieces.Pieces:
    """A signature in this form."""
    template = scene.rng.choice(SIGNATURES[form])
    draw = names.spaced if form == "signature-spaced-name" else names.chinese
    value = names.person(scene, form, draw, "signature")
    if "{n}" not in template:
        return pieces.fill(template, value)
    return pieces.fill(template, value, n=names.person(scene, form, draw, "signature"))


FORMS = (
    *LABELLED,
    *RUNNING,
    *ITSELF,
    pieces.Form("name-repeated", "person-name", "later", repeated),
    *(
        pieces.Form(form, "signature", "signature", functools.partial(signed, form))
        for form in SIGNATURES
    ),
)
