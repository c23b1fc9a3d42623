/**
 * A rehearsal: searches in a site that there is not, while nobody waits. A browser compiles functions and
 * patterns when they are first used, and what is used often once more, into code that is quicker;
 * without a rehearsal, this takes as long as the rest of a first query.
 */

import * as engine from "./engine.js";
import { fold, tokens } from "./fold.js";
import * as sieve from "./sieve.js";

/** How often all queries are asked, and of how many contracts and organisations. */
const ROUNDS = 4;
const COUNT = 10000;
const NAMED = 250;
/** Milliseconds between two queries, so that the page answers whoever uses it. */
const PAUSE = 4;

/** The text of the contracts that are found, how many they are, and queries, for it and for nothing. */
const TEXT = "甲方委托乙方承担数据库运行维护服务，质保期24个月。";
const FOUND = 6;
const QUERIES = [
  "数据库运行维护服务", "承担数据库运行维护服务，质保期24个月", "维护 质保期24个月",
  "某采购-2025-64", "某镇局运维", "100万元",
]; // prettier-ignore

const encoder = new TextEncoder();

/**
 * Rehearses as long as nobody waits.
 * @param draw    makes of a result what the page shows
 * @param isIdle  whether nobody waits
 */
export async function rehearse(draw, isIdle) {
  for (let round = 0; round < ROUNDS; round++) {
    const search = engine.open({ base: "", index: INDEX, source });
    for (const query of QUERIES) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (!isIdle()) return;
      for await (const { results, facets } of search.search(query)) {
        facets();
        for (const one of results) draw({ ...one, id: `${one.id} ${round}`, read: null });
      }
    }
  }
}

const INDEX = {
  shards: [{ name: "", size: COUNT, key: "" }],
  count: COUNT, buckets: 1, triples: true, language: "", text: true, pack: 4, newest: 20, together: 16,
}; // prettier-ignore

/** The files of the site, as the engine asks for them: each is made once. */
const made = new Map();
const file = (path) => {
  const [kind] = path.split(/[/.]/);
  if (!made.has(kind)) made.set(kind, FILES[kind]());
  return made.get(kind);
};
const source = {
  folder: "rehearsal:/",
  pace: () => Infinity,
  bytes: async (path) => file(path),
  json: async (path) => file(path),
};
const FILES = {
  names,
  columns,
  rows: () => Array(INDEX.pack).fill(ROW),
  newest: () => Array(INDEX.newest).fill(ROW),
  grams: () => bucket(grams()),
  triples: () => bucket(triples()),
  text: () => encoder.encode(TEXT),
};
const ROW = ["x", "某某项目", [], "a0", ["v0"], "1", "CNY", "2025-01-01", "active", 0];

function names() {
  const several = (prefix, name) => Array.from({ length: NAMED }, (_, at) => [`${prefix}${at}`, name]);
  return { agency: several("a", "某某市某某局"), vendor: several("v", "某某市某某信息技术有限公司") };
}

/** Columns in which each fact has one value: of the wide ones 0, of the others 1. */
function columns() {
  const planes = { agency: 2, vendor: 2, signed: 2, band: 1, region: 1, method: 1, category: 1, state: 1 };
  const told = { region: ["某市"], method: ["a"], category: ["a"], state: ["active"] };
  const head = encoder.encode(`${JSON.stringify({ count: COUNT, planes, names: told, more: {}, first: 20000 })}\n`);
  const bytes = new Uint8Array(head.length + 11 * COUNT).fill(1, head.length + 6 * COUNT);
  bytes.set(head);
  return bytes;
}

const LIST = tokens(fold(TEXT));

/** The grams of the text: some have only the contracts that are found, some a third of all. */
function grams() {
  const few = Uint8Array.from({ length: FOUND + 1 }, () => 1);
  const many = Uint8Array.from({ length: COUNT / 8 }, (_, at) => (at % 3 === 1 ? 255 : 0));
  const each = sieve.grams(LIST, false).map((gram, at) => [gram, at % 8 ? few : many]);
  return [...each, ...each.map(([gram, set]) => [`t${gram}`, set])];
}

/** The triples of the text, each with its place in the contracts that are found. */
function triples() {
  const places = (at) => Uint8Array.from({ length: 2 * (FOUND + 1) }, (_, each) => (each % 2 ? at : Math.min(each, 1)));
  return LIST.slice(2).map((_, at) => [LIST.slice(at, at + 3).join(" "), places(at)]);
}

/** A file of the sieve: of one shard, what is told of each name. */
function bucket(told) {
  const entries = told.flatMap(([name, payload]) => {
    const bytes = encoder.encode(name);
    return [bytes.length, ...bytes, ...varint(payload.length), ...payload];
  });
  return Uint8Array.from([0, ...varint(entries.length), ...entries]);
}

function varint(value) {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}
