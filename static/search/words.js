/** The words that the search says, in the site's language, from the page. */

const { content } = document.getElementById("search-words");
const words = new Map(Array.from(content.querySelectorAll("data"), (one) => [one.value, one.textContent]));
const { lang } = document.documentElement;

const figures = new Intl.NumberFormat(lang);

/** A number for the eye: 1,234. */
export const figure = (value) => figures.format(value);

/** A word by its key, its gaps filled; undefined if there is none. */
export function say(key, gaps = {}) {
  return words.get(key)?.replace(/\{(\w+)\}/g, (_, gap) => shown(gaps[gap]));
}

const shown = (value) => (typeof value === "number" ? figure(value) : value);

/** An amount with its currency, as everywhere on the site: ¥1,370,000.00, CAD 1,370,000.00. */
export function money(amount, currency) {
  const [, sign, whole, decimals = ""] = /^(-?)(\d+)(?:\.(\d*?)0*)?$/.exec(amount);
  const grouped = `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${decimals.padEnd(2, "0")}`;
  return `${sign && "\u2212"}${say(`currency.${currency}`) ?? `${currency} `}${grouped}`;
}

/** Names that were meant by themselves; nothing is said of it. */
const PLAIN = ["name", "beginning", "part"];

/** How a name was meant: by an alias, in pinyin. */
export function manner({ reason, text }) {
  if (PLAIN.includes(reason)) return say("by.name");
  const how = say(`by.${reason.replace("-part", "")}`);
  return reason.startsWith("alias") ? say("named", { by: how, name: text }) : how;
}

/** Why a contract was found. */
export function reason({ reason, by, text }) {
  const word = say(`why.${reason}`);
  if (!by || PLAIN.includes(by)) return word;
  return say("named", { by: word, name: manner({ reason: by, text }) });
}
