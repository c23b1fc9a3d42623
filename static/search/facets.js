/** Facets: which values the contracts that were found have, and how many of them have each. */

export const FACETS = ["agency", "vendor", "year", "region", "method", "category", "band", "status"];

/** @param columns {@link import("./rows.js").columns} @param names {@link import("./names.js").open} */
export function open(columns, names) {
  const values = {
    year: (ordinal) => [String(columns.year(ordinal))],
    band: (ordinal) => [String(columns.band(ordinal))],
  };
  for (const kind of ["agency", "vendor"])
    values[kind] = (ordinal) => columns.parties[kind](ordinal).map((at) => names[kind][at].id);
  for (const [facet, told] of Object.entries(columns.told))
    values[facet] = (ordinal) => [told(ordinal)].filter((value) => value !== undefined);

  /** Which filters a contract does not pass: none, one (by its name), or several (null). */
  function refused(filters) {
    const chosen = FACETS.filter((facet) => filters[facet]?.length);
    const sets = chosen.map((facet) => [facet, new Set(filters[facet].map(String))]);
    return (ordinal) => {
      let found = "";
      for (const [facet, set] of sets)
        if (!values[facet](ordinal).some((value) => set.has(value))) {
          if (found) return null;
          found = facet;
        }
      return found;
    };
  }

  /** Counts by facet; a facet's own choice does not narrow its counts. */
  function count(ordinals, filters, refusal) {
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
    const add = (facet, ordinal) => {
      for (const value of values[facet](ordinal))
        counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
    };
    for (const ordinal of ordinals) {
      const facet = refusal(ordinal);
      if (facet) add(facet, ordinal);
      else if (facet === "") for (const each of FACETS) add(each, ordinal);
    }
    return Object.fromEntries(
      FACETS.map((facet) => [facet, listed(facet, counts[facet], filters[facet] ?? [])]),
    );
  }

  function listed(facet, counts, filter) {
    const chosen = new Set(filter.map(String));
    for (const value of chosen) if (!counts.has(value)) counts.set(value, 0);
    const found = Array.from(counts, ([value, count]) => ({
      value, name: named(facet, value), count, chosen: chosen.has(value),
    })); // prettier-ignore
    return found.sort(ORDERS[facet] ?? byCount);
  }

  const ids = new Map();
  function named(facet, value) {
    if (facet !== "agency" && facet !== "vendor") return value;
    if (!ids.has(facet)) ids.set(facet, new Map(names[facet].map(({ id, name }) => [id, name])));
    return ids.get(facet).get(value) ?? value;
  }

  return { refused, count };
}

const byCount = (one, other) =>
  other.count - one.count || (one.value < other.value ? -1 : Number(one.value > other.value));
const ORDERS = {
  year: (one, other) => other.value - one.value,
  band: (one, other) => one.value - other.value,
};
