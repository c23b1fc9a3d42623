/** The files of the search: fetched once, unpacked, and named when they cannot be had. */

/** Whether the host takes six requests at once, as HTTP/1.1 has it, and others wait in line. */
const [own] = performance.getEntriesByName(import.meta.url);
export const isNarrow = own?.nextHopProtocol?.startsWith("http/1") ?? false;

/** A file that the search needs and could not load; `file` is its path below search/. */
export class LoadError extends Error {
  constructor(file, cause) {
    super(`${file}: ${cause?.message ?? cause}`, { cause });
    this.name = "LoadError";
    this.file = file;
  }
}

/** Keeps promises by name; one that fails is forgotten, so that it is tried again. */
export function keeper() {
  const kept = new Map();
  const keep = (name, make) => {
    if (!kept.has(name)) {
      const made = make();
      kept.set(name, made);
      made.catch(() => kept.delete(name));
    }
    return kept.get(name);
  };
  keep.drop = (name) => kept.delete(name);
  return keep;
}

/**
 * Opens the folder of the search.
 * @param {string} folder its address, with a slash at the end
 * @param {string} key    the digest of the index, for files that are no shard's
 */
export function open(folder, key) {
  const keep = keeper();
  let pace = Infinity;

  async function load(path, version, read) {
    const started = performance.now();
    try {
      const response = await fetch(`${folder}${path}?v=${version}`);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      pace = performance.now() - started;
      return await read(bytes);
    } catch (error) {
      throw new LoadError(path, error);
    }
  }

  return {
    folder,
    /** Milliseconds that the last file took. */
    pace: () => pace,
    bytes: (path, version = key) => keep(path, () => load(path, version, unpacked)),
    json: (path, version = key) =>
      keep(`${path} read`, () => load(path, version, async (bytes) => parsed(await unpacked(bytes)))),
  };
}

export const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

/** A host may have unpacked a file already, so its first bytes are looked at. */
export async function unpacked(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  for (const done of [writer.write(bytes), writer.close()]) done.catch(() => {}); // met by what reads
  return new Uint8Array(await new Response(readable).arrayBuffer());
}
