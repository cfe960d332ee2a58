/** The least Application around a part of one, so that a part can be judged and built. */
import { Application, type ApplicationProps } from 'cdk8s-gitops/argocd';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../src/kernel/manifest';

const FRAME = {
  project: 'default',
  source: { repoURL: 'https://github.com/org/app', targetRevision: 'main', path: 'deploy' },
  destination: { server: 'https://kubernetes.default.svc', namespace: 'app' },
} as const;

export function framedManifest(name: string, spec: JsonObject, metadata: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd', ...metadata },
    spec: { ...FRAME, ...spec },
  };
}

export function framedApplication(scope: Construct, name: string, props: Partial<ApplicationProps>): Application {
  return new Application(scope, name, { ...FRAME, ...props });
}
