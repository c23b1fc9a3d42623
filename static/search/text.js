/** The texts of contracts: read one by one where few can match; Pagefind is asked where many can. */

import { keeper } from "./files.js";
import { line, places, tokens, written } from "./fold.js";
import * as fulltext from "./fulltext.js";

const BEFORE = 24;
const AFTER = 76;
/** Occurrences of a phrase that an excerpt is chosen from. */
const MOST = 8;

/** @param files {@link import("./files.js").open} @param index search/index.json */
export function open(files, index) {
  const keep = keeper();
  const pagefind = fulltext.open(files);

  const folder = (shard) => `text/${index.shards[shard].name}/`;
  const pages = (shard) => files.json(`${folder(shard)}pages.json.gz`, index.shards[shard].key);

  async function read({ shard, local }) {
    const bytes = await files.bytes(`${folder(shard)}${local}.text.gz`, index.shards[shard].key);
    return divided(written(new TextDecoder().decode(bytes)));
  }

  return {
    /** The text of the contract at a place, divided. @returns {Promise<Divided>} */
    content: (place) => keep(`${place.shard}-${place.local}`, () => read(place)),

    /** The contracts of a shard that hold a phrase, or are indexed with one, by their places. */
    async find(shard, phrase) {
      const finding = pagefind.find(folder(shard), index.shards[shard].key, phrase);
      const [names, found] = await Promise.all([pages(shard), finding]);
      const hits = new Set(found);
      const locals = Array.from({ length: index.shards[shard].size }, (_, local) => local);
      return new Set(locals.filter((local) => hits.has(names[Math.floor(local / index.together)])));
    },

    hasWasm: fulltext.isThere(),
    excerpt,
  };
}

/**
 * @typedef {{text: string, line: string, places: [string, number][]}} Divided
 *   where its tokens are is looked for when something in it is to be marked
 */
export function divided(text) {
  let found = null;
  return {
    text,
    line: line(tokens(text)).toLowerCase(),
    get places() {
      return (found ??= places(text));
    },
  };
}

/**
 * A piece of a text around what was found, in parts of which some are marked.
 * @param {Divided} content
 * @param {{tokens: string[], isOpen: boolean, isWord: boolean}[]} phrases
 * @returns {{text: string, mark: boolean}[]|null}
 */
export function excerpt(content, phrases) {
  const spans = phrases
    .flatMap((phrase, at) => spanned(content, phrase).map(([from, to]) => ({ from, to, at })))
    .sort((one, other) => one.from - other.from);
  if (!spans.length) return null;
  const first = richest(spans);
  const start = content.places.find(([, at]) => at >= first.from - BEFORE)[1];
  const end = Math.min(content.text.length, Math.max(first.from + AFTER, first.to + BEFORE));
  const parts = [];
  let at = start;
  const cut = (to, mark) => {
    if (to > at) parts.push({ text: content.text.slice(at, to), mark });
    at = Math.max(at, to);
  };
  for (const { from, to } of spans) {
    if (from < at || to > end) continue;
    cut(from, false);
    cut(to, true);
  }
  cut(end, false);
  if (start > content.places[0][1]) parts.unshift({ text: "…", mark: false });
  if (at < content.text.length) parts.push({ text: "…", mark: false });
  return parts;
}

/** The first of the spans behind which most phrases stand in one excerpt. */
function richest(spans) {
  const told = (span) =>
    new Set(spans.filter(({ from, to }) => from >= span.from && to <= span.from + AFTER).map((one) => one.at)).size;
  return spans.reduce((best, span) => (told(span) > told(best) ? span : best));
}

/** Where a phrase stands in a text. */
function spanned({ places: found }, { tokens, isOpen, isWord }) {
  const spans = [];
  const isThere = (at) => tokens.every((token, next) => {
    const [there] = found[at + next];
    if (isWord) return isAkin(there, token);
    return isOpen && next === tokens.length - 1 ? there.startsWith(token) : there === token;
  }); // prettier-ignore
  for (let at = 0; at + tokens.length <= found.length && spans.length < MOST; at++) {
    if (!isThere(at)) continue;
    const [last, offset] = found[at + tokens.length - 1];
    spans.push([found[at][1], offset + last.length]);
  }
  return spans;
}

/** Whether two English words may have one stem: enough for marking them. */
function isAkin(one, other) {
  const stem = Math.max(3, Math.min(one.length, other.length) - 3);
  return one === other || one.slice(0, stem) === other.slice(0, stem);
}
