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

/** The columns, with days counted from 1970 and what is asked of each party and facet. */
export function columns(json) {
  let day = 0;
  const signed = json.signed.map((step) => (day += step));
  const vendors = json.vendor.map((one) => (Array.isArray(one) ? one : [one]));
  const agencies = json.agency.map((one) => [one]);
  return {
    signed,
    years: signed.map(year),
    bands: json.band,
    told: { region: json.region, method: json.method, category: json.category, status: json.state },
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
