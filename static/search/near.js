/** What resembles a query that nothing matches exactly. */

import { isHan, squeeze } from "./fold.js";
import { KINDS, lines } from "./names.js";
import { AT_FIRST, isLikeNumber } from "./readings.js";
import * as sieve from "./sieve.js";

/** Pieces of a number that are asked for, results that are shown, numbers that are compared. */
const PIECES = 6;
const SHOWN = 10;
const COMPARED = 8;
/** Of a query's weight, what has to be found again. */
const SHARE = 0.45;
/** Pairs of a name that one edit touches at most: neighbours changed over are in three. */
const TOUCHED = 3;
/** Letters and spaces of a line of tokens from which on a name is known within others: four signs. */
const LONG = 9;
/** A query that is meant as a name, whatever it resembles. */
const ORGANISATION = /(公司|事务所|集团|委员会|中心|支队|医院|学校|大学|[局厅院馆处])$/;

/**
 * What resembles the terms of a query: contracts of an organisation where the query is its name with
 * words joined to it; other organisations only where it may be a name, or where no contract has
 * more of it. `parted` is the query as it would have been found.
 * @returns {Promise<{organisations: {one: object, why: object}[], contracts: number[], parted?: string}>}
 */
export async function resembling(names, wanted, ground) {
  const all = everyone(names);
  const joined = wanted.length === 1 ? await joining(all, wanted[0], ground) : null;
  if (joined) return joined;
  const spelled = best(wanted.flatMap((one) => alike(all, one)));
  if (spelled.length) return { organisations: spelled, contracts: [] };
  const numbers = await Promise.all(wanted.map((one) => numbered(one, ground)));
  if (numbers.flat().length) return { organisations: [], contracts: numbers.flat() };
  const shared = best(wanted.flatMap((one) => sharing(all, one)));
  const isName = wanted.some(({ folded }) => ORGANISATION.test(folded));
  const isAmount = wanted.some(({ amount }) => amount !== null);
  if (isAmount || (isName && shared.length)) return { organisations: shared, contracts: [] };
  const found = await contracts(wanted, ground);
  return { organisations: found.length ? [] : shared, contracts: found };
}

/**
 * Loads what `resembling` would ask for after the texts beside them: the rows of numbers that resemble
 * one, the grams of the words that a query joins to a name.
 */
export async function foresee(names, { isLate, positive }, ground) {
  const wanted = positive.map((one) => one.wanted);
  if (isLate) await Promise.all(wanted.map((one) => numbered(one, ground)));
  else if (wanted.length === 1) await joining(everyone(names), wanted[0], ground);
}

const everyone = (names) => KINDS.flatMap((kind) => names[kind]);

/** Contracts of an organisation that have the words which a query joins to its name; null without. */
async function joining(all, { line, signs, isQuoted }, ground) {
  let [found, longest] = [[], isQuoted ? Infinity : LONG];
  for (const one of all)
    for (const name of lines(one, signs)) {
      if (name.length < longest || name === line || !line.includes(name)) continue;
      if (name.length > longest) found = [];
      longest = name.length;
      found.push({ one, name });
    }
  if (!found.length) return null;
  const { name } = found[0];
  const rest = line.split(name).map((part) => part.trim()).filter(Boolean);
  const grams = rest.flatMap((part) => sieve.grams(part.split(" "), false)).slice(0, AT_FIRST);
  const [{ contracts: of }, ...told] = await Promise.all([
    ground.columns(),
    ground.sieve.sets(grams),
    ground.sieve.sets(sieve.ofTitle(grams)),
  ]);
  const [inText, inTitle] = told.map((sets) => (at) => sets.every((set) => set[at]));
  const meant = found.flatMap(({ one }) => of(one)).filter(inText);
  if (!meant.length) return null;
  const byTitle = (one, other) => Number(inTitle(other)) - Number(inTitle(one)) || one - other;
  const parted = [name, ...rest].map((part) => part.replaceAll(" ", "")).join(" ");
  return { organisations: [], contracts: meant.sort(byTitle).slice(0, SHOWN), parted };
}

function best(found) {
  const seen = new Set();
  return found
    .sort((one, other) => one.why.distance - other.why.distance)
    .filter(({ one }) => !seen.has(one) && seen.add(one))
    .slice(0, SHOWN);
}

/** Names at a small edit distance, also within a longer name. */
function alike(all, { tokens, signs }) {
  const sought = tokens.join("");
  const most = allowed(sought);
  if (!most) return [];
  const pairs = Array.from({ length: sought.length - 1 }, (_, at) => sought.slice(at, at + 2));
  const least = pairs.length - TOUCHED * most;
  const isClose = (name) => least <= 0 || pairs.filter((pair) => name.includes(pair)).length >= least;
  return all.flatMap((one) => {
    const names = lines(one, signs).map((name) => name.replaceAll(" ", "")).filter(isClose);
    const distance = Math.min(...names.map((name) => apart(sought, name, most)));
    return distance < most + 1 ? [{ one, why: { reason: "spelling", distance } }] : [];
  });
}

function apart(sought, name, most) {
  const isClose = Math.abs(name.length - sought.length) <= most;
  if (sought.length > name.length && sought.includes(name)) return Infinity; // it says more
  const whole = isClose ? distance(sought, name, false) : Infinity;
  return whole <= most || sought.length < 4 ? whole : distance(sought, name, true) + 0.5;
}

/** Signs that may differ: one, from eight on two; Latin words have to be longer. */
function allowed(sought) {
  const { length } = sought;
  if (length < (isHan(sought) ? 3 : 5)) return 0;
  return length < 8 ? 1 : 2;
}

/** The edit distance of two texts, neighbours changed over being one edit; within: to any part. */
export function distance(sought, text, isWithin) {
  let before = null;
  let row = Array.from({ length: text.length + 1 }, (_, at) => (isWithin ? 0 : at));
  for (let at = 1; at <= sought.length; at++) {
    const next = [at];
    for (let to = 1; to <= text.length; to++) {
      const isSame = sought[at - 1] === text[to - 1];
      next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (isSame ? 0 : 1));
      if (before && sought[at - 1] === text[to - 2] && sought[at - 2] === text[to - 1])
        next[to] = Math.min(next[to], before[to - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return isWithin ? Math.min(...row) : row[text.length];
}

/** Names with a good part of the query's pairs, each weighed by how few names have it. */
function sharing(all, { tokens, signs }) {
  const pairs = [...new Set(tokens.slice(1).map((token, at) => ` ${tokens[at]} ${token} `))];
  const having = new Map(pairs.map((pair) => [pair, 0]));
  const shared = all.map((one) =>
    lines(one, signs).map((name) => pairs.filter((pair) => name.includes(pair))),
  );
  for (const pair of shared.flatMap((names) => [...new Set(names.flat())]))
    having.set(pair, having.get(pair) + 1);
  const rarest = Math.log(all.length + 1);
  const weigh = (some) => some.reduce((sum, pair) => sum + rarest - Math.log(having.get(pair) + 1), 0);
  const total = weigh(pairs.filter((pair) => having.get(pair)));
  return all.flatMap((one, at) => {
    const weight = Math.max(...shared[at].map(weigh));
    const isShared = weight > rarest * 0.8 && weight >= total * SHARE;
    return isShared ? [{ one, why: { reason: "parts", distance: total - weight } }] : [];
  });
}

/** Contracts whose numbers are one or two characters away, the nearest first. */
async function numbered({ bare, folded, signs, ...wanted }, ground) {
  const isNumber = isLikeNumber({ bare, folded, ...wanted }) || /^(?=.*\d)[a-z0-9]+$/.test(folded);
  if (!isNumber || bare.length < 6 || wanted.amount !== null) return [];
  const share = await shares(sieve.ofNumber(bare).slice(0, PIECES), ground);
  const some = highest(share, COMPARED);
  const rows = await ground.rows.all(some);
  const away = ({ numbers }) =>
    Math.min(...numbers.map((number) => distance(bare, squeeze(number, signs), false)));
  return rows
    .map((row, index) => ({ at: some[index], away: away(row) }))
    .filter((one) => one.away <= 2)
    .sort((one, other) => one.away - other.away || one.at - other.at)
    .map(({ at }) => at);
}

/** Contracts that share the query's grams, those with most of them in their titles first. */
async function contracts(wanted, ground) {
  const grams = [...new Set(wanted.flatMap(({ tokens, isOpen }) => sieve.grams(tokens, isOpen)))];
  const asked = grams.slice(0, AT_FIRST); // of one term they are there
  const [inText, inTitle] = await Promise.all([shares(asked, ground), shares(sieve.ofTitle(asked), ground)]);
  const both = inText.map((share, at) => (share < SHARE ? 0 : share + inTitle[at]));
  return highest(both, SHOWN);
}

/** By contract: its share of some grams, each weighed by how few contracts have it. */
async function shares(grams, ground) {
  const sets = await ground.sieve.sets(grams);
  const { count } = ground.sieve;
  const found = new Float32Array(count);
  const weights = sets.map((set) => Math.log((count + 1) / (sieve.size(set) + 1)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  sets.forEach((set, gram) => {
    const weight = weights[gram] / total;
    for (let at = 0; at < count; at++) if (set[at]) found[at] += weight;
  });
  return found;
}

/** The contracts with the highest values, so many of them; none with 0. */
function highest(values, most) {
  const found = [];
  for (let at = 0, least = 0; at < values.length; at++) {
    if (values[at] <= least) continue;
    let place = found.length;
    while (place && values[found[place - 1]] < values[at]) place--;
    found.splice(place, 0, at);
    if (found.length > most) found.pop();
    if (found.length === most) least = values[found[most - 1]];
  }
  return found;
}
