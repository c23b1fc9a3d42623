/** Asks our page a query, and says what it shows; `useful` is when the first right result stands. */
async ({ query, right, patience }) => {
  const form = document.querySelector('form[role="search"]');
  const status = document.querySelector("#search-status");
  const all = () => [...document.querySelectorAll("li[data-result]")];
  const shown = () => all().filter((one) => !one.closest("[hidden]"));
  const [before, wanted] = [new Set(all()), new Set(right)];
  const isUseful = (one) => !before.has(one) && wanted.has(`${one.dataset.kind}/${one.dataset.id}`);
  let useful = null;
  const took = await new Promise((resolve) => {
    let started = 0;
    const end = (value) => (clearTimeout(clock), watch.disconnect(), resolve(value));
    const clock = setTimeout(() => end(null), patience);
    const watch = new MutationObserver((records) => {
      const now = performance.now() - started;
      if (useful === null && shown().some(isUseful)) useful = now;
      const isSaid = records.some((one) => one.target === status && one.attributeName === "data-state");
      if (isSaid && ["done", "failed"].includes(status.dataset.state)) end(now);
    });
    const attributeFilter = ["data-state", "hidden"];
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter });
    form.elements.q.focus();
    started = performance.now();
    form.elements.q.value = query;
    form.elements.q.dispatchEvent(new InputEvent("input", { bubbles: true }));
    form.requestSubmit();
  });
  const results = shown().map(({ dataset }) => [dataset.kind, dataset.id, dataset.tier]);
  return { took, useful, results, state: status.dataset.state, exact: Number(status.dataset.exact) };
};
