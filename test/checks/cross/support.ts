import { setChecks } from '../../../src/checks/cross';
import { checkTexts } from '../../../src/checks/run';
import type { Manifest } from '../../../src/kernel/manifest';

/** What checks of objects together report in files: `code file:line object path`. */
export function together(files: Readonly<Record<string, string>>): string[] {
  return checkTexts(files).issues.map(({ code, at }) => `${code} ${at.file}:${at.line} ${at.object} ${at.path}`);
}

/** The messages, of objects that reach one cluster. */
export function messages(...manifests: Manifest[]): string[] {
  const members = manifests.map((manifest, index) => ({ manifest, origin: `object ${index}` }));
  return setChecks.judge(members).map(({ issue }) => `${issue.code}: ${issue.message}`);
}

const spec = {
  project: 'shop',
  source: { repoURL: 'https://github.com/acme/deploy.git', path: 'checkout', targetRevision: 'main' },
  destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
};

export function project(more: object = {}, metadata: object = {}): Manifest {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'shop', namespace: 'argocd', ...metadata },
    spec: {
      sourceRepos: ['https://github.com/acme/*'],
      destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'shop' }],
      ...more,
    },
  };
}

export function application(more: object = {}, metadata: object = {}): Manifest {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'checkout', namespace: 'argocd', ...metadata },
    spec: { ...spec, ...more },
  };
}

/** An ApplicationSet over two clusters, `checkout-dev` and `checkout-prod`. */
export function applicationSet(template: object = {}, more: object = {}, metadata: object = {}): Manifest {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'checkout', namespace: 'argocd', ...metadata },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements: [{ cluster: 'dev' }, { cluster: 'prod' }] } }],
      template: { metadata: { name: 'checkout-{{ .cluster }}' }, spec: { ...spec, ...template } },
      ...more,
    },
  };
}

export function secret(type: string, stringData: Readonly<Record<string, string>>, name = 'one'): Manifest {
  const labels = { 'argocd.argoproj.io/secret-type': type };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'argocd', labels }, stringData };
}

export function notifications(data: Readonly<Record<string, string>>, namespace = 'argocd'): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-notifications-cm', namespace }, data };
}
