/** The rules that target versions add to those of the kinds. */
import type { Kind, KindLookup } from '../core/kind';
import type { Targets } from '../core/targets';

/** A lookup whose kinds know the targets, too. Without a target it is the one given. */
export function withTargets(lookup: KindLookup, { argocd }: Targets): KindLookup {
  if (argocd === undefined) return lookup;
  const { targetRules } = require('../argocd/targets/rules') as typeof import('../argocd/targets/rules');
  const known = new Map<string, Kind | undefined>();
  return (group, kind) => {
    const key = `${group}/${kind}`;
    if (!known.has(key)) known.set(key, extended(lookup(group, kind), group, kind, targetRules(argocd, group, kind)));
    return known.get(key);
  };
}

function extended(found: Kind | undefined, group: string, kind: string, extra: Kind['rules']): Kind | undefined {
  if (extra.length === 0) return found;
  const base = found ?? { apiVersion: '', group, version: '', kind, rules: [] };
  return { ...base, rules: [...base.rules, ...extra] };
}
