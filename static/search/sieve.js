/** Which contracts can hold a text: by gram, a set of them. A set is a byte for each contract. */

import { isHan } from "./fold.js";

/** What the gram of a title begins with: it lies in the file of the text's gram. */
const TITLE = "t";
/** What the name begins with by which the stem of a word is told. */
const KNOWN = "~";
const LONGEST = 24;
const START = 3;
const PIECE = 4;
const WHOLE = 60;
/** Letters and digits of a word that has a gram with what stands beside it. */
const SHORT = 2;
/** Tokens in a row of which is told where they stand, and the bytes of a name that has room. */
const TRIPLE = 3;
const ROOM = 255;
/** Tokens between the triples of a phrase whose places surely follow each other. */
const SPAN = 64;
/** From here on texts have a gram for an amount. */
export const LEAST = 1000;
/** Pairs that most contracts have: they tell little, so they are asked for last. */
const COMMON = new Set(
  (
    "有限 限公 公司 股份 份有 技有 科技 技术 信息 服务 项目 合同 采购 管理 建设 工程 人民 中心 " +
    "中华 华人 民共 共和 和国 甲方 乙方 双方 约定 规定 按照 提供 要求 相关 进行 单位 设备 系统 统有 备有 " +
    "卫生 生健 健康 康委 委员 员会 政府 政务 务服 数据 据局 财政 政局 教育 育局 公安 安局 责任 任公 程有"
  ).split(" "),
);

const encoder = new TextEncoder();

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
  const sets = new Map();
  const sizes = new Map();

  /** What is told of a name, by shard. @returns {Promise<[number, Uint8Array][]>} */
  async function told(folder, name) {
    const ofText = name.length > 1 && name.startsWith(TITLE) ? name.slice(1) : name;
    const number = crc32(encoder.encode(ofText)) & (index.buckets - 1);
    return payloads(await files.bytes(`${folder}/${number}.bin.gz`), encoder.encode(name));
  }

  /** The stem of a word; null where no text has the word in that form. @returns {Promise<string|null>} */
  async function stem(word) {
    const [known] = [...word].length > LONGEST ? [] : await told("grams", `${KNOWN}${word}`);
    return known ? new TextDecoder().decode(known[1]) : null;
  }

  /** The contracts that have a gram. @returns {Promise<Uint8Array>} */
  async function set(gram) {
    const known = sets.get(gram);
    if (known) return known;
    const found = new Uint8Array(count);
    for (const [shard, payload] of await told("grams", gram)) fill(found, starts[shard], payload);
    sets.set(gram, found);
    sizes.set(gram, size(found));
    return found;
  }

  /**
   * Where a phrase of three tokens and more stands, as far as triples tell: the contracts that
   * have it, and those that may. In a shard that tells of all its triples, both are the same, but
   * of a phrase that is longer than the places tell of: its stretches stand, perhaps apart.
   * @param {number} most  how many triples are asked for, of those whose pairs are known as rare;
   *   `isWhole`: those are all; `isTold`: some shard tells of one of them, or none was asked for
   * @param {boolean} isRare  whether those that most contracts have are left out: they are large
   * @returns {Promise<{has: Uint8Array, may: Uint8Array, isWhole: boolean, isTold: boolean}|null>}
   *   null where nothing can be told
   */
  async function follow(tokens, most = Infinity, isRare = false) {
    const all = triples(tokens);
    if (!index.triples || all === null) return null;
    const left = isRare ? all.filter(({ at }) => common(tokens, at) < 2) : all;
    const names = left.length > most ? rarest(left, tokens).slice(0, most) : left;
    const parts = await Promise.all(names.map(({ name }) => told("triples", name)));
    const has = new Uint8Array(count);
    const may = new Uint8Array(count).fill(1);
    const of = parts.map((list) => new Map(list));
    index.shards.forEach(({ size }, shard) => {
      const start = starts[shard];
      const stretches = [];
      names.forEach(({ at }, n) => {
        const payload = of[n].get(shard);
        if (payload) (stretches[Math.floor(at / SPAN)] ??= []).push(places(payload, at));
      });
      const there = stretches.filter(Boolean);
      if (!there.length) return;
      const isWhole = there.length === 1 && there[0].length === all.length;
      may.fill(0, start, start + size);
      for (const local of there[0][0].keys()) {
        if (!there.every((begins) => stands(begins, local))) continue;
        may[start + local] = 1;
        if (isWhole) has[start + local] = 1;
      }
    });
    const isTold = !names.length || of.some(({ size }) => size > 0);
    return { has, may, isWhole: names.length === all.length, isTold };
  }

  /** Triples by how few contracts have the rarest of their pairs, as far as is known, or common. */
  function rarest(all, tokens) {
    const known = (at) => sizes.get(pair(tokens[at], tokens[at + 1]));
    const fewest = ({ at }) => Math.min(known(at) ?? count, known(at + 1) ?? count);
    const told = all.map((one) => ({ one, few: fewest(one), common: common(tokens, one.at) }));
    return told.sort((one, other) => one.few - other.few || one.common - other.common).map(({ one }) => one);
  }

  return { count, starts, set, stem, follow, sets: (grams) => Promise.all(grams.map(set)) };
}

/** How many pairs of the triple at a place are common. */
const common = (tokens, place) =>
  [place, place + 1].filter((at) => COMMON.has(tokens[at] + tokens[at + 1])).length;

/** The triples that cover a phrase, each with its place in it; null where one has no room. */
function triples(tokens) {
  const last = tokens.length - TRIPLE;
  const found = [];
  for (let at = 0; at < last; at += TRIPLE) found.push(at);
  const names = [...found, last].map((at) => ({ at, name: tokens.slice(at, at + TRIPLE).join(" ") }));
  return names.every(({ name }) => encoder.encode(name).length <= ROOM) ? names : null;
}

/** Where a phrase would begin of which a triple stands at a place: by contract of the shard. */
function places(payload, place) {
  const found = new Map();
  const at = { offset: 0, bytes: payload };
  for (let local = 0, token = 0; at.offset < payload.length; ) {
    const step = varint(at);
    const further = varint(at);
    token = step || !found.size ? further : token + further;
    local += step;
    if (found.has(local)) found.get(local).push(token - place);
    else found.set(local, [token - place]);
  }
  return found;
}

/** Whether the places where a phrase would begin, as each of some triples has it, have one in common. */
function stands(begins, local) {
  const [first, ...others] = begins.map((one) => one.get(local) ?? []);
  return first.some((place) => others.every((one) => one.includes(place)));
}

/** What a bucket tells of a name: its payload by shard. Nothing else in it is taken out. */
function payloads(bytes, name) {
  const found = [];
  const at = { offset: 0, bytes };
  const isName = (start) => {
    for (let place = 0; place < name.length; place++) if (bytes[start + place] !== name[place]) return false;
    return true;
  };
  while (at.offset < bytes.length) {
    const shard = varint(at);
    const end = varint(at) + at.offset;
    while (at.offset < end) {
      const length = bytes[at.offset++];
      const isSought = length === name.length && isName(at.offset);
      at.offset += length;
      const size = varint(at);
      if (isSought) found.push([shard, bytes.subarray(at.offset, at.offset + size)]);
      at.offset += size;
    }
  }
  return found;
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
    for (let byte = 1, first = start; byte < payload.length; byte++, first += 8)
      for (let bits = payload[byte], at = first; bits; bits >>= 1, at++) if (bits & 1) set[at] = 1;
    return;
  }
  const at = { offset: 1, bytes: payload };
  for (let ordinal = start; at.offset < payload.length; ) set[(ordinal += varint(at))] = 1;
}

/** How many contracts a set has. */
export function size(set) {
  let found = 0;
  for (let at = 0; at < set.length; at++) found += set[at];
  return found;
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
    found.push([isHan(one) && isHan(next) ? rank(one + next, at) : 1, at, pair(one, next)]);
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

/** Whether two tokens have one gram: signs and short words do. */
const isJoined = (...tokens) => tokens.every((one) => isHan(one) || [...one].length <= SHORT);

/** The gram of two tokens that stand together. */
const pair = (one, next) => (isHan(one) && isHan(next) ? one + next : `${one} ${next}`);

/** The gram of where a text ends and the next one begins, if there is one. @returns {string[]} */
export function border(tokens, next) {
  const [one, other] = [tokens.at(-1), next[0]];
  return isJoined(one, other) ? [pair(one, other)] : [];
}

/** How little a token or a pair tells; years and small numbers stand everywhere. */
function rank(text, at) {
  if (isHan([...text][0])) return COMMON.has(text) ? 3 : 2 - (at % 2);
  return /^(\d{1,2}|(19|20)\d\d)$/.test(text) ? 3 : 0;
}

/** The gram of a stem. */
export const ofStem = (stem) => `*${[...stem].slice(0, LONGEST).join("")}`;

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
  grams.filter((gram) => [...gram].length > 1).map((gram) => TITLE + gram);

/** The gram of a whole number. */
export const wholeNumber = (bare) => `##${[...bare].slice(0, WHOLE).join("")}`;

/**
 * The grams of a number that has a part, the telling ones first: pieces side by side, the last one
 * up to its end. Serial numbers tell more than letters and years.
 */
export function ofNumber(part) {
  const letters = [...part];
  const starts = letters.flatMap((_, at) => (at % PIECE || at + PIECE > letters.length ? [] : [at]));
  if (letters.length % PIECE) starts.push(letters.length - PIECE);
  const pieces = starts.map((at) => letters.slice(at, at + PIECE).join(""));
  const digits = (piece) => (/^(19|20)\d\d$/.test(piece) ? 0 : piece.replace(/\D/g, "").length);
  const told = pieces.map((piece, at) => ({ piece, at, digits: digits(piece) }));
  told.sort((one, other) => other.digits - one.digits || other.at - one.at);
  return told.map(({ piece }) => `#${piece}`);
}
