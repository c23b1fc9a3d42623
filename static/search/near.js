/** What resembles a query that nothing matches exactly. */

import { isHan } from "./fold.js";
import { KINDS, lines } from "./names.js";
import * as sieve from "./sieve.js";

/** Grams that are asked for, and contracts and names that are shown. */
const GRAMS = 12;
const SHOWN = 10;
/** Of a query's weight, what has to be found again. */
const SHARE = 0.45;

/**
 * Names at a small edit distance, also within a longer name, then names that share its rare pairs.
 * @returns {{one: object, why: {reason: string, distance: number}}[]}
 */
export function organisations(names, wanted) {
  const all = KINDS.flatMap((kind) => names[kind]);
  const found = wanted.flatMap((one) => alike(all, one));
  const others = wanted.flatMap((one) => sharing(all, one));
  const seen = new Set();
  return [...found.sort(byDistance), ...others.sort(byDistance)]
    .filter(({ one }) => !seen.has(one) && seen.add(one))
    .slice(0, SHOWN);
}

const byDistance = (one, other) => one.why.distance - other.why.distance;

function alike(all, { tokens, signs }) {
  const sought = tokens.join("");
  const most = allowed(sought);
  if (!most) return [];
  const isShort = sought.length < 4;
  return all.flatMap((one) => {
    const distances = lines(one, signs).map((name) => {
      const bare = name.replaceAll(" ", "");
      const whole = Math.abs(bare.length - sought.length) > most ? Infinity : distance(sought, bare, false);
      return whole <= most || isShort ? whole : distance(sought, bare, true) + 0.5;
    });
    const least = Math.min(...distances);
    return least < most + 1 ? [{ one, why: { reason: "spelling", distance: least } }] : [];
  });
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
  const pairs = paired(tokens);
  if (pairs.size < 2) return [];
  const having = all.map((one) => lines(one, signs).map((name) => paired(name.trim().split(" "))));
  const counts = new Map([...pairs].map((pair) => [pair, 0]));
  for (const names of having)
    for (const pair of pairs) if (names.some((name) => name.has(pair))) counts.set(pair, counts.get(pair) + 1);
  const weight = (pair) => Math.log((all.length + 1) / (counts.get(pair) + 1));
  const total = [...pairs].filter((pair) => counts.get(pair)).reduce((sum, pair) => sum + weight(pair), 0);
  return all.flatMap((one, at) => {
    const shares = having[at].map((name) =>
      [...pairs].filter((pair) => name.has(pair)).reduce((sum, pair) => sum + weight(pair), 0),
    );
    const share = Math.max(...shares) / (total || 1);
    const isRare = Math.max(...shares) > Math.log(all.length + 1) * 0.8;
    return share >= SHARE && isRare ? [{ one, why: { reason: "parts", distance: 10 - share } }] : [];
  });
}

const paired = (tokens) => new Set(tokens.slice(1).map((token, at) => tokens[at] + token));

/** Contracts that share the query's grams, by share, each gram weighed by how few have it. */
export async function contracts(wanted, ground) {
  const grams = [...new Set(wanted.flatMap((one) => telling(one)))].slice(0, GRAMS);
  const sets = await ground.sieve.sets(grams);
  const { count } = ground.sieve;
  const scores = new Float32Array(count);
  let total = 0;
  for (const set of sets) {
    const having = set.reduce((sum, has) => sum + has, 0);
    const weight = Math.log((count + 1) / (having + 1));
    total += weight;
    if (having) set.forEach((has, at) => (scores[at] += has ? weight : 0));
  }
  return Array.from(scores.keys())
    .filter((at) => scores[at] > 0 && scores[at] >= total * SHARE)
    .sort((one, other) => scores[other] - scores[one] || one - other)
    .slice(0, SHOWN);
}

/** A number is told by its pieces, all else by the grams of its text, evenly over its length. */
function telling({ tokens, squeezed, isOpen }) {
  const isNumber = /\d/.test(squeezed) && squeezed.length >= 6;
  const pieces = isNumber ? everyPiece(squeezed) : sieve.grams(tokens, isOpen);
  const step = Math.max(1, pieces.length / GRAMS);
  return pieces.filter((_, at) => at % step < 1);
}

const everyPiece = (text) =>
  Array.from({ length: text.length - 3 }, (_, at) => `#${text.slice(at, at + 4)}`);
