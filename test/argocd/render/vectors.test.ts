/** What Argo CD's own code makes of the cases of scripts/vectors/appset, ours makes too. */
import { type RenderInputs, renderApplicationSet } from '../../../src/argocd/render';
import type { Manifest } from '../../../src/kernel/manifest';
import { asSet } from './as-set';
import vectors from './vectors/appset.json';

interface Vector {
  readonly name: string;
  readonly spec: object;
  readonly applications?: readonly unknown[];
  readonly error?: string;
}

const inputs: RenderInputs = {
  clusters: vectors.clusters as unknown as Manifest[],
  repositories: { r: vectors.files },
  fileGlobbing: 'doublestar',
};

/** Go's rendering of an error that is none, what its types call themselves, and which of many keys it meets first. */
const words = (error: string) =>
  error
    .replace('%!w(<nil>)', '')
    .replace(/(found duplicate key) path.*/, '$1')
    .replace(/: (?:json: cannot unmarshal .* into Go struct|invalid character) .*/s, '');

test.each(vectors.cases as unknown as readonly Vector[])('$name', ({ spec, applications, error }) => {
  const set: Manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'set', namespace: 'argocd' },
    spec,
  };
  const rendered = renderApplicationSet(set, inputs);
  const messages = rendered.problems.map(({ message }) => message);
  if (error !== undefined) {
    expect(rendered.refused).toBe(true);
    expect(messages.join('\n')).toContain(words(error).trim().slice(0, 300));
    return;
  }
  expect(rendered.refused ? messages : asSet(rendered.applications)).toEqual(asSet(applications ?? []));
});
