/**
 * Argo CD Application: what is synced, from where, to which cluster, and how. Its law: manual sync is said by saying
 * nothing, and of several kinds of source Argo CD reads one.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import type { Application as ApplicationManifest } from '../schema/generated/argo-cd';
import { allApplicationRules } from './application-rules';
import { type ApplicationSpecProps, shapeApplicationSpec } from './application-spec';
import { inArgoCd } from './namespace';

export interface ApplicationProps extends ResourceProps, ApplicationSpecProps {
  /**
   * Deletes the Application's objects when the Application is deleted, dependents first or in the background. Sets a
   * finalizer; `metadata.finalizers` does the same.
   * @default false - the objects stay
   */
  readonly cascadeDelete?: CascadeDelete;
  /** A single operation to run at once; Argo CD removes it when it has begun. @default - none */
  readonly operation?: ApplicationManifest['operation'];
}

/** How an Application's objects go when it is deleted; `false` leaves them. */
export type CascadeDelete = 'foreground' | 'background' | false;

export const applicationKind = defineKind<ApplicationManifest>({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  rules: allApplicationRules,
});

/** In the stack's namespace, or in `argocd` where the stack has none. */
export class Application extends Resource {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: ApplicationProps) {
    const [common, { cascadeDelete, operation, ...spec }] = splitProps(props);
    super(scope, id, applicationKind, inArgoCd(scope, withFinalizer(common, cascadeDelete)), {
      ...(operation !== undefined && { operation }),
      spec: shapeApplicationSpec(spec as ApplicationSpecProps),
    });
  }
}

/** The finalizer that makes Argo CD delete an Application's objects with it. */
export function resourcesFinalizer(how: Exclude<CascadeDelete, false>): string {
  return how === 'foreground'
    ? 'resources-finalizer.argocd.argoproj.io'
    : 'resources-finalizer.argocd.argoproj.io/background';
}

function withFinalizer(props: ResourceProps, how: CascadeDelete = false): ResourceProps {
  if (how === false) return props;
  const finalizers = [...new Set([...(props.metadata?.finalizers ?? []), resourcesFinalizer(how)])];
  return { ...props, metadata: { ...props.metadata, finalizers } };
}
