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
    const found = new Array(count).fill(0);
    for (let plane = 0; plane < planes[name]; plane++, at += count)
      for (let one = 0; one < count; one++) found[one] += bytes[at + one] * 256 ** plane;
    return found;
  }
  const read = Object.fromEntries(Object.keys(planes).map((name) => [name, column(name)]));
  let day = first;
  const signed = read.signed.map((step) => (day += step & 1 ? -(step + 1) / 2 : step / 2));
  const told = (name) => ({ names: names[name], at: read[name].map((one) => one - 1) });
  const agencies = read.agency.map((one) => [one]);
  const vendors = read.vendor.map((one, ordinal) => [one, ...(more[ordinal] ?? [])]);
  return {
    signed,
    years: signed.map(year),
    bands: read.band,
    told: { region: told("region"), method: told("method"), category: told("category"), status: told("state") },
    parties: { agency: agencies, vendor: vendors },
    contracts: { agency: inverse(agencies), vendor: inverse(vendors) },
  };
}

/** By organisation: its contracts. */
function inverse(parties) {
  const found = new Map();
  parties.forEach((list, ordinal) => {
    for (const one of list) found.has(one) ? found.get(one).push(ordinal) : found.set(one, [ordinal]);
  });
  return found;
}
