/**
 * Pagefind, asked for quoted phrases, shard by shard.
 *
 * It goes on without a file that it cannot load, and would report too little as if it were all. So
 * its requests are answered from our own files, and what failed is remembered; that also lets all
 * shards share one WebAssembly.
 */

import { LoadError, keeper, parsed } from "./files.js";

/** Whether WebAssembly can be had: it may be missing, switched off, or forbidden by a policy. */
export function isThere() {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
}

/** @param files {@link import("./files.js").open} */
export function open(files) {
  const root = new URL(files.folder, globalThis.location?.href).pathname;
  const keep = keeper();
  const keys = new Map();
  const failures = new Map();
  let isServing = false;
  let first = null;

  function serve() {
    if (isServing) return;
    isServing = true;
    const fetched = globalThis.fetch;
    const isPagefinds = (input) =>
      typeof input === "string" && input.startsWith(`${root}text/`) && !input.includes("?v=");
    globalThis.fetch = (input, options) =>
      isPagefinds(input) ? answer(input.slice(root.length).split("?")[0]) : fetched(input, options);
  }

  async function answer(path) {
    const folder = `${path.split("/", 2).join("/")}/`;
    const isWasm = path.startsWith("wasm.", folder.length);
    try {
      return new Response(await (isWasm ? wasm() : files.bytes(path, keys.get(folder))));
    } catch (error) {
      failures.set(folder, error);
      throw error;
    }
  }

  const wasm = (path, key) => keep("wasm", () => files.bytes(path, key));

  const script = () =>
    keep("script", () =>
      import(`${root}text/pagefind.js`).catch((error) => {
        throw new LoadError("text/pagefind.js", error);
      }),
    );

  /** What an index needs first is loaded before Pagefind asks: it has no answer to a failure. */
  async function ready(folder, key) {
    keys.set(folder, key);
    const entry = parsed(await files.bytes(`${folder}pagefind-entry.json`, key));
    const [{ hash, wasm: language }] = Object.values(entry.languages);
    await Promise.all([
      script(),
      wasm(`${folder}wasm.${language ?? "unknown"}.pagefind`, key),
      files.bytes(`${folder}pagefind.${hash}.pf_meta`, key),
    ]);
  }

  /** The index in a folder. The first one starts the WebAssembly, and the others wait for it. */
  async function instance(folder, key) {
    await ready(folder, key);
    serve();
    const { createInstance } = await script();
    const options = { basePath: root + folder, baseUrl: "/", noWorker: true, metaCacheTag: key };
    const before = first;
    const made = Promise.resolve(before).then(async () => {
      const one = createInstance(options);
      await one.filters(); // answered once it has started
      return one;
    });
    first ??= made;
    return made;
  }

  /** The names of the texts in a shard's folder that hold a phrase. @returns {Promise<string[]>} */
  async function find(folder, key, phrase) {
    const index = await keep(folder, () => instance(folder, key));
    const { results } = await index.search(`"${phrase}"`);
    const failure = failures.get(folder);
    if (failure === undefined) return results.map(({ id }) => id);
    failures.delete(folder);
    keep.drop(folder);
    throw failure;
  }

  return { find };
}
