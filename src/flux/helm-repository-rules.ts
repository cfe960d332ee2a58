/** What source-controller refuses or ignores about a HelmRepository that its schema admits. */
import { defineRule } from '../kernel/rule';
import type { HelmRepository } from '../schema/generated/flux';

const manifest = (spec: string) => `
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: charts, namespace: flux-system }
spec:
${spec.replace(/^/gm, '  ')}
`;

const urlType = defineRule<HelmRepository>({
  code: 'flux-helm-repository-type',
  severity: 'error',
  summary: 'An oci:// URL and type oci go together.',
  why: 'With one of the two the HelmRepository stalls, or the chart cannot be pulled (source-controller, internal/controller/helmrepository_controller.go).',
  fix: "set type: oci for an oci:// URL, and leave type out for http(s); for a chart in a registry an OCIRepository with the HelmRelease's chartRef is simpler",
  wrong: manifest('url: oci://ghcr.io/acme/charts'),
  right: manifest('url: oci://ghcr.io/acme/charts\ntype: oci'),
  check({ spec }, report) {
    if (spec?.url === undefined) return;
    const registry = spec.url.startsWith('oci://');
    const type = spec.type ?? 'default';
    if (registry === (type === 'oci')) return;
    report(['spec', 'type'], `${type} does not fit ${JSON.stringify(spec.url)}`);
  },
});

const fieldIgnored = defineRule<HelmRepository>({
  code: 'flux-helm-repository-field-ignored',
  severity: 'warning',
  summary: 'A field that has no effect on this type of repository.',
  why: 'insecure and provider are taken into account for type oci alone, passCredentials for an index alone, accessFrom never (HelmRepository CRD; source-controller, docs/spec/v1/helmrepositories.md).',
  fix: 'remove the field',
  wrong: manifest('url: http://charts.internal\ninsecure: true'),
  right: manifest('url: http://charts.internal'),
  check({ spec }, report) {
    if (spec === undefined) return;
    const without = (field: string, reason: string) => report(['spec', field], `is ignored: ${reason}`);
    if (spec.accessFrom !== undefined) without('accessFrom', 'Flux does not implement it');
    if (spec.type === 'oci') {
      if (spec.passCredentials) without('passCredentials', 'it is about a chart index, and type oci has none');
      return;
    }
    if (spec.insecure) without('insecure', 'it is for type oci; the scheme of the URL decides');
    if (spec.provider !== undefined && spec.provider !== 'generic') without('provider', 'it is for type oci');
  },
});

export const helmRepositoryRules = [urlType, fieldIgnored];
