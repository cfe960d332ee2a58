/**
 * `cdk8s-gitops`: the app, environments and stacks. Every product is a subpath of its own: `cdk8s-gitops/argocd`,
 * `cdk8s-gitops/flux`.
 */
import { GitOpsApp as CoreApp } from './core/app';
import type { KindLookup } from './core/kind';
import type { SetChecks } from './core/set-checks';

/** The app: environments, the repository their tree is committed to, and a synth that refuses what would break. */
export class GitOpsApp<C = undefined> extends CoreApp<C> {
  /** Rules run on every manifest, also on those that no construct of ours made. @internal */
  override get kindLookup(): KindLookup {
    // Loaded at synth: a program that only imports the library does not pay for it.
    const { findKind } = require('./checks/registry') as typeof import('./checks/registry');
    const { withTargets } = require('./checks/targets') as typeof import('./checks/targets');
    return withTargets(findKind, this.targets);
  }

  /** What objects show only together. @internal */
  override get setChecks(): SetChecks {
    return (require('./checks/cross') as typeof import('./checks/cross')).setChecks;
  }
}

export type { GitOpsAppProps, Repository } from './core/app';
export { type DeliveredStack, Delivery, type DeliveryContext } from './core/delivery';
export { type Cluster, Environment, type EnvironmentProps } from './core/environment';
export { defineKind, type Kind } from './core/kind';
export type { Layout } from './core/layout';
export type { Patch } from './core/patch';
export { RawResource, type RawResourceProps } from './core/raw-resource';
export { type Body, Resource, type ResourceProps } from './core/resource';
export { EnvironmentStack, type EnvironmentStackProps } from './core/stack';
export type { ArgoCdVersion, Targets } from './core/targets';
export { waive } from './core/waiver';
export { type DurationInput, type DurationText, duration } from './kernel/duration';
export { formatImage, type Image, tryParseImage } from './kernel/image';
export { formatIssue, GitOpsError, type Issue, type Location, type Severity } from './kernel/issue';
export type { Json, JsonObject, Manifest } from './kernel/manifest';
export { defineRule, type Report, type Rule } from './kernel/rule';
