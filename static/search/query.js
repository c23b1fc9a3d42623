/** A query as it is typed, divided into terms. */

const FIELDS = {
  vendor: "供应商 供应商名称 乙方 中标人 成交供应商 vendor supplier",
  agency: "采购人 采购单位 甲方 agency buyer",
  number: "编号 合同编号 项目编号 采购编号 number",
  title: "标题 名称 合同名称 title",
  value: "金额 合同金额 value amount",
  year: "年份 年 年度 year",
};
const FIELD = new Map(
  Object.entries(FIELDS).flatMap(([field, words]) => words.split(" ").map((word) => [word, field])),
);
/** A minus, an operator, and a quoted or plain text; a quote that is not closed ends with the query. */
const TERM = /(-?)(?:([^\s:"“「-][^\s:"“「]*):)?(?:["“”]([^"“”]*)["“”]?|「([^」]*)」?|(\S+))/gu;
/** Spaces that people put into amounts and dates. */
const SPACED = [
  [/(人民币|rmb|cny|[¥$€£])\s+(?=\d)/gi, "$1"],
  [/(\d)\s+(?=(?:千|[百千]?万|万?亿)?[元圆](?:[整正]?)(?:\s|$)|(?:[百千]?万|万?亿)(?:\s|$))/g, "$1"],
  [/(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?(?=\s|$)/g, (all) => all.replace(/\s/g, "")],
  [/([<>]=?)\s+(?=\d)/g, "$1"],
];

/**
 * @typedef {object} Term
 * @property {string|null} field   vendor, agency, number, title, value, year; null: anywhere
 * @property {string} text         as typed, full width made plain
 * @property {boolean} isQuoted
 * @property {boolean} isExcluded
 */

/** The terms of a query. @returns {Term[]} */
export function parse(raw) {
  let text = raw.normalize("NFKC");
  for (const [pattern, joined] of SPACED) text = text.replace(pattern, joined);
  const found = Array.from(text.matchAll(TERM), term);
  return found.filter((one) => /[\p{L}\p{N}]/u.test(one.text) && !isUnfinished(one));
}

/** An operator whose value is still to be typed. */
const isUnfinished = ({ field, text }) =>
  field === null && text.endsWith(":") && FIELD.has(text.slice(0, -1).toLowerCase());

function term([, minus, word, quoted, cornered, bare]) {
  const field = FIELD.get(word?.toLowerCase()) ?? null;
  const phrase = quoted ?? cornered;
  const before = word !== undefined && field === null ? `${word}:` : "";
  return {
    field,
    text: before + (phrase ?? bare),
    isQuoted: phrase !== undefined,
    isExcluded: minus !== "",
  };
}

/** What 金额: asks for: a comparison with amounts (plain decimals or null), by `read`. */
export function range(text, read) {
  const one = /^([<>]=?|=)?(.+)$/.exec(text);
  const two = /^(.+?)(?:-|~|\.\.|至|到)(.+)$/.exec(text);
  const amount = read(one[2]);
  if (amount !== null) return { sign: one[1] ?? "=", amount };
  const [low, high] = two ? [read(two[1]), read(two[2])] : [null, null];
  return low === null || high === null ? null : { sign: "..", low, high };
}
