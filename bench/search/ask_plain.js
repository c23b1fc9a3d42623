/** Asks Pagefind a query by its plain interface; it is loaded with the first one. */
async (query) => {
  const started = performance.now();
  globalThis.pagefind ??= await import("/pagefind/pagefind.js");
  const found = await globalThis.pagefind.search(query);
  const pages = await Promise.all(found.results.slice(0, 5).map((one) => one.data()));
  const took = performance.now() - started;
  return { took, count: found.results.length, addresses: pages.map(({ url }) => url) };
};
