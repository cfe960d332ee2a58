/** Applications as sets, without what the comparison ignores: order, nulls and empty values. */
export function asSet(applications: readonly unknown[]): string[] {
  return applications.map((one) => JSON.stringify(bare(one), undefined, 1)).sort();
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(bare).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (typeof value !== 'object' || value === null) return value === null || value === '' ? undefined : value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, bare(inner)] as const)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
