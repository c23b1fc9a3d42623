/**
 * The search of a site: names and facts answer at once, texts shard by shard, and what is shown
 * first stays where it is. Nothing but the index is loaded before something is looked for.
 */

import * as facets from "./facets.js";
import * as files from "./files.js";
import { mayBeTraditional } from "./fold.js";
import * as namesFile from "./names.js";
import * as proofs from "./proof.js";
import { parse } from "./query.js";
import * as readings from "./readings.js";
import * as results from "./results.js";
import * as rowsFile from "./rows.js";
import * as sieve from "./sieve.js";

export { LoadError } from "./files.js";

/** Contracts on a page, and those that are shown while the others are still loading. */
const SIZE = 20;
const HEAD = 4;
/** Milliseconds in which a near host gives a file: so long, what is shown next is waited for. */
const NEAR = 60;
/** Candidates that suggestions look at, and how many at once. */
const LOOKED = 96;
const AT_ONCE = 16;
/** Contracts whose rows an export loads at once. */
const PORTION = 256;

/**
 * Opens the search of a site.
 * @param {{base: string, index: object|null, source?: object}} site  the address of the site's root;
 *   what search/index.json says, or null to load it; `source` gives files, instead of the site
 */
export function open({ base, index, source }) {
  const folder = `${base.replace(/\/+$/, "")}/search/`;
  const keep = files.keeper();
  const ground = () =>
    keep("ground", async () => prepare(folder, index ?? (await loadIndex(folder)), source));
  return {
    /** Loads the names, so that they are there when somebody begins to type. */
    warm: async () => void (await (await ground()).names()),
    suggest: async (text, limit = 5) => suggest(await ground(), text, limit),
    all: async (raw, view = {}, progress = () => {}) => all(await ground(), raw, view, progress),
    async *search(raw, view = {}) {
      yield* search(await ground(), raw, view);
    },
  };
}

async function loadIndex(folder) {
  try {
    const response = await fetch(`${folder}index.json`, { cache: "no-cache" });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await response.json();
  } catch (error) {
    throw new files.LoadError("index.json", error);
  }
}

/** What a search works on: the files of an index, each loaded when it is first needed. */
function prepare(folder, index, source = files.open(folder, index.key)) {
  const sifting = sieve.open(source, index);
  const keep = files.keeper();
  const json = (path, read = (value) => value) => () =>
    keep(path, () => source.json(path).then(read));
  const names = json("names.json.gz", namesFile.open);
  const columns = () =>
    keep("columns", async () => {
      const found = rowsFile.columns(await source.bytes("columns.bin.gz"));
      if (found.count === index.count) return found;
      throw new files.LoadError("columns.bin.gz", "not of this index");
    });
  const sounds = async () => {
    const [known, found] = await Promise.all([names(), source.json("sounds.json.gz")]);
    namesFile.sound(known, found);
  };
  const register = async () => {
    const [known, each] = await Promise.all([names(), columns()]);
    return {
      ...each,
      names: known,
      widest: rowsFile.newest(each, known, index),
      facets: facets.open(each, known),
      by: results.directory(known),
    };
  };
  return {
    isEnglish: index.language.startsWith("en"),
    hasText: index.text,
    sieve: sifting,
    pace: source.pace,
    rows: rowsFile.open(source, index, sifting.starts),
    names,
    columns,
    amounts: json("amounts.json.gz"),
    signs: json("signs.json.gz", ({ from, to }) => {
      const simple = [...to];
      return new Map([...from].map((sign, at) => [sign, simple[at]]));
    }),
    sounds: () => keep("sounds", sounds),
    register: () => keep("register", register),
    text: () => keep("text", async () => (await import("./text.js")).open(source, index)),
  };
}

/** The terms of a query as they are looked for. */
async function understand(here, raw) {
  const terms = parse(raw);
  const signs = terms.some(({ text }) => mayBeTraditional(text)) ? await here.signs() : undefined;
  const wanted = terms.map((term) => readings.sought(term, signs)).filter(({ tokens }) => tokens.length);
  if (wanted.map(({ letters }) => letters ?? "").join("").length < 3) return wanted;
  await here.sounds();
  return spoken(await here.names(), wanted);
}

/** Syllables that were typed apart are one name, if there is such a name. */
function spoken(names, wanted) {
  if (wanted.length < 2 || !wanted.every((one) => isPlain(one) && one.letters)) return wanted;
  const text = wanted.map(({ letters }) => letters).join("");
  const one = readings.sought({ ...wanted[0], text }, undefined);
  const meant = readings.organisations(names, one);
  return meant.some(({ why }) => why.reason === "pinyin") ? [one] : wanted;
}

/** Waits for what comes at once from a near host, so that the page is drawn once, with all of it. */
async function soon(coming) {
  const pause = new Promise((resolve) => setTimeout(resolve, NEAR));
  await Promise.race([coming, pause]).catch(() => {}); // met where it is awaited
}

const isPlain = ({ field, isExcluded }) => field === null && !isExcluded;

/** Starts all that a query needs, so that nothing waits in line; failures are met where awaited. */
function begin(here, raw) {
  const register = here.register();
  const wanted = understand(here, raw);
  const proof = wanted.then(async (list) => {
    const read = list.map((one) => readings.read(one, here));
    const isLate = read.some((one) => one.isLate); // what is shown then keeps its place
    const nearness = isLate ? null : readings.nearness(list, here);
    nearness?.catch(() => {}); // met where it is awaited
    await Promise.all(read.map(({ facts }) => facts));
    return proofs.open(read, here, nearness);
  });
  for (const one of [register, wanted, proof]) one.catch(() => {});
  return { register, wanted, proof };
}

/** The organisations that all terms of a query mean; other operators ask for contracts. */
function organisations(wanted, register, filters) {
  const isFiltered = facets.FACETS.some((facet) => filters[facet]?.length);
  const positive = wanted.filter(({ isExcluded }) => !isExcluded);
  const isNamed = ({ field }) => field === null || namesFile.KINDS.includes(field);
  if (isFiltered || !positive.every(isNamed)) return [];
  const meant = positive.map((one) => readings.organisations(register.names, one));
  return results.organisations(meant, register.contracts);
}

/** The contracts that pass a view's filters, in the order that it asks for. */
function sight(here, proof, register, view) {
  const filters = view.filters ?? {};
  const refusal = register.facets.refused(filters);
  const [sort, direction = view.direction] = (view.sort || "relevance").split("-");
  const isRanked = sort === "relevance";
  let order = [];
  let passing = [];

  /** Sorts by value or day; what has no value comes last. */
  async function sorted(found) {
    if (isRanked) return found;
    const values = sort === "value" ? await here.amounts() : register.signed;
    const sign = direction === "asc" ? 1 : -1;
    const isLast = (at) => Number(values[at] === null);
    const by = (one, other) => sign * (values[one] - values[other]) || one - other;
    return found.sort((one, other) => isLast(one) - isLast(other) || by(one, other));
  }

  return {
    look() {
      order = proof.ranked(register.signed);
      passing = order.filter((at) => refusal(at) === "");
    },
    first: (end) => passing.slice(0, end),
    isSettled: () => !passing.some(proof.isOpen),
    /** The contracts whose place is sure: none that is open stands before them. */
    async sure() {
      const open = passing.findIndex(proof.isOpen);
      const sure = open < 0 ? passing : isRanked ? passing.slice(0, open) : [];
      return sorted(sure.filter(proof.isIn));
    },
    counted() {
      const found = order.filter(proof.isIn);
      return {
        total: passing.filter(proof.isIn).length,
        unfiltered: found.length,
        facets: () => register.facets.count(found, filters, refusal),
      };
    },
  };
}

/**
 * A search, as snapshots: each says more than the one before, in the same order. `facets` counts when
 * it is asked.
 */
async function* search(here, raw, view) {
  const started = performance.now();
  const begun = begin(here, raw);
  const [wanted, register] = await Promise.all([begun.wanted, begun.register]);
  const meant = !wanted.length ? [] : organisations(wanted, register, view.filters ?? {});
  const base = {
    state: "working", exact: meant.length, results: [], total: 0, unfiltered: 0, facets: () => ({}),
    entities: meant.map((one) => results.organisation(one, "exact")),
    near: { entities: [], results: [], suggestions: [] }, missing: [], failed: [],
  }; // prettier-ignore
  const timed = (more) => ({ ...base, ...more, seconds: (performance.now() - started) / 1000 });
  if (!wanted.length) return yield timed({ state: "done" });
  if (meant.length) yield timed({});
  const proof = await begun.proof;
  for await (const told of contracts(here, proof, register, view)) {
    if (view.signal?.aborted) return;
    const isNothing = told.state === "done" && !told.unfiltered && !meant.length;
    const near = isNothing ? await nearby(here, wanted, register, proof) : base.near;
    yield timed({ ...told, near, exact: meant.length + told.total });
  }
}

/** The contracts of a search, as far as they are sure. */
async function* contracts(here, proof, register, view) {
  const seen = sight(here, proof, register, view);
  const size = view.size ?? SIZE;
  const start = ((view.page ?? 1) - 1) * size;
  const end = start + size;
  let before = 0;
  let isSifted = false;

  const load = (list) => here.rows.all(list, register.widest);

  function told(state, list) {
    const unloaded = list.findIndex((at) => !here.rows.has(at));
    const shown = unloaded < 0 ? list : list.slice(0, unloaded);
    return {
      state,
      ...seen.counted(),
      missing: [...proof.missing],
      failed: [...proof.failed],
      results: shown.map((at) => shaped(here, proof, register, at)),
    };
  }

  /** Loads all that is shown of a page: the rows, and beside them the texts of the first few. */
  async function fetched(page) {
    const loading = load(page);
    loading.catch(() => {}); // met below
    const first = page.slice(0, HEAD);
    await load(first);
    const read = first.map((at) => shaped(here, proof, register, at));
    await Promise.all([loading, ...unexplained(here, read, first).map(({ at }) => content(here, at))]);
  }

  /** Shows what is sure by now, if that is more than before; the first few before the others. */
  async function* show() {
    const sure = await seen.sure();
    if (sure.length === before || sure.length <= start) return;
    const page = sure.slice(start, end);
    const loading = load(page);
    loading.catch(() => {}); // met below
    await load(page.slice(0, HEAD));
    const isNear = here.pace() < NEAR;
    let isWhole = false;
    if (isNear) await soon(fetched(page).then(() => (isWhole = true)));
    if (isWhole && isSifted && seen.isSettled()) return; // the end is told at once
    let shown = 0;
    if (before <= start) {
      const first = told("working", page);
      shown = first.results.length;
      yield first;
    }
    if (!isNear) fetched(page).catch(() => {}); // beside the other rows; met where they are read
    await loading;
    before = sure.length;
    if (shown < page.length) yield told("working", page);
  }

  const head = () => seen.first(end).slice(start, start + HEAD);
  if (!proof.isLate) await proof.learn();
  seen.look();
  if (!(await seen.sure()).length)
    import("./near.js").then((near) => near.foresee(register.names, proof, here)).catch(() => {});
  const sifting = proof.isLate ? null : proof.sift().then(() => (isSifted = true));
  for (const one of [sifting, load(head())]) one?.catch(() => {}); // met below
  await proof.proveRows(head());
  if (sifting && here.pace() < NEAR) await soon(sifting);
  if (!isSifted) yield* show();
  await proof.proveAllRows();
  if (proof.isLate) await proof.learn();
  await (sifting ?? proof.sift());
  isSifted = true;
  seen.look();
  load(head()).catch(() => {}); // met when they are shown
  await proof.proveRows(seen.first(end));
  yield* show();
  for await (const _ of proof.proveTexts()) yield* show();
  const page = (await seen.sure()).slice(start, end);
  await load(page);
  const last = told("done", page);
  await excerpts(here, proof, last.results, page);
  yield last;
}

function shaped(here, proof, register, at) {
  const row = here.rows.get(at);
  return results.contract(row, "exact", results.reasons(row, at, proof.positive), register.by);
}

/** The results that only their text explains, each with its place. */
function unexplained(here, shown, places) {
  const list = shown.map((result, index) => ({ result, at: places[index] }));
  return here.hasText ? list.filter(({ result }) => result.why.some(({ reason }) => reason === "text")) : [];
}

const content = async (here, at) => (await here.text()).content(here.rows.place(at));

/**
 * Gives results that only their text explains a way to read the piece of it that was found; of the
 * first few it is read at once. One whose text cannot be had has none.
 */
async function excerpts(here, proof, shown, places) {
  const read = async (at) => {
    const [text, whole] = await Promise.all([here.text(), content(here, at)]);
    const told = proof.positive.filter(({ tiers }) => tiers[at] >= readings.TIER.title);
    return text.excerpt(whole, told.flatMap(({ phrases }) => phrases));
  };
  const some = unexplained(here, shown, places);
  for (const { result, at } of some) result.read = () => read(at).catch(() => null);
  const first = some.slice(0, HEAD).map(({ result }) => result);
  await Promise.all(first.map(async (result) => (result.excerpt = await result.read())));
}

/** What resembles a query that nothing matches. */
async function nearby(here, wanted, register, proof) {
  const near = await import("./near.js");
  const positive = wanted.filter(({ isExcluded }) => !isExcluded);
  const found = await near.resembling(register.names, positive, here);
  const meant = found.organisations.map(({ one, why }) => ({
    one, why, count: register.contracts(one).length,
  })); // prettier-ignore
  const rows = await here.rows.all(found.contracts, register.widest);
  const alike = meant.filter(({ why }) => why.reason === "spelling").map(({ one }) => one.name);
  const single = positive.length > 1 ? proof.positive.filter(({ tiers }) => tiers.some(Boolean)) : [];
  const texts = [found.parted ?? [], alike.slice(0, 3), single.map((one) => one.wanted.text)].flat();
  return {
    entities: meant.map((one) => results.organisation(one, "near")),
    results: rows.map((row) => results.contract(row, "near", [{ reason: "near" }], register.by)),
    suggestions: texts.map((text) => ({ text })),
  };
}

/** All contracts that a search finds, for an export. */
async function all(here, raw, view, progress) {
  const begun = begin(here, raw);
  const [wanted, register, proof] = await Promise.all([begun.wanted, begun.register, begun.proof]);
  if (!wanted.length) return [];
  const seen = sight(here, proof, register, view);
  await proof.proveAllRows();
  await proof.learn();
  await proof.sift();
  seen.look();
  for await (const _ of proof.proveTexts()) progress(0, seen.counted().total);
  if (proof.failed.size) throw new files.LoadError([...proof.failed][0], "not loaded");
  const list = await seen.sure();
  for (let at = 0; at < list.length && !view.signal?.aborted; at += PORTION) {
    await here.rows.all(list.slice(at, at + PORTION));
    progress(Math.min(list.length, at + PORTION), list.length);
  }
  return list.filter(here.rows.has).map((at) => shaped(here, proof, register, at));
}

/** What a text that is being typed may mean, from the facts alone. */
async function suggest(here, text, limit) {
  const found = { vendor: [], agency: [], contract: [] };
  const terms = (await understand(here, text)).filter(isPlain);
  if (!terms.length) return found;
  terms.at(-1).isTyped = true;
  const read = terms.map((one) => readings.glance(one, here));
  const [names] = await Promise.all([here.names(), ...read.map(({ facts }) => facts)]);
  const meant = results.organisations(terms.map((one) => readings.organisations(names, one)));
  for (const { one, why } of meant)
    if (found[one.kind].length < limit) found[one.kind].push({ id: one.id, name: one.name, why });
  const proof = proofs.open(read, here);
  const order = proof.ranked([]);
  const proven = () => order.filter(proof.isIn);
  for (let at = 0; at < Math.min(order.length, LOOKED) && proven().length < limit; at += AT_ONCE)
    await proof.proveRows(order.slice(at, at + AT_ONCE));
  const shown = proven().slice(0, limit);
  (await here.rows.all(shown)).forEach((row, at) => {
    const [why] = results.reasons(row, shown[at], proof.positive);
    found.contract.push({ id: row.id, title: row.title, number: row.numbers[0] ?? "", why });
  });
  return found;
}
