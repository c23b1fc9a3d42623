/** Days and months as people type them, and as the facts count them. */

const WRITTEN = /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)?(?:(?<=[-/.月])(\d{1,2})日?)?$/;
const JOINED = /^(\d{4})(\d\d)(\d\d)$/;

/** The gram of a day or a month in a folded text, "@20250312" or "@202503"; null for all else. */
export function gram(text) {
  const found = WRITTEN.exec(text) ?? JOINED.exec(text);
  if (!found) return null;
  const [, year, month, day] = found;
  if (year < 1949 || year > 2100 || month < 1 || month > 12) return null;
  if (day === undefined) return `@${year}${month.padStart(2, "0")}`;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === Number(day) && day > 0
    ? `@${date.toISOString().slice(0, 10).replaceAll("-", "")}`
    : null;
}

/** Whether a text can only be a day: it names the year, or has all three parts. */
export const isDay = (text) =>
  gram(text) !== null && (text.includes("年") || /^\d+\D\d+\D/.test(text));

/** The year of a day that is counted from 1970-01-01. */
export const year = (day) => new Date(day * 864e5).getUTCFullYear();

/** The years that a text means, first and last: 2025, 2023-2025, >2022; null for all else. */
export function years(text) {
  const one = /^([<>]=?)?(\d{4})年?$/.exec(text);
  if (one) return bounds(one[1], Number(one[2]));
  const two = /^(\d{4})年?(?:-|~|\.\.|至|到)(\d{4})年?$/.exec(text);
  return two && [Number(two[1]), Number(two[2])];
}

function bounds(sign, year) {
  if (!sign) return [year, year];
  const strict = sign.length === 1 ? 1 : 0;
  return sign[0] === ">" ? [year + strict, Infinity] : [-Infinity, year - strict];
}
