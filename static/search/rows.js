/** What is known of each contract: columns for all of them, rows for those that are shown. */

import { year } from "./days.js";

/** @param files {@link import("./files.js").open} @param index search/index.json */
export function open(files, index, starts) {
  const kept = new Map();
  const packs = new Map();

  /** The shard of a contract, and its place in it. */
  function place(ordinal) {
    let shard = starts.length - 1;
    while (starts[shard] > ordinal) shard--;
    return { shard, local: ordinal - starts[shard] };
  }

  function pack(ordinal) {
    const { shard, local } = place(ordinal);
    const { name, key } = index.shards[shard];
    const path = `rows/${name}-${Math.floor(local / index.pack)}.json.gz`;
    const first = ordinal - (local % index.pack);
    if (!packs.has(path)) {
      const reading = files
        .json(path, key)
        .then((list) => list.forEach((row, at) => kept.set(first + at, read(row))));
      packs.set(path, reading);
      reading.catch(() => packs.delete(path));
    }
    return packs.get(path);
  }

  return {
    place,
    has: (ordinal) => kept.has(ordinal),
    get: (ordinal) => kept.get(ordinal),
    /** The rows of some contracts, loaded together. */
    async all(ordinals) {
      await Promise.all(ordinals.filter((one) => !kept.has(one)).map(pack));
      return ordinals.map((one) => kept.get(one));
    },
  };
}

function read([id, title, numbers, agency, vendors, amount, currency, signed, state, amendments]) {
  return { id, title, numbers, agency, vendors, amount, currency, signed, state, amendments };
}

/** The columns of columns.bin.gz, and what is asked of each party and facet. */
export function columns(bytes) {
  const end = bytes.indexOf(10);
  const { count, planes, names, more, first } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  let at = end + 1;
  /** The next column: the bytes of each of its numbers lie in planes, the lowest in the first. */
  function column(name) {
    const found = new Int32Array(count);
    for (let plane = 0; plane < planes[name]; plane++, at += count)
      for (let one = 0; one < count; one++) found[one] |= bytes[at + one] << (8 * plane);
    return found;
  }
  const read = Object.fromEntries(Object.keys(planes).map((name) => [name, column(name)]));
  let day = first;
  const signed = read.signed.map((step) => (day += step & 1 ? -(step + 1) / 2 : step / 2));
  const told = (name) => (ordinal) => names[name][read[name][ordinal] - 1];
  const parties = {
    agency: (ordinal) => [read.agency[ordinal]],
    vendor: (ordinal) => [read.vendor[ordinal], ...(more[ordinal] ?? [])],
  };
  const inverted = new Map();
  repeat(read.region, read.agency);
  return {
    count,
    signed,
    year: (ordinal) => year(signed[ordinal]),
    band: (ordinal) => read.band[ordinal],
    told: { region: told("region"), method: told("method"), category: told("category"), status: told("state") },
    parties,
    /** The contracts of an organisation, by their ordinals. */
    contracts({ kind, at }) {
      if (!inverted.has(kind)) inverted.set(kind, inverse(parties[kind], count));
      return inverted.get(kind).get(at) ?? [];
    },
  };
}

/** Regions as they are: 0 stands for that of the agency's contract before, others are one more. */
function repeat(regions, agencies) {
  const before = new Map();
  for (let at = 0; at < regions.length; at++) {
    regions[at] = regions[at] ? regions[at] - 1 : before.get(agencies[at]);
    before.set(agencies[at], regions[at]);
  }
}

/** By organisation: its contracts. */
function inverse(parties, count) {
  const found = new Map();
  for (let ordinal = 0; ordinal < count; ordinal++)
    for (const one of parties(ordinal))
      found.has(one) ? found.get(one).push(ordinal) : found.set(one, [ordinal]);
  return found;
}
