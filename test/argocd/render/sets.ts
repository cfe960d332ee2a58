/** ApplicationSets for tests: a spec with a template that needs a `name` only. */
import { type RenderedApplicationSet, type RenderInputs, renderApplicationSet } from '../../../src/argocd/render';
import type { Manifest } from '../../../src/kernel/manifest';

export const TEMPLATE = {
  metadata: { name: '{{ .name }}' },
  spec: {
    project: 'default',
    source: { repoURL: 'https://git.example.com/r.git', path: 'web' },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
  },
};

export const listOf = (...elements: readonly object[]) => ({ generators: [{ list: { elements } }] });

export function setOf(spec: object): Manifest {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'web', namespace: 'argocd' },
    spec: { goTemplate: true, template: TEMPLATE, ...spec },
  };
}

export function rendered(spec: object, inputs: RenderInputs = {}): RenderedApplicationSet {
  return renderApplicationSet(setOf(spec), inputs);
}

export const names = ({ applications }: RenderedApplicationSet) => applications.map(({ metadata }) => metadata?.name);
