/** Names of agencies and vendors: which of them a text means, and why. */

import { isHan, lined, squeeze } from "./fold.js";

export const KINDS = ["agency", "vendor"];
/** Signs behind which a new part of a name begins. */
const BORDER = "省市县区州盟旗";
/** A name that is written out to its legal form is no short form of another. */
const LEGAL = /有限(责任)?公司$/;
const REASONS = [
  "name", "identifier", "alias", "beginning", "part", "alias-part", "pinyin", "initials", "short",
]; // prettier-ignore

/**
 * @typedef {object} Named
 * @property {"agency"|"vendor"} kind
 * @property {number} at      its place among its kind
 * @property {string} id
 * @property {string} name
 * @property {string[]} names  its own name first, then the others
 */

/** The organisations of names.json. @returns {{agency: Named[], vendor: Named[]}} */
export function open(json) {
  const named = (kind) => ([id, name, others = [], identifier = ""], at) => {
    const names = [name, ...others];
    return { kind, at, id, name, names, identifier: squeeze(identifier), lines: new Map() };
  };
  return Object.fromEntries(KINDS.map((kind) => [kind, json[kind].map(named(kind))]));
}

/** Adds the syllables of sounds.json. */
export function sound(names, json) {
  for (const kind of KINDS)
    names[kind].forEach((one, at) => {
      one.sounds = json[kind][at].map((text) => text.split(" "));
    });
}

/** A name's lines of tokens, one for each of its names; kept by the Traditional signs used. */
export function lines(one, signs) {
  if (!one.lines.has(signs))
    one.lines.set(signs, one.names.map((name) => lined(name, signs)));
  return one.lines.get(signs);
}

/** The Latin letters of a text that may be pinyin, or null. */
export function letters(folded) {
  const bare = folded.replace(/['’\s-]/g, "").replaceAll("ü", "v");
  return /^[a-z]+$/.test(bare) ? bare : null;
}

/**
 * Why a name is meant by a text, or null.
 * @param {Named} one
 * @param {object} sought  {line, part, tokens, squeezed, letters, isShort, isQuoted, isTyped, signs}
 *   `part` is what a longer name holds; `isTyped`: the last syllable may still be short
 * @returns {{rank: number, reason: string, text: string}|null}  the lower the rank, the better
 */
export function match(one, sought) {
  const rank = bySpelling(one, sought) ?? (sought.isQuoted ? null : byShape(one, sought));
  return rank && { rank: rank[0], reason: REASONS[rank[0]], text: one.names[rank[1]] };
}

function bySpelling(one, sought) {
  const spelled = lines(one, sought.signs);
  const equal = spelled.indexOf(sought.line);
  if (equal >= 0) return [equal ? 2 : 0, equal];
  if (one.identifier && one.identifier === sought.squeezed) return [1, 0];
  const within = spelled.findIndex((name) => name.includes(sought.part));
  if (within < 0) return null;
  if (within > 0) return [5, within];
  return [spelled[0].startsWith(sought.part) ? 3 : 4, 0];
}

function byShape(one, sought) {
  if (sought.letters) {
    const spoken = (one.sounds ?? []).findIndex((name) => isSpoken(name, sought));
    if (spoken >= 0) return [6, spoken];
    if (isSpelled(one, sought)) return [6, 0];
    const initial = (one.sounds ?? []).findIndex((name, at) =>
      isInitials(name, lines(one)[at].trim().split(" "), sought.letters),
    );
    return initial >= 0 ? [7, initial] : null;
  }
  if (!sought.isShort) return null;
  const spelled = lines(one, sought.signs);
  const hasAll = (name) => sought.tokens.every((sign) => name.includes(sign)); // most have not
  const short = spelled.findIndex(
    (name) => hasAll(name) && shortens(sought.tokens, name.trim().split(" "), one.kind),
  );
  return short >= 0 ? [8, short] : null;
}

/** Whether letters are a word of the name's address that is no syllable of it: aksu for 阿克苏. */
const isSpelled = ({ id, sounds = [] }, { letters }) =>
  letters.length > 3 && id.split("-").includes(letters) && !sounds.flat().includes(letters);

/** Whether letters are two or more whole syllables of a name, one after another. */
function isSpoken(syllables, { letters, isTyped }) {
  return syllables.some((_, first) => {
    let spoken = "";
    for (let at = first; at < syllables.length; at++) {
      spoken += syllables[at];
      if (spoken === letters) return at > first;
      if (!letters.startsWith(spoken)) return isTyped && at > first && spoken.startsWith(letters);
    }
    return false;
  });
}

/** Whether letters are the first ones of syllables: four anywhere, three where a part begins. */
function isInitials(syllables, name, letters) {
  if (letters.length < 3) return false;
  const initials = syllables.map((syllable) => syllable[0]).join("");
  for (let at = initials.indexOf(letters); at >= 0; at = initials.indexOf(letters, at + 1))
    if (letters.length > 3 || !at || BORDER.includes(name[at - 1])) return true;
  return false;
}

/** Whether signs may be a short form of a name. */
export const isShortForm = (signs) =>
  signs.length >= 3 && signs.every(isHan) && !LEGAL.test(signs.join(""));

/** What shortens the last word of a name to its first sign: 卫健委 for 卫生健康委员会, 一中 for 第一中学. */
const ENDINGS = /(?<=委)员会$|(?<=办)公室$|(?<=[小中大])学$/;

/**
 * Whether signs, in order, shorten a name: from its beginning or behind a border to its last sign,
 * four and more, or three with a short ending, also from a border (市文旅局, 区一中); of a vendor
 * also five and more signs from its beginning, since its legal form is left out.
 */
function shortens(signs, whole, kind) {
  const end = "委办小中大".includes(signs.at(-1)) ? ENDINGS.exec(whole.join("")) : null;
  const name = end ? whole.slice(0, -end[0].length) : whole;
  const last = signs.at(-1) === name.at(-1);
  const least = end ? 2 : 3;
  return name.some((sign, at) => {
    const isBeginning = !at || BORDER.includes(name[at - 1]);
    if (sign !== signs[0] || !(isBeginning || (signs.length > least && BORDER.includes(sign)))) return false;
    if (last && isOrdered(signs.slice(0, -1), name.slice(at, -1))) return true;
    return kind === "vendor" && !at && signs.length >= 5 && isOrdered(signs, name);
  });
}

function isOrdered(signs, name) {
  let at = 0;
  for (const sign of name) if (sign === signs[at]) at++;
  return at === signs.length;
}
