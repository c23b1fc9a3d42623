/** Which contracts can hold a text: by gram, a set of them. A set is a byte for each contract. */

import { isHan } from "./fold.js";

const LONGEST = 24;
const START = 3;
const PIECE = 4;
const WHOLE = 60;
/** From here on texts have a gram for an amount. */
export const LEAST = 1000;
/** Pairs that most contracts have: they tell little, so they are asked for last. */
const COMMON = new Set(
  "有限 限公 公司 股份 份有 技有 科技 技术 信息 服务 项目 合同 采购 管理 建设 工程 人民 中心".split(" "),
);

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** @param files {@link import("./files.js").open} @param index search/index.json */
export function open(files, index) {
  const starts = [];
  let count = 0;
  for (const { size } of index.shards) {
    starts.push(count);
    count += size;
  }
  const buckets = new Map();
  const sets = new Map();

  function bucket(number) {
    if (!buckets.has(number)) {
      const reading = files.bytes(`grams/${number}.bin.gz`).then(read);
      buckets.set(number, reading);
      reading.catch(() => buckets.delete(number));
    }
    return buckets.get(number);
  }

  /** The contracts that have a gram. @returns {Promise<Uint8Array>} */
  async function set(gram) {
    const known = sets.get(gram);
    if (known) return known;
    const name = new TextEncoder().encode(gram);
    const parts = (await bucket(crc32(name) & (index.buckets - 1))).get(gram) ?? [];
    const found = new Uint8Array(count);
    for (const [shard, payload] of parts) fill(found, starts[shard], payload);
    sets.set(gram, found);
    return found;
  }

  return { count, starts, set, sets: (grams) => Promise.all(grams.map(set)) };
}

/** A bucket's grams, each with its payload by shard. */
function read(bytes) {
  const found = new Map();
  const decoder = new TextDecoder();
  const at = { offset: 0, bytes };
  while (at.offset < bytes.length) {
    const shard = varint(at);
    const end = varint(at) + at.offset;
    while (at.offset < end) {
      const name = decoder.decode(piece(at, bytes[at.offset++]));
      const payload = piece(at, varint(at));
      if (!found.has(name)) found.set(name, []);
      found.get(name).push([shard, payload]);
    }
  }
  return found;
}

function piece(at, length) {
  at.offset += length;
  return at.bytes.subarray(at.offset - length, at.offset);
}

function varint(at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = at.bytes[at.offset++];
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
}

/** Marks a shard's ordinals: a bitmap behind 0, or differences behind 1. */
function fill(set, start, payload) {
  if (payload[0] === 0) {
    for (let bit = 0; bit < (payload.length - 1) * 8; bit++)
      if ((payload[1 + (bit >> 3)] >> (bit & 7)) & 1) set[start + bit] = 1;
    return;
  }
  const at = { offset: 1, bytes: payload };
  for (let ordinal = start; at.offset < payload.length; ) set[(ordinal += varint(at))] = 1;
}

const beginning = (word) => [...word].slice(0, START).join("");

/** Whether the last word of a phrase may be the beginning of one: three letters and more. */
export const isOpenEnded = (tokens) =>
  !isHan(tokens.at(-1)) && /^\p{L}{3,}$/u.test(tokens.at(-1));

/**
 * The grams of a phrase, the telling ones first: words;
 * pairs across the borders of two-sign words (every second one), which are rarer than the words;
 * the others; what is common. Those of a rank come from all over the phrase.
 */
export function grams(tokens, isOpen) {
  const last = tokens.length - 1;
  const found = [];
  const covered = new Set();
  for (let at = 0; at < last; at++) {
    const [one, next] = [tokens[at], tokens[at + 1]];
    if (!isJoined(one, next)) continue;
    found.push([rank(one + next, at), at, one + next]);
    covered.add(at).add(at + 1);
  }
  tokens.forEach((token, at) => {
    if (isOpen && at === last) found.push([0, at, `<${beginning(token)}`]);
    else if (!covered.has(at)) found.push(isHan(token) ? [4, at, token] : [rank(token, at), at, whole(token)]);
  });
  const spread = (at) => (at * 0.618) % 1;
  found.sort(([one, at], [other, to]) => one - other || spread(at) - spread(to));
  return [...new Set(found.map(([, , gram]) => gram))];
}

/** Whether two tokens have one gram: two signs. */
const isJoined = (one, next) => isHan(one) && isHan(next);

/** How little a token or a pair tells; years and small numbers stand everywhere. */
function rank(text, at) {
  if (isHan([...text][0])) return COMMON.has(text) ? 3 : 2 - (at % 2);
  return /^(\d{1,2}|(19|20)\d\d)$/.test(text) ? 3 : 0;
}

/** The gram of a whole word. */
export const whole = (word) => `=${[...word].slice(0, LONGEST).join("")}`;

/** The grams of English words, whose stems the text decides: only how they begin. */
export const stems = (tokens) => tokens.map((token) => grams([token], isOpenEnded([token]))[0]);

/** Whether having the grams of a phrase proves the phrase: one token, or two with one gram. */
export function isDecided(tokens, isOpen) {
  const [one, next] = tokens;
  if (tokens.length > 1) return tokens.length === 2 && isJoined(one, next);
  const length = [...one].length;
  return isOpen ? length === START : length <= LONGEST;
}

/** The grams of a title that holds a phrase; it has none for a single sign. */
export const ofTitle = (grams) =>
  grams.filter((gram) => [...gram].length > 1).map((gram) => `t${gram}`);

/** The gram of a whole number. */
export const wholeNumber = (bare) => `##${[...bare].slice(0, WHOLE).join("")}`;

/** The grams of a number that has a part: pieces side by side, the last one up to its end. */
export function ofNumber(part) {
  const letters = [...part];
  const starts = letters.flatMap((_, at) => (at % PIECE || at + PIECE > letters.length ? [] : [at]));
  if (letters.length % PIECE) starts.push(letters.length - PIECE);
  return starts.map((at) => `#${letters.slice(at, at + PIECE).join("")}`);
}
