/** What a term of a query finds: proven by the facts at once, or possible, for the text to prove. */

import * as amounts from "./amounts.js";
import * as days from "./days.js";
import { isNarrow } from "./files.js";
import { fold, isHan, line, lined, plain, squeeze, tokens } from "./fold.js";
import { KINDS, isShortForm, letters, match } from "./names.js";
import { range } from "./query.js";
import * as sieve from "./sieve.js";

/** Why a contract matches, the best reason first; 0 is no match. */
export const TIER = { number: 1, value: 2, title: 3, party: 4, figure: 5, part: 6, date: 7, text: 8 };

/** A name written out: its contracts are told by the party, so titles are not asked for it. */
const ORGANISATION = /(公司|事务所|集团|委员会|办公室|中心|大学|学校|医院|[局厅院所处队馆站])$/;
/** A name, whatever stands behind it. */
const NAME = new RegExp(`${ORGANISATION.source}|公司`);
/** Contracts whose rows are read to see whether a number has a part. */
const FEW = 40;
/** Pieces of a number that are asked for at first: all of most numbers. */
const PIECES_AT_FIRST = 5;
/**
 * Grams that are asked for at first, since a round trip costs more than they do: what nothing has is
 * known then, and what resembles it as well. More are asked for only where many contracts are left.
 */
export const AT_FIRST = 10;
/** The same of a name and of a number, which facts answer, and triples of a text that are rare. */
const AT_ONCE = 4;
/** Contracts that may have a text, up to which they are loaded ahead: no file holds more of them. */
const LIKELY = 3;
/** Pairs between terms that are asked for. */
const BORDERS = 3;
/** Triples that are asked for beside them: all of a phrase of six signs, of a longer one rare ones. */
const TRIPLES_AT_FIRST = 2;
const ALL = 6;
/** What a host gets that takes six requests at once, the reader of texts among them: five in all. */
const FEW_AT_FIRST = { short: { grams: 3, triples: 2 }, long: { grams: 4, triples: 1 } };

/** What is asked for at first of a name or a number, and of a text. */
const OF_FACTS = { grams: AT_ONCE, triples: 1 };
const OF_TEXTS = { grams: AT_FIRST, triples: TRIPLES_AT_FIRST };

/** A term as it is looked for. `signs`: the Traditional signs, where a query needs them. */
export function sought(term, signs) {
  const folded = fold(term.text, signs);
  const written = plain(term.text, signs);
  const list = tokens(folded);
  const isOpen = !term.isQuoted && sieve.isOpenEnded(list);
  const whole = line(list);
  const squeezed = squeeze(term.text, signs);
  return {
    ...term,
    folded,
    tokens: list,
    line: whole,
    part: isOpen ? whole.trimEnd() : whole,
    isOpen,
    signs,
    squeezed,
    bare: squeezed.replace(/^第/, "").replace(/(.)号$/, "$1"),
    letters: term.isQuoted ? null : letters(folded),
    isShort: isShortForm(list),
    isDigits: /^\d+$/.test(written.trim()),
    amount: /^\s*\d{1,4}\s*$/.test(written) ? null : amounts.read(folded), // a year, or a part of a number
    day: days.gram(written),
    isDay: days.isDay(written),
  };
}

/** The organisations that a term means, each with the reason; looked for once. */
export function organisations(names, wanted) {
  const kinds = KINDS.includes(wanted.field) ? [wanted.field] : KINDS;
  wanted.meant ??= kinds
    .flatMap((kind) => names[kind])
    .map((one) => ({ one, why: match(one, wanted) }))
    .filter(({ why }) => why !== null);
  return wanted.meant;
}

/**
 * @typedef {object} Reading
 * @property {object} wanted       the term
 * @property {Uint8Array} tiers    by contract, the best tier that is proven
 * @property {Uint8Array?} titles  the contracts in whose title it may stand, as their rows tell
 * @property {boolean} isOfTitle   only the title can prove it
 * @property {Uint8Array?} parts   the contracts whose number may have it as a part, likewise
 * @property {Phrase[]} phrases    what may stand in the text
 * @property {Uint8Array} denied   the contracts whose text was read, and is without it
 * @property {Promise} facts       when the facts are known
 * @property {Function} texts      gives a promise: when it is known which texts can hold it
 * @property {boolean} isLate      texts are asked for only when the rows have answered
 *
 * @typedef {object} Phrase
 * @property {string[]} tokens
 * @property {boolean} isOpen     the last token may be the beginning of a word
 * @property {RegExp?} figure     an amount, which texts hold where they match this as well
 * @property {boolean} isWord     words of an English site, which are found in all their forms
 * @property {boolean} isDecided  its grams prove it
 * @property {string[]} grams     those that are still to be asked
 * @property {Uint8Array?} set    the contracts that have the grams that were asked
 */

/**
 * Reads a term. All requests start before anything is awaited, so that no term waits for another.
 * @param ground {sieve, rows, names, columns, amounts, text, hasText, isEnglish}; names, columns,
 *   amounts and text are functions that give promises
 * @returns {Reading}
 */
export function read(wanted, ground) {
  const reading = begun(wanted, ground);
  reading.isLate = wanted.field === null && isLikeNumber(wanted);
  // The telling files of a text come before those that facts are asked by.
  const texts = wanted.field === null && !reading.isLate ? byText(reading, ground) : null;
  const looks = LOOKUPS[wanted.field ?? "free"];
  reading.facts = Promise.all(looks.map((look) => look(reading, ground)));
  for (const one of [texts, reading.facts]) one?.catch(() => {}); // met where it is awaited
  if (reading.isLate) {
    reading.phrases = [UNKNOWN];
    reading.texts = () => byTextUnlessNumber(reading, ground);
  }
  if (!texts) return reading;
  reading.texts = () => texts;
  // What reads the texts is loaded beside the grams that tell which ones.
  if (ground.hasText && reading.phrases.some(({ isDecided }) => !isDecided)) ground.text().catch(() => {});
  return reading;
}

/** Reads a term by numbers, values and titles alone, as suggestions do. @returns {Reading} */
export function glance(wanted, ground) {
  const reading = begun(wanted, ground);
  reading.facts = Promise.all([byNumber, byValue, byTitle].map((look) => look(reading, ground)));
  reading.isOfTitle = true;
  return reading;
}

const begun = (wanted, { sieve: { count } }) => ({
  wanted,
  tiers: new Uint8Array(count),
  titles: null,
  isOfTitle: wanted.field === "title",
  parts: null,
  phrases: [],
  denied: new Uint8Array(count),
  texts: async () => {},
  isLate: false,
});

const LOOKUPS = {
  free: [byNumber, byValue, byDay, byTitle, byParty],
  vendor: [byParty],
  agency: [byParty],
  number: [byNumber],
  title: [byTitle],
  value: [byRange],
  year: [byYear],
};

/** Raises the tier of some contracts. */
function put({ tiers }, tier, set) {
  for (let at = 0; at < set.length; at++)
    if (set[at] && (tiers[at] === 0 || tiers[at] > tier)) tiers[at] = tier;
}

export function prove({ tiers }, tier, ordinal) {
  if (tiers[ordinal] === 0 || tiers[ordinal] > tier) tiers[ordinal] = tier;
}

export const ordinals = (set) => {
  const found = [];
  for (let at = 0; at < set.length; at++) if (set[at]) found.push(at);
  return found;
};

/** What is in all sets, as a set of its own: the sieve keeps the given ones for other queries. */
function and([first, ...others]) {
  const left = first.slice();
  for (const set of others) narrow(left, set);
  return left;
}

/** Leaves of a set what is in another as well. */
export function narrow(left, set) {
  for (let at = 0; at < left.length; at++) left[at] &= set[at];
}

async function byParty(reading, { names, columns }) {
  const [known, { contracts }] = await Promise.all([names(), columns()]);
  for (const { one } of organisations(known, reading.wanted))
    for (const at of contracts(one)) prove(reading, TIER.party, at);
}

async function byNumber(reading, ground) {
  const { bare, field } = reading.wanted;
  const isAsked = field === "number";
  if (!isAsked && !mayBeNumber(reading.wanted)) return;
  const equal = isAsked || /\d/.test(bare) ? ground.sieve.sets([sieve.wholeNumber(bare)]) : [];
  const pieces = [...bare].length < 4 ? [] : sieve.ofNumber(bare);
  const first = ground.sieve.sets(pieces.slice(0, PIECES_AT_FIRST));
  for (const set of await equal) put(reading, TIER.number, set);
  if (!pieces.length) return;
  let set = and(await first);
  if (ordinals(set).length > FEW && pieces.length > PIECES_AT_FIRST)
    set = and([set, ...(await ground.sieve.sets(pieces.slice(PIECES_AT_FIRST)))]);
  if (pieces.length === 1 || ordinals(set).length > FEW) put(reading, TIER.part, set);
  else reading.parts = set;
}

/** A year, and what has more signs than a number: a title that tells the year. */
const YEAR = /(19|20)\d\d/;
const WORDY = 9;

/** Chinese words are found in the text of numbers; an amount with its unit is no number. */
function mayBeNumber({ squeezed, amount, isDay, isDigits, tokens: list }) {
  const rest = list.filter(isHan).length < WORDY ? squeezed : squeezed.replace(YEAR, "");
  return !isDay && /[a-z0-9]/.test(rest) && (amount === null || isDigits);
}

export const hasNumber = ({ numbers }, part, signs) =>
  numbers.some((number) => squeeze(number, signs).includes(part));

async function byValue(reading, { sieve: { set } }) {
  const { amount } = reading.wanted;
  if (amount !== null) put(reading, TIER.value, await set(`$${amount}`));
}

async function byDay(reading, { sieve: { set } }) {
  if (reading.wanted.day) put(reading, TIER.date, await set(reading.wanted.day));
}

async function byRange(reading, ground) {
  const asked = range(reading.wanted.folded, amounts.read);
  if (asked === null) return;
  if (asked.sign === "=") return put(reading, TIER.value, await ground.sieve.set(`$${asked.amount}`));
  const fits = COMPARED[asked.sign](Number(asked.amount ?? asked.low), Number(asked.high));
  (await ground.amounts()).forEach((amount, at) => {
    if (amount !== null && fits(amount)) prove(reading, TIER.value, at);
  });
}

const COMPARED = {
  ">": (limit) => (amount) => amount > limit,
  ">=": (limit) => (amount) => amount >= limit,
  "<": (limit) => (amount) => amount < limit,
  "<=": (limit) => (amount) => amount <= limit,
  "..": (low, high) => (amount) => amount >= low && amount <= high,
};

async function byYear(reading, { columns }) {
  const [first, last] = days.years(reading.wanted.folded) ?? [1, 0];
  const { count, year } = await columns();
  for (let at = 0; at < count; at++)
    if (year(at) >= first && year(at) <= last) prove(reading, TIER.date, at);
}

/** Titles that have a telling gram: nearly always the phrase; rows or texts prove it. */
async function byTitle(reading, ground) {
  const { wanted } = reading;
  const isAsked = wanted.field === "title";
  if (!isAsked && !mayBeTitle(wanted)) return;
  const grams = sieve.ofTitle(sieve.grams(wanted.tokens, wanted.isOpen || ground.isEnglish));
  if (!grams.length) return;
  const set = and(await ground.sieve.sets(isAsked ? grams : grams.slice(0, atFirst(wanted, wanted.tokens).grams)));
  if (!ground.isEnglish && sieve.isDecided(wanted.tokens, wanted.isOpen))
    put(reading, TIER.title, set);
  else reading.titles = set;
}

const mayBeTitle = ({ folded, squeezed, tokens: list, amount, day }) =>
  day === null &&
  amount === null &&
  !(list.length >= 8 && ORGANISATION.test(folded)) &&
  !isLikeNumber({ folded, squeezed });

/** Reads the rows of contracts whose title or number may prove a term. */
export async function readRows(reading, some, { rows }) {
  const { wanted, titles, parts } = reading;
  (await rows.all(some)).forEach((row, index) => {
    const at = some[index];
    if (titles?.[at] && hasTitle(row, wanted)) prove(reading, TIER.title, at);
    else if (parts?.[at] && hasNumber(row, wanted.bare, wanted.signs)) prove(reading, TIER.part, at);
    if (parts?.[at]) parts[at] = 0;
    if (reading.isOfTitle && titles?.[at]) titles[at] = 0;
  });
}
export const hasTitle = ({ title }, { part, signs }) =>
  lined(title, signs).includes(part);

/**
 * How near to each other the terms of a query stand in a contract, as far as grams tell.
 * @returns {Promise<(ordinal: number) => number>}  3 where they are its number; 2 where they stand
 *   in its text as they were typed, 1 where they may, 0 where not
 */
export async function nearness(wanted, { sieve: { sets, follow: followed } }) {
  const isTyped = wanted.length > 1 && wanted.every((one) => one.field === null && !one.isQuoted && !one.isExcluded);
  if (!isTyped) return () => 0;
  const text = wanted.map(({ squeezed }) => squeezed).join("");
  // What is partly a number is told by the number; triples of figures are large.
  const isOfWords = wanted.every((one) => !isLikeNumber(one) && one.tokens.some(isHan));
  const borders = wanted.slice(1).flatMap((next, at) => sieve.border(wanted[at].tokens, next.tokens));
  const [numbers, pairs, told] = await Promise.all([
    sets(/\d/.test(text) ? [sieve.wholeNumber(text)] : []),
    sets(borders.slice(0, BORDERS)),
    isOfWords ? followed(wanted.flatMap(({ tokens: list }) => list), AT_ONCE) : null,
  ]);
  const isNumber = (at) => numbers.some((set) => set[at]);
  const may = (at) => pairs.every((set) => set[at]) && (told ? told.may[at] : pairs.length > 0);
  return (at) => (isNumber(at) ? 3 : told?.has[at] ? 2 : Number(may(at)));
}

/** Stands for phrases of which nothing is known yet. */
const UNKNOWN = { set: null, grams: [] };

/** Whether a term is written as numbers of contracts are: 2025-64, 〔2025〕64号. */
export const isLikeNumber = ({ folded, squeezed, isDay }) =>
  !isDay && squeezed.length >= 6 && /\d[-_/()〔〕[\]]|[-_/()〔〕[\]]\d/.test(folded);

/** Where numbers were found, nobody asks for the texts that happen to hold the same signs. */
async function byTextUnlessNumber(reading, ground) {
  if (reading.tiers.some((tier) => tier === TIER.number || tier === TIER.part)) reading.phrases = [];
  else await byText(reading, ground);
}

/** How many grams of a phrase, and triples beside them, are asked for at first. */
function atFirst({ folded }, { length }) {
  if (NAME.test(folded)) return OF_FACTS;
  return isNarrow ? FEW_AT_FIRST[length > ALL ? "long" : "short"] : OF_TEXTS;
}

async function byText(reading, ground) {
  const { wanted } = reading;
  const { sieve: { set, sets }, isEnglish } = ground; // prettier-ignore
  const figure = inTexts(wanted);
  const decided = () => figure && { grams: [figure], isDecided: true, sure: null };
  reading.phrases = spellings(wanted).map((list) => ({ ...phrase(list, wanted, isEnglish), ...decided() }));
  await Promise.all(
    reading.phrases.map(async (one) => {
      if (one.isWord && one.tokens.length === 1) await stemmed(one, ground);
      const most = reading.isLate ? OF_FACTS : atFirst(wanted, one.tokens);
      const asked = one.grams.splice(0, most.grams);
      const telling = asked.slice(0, AT_ONCE);
      const first = sets(telling);
      const isAsked = canFollow(one) && !reading.isLate; // the serial number of one tells more
      const told = isAsked ? follow(one, ground, most.triples, one.tokens.length > ALL) : null;
      if (most !== OF_FACTS && !wanted.isExcluded) ahead(telling, told, ground).catch(() => {}); // met where they are read
      const others = sets(asked.slice(AT_ONCE));
      if (one.sure) put(reading, TIER.text, await set(one.sure));
      const [some, more, places] = await Promise.all([first, others, told]);
      one.set = and([...some, ...more]);
      if (places) take(reading, one, places);
      if (one.isDecided) put(reading, figure && !wanted.isDay ? TIER.figure : TIER.text, one.set);
    }),
  );
}

/**
 * Loads the rows and the texts of contracts that are likely found, if they are few, as soon as the most
 * telling grams and triples are there: all the others take their time, though they come with them.
 */
async function ahead(grams, told, { sieve: { sets }, rows, text, hasText }) {
  const [found, places] = await Promise.all([sets(grams), told]);
  const likely = and(found);
  if (places) narrow(likely, places.may);
  const some = ordinals(likely);
  if (some.length > LIKELY) return;
  const titles = await sets(sieve.ofTitle(grams)); // they lie in files that are there
  const isInText = (at) => hasText && !(titles.length && titles.every((set) => set[at]));
  const read = async (at) => (await text()).content(rows.place(at));
  await Promise.all([rows.all(some), ...some.filter(isInText).map(read)]);
}

/** Has the stem of an English word decide, where texts have the word; of another form Pagefind decides. */
async function stemmed(phrase, ground) {
  const stem = await ground.sieve.stem(phrase.tokens[0]);
  if (stem !== null) Object.assign(phrase, { grams: [sieve.ofStem(stem)], isDecided: true, sure: null });
}

/** Whether places tell of a phrase: not of words with stems, nor of amounts that end elsewhere. */
export const canFollow = ({ tokens, isOpen, isWord, isDecided, isFollowed, figure }) =>
  !isDecided && !isFollowed && !isWord && !figure && tokens.length >= (isOpen ? 4 : 3);

/** Where a phrase stands as a whole, or, with an open end, what stands before its last word. */
export const follow = ({ tokens, isOpen }, { sieve }, most, isRare) =>
  sieve.follow(isOpen ? tokens.slice(0, -1) : tokens, most, isRare);

/**
 * Takes in where a phrase stands; of one with an open end only which texts cannot have it. Where no
 * shard tells of its rare triples, the others would tell no more.
 */
export function take(reading, phrase, told) {
  phrase.isFollowed = told === null || told.isWhole || !told.isTold;
  if (!told) return;
  narrow(phrase.set, told.may);
  if (!phrase.isOpen) put(reading, TIER.text, told.has);
}

/** The gram that texts have for an amount or a day, however they write it; null for all else. */
function inTexts({ amount, day, isDay, isQuoted }) {
  if (isQuoted) return null;
  if (isDay && day) return `%${day}`;
  return amount !== null && Number(amount) >= sieve.LEAST ? `%${amount}` : null;
}

/** The phrases that mean the same: an amount as typed, in figures, and in 万; none holds another. */
function spellings({ tokens: typed, amount, isQuoted }) {
  const others = amount === null || isQuoted ? [] : amounts.spellings(amount).map(tokens);
  const lines = [...new Set([typed, ...others].map(line))];
  return lines
    .filter((one) => !lines.some((other) => other !== one && one.includes(other)))
    .map((one) => one.trim().split(" "));
}

function phrase(list, { isOpen, amount, isQuoted }, isEnglish) {
  const isSingle = list.length === 1;
  const isWord = isEnglish && !isQuoted;
  return {
    tokens: list,
    isOpen,
    isWord,
    figure: amount === null || isEnglish ? null : figure(list),
    grams: isWord ? sieve.stems(list) : sieve.grams(list, isOpen),
    sure: isSingle && (isOpen || isWord) ? sieve.whole(list[0]) : null,
    isDecided: !isWord && amount === null && sieve.isDecided(list, isOpen),
    set: null,
  };
}

/** An amount in a text, where it is no part of a longer number: 13155 is not in 13155.70. */
const figure = (list) =>
  new RegExp(`(?<![0-9.])${list.join("[^\\p{L}\\p{N}]*")}(?![0-9]|\\.[0-9])`, "u");
