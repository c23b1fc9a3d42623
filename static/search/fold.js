/**
 * Texts brought to one spelling, as portal/search/signs.py does, so that a query and what it is
 * looked for in are always turned alike.
 */

const HAN = "\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const TOKEN = new RegExp(`[${HAN}]|(?:(?![${HAN}])[\\p{L}\\p{N}])+`, "gu");
const SIGN = new RegExp(`[${HAN}]`, "u");
const SIGNS = new RegExp(`[${HAN}]`, "gu");
const NARROW = new RegExp(`(?<=[${HAN}])[,;:!?()]|[,;:!?()](?=[${HAN}])`, "gu");
const UNSEEN = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
const THOUSANDS = /(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])/g;

/** Traditional signs that GB 2312 holds as well: being in it does not show them to be simplified. */
const DOUBTFUL = "乾菸薹拚捱摺吒後徵夥榘於袷麴醣麽";

/** @typedef {Map<string, string>} Signs Traditional signs and their simplified ones. */

/** Width, unseen characters, case and script made one. @param {Signs=} signs */
export function plain(text, signs) {
  const lower = text.normalize("NFKC").replace(UNSEEN, "").toLowerCase();
  return signs ? lower.replace(SIGNS, (sign) => signs.get(sign) ?? sign) : lower;
}

/**
 * A text folded: one width, case and script, numbers without commas and trailing zeros. A rate keeps
 * its `.0`, without which 2.0‰ would be the beginning of 2.5‰.
 */
export function fold(text, signs) {
  return plain(text, signs)
    .replace(THOUSANDS, (number) => number.replaceAll(",", ""))
    .replace(/(?<=[0-9])\.0+(?![0-9%‰])/g, "")
    .replace(/(\.[0-9]*[1-9])0+(?![0-9])/g, "$1");
}

/** The tokens of a folded text: each Chinese sign, each run of other letters and digits. */
export const tokens = (folded) => folded.match(TOKEN) ?? [];

/** The tokens of a text that is folded but for its case, each with its place. */
export const places = (text) =>
  Array.from(text.matchAll(TOKEN), (found) => [found[0].toLowerCase(), found.index]);

/** A number of a contract with nothing but its letters, digits and signs. */
export const squeeze = (text, signs) => tokens(plain(text, signs)).join("");

export const isHan = (token) => SIGN.test(token);

/** Tokens as one string in which a phrase is found by `includes`: " 数 据 oracle ". */
export const line = (list) => ` ${list.join(" ")} `;

/** Nothing but signs that are spelled in one way: most names. */
const SIMPLE = /^[\u4e00-\u9fff]+$/;

/** The line of tokens of a text. @param {Signs=} signs */
export const lined = (text, signs) => line(!signs && SIMPLE.test(text) ? [...text] : tokens(fold(text, signs)));

/** A text as people write it, of one with narrow punctuation. */
export const written = (text) =>
  text.replace(NARROW, (sign) => String.fromCharCode(sign.charCodeAt() + 0xfee0));

let familiar = null;

/** Whether a text may hold Traditional signs: signs that GB 2312 lacks, or the doubtful ones. */
export function mayBeTraditional(text) {
  familiar ??= gb2312();
  return (text.match(SIGNS) ?? []).some((sign) => !familiar.has(sign) || DOUBTFUL.includes(sign));
}

/** The signs of GB 2312, decoded from their two-byte codes rather than listed. */
function gb2312() {
  const bytes = [];
  for (let row = 0xb0; row < 0xf8; row++)
    for (let cell = 0xa1; cell < 0xff; cell++) bytes.push(row, cell);
  return new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
}
