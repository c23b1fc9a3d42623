/** Which contracts match a query: what the facts leave open is proven by rows and by texts. */

import { TIER, canFollow, follow, narrow, prove, readRows, take } from "./readings.js";

const OUT = 0;
const OPEN = 1;
const IN = 2;
/** Contracts open for a term, from which on more grams are asked for. */
const SIFTED = 8;
/** Grams that are asked for at once. */
const MORE = 16;
/** Tokens of a phrase whose triples are asked for before more of its pairs are. */
const SHORT = 15;
/** Triples of a long phrase that are asked for before all are. */
const RAREST = 2;
/** Texts that are read one by one, in all and of a shard; where more are open, Pagefind is asked. */
const FEW = 64;
const FEW_OF_SHARD = 8;
/** Shards, or portions of rows, that are looked at together. */
const TOGETHER = 6;
const PORTION = 64;

/**
 * @param {import("./readings.js").Reading[]} readings  whose facts are known
 * @param ground {sieve, rows, text, hasText}
 * @param nearness gives how near to each other the terms stand in a contract, if that counts
 */
export function open(readings, ground, nearness = null) {
  const { count, starts } = ground.sieve;
  const states = new Uint8Array(count).fill(OPEN);
  let left = null;
  const positive = readings.filter(({ wanted }) => !wanted.isExcluded);
  const negative = readings.filter(({ wanted }) => wanted.isExcluded);
  const missing = new Set();
  const failed = new Set();
  let near = () => 0;

  function state(ordinal) {
    let found = IN;
    for (const reading of positive) {
      if (reading.tiers[ordinal]) continue;
      if (!isPossible(reading, ordinal)) return OUT;
      found = OPEN;
    }
    for (const reading of negative) {
      if (reading.tiers[ordinal]) return OUT;
      if (isPossible(reading, ordinal)) found = OPEN;
    }
    return found;
  }

  /** Looks at those that are not out, at first at all: what is out stays out. */
  function review() {
    left = (left ?? [...states.keys()]).filter((at) => (states[at] = state(at)) !== OUT);
    return left;
  }

  const standing = () => left ?? review();
  const opened = () => standing().filter((at) => states[at] === OPEN);

  /** Takes in which texts can hold the terms, as far as that was asked for at first. */
  async function learn() {
    await Promise.all(readings.map(({ texts }) => texts()));
    if (nearness) near = await nearness;
    review();
  }

  /** Asks for more while that leaves fewer contracts: of a long phrase its pairs and two triples at once. */
  async function sift() {
    await followAll(({ tokens }) => tokens.length <= SHORT, Infinity, true);
    await Promise.all([narrowAll(), followAll(() => true, RAREST)]);
    await followAll(() => true);
  }

  /** Asks for more pairs while they leave fewer contracts, and while texts would be too many. */
  async function narrowAll() {
    for (let before = Infinity, idle = 0; ; ) {
      const still = opened();
      const asked = readings
        .filter(isWide)
        .flatMap(({ phrases }) => phrases.filter(({ grams, isDecided }) => grams.length && !isDecided));
      idle = still.length > before * 0.8 ? idle + 1 : 0;
      if (!asked.length || idle === 2) return;
      before = still.length;
      await Promise.all(asked.map(narrowOne));
      review();
    }
  }

  /** Takes in where phrases stand as a whole, of terms for which many contracts are open. */
  async function followAll(isMeant, most, isRare) {
    const asked = readings.filter(isWide).flatMap((reading) =>
      reading.phrases
        .filter((phrase) => phrase.set && canFollow(phrase) && isMeant(phrase))
        .map((phrase) => followOne(reading, phrase, most, isRare)),
    );
    await Promise.all(asked);
    if (asked.length) review();
  }

  /** Whether many contracts are open for a term. */
  const isWide = (reading) => opened().filter((at) => isOpen(reading, at)).length > SIFTED;

  async function followOne(reading, phrase, most, isRare) {
    take(reading, phrase, await follow(phrase, ground, most, isRare));
  }

  async function narrowOne(phrase) {
    for (const set of await ground.sieve.sets(phrase.grams.splice(0, MORE))) narrow(phrase.set, set);
  }

  /**
   * The contracts that can match, best first: as they will stand, whatever is proven of them.
   * What only texts can prove is left out as long as nothing is known of these.
   */
  function ranked(signed) {
    const isKnown = readings.every(({ phrases }) => phrases.every(({ set }) => set));
    const found = [];
    const worst = new Uint8Array(count);
    const sum = new Uint16Array(count);
    for (const at of standing()) {
      if (states[at] === OUT) continue;
      for (const reading of positive) {
        const tier = promised(reading, at);
        if (tier > worst[at]) worst[at] = tier;
        sum[at] += tier;
      }
      if (isKnown || worst[at] < TIER.text) found.push(at);
    }
    const byFacts = (one, other) =>
      sum[one] - sum[other] || signed[other] - signed[one] || one - other;
    const byText = (one, other) => near(other) - near(one) || one - other;
    const isNumber = (at) => Number(near(at) === 3);
    return found.sort(
      (one, other) =>
        isNumber(other) - isNumber(one) ||
        worst[one] - worst[other] ||
        (worst[one] === TIER.text ? byText : byFacts)(one, other),
    );
  }

  /** Reads the rows of those among some contracts that rows can prove. */
  async function proveRows(some) {
    await Promise.all(
      readings.map((reading) => {
        const mine = some.filter((at) => isOpen(reading, at) && isOfRows(reading, at));
        return mine.length && readRows(reading, mine, ground);
      }),
    );
    for (const at of some) states[at] = state(at);
  }

  /** Proves what only rows can prove, all of it. */
  async function proveAllRows() {
    const asked = readings.filter(({ isOfTitle, parts }) => isOfTitle || parts);
    const isMine = (reading, at) => (reading.isOfTitle || reading.parts[at]) && isOpen(reading, at);
    const todo = !asked.length ? [] : opened().filter((at) => asked.some((one) => isMine(one, at)));
    for (let at = 0; at < todo.length; at += PORTION) await proveRows(todo.slice(at, at + PORTION));
  }

  /** Proves what is open by texts, shard by shard, the newest first; a step for each shard. */
  async function* proveTexts() {
    const all = opened();
    const isFew = all.length <= FEW;
    const within = (from, to = count) => all.filter((at) => at >= from && at < to);
    const todo = starts
      .map((start, shard) => ({ shard, start, list: within(start, starts[shard + 1]) }))
      .filter(({ list }) => list.length);
    const running = [];
    for (const [at, { list }] of todo.entries()) {
      while (running.length < Math.min(todo.length, isFew ? Infinity : at + TOGETHER))
        running.push(attempt(todo[running.length], isFew));
      await running[at];
      for (const one of list) states[one] = state(one);
      yield;
    }
  }

  /** A shard that cannot be looked at is named, and the others are looked at all the same. */
  async function attempt({ shard, start, list }, isFew) {
    try {
      if (!ground.hasText) await instead(list, "text");
      else if (!haveStems() && (isFew || list.length <= FEW_OF_SHARD)) await readAll(list);
      else if ((await ground.text()).hasWasm) await ask(shard, start, list);
      else await instead(list, "wasm");
    } catch (error) {
      missing.add("text");
      failed.add(error.file ?? String(error));
    }
  }

  /** Whether words are looked for in all their forms, and no gram has told of them. */
  const haveStems = () =>
    readings.some(({ phrases }) => phrases.some(({ isWord, isDecided }) => isWord && !isDecided));

  /** What can be done where texts cannot be asked: titles tell. */
  async function instead(list, what) {
    await proveRows(list);
    if (list.some((at) => states[at] === OPEN)) missing.add(what);
  }

  const readAll = (list) => Promise.all(list.map(readOne));

  async function readOne(ordinal) {
    const text = await ground.text();
    const { line, text: whole } = await text.content(ground.rows.place(ordinal));
    const has = (one) => line.includes(needle(one)) && (one.figure?.test(whole.toLowerCase()) ?? true);
    for (const reading of readings) if (isOpen(reading, ordinal)) decide(reading, ordinal, has);
  }

  /**
   * Asks Pagefind, which alone knows the stems of words; of other phrases it says which texts may
   * hold them. It takes the words of a phrase as whole: only the text tells of a beginning.
   */
  async function ask(shard, start, list) {
    const text = await ground.text();
    const left = new Set();
    const askOne = async (reading) => {
      const mine = list.filter((at) => isOpen(reading, at));
      const asked = reading.phrases.filter((one) => mine.some((at) => may(one, at)));
      const found = await Promise.all(asked.map(({ tokens }) => text.find(shard, tokens.join(" "))));
      const has = (one, at) => may(one, at) && found[asked.indexOf(one)].has(at - start);
      const isLeft = (one, at) => !one.isWord && (has(one, at) || (one.isOpen && may(one, at)));
      for (const at of mine) {
        if (asked.some((one) => one.isWord && has(one, at))) prove(reading, TIER.text, at);
        else if (asked.some((one) => isLeft(one, at))) left.add(at);
        else reading.denied[at] = 1;
      }
    };
    await Promise.all(readings.map(askOne));
    await readAll([...left]);
  }

  return {
    positive, missing, failed, learn, sift, isLate: readings.some(({ isLate }) => isLate), ranked, proveRows, proveAllRows, proveTexts,
    isIn: (ordinal) => states[ordinal] === IN,
    isOpen: (ordinal) => states[ordinal] === OPEN,
  }; // prettier-ignore
}

/** Whether a text may hold a phrase; any may while nothing is known. */
const may = ({ set, isDecided }, ordinal) => set === null || (!isDecided && set[ordinal] === 1);

/** Whether a term may still be proven. */
const isPossible = (reading, ordinal) =>
  (!reading.denied[ordinal] && reading.phrases.some((phrase) => may(phrase, ordinal))) ||
  reading.parts?.[ordinal] === 1 ||
  (reading.isOfTitle && reading.titles?.[ordinal] === 1);

const isOpen = (reading, ordinal) => !reading.tiers[ordinal] && isPossible(reading, ordinal);

const isOfRows = ({ titles, parts }, ordinal) => titles?.[ordinal] === 1 || parts?.[ordinal] === 1;

/** The tier that a contract has, or will have when it is proven. */
function promised({ tiers, titles, parts }, ordinal) {
  const tier = tiers[ordinal] || TIER.text;
  if (titles?.[ordinal]) return Math.min(tier, TIER.title);
  return parts?.[ordinal] ? Math.min(tier, TIER.part) : tier;
}

function decide(reading, ordinal, test) {
  if (reading.phrases.some((phrase) => may(phrase, ordinal) && test(phrase)))
    prove(reading, TIER.text, ordinal);
  else reading.denied[ordinal] = 1;
}

/** A phrase as a text's line of tokens holds it. */
const needle = ({ tokens, isOpen: hasEnd }) => ` ${tokens.join(" ")}${hasEnd ? "" : " "}`;
