/**
 * Amounts of money as people type them, read for sure or not at all, as portal/amounts.py does:
 * decimals as text, never floats.
 */

const SCALES = { 千: 3, 万: 4, 百万: 6, 千万: 7, 亿: 8, 万亿: 12 };
const LABEL = /^(?:合同|采购|中标|成交|预算|项目)?(?:总?金额|总?价款?|总额)[:是为]?/;
const FIGURES =
  /^(?:人民币|rmb|cny)?[¥$€£]?((?:0|[1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4})(?:\.\d{1,12})?)(千|万|百万|千万|亿|万亿)?(?:[元块圆]?[整正]?|rmb|cny)$/;
const LETTERS = Object.entries({
  0: "零〇", 1: "壹一", 2: "贰二", 3: "叁参三", 4: "肆四", 5: "伍五", 6: "陆六", 7: "柒七",
  8: "捌八", 9: "玖九", T: "拾十", H: "佰百", K: "仟千", 万: "万", 亿: "亿", 元: "元圆", 角: "角",
  分: "分", 整: "整正", 两: "两",
}).flatMap(([letter, forms]) => [...forms].map((form) => [form, letter])); // prettier-ignore
const LETTER = new Map(LETTERS);
const CAPITALS =
  /^(?![万亿元整])(?:(?:([0-9THK]+)万)?([0-9THK]+)?亿)?(?:([0-9THK]+)万)?([0-9THK]+)?元?(?:(?:(?<=^)|(?<=元))(0?[1-9])角)?(?:(?:(?<=^)|(?<=[元角]))(0?[1-9])分)?整?$/;
/** The groups of CAPITALS, by the power of ten of their last place, in fen. */
const PLACES = [14, 10, 6, 2, 1, 0];
const POWERS = { "": 0, T: 1, H: 2, K: 3 };

/** The amount of a text (one width, lower case) as a plain decimal like "2594642.64", or null. */
export function read(text) {
  const bare = text.replace(/\s/g, "").replace(LABEL, "");
  return figures(bare) ?? capitals(bare.replace(/^人民币/, ""));
}

function figures(text) {
  const found = FIGURES.exec(text);
  return found && scaled(found[1].replaceAll(",", ""), SCALES[found[2]] ?? 0);
}

/** A plain decimal times a power of ten; null beyond fifteen digits before the point. */
function scaled(number, power) {
  const [whole, part = ""] = number.split(".");
  const digits = whole + part.padEnd(power, "0");
  const point = whole.length + power;
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const after = digits.slice(point).replace(/0+$/, "");
  if (before.length > 15 || after.length > 4) return null;
  return after ? `${before}.${after}` : before;
}

function capitals(text) {
  if (![...text].every((sign) => LETTER.has(sign))) return null;
  let letters = [...text].map((sign) => LETTER.get(sign)).join("");
  letters = letters.replace(/(?<!T)两(?=[HK万亿元角分])/g, "2").replace(/^T/, "1T");
  // A row of bare digits (二〇二五) is a year or a number, and no amount.
  if (!/[THK万亿元角分]/.test(letters)) return null;
  const fen = letters.startsWith("0元") ? sum(letters.slice(2), 2) : sum(letters, null);
  return fen && scaled(`${fen.slice(0, -2) || "0"}.${fen.slice(-2).padStart(2, "0")}`, 0);
}

/** The sum in fen, when each figure stands below the one before it; the first below `above`. */
function sum(letters, above) {
  const found = CAPITALS.exec(letters);
  if (!found || !letters) return null;
  let total = 0n;
  for (const [at, place] of PLACES.entries()) {
    const part = found[at + 1] ?? "";
    if (part.replace(/0?[1-9][THK]?/g, "")) return null;
    for (const [, zero, digit, unit] of part.matchAll(/(0?)([1-9])([THK]?)/g)) {
      const power = place + POWERS[unit];
      if (!follows(above, power, zero, unit)) return null;
      total += BigInt(digit) * 10n ** BigInt(power);
      above = power;
    }
  }
  return total ? String(total) : null;
}

/** May a figure of this power of ten stand after one of the power `above`? */
function follows(above, power, zero, unit) {
  if (above === null) return !zero;
  if (power >= above) return false;
  const skipped = above - power > 1;
  return zero ? skipped : !(skipped && !unit && power >= 2);
}

/** The other ways in which a text may have an amount: 1370000 and 137万. */
export function spellings(amount) {
  const found = [amount];
  for (const [sign, power] of [["万", 4], ["亿", 8]]) {
    const [whole, part = ""] = amount.split(".");
    if (whole.length <= power || part) continue;
    const rest = whole.slice(-power).replace(/0+$/, "");
    if (rest.length <= 4) found.push(`${whole.slice(0, -power)}${rest && "."}${rest}${sign}`);
  }
  return found;
}
