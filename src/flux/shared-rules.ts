/** Checks that Kustomizations and HelmReleases share; each kind says them under a code of its own. */

import type { DeepPartial } from '../kernel/manifest';
import type { Report } from '../kernel/rule';
import type { KustomizationSpec } from '../schema/generated/flux';
import { patchFault } from './kustomize-patch';

type Common = Pick<KustomizationSpec, 'dependsOn' | 'healthCheckExprs' | 'kubeConfig' | 'patches'>;
interface Shared {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: DeepPartial<Common>;
}

/** The exclusive choice that both CRDs state in CEL. */
export function checkKubeConfig({ spec }: Shared, report: Report): void {
  const kubeConfig = spec?.kubeConfig;
  if (kubeConfig === undefined) return;
  if ((kubeConfig.configMapRef === undefined) !== (kubeConfig.secretRef === undefined)) return;
  const got = kubeConfig.secretRef === undefined ? 'neither is' : 'both are';
  report(
    ['spec', 'kubeConfig'],
    `exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified; ${got}`,
  );
}

/** An object that waits for itself. */
export function checkDependsOnSelf({ metadata, spec }: Shared, report: Report): void {
  const name = metadata?.name;
  const own = metadata?.namespace;
  for (const [index, dependency] of (spec?.dependsOn ?? []).entries()) {
    if (name === undefined || dependency.name !== name || (dependency.namespace ?? own) !== own) continue;
    report(['spec', 'dependsOn', index], `${JSON.stringify(name)} waits for itself`);
  }
}

/** The label that the controller puts on every object it applies holds the name. */
export function checkNameFitsLabel({ metadata }: Shared, report: Report): void {
  const length = metadata?.name?.length ?? 0;
  if (length > 63) report(['metadata', 'name'], `has ${length} characters; as a label's value it may have 63`);
}

/** Two expressions for one kind, which the controller refuses. */
export function checkHealthExprDuplicates({ spec }: Shared, report: Report): void {
  const seen = new Map<string, number>();
  for (const [index, { apiVersion, kind }] of (spec?.healthCheckExprs ?? []).entries()) {
    if (apiVersion === undefined) continue;
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    const key = `${kind ?? 'every kind'} of ${group || 'the core group'}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else
      report(['spec', 'healthCheckExprs', index], `is the second for ${key}; the first is healthCheckExprs[${first}]`);
  }
}

/** Inline patches that kustomize would refuse. */
export function checkPatches(
  patches: DeepPartial<Common['patches']>,
  path: readonly (string | number)[],
  report: Report,
): void {
  for (const [index, { patch, target }] of (patches ?? []).entries()) {
    const fault = patch === undefined ? undefined : patchFault(patch, target !== undefined);
    if (fault !== undefined) report([...path, index, 'patch'], fault);
  }
}
