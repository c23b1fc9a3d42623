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

/**
 * The columns of columns.bin.gz, and what is asked of each party and facet. A column is read when
 * something is first asked of it: the first result of a query needs few of them.
 */
export function columns(bytes) {
  const end = bytes.indexOf(10);
  const { count, planes, names, more, first } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  const starts = {};
  let at = end + 1;
  for (const [name, several] of Object.entries(planes)) {
    starts[name] = at;
    at += several * count;
  }
  const kept = {};
  const column = (name, read = numbers) => (kept[name] ??= read(name));

  /** The numbers of a column: the bytes of each lie in planes, the lowest in the first. */
  function numbers(name) {
    const plane = (at) => bytes.subarray(starts[name] + at * count, starts[name] + (at + 1) * count);
    const found = new Int32Array(count);
    if (planes[name]) found.set(plane(0));
    for (let at = 1; at < planes[name]; at++) {
      const higher = plane(at);
      for (let one = 0; one < count; one++) found[one] |= higher[one] << (8 * at);
    }
    return found;
  }

  const regions = (name) => repeated(numbers(name), column("agency"));
  const told = (name, read) => (ordinal) => names[name][column(name, read)[ordinal] - 1];
  const parties = {
    agency: (ordinal) => [column("agency")[ordinal]],
    vendor: (ordinal) => [column("vendor")[ordinal], ...(more[ordinal] ?? [])],
  };
  const inverted = {};
  const signed = days(numbers("signed"), first);
  return {
    count,
    signed,
    year: (ordinal) => year(signed[ordinal]),
    band: (ordinal) => column("band")[ordinal],
    told: { region: told("region", regions), method: told("method"), category: told("category"), status: told("state") },
    parties,
    /** The contracts of an organisation, by their ordinals. */
    contracts({ kind, at }) {
      inverted[kind] ??= inverse(column(kind), kind === "vendor" ? more : {});
      return inverted[kind][at] ?? [];
    },
  };
}

/** Days as they are: each is told as the step from the one before, with its sign in the lowest bit. */
function days(steps, first) {
  const found = new Int32Array(steps.length);
  for (let at = 0, day = first; at < steps.length; at++) {
    day += steps[at] & 1 ? -(steps[at] + 1) / 2 : steps[at] / 2;
    found[at] = day;
  }
  return found;
}

/** Regions as they are: 0 stands for that of the agency's contract before, others are one more. */
function repeated(regions, agencies) {
  const before = [];
  for (let at = 0; at < regions.length; at++)
    before[agencies[at]] = regions[at] = regions[at] ? regions[at] - 1 : before[agencies[at]];
  return regions;
}

/** By organisation: its contracts. */
function inverse(parties, more) {
  const found = [];
  for (let ordinal = 0; ordinal < parties.length; ordinal++) {
    (found[parties[ordinal]] ??= []).push(ordinal);
    for (const one of more[ordinal] ?? []) (found[one] ??= []).push(ordinal);
  }
  return found;
}
