/** Results as they are shown: an organisation or a contract, and why it is one. */

import { TIER, hasNumber, hasTitle } from "./readings.js";
import { KINDS } from "./names.js";

/** The organisations that all terms of a query mean, the best first; none if one is no plain word. */
export function organisations(meanings, contracts) {
  const found = new Map();
  for (const meant of meanings)
    for (const { one, why } of meant) {
      const known = found.get(one) ?? { one, why, rank: 0, terms: 0 };
      found.set(one, { ...known, rank: known.rank + why.rank, terms: known.terms + 1 });
    }
  return [...found.values()]
    .filter(({ terms }) => terms === meanings.length)
    .map((each) => ({ ...each, count: contracts?.(each.one).length ?? 0 }))
    .sort(byRank);
}

const byRank = (one, other) =>
  one.rank - other.rank ||
  other.count - one.count ||
  one.one.name.length - other.one.name.length ||
  (one.one.id < other.one.id ? -1 : 1);

export const organisation = ({ one, why, count }, tier) => ({
  kind: one.kind, id: one.id, name: one.name, tier, why, count,
}); // prettier-ignore

/** By id: an organisation's name. */
export function directory(names) {
  const found = KINDS.map((kind) => [kind, new Map(names[kind].map((one) => [one.id, one]))]);
  return Object.fromEntries(found);
}

/** A contract as a result; `known` is the directory. */
export function contract(row, tier, why, known) {
  const party = (kind, id) => ({ id, name: known[kind].get(id)?.name ?? id });
  return {
    kind: "contract",
    ...row,
    number: row.numbers[0] ?? "",
    agency: party("agency", row.agency),
    vendors: row.vendors.map((id) => party("vendor", id)),
    tier,
    why,
    excerpt: null,
  };
}

/** Why a contract matches: the reasons of each term, none twice. */
export function reasons(row, ordinal, readings) {
  const found = readings.flatMap((reading) => reasoned(row, reading, ordinal));
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

function reasoned(row, { wanted, tiers, titles }, ordinal) {
  const tier = tiers[ordinal];
  const isTitle = (tier === TIER.title || tier === TIER.text || titles?.[ordinal]) && hasTitle(row, wanted);
  const title = isTitle ? [{ reason: "title" }] : [];
  if (tier === TIER.party) return [...title, party(row, wanted.meant)];
  if (tier === TIER.value) return [{ reason: "value", amount: row.amount }];
  if (tier === TIER.date) return [{ reason: "date", date: row.signed }];
  if (tier === TIER.number || tier === TIER.part) return [numbered(row, wanted)];
  if (isTitle) return title;
  const isNumber = /^(?=.*\d).{4,}$/u.test(wanted.bare) && hasNumber(row, wanted.bare, wanted.signs);
  return [isNumber ? numbered(row, wanted) : { reason: "text" }];
}

function numbered({ numbers }, { bare, signs }) {
  const number = numbers.find((one) => hasNumber({ numbers: [one] }, bare, signs));
  return { reason: "number", number: number ?? numbers[0] };
}

function party(row, meant) {
  const { one, why } = meant.find(({ one }) =>
    one.kind === "agency" ? row.agency === one.id : row.vendors.includes(one.id),
  );
  return { reason: one.kind, id: one.id, name: one.name, by: why.reason, text: why.text };
}
