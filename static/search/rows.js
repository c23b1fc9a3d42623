/** What is known of each contract: columns for all of them, rows for those that are shown. */

import { year } from "./days.js";

/** @param files {@link import("./files.js").open} @param index search/index.json */
export function open(files, index, starts) {
  const kept = new Map();
  const loading = new Map();

  /** The shard of a contract, and its place in it. */
  function place(ordinal) {
    let shard = starts.length - 1;
    while (starts[shard] > ordinal) shard--;
    return { shard, local: ordinal - starts[shard] };
  }

  /** Loads a file of rows: those of these contracts. */
  function load(path, key, ordinals) {
    if (!loading.has(path)) {
      const reading = files
        .json(path, key)
        .then((list) => list.forEach((row, at) => kept.set(ordinals[at], read(row))));
      loading.set(path, reading);
      reading.catch(() => loading.delete(path));
    }
    return loading.get(path);
  }

  function pack(ordinal) {
    const { shard, local } = place(ordinal);
    const { name, key } = index.shards[shard];
    const first = ordinal - (local % index.pack);
    const path = `rows/${name}-${Math.floor(local / index.pack)}.json.gz`;
    return load(path, key, Array.from({ length: index.pack }, (_, at) => first + at));
  }

  return {
    place,
    has: (ordinal) => kept.has(ordinal),
    get: (ordinal) => kept.get(ordinal),
    /**
     * The rows of some contracts, loaded together, in as few files as can be.
     * @param widest {@link newest}, where the columns are known
     */
    async all(ordinals, widest = () => null) {
      const asked = [];
      let left = ordinals.filter((one) => !kept.has(one));
      for (let file; (file = widest(left)); left = left.filter((one) => !file.ordinals.includes(one)))
        asked.push(load(file.path, undefined, file.ordinals));
      await Promise.all([...asked, ...left.map(pack)]);
      return ordinals.map((one) => kept.get(one));
    },
  };
}

/**
 * The files of the newest contracts of each organisation: of some contracts, the one that holds most
 * of them, if it holds as many as a pack of rows does.
 * @param columns {@link columns} @param names {@link import("./names.js").open}
 */
export function newest({ parties, contracts, signed }, names, index) {
  const known = new Map();
  const byDay = (one, other) => signed[other] - signed[one] || one - other;

  function file(kind, at) {
    const path = `newest/${kind}/${names[kind][at].id}.json.gz`;
    if (!known.has(path)) {
      const sorted = [...contracts({ kind, at })].sort(byDay);
      known.set(path, { path, ordinals: sorted.length > index.pack ? sorted.slice(0, index.newest) : [] });
    }
    return known.get(path);
  }

  /** By party: how many of some contracts are its. */
  function counted(kind, ordinals) {
    const found = new Map();
    for (const at of ordinals.flatMap(parties[kind])) found.set(at, (found.get(at) ?? 0) + 1);
    return [...found];
  }

  return (ordinals) => {
    let [best, most] = [null, index.pack - 1];
    for (const kind of Object.keys(parties))
      for (const [at, count] of counted(kind, ordinals)) {
        if (count <= most) continue;
        const one = file(kind, at);
        const held = ordinals.filter((each) => one.ordinals.includes(each)).length;
        if (held > most) [best, most] = [one, held];
      }
    return best;
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
