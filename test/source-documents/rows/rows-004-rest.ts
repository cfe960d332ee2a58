/** Source document 004, flattened: Applications, plain Kubernetes objects, configuration, secrets, Harness. */
import { automated, manual } from 'cdk8s-gitops/argocd';
import { ExternalSecret } from 'cdk8s-gitops/external-secrets';
import { ServiceMonitor } from 'cdk8s-gitops/prometheus-operator';
import { SealedSecret } from 'cdk8s-gitops/sealed-secrets';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../../src/kernel/manifest';
import { framedApplication, framedManifest } from '../framed';
import { ciphertext, type Row, replaced } from '../row';
import { documents004 as documents } from '../seeds/documents-004';

const production = { namespace: 'production' };
const ARGO = 'argocd.argoproj.io';
const HARNESS = 'Harness entities';

function wave(name: string, number: number) {
  return { metadata: { name, annotations: { [`${ARGO}/sync-wave`]: `${number}` } } };
}

export const otherRows004: readonly Row[] = [
  ...['app-active', 'app-preview'].map(
    (name): Row => ({
      document: '004',
      lines: '104',
      kind: 'Service',
      name,
      verdict: 'built',
      seed: documents[`Service/${name as 'app-active' | 'app-preview'}`],
      build: (scope) =>
        new k8s.KubeService(scope, name, {
          metadata: { name, ...production },
          spec: {
            selector: { app: 'myapp' },
            ports: [{ protocol: 'TCP', port: 80, targetPort: k8s.IntOrString.fromNumber(8080) }],
          },
        }),
    }),
  ),
  {
    document: '004',
    lines: '104',
    kind: 'Ingress',
    name: 'app-ingress',
    verdict: 'built',
    seed: documents['Ingress/app-ingress'],
    build: (scope) =>
      new k8s.KubeIngress(scope, 'app-ingress', {
        metadata: { name: 'app-ingress', ...production },
        spec: {
          rules: [rule('app.example.com', 'app-active'), rule('preview.app.example.com', 'app-preview')],
        },
      }),
  },
  ...[
    { lines: '131', kind: 'connector', name: 'gitx-connector', ids: ['#49'] },
    { lines: '133', kind: 'gitExperience', name: 'gitx_connector', ids: ['#43', '#50'] },
    { lines: '138', kind: 'trigger', name: 'GitX Pipeline Trigger', ids: ['#45', '#46', '#47', '#48'] },
    { lines: '143', kind: 'conflictResolution', name: 'manual', ids: ['#44'] },
    { lines: '145', kind: 'conflictResolution', name: 'automatic', ids: ['#44'] },
  ].map((place): Row => ({ ...place, document: '004', verdict: 'waits', waitsFor: HARNESS })),
  {
    document: '004',
    lines: '149',
    kind: 'Application',
    name: 'auto-sync-app',
    verdict: 'built',
    ids: ['S-34'],
    note: 'the document leaves out source and destination; the warning says that two options change nothing',
    seed: framedManifest('auto-sync-app', documents['Application/auto-sync-app'].spec),
    part: documents['Application/auto-sync-app'],
    reports: ['argocd-sync-option-no-effect'],
    corrections: replaced('S-34', { '/spec/syncPolicy/syncOptions': ['CreateNamespace=true', 'ServerSideApply=true'] }),
    build: (scope) =>
      framedApplication(scope, 'auto-sync-app', {
        sync: automated({ prune: true, selfHeal: true, allowEmpty: false }),
        syncOptions: { createNamespace: true, validate: true, serverSideApply: true, replace: false },
        retry: { limit: 5, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      }),
  },
  {
    document: '004',
    lines: '151',
    kind: 'Application',
    name: 'manual-sync-app',
    verdict: 'built',
    ids: ['S-34', 'S-37'],
    note: 'the document leaves out source and destination. Typed subscriptions wait; they only inform, approval is `manual()`',
    seed: framedManifest('manual-sync-app', documents['Application/manual-sync-app'].spec, {
      annotations: documents['Application/manual-sync-app'].metadata.annotations,
    }),
    part: documents['Application/manual-sync-app'],
    reports: ['argocd-sync-option-no-effect'],
    corrections: replaced('S-34', { '/spec/syncPolicy/syncOptions': ['CreateNamespace=true'] }),
    build: (scope) =>
      framedApplication(scope, 'manual-sync-app', {
        metadata: {
          annotations: Object.fromEntries(
            ['running', 'succeeded', 'failed'].map((when) => [
              `notifications.argoproj.io/subscribe.on-sync-${when}.slack`,
              'gitops-channel',
            ]),
          ),
        },
        sync: manual(),
        syncOptions: { createNamespace: true, validate: true },
      }),
  },
  {
    document: '004',
    lines: '156',
    kind: 'Application',
    name: '(self-heal with grace period)',
    verdict: 'refused',
    ids: ['S-31'],
    note: 'instead: without the option; the delay is a flag of the controller',
    seed: framedManifest('grace', documents['fragment/self-heal-grace']),
    part: documents['fragment/self-heal-grace'],
    reports: ['argocd-sync-option-unknown'],
    instead: {
      corrections: [{ op: 'remove', path: '/spec/syncPolicy/syncOptions', because: 'S-31' }],
      build: (scope) => framedApplication(scope, 'grace', { sync: automated({ selfHeal: true }) }),
    },
  },
  {
    document: '004',
    lines: '158',
    kind: 'Application',
    name: '(self-heal off by annotation)',
    verdict: 'refused',
    ids: ['S-32'],
    note: 'judged where an Application carries it; on kinds that have no rules of ours, annotations wait. Instead: see the next row',
    seed: framedManifest('annotated', {}, documents['fragment/self-heal-annotation'].metadata),
    part: documents['fragment/self-heal-annotation'],
    reports: ['argocd-resource-sync-option-unknown'],
  },
  {
    document: '004',
    lines: '158',
    kind: 'Application',
    name: '(self-heal off by kind)',
    verdict: 'built',
    ids: ['S-36'],
    note: 'the warning says that the next sync overwrites the fields all the same',
    seed: framedManifest('by-kind', documents['fragment/self-heal-by-kind'].spec),
    part: documents['fragment/self-heal-by-kind'],
    reports: ['argocd-ignore-differences-not-respected'],
    corrections: [
      {
        op: 'add',
        path: '/spec/syncPolicy',
        value: { syncOptions: ['RespectIgnoreDifferences=true'] },
        because: 'S-36',
      },
    ],
    build: (scope) =>
      framedApplication(scope, 'by-kind', {
        ignoreDifferences: [
          { group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] },
          { group: '', kind: 'Service', jsonPointers: ['/spec/ports'] },
        ],
        syncOptions: { respectIgnoreDifferences: true },
      }),
  },
  {
    document: '004',
    lines: '161',
    kind: 'Application',
    name: '(safe pruning)',
    verdict: 'built',
    ids: ['S-90'],
    seed: framedManifest('pruning', documents['fragment/safe-pruning']),
    part: documents['fragment/safe-pruning'],
    build: (scope) =>
      framedApplication(scope, 'pruning', {
        sync: automated({ prune: true }),
        syncPolicy: { syncOptions: ['PrunePropagationPolicy=foreground', 'PruneLast=true'] },
      }),
  },
  {
    document: '004',
    lines: '163',
    kind: 'PersistentVolumeClaim',
    name: '(prune protection by annotation)',
    verdict: 'built',
    ids: ['S-35'],
    seed: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: protectedFromPrune() },
    part: documents['fragment/prune-annotation'],
    build: (scope) => new k8s.KubePersistentVolumeClaim(scope, 'data', { metadata: protectedFromPrune() }),
  },
  {
    document: '004',
    lines: '163',
    kind: 'Application',
    name: '(prune protection by kind)',
    verdict: 'built',
    ids: ['S-35', 'S-36'],
    note: 'though it protects nothing from pruning: that is what `Prune=false` does',
    seed: framedManifest('protected', documents['fragment/prune-by-kind'].spec),
    part: documents['fragment/prune-by-kind'],
    reports: ['argocd-ignore-differences-not-respected'],
    build: (scope) =>
      framedApplication(scope, 'protected', {
        sync: automated({ prune: true }),
        ignoreDifferences: [{ group: '', kind: 'PersistentVolumeClaim', jsonPointers: ['/spec'] }],
      }),
  },
  {
    document: '004',
    lines: '166',
    kind: 'Namespace',
    name: 'app',
    verdict: 'built',
    seed: documents['Namespace/app'],
    build: (scope) => new k8s.KubeNamespace(scope, 'app', wave('app', 0)),
  },
  {
    document: '004',
    lines: '166',
    kind: 'ConfigMap',
    name: 'app-config',
    verdict: 'built',
    seed: documents['ConfigMap/app-config'],
    build: (scope) => new k8s.KubeConfigMap(scope, 'app-config', wave('app-config', 1)),
  },
  {
    document: '004',
    lines: '166',
    kind: 'Deployment',
    name: 'app',
    verdict: 'built',
    note: 'the document leaves out the spec',
    seed: documents['Deployment/app'],
    build: (scope) => new k8s.KubeDeployment(scope, 'app', wave('app', 2)),
  },
  {
    document: '004',
    lines: '166',
    kind: 'Ingress',
    name: 'app-ingress',
    verdict: 'built',
    note: 'the document leaves out the spec',
    seed: documents['Ingress/app-ingress (wave)'],
    build: (scope) => new k8s.KubeIngress(scope, 'app-ingress', wave('app-ingress', 3)),
  },
  {
    document: '004',
    lines: '168',
    kind: 'Job',
    name: 'db-migration',
    verdict: 'built',
    seed: documents['Job/db-migration'],
    build: (scope) =>
      hook(scope, 'db-migration', 'PreSync', 'HookSucceeded', {
        name: 'migrate',
        image: 'migrate-tool:latest',
        command: ['migrate', 'up'],
      }),
  },
  {
    document: '004',
    lines: '168',
    kind: 'Job',
    name: 'smoke-tests',
    verdict: 'built',
    seed: documents['Job/smoke-tests'],
    build: (scope) =>
      hook(scope, 'smoke-tests', 'PostSync', 'BeforeHookCreation', {
        name: 'test',
        image: 'test-runner:latest',
        command: ['run-tests', '--smoke'],
      }),
  },
  {
    document: '004',
    lines: '168',
    kind: 'Job',
    name: 'sync-failure-notification',
    verdict: 'built',
    ids: ['S-39'],
    note: 'with a warning: Argo CD does not render `{{` in a hook',
    seed: documents['Job/sync-failure-notification'],
    reports: ['argocd-hook-templated'],
    build: (scope) =>
      hook(scope, 'sync-failure-notification', 'SyncFail', 'HookSucceeded', {
        name: 'notify',
        image: 'notification-service:latest',
        env: [{ name: 'MESSAGE', value: 'Application sync failed: {{.metadata.name}}' }],
      }),
  },
  {
    document: '004',
    lines: '174',
    kind: 'ConfigMap',
    name: 'argocd-cm',
    verdict: 'refused',
    ids: ['S-17', 'S-45', 'S-51'],
    note: 'instead: `ArgoCdConfig`, which always writes the label',
    seed: documents['ConfigMap/argocd-cm'],
    reports: ['argocd-cm-label'],
  },
  {
    document: '004',
    lines: '177',
    kind: 'Application',
    name: '(health check timeout)',
    verdict: 'refused',
    ids: ['S-33'],
    note: 'instead: without the fields; a Rollout has `progressDeadlineSeconds`',
    seed: framedManifest('timeout', documents['fragment/health-check-timeout'].spec),
    part: documents['fragment/health-check-timeout'],
    reports: ['schema-field-unknown'],
    instead: {
      corrections: [
        { op: 'remove', path: '/spec/healthCheckTimeout', because: 'S-33' },
        { op: 'remove', path: '/spec/healthCheckMaxRetries', because: 'S-33' },
      ],
      build: (scope) => framedApplication(scope, 'timeout', { sync: automated({ selfHeal: true }) }),
    },
  },
  {
    document: '004',
    lines: '179',
    kind: 'ConfigMap',
    name: 'argocd-notifications-cm',
    verdict: 'refused',
    ids: ['S-46'],
    note: 'instead: `ArgoCdNotifications`, which resolves services, templates and their context',
    seed: documents['ConfigMap/argocd-notifications-cm'],
    reports: ['argocd-notifications-context', 'argocd-notifications-health-message'],
  },
  {
    document: '004',
    lines: '199',
    kind: 'NetworkPolicy',
    name: 'multi-cluster-policy',
    verdict: 'built',
    ids: ['S-48', '#42'],
    note: 'though its selectors see this cluster only',
    seed: documents['NetworkPolicy/multi-cluster-policy'],
    build: (scope) =>
      new k8s.KubeNetworkPolicy(scope, 'multi-cluster-policy', {
        metadata: { name: 'multi-cluster-policy', namespace: 'applications' },
        spec: {
          podSelector: { matchLabels: { app: 'myapp' } },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [
            {
              from: [
                { namespaceSelector: { matchLabels: { cluster: 'hub' } } },
                { podSelector: { matchLabels: { component: 'controller' } } },
              ],
            },
          ],
          egress: [
            {
              to: [{ namespaceSelector: { matchLabels: { 'cluster-type': 'spoke' } } }],
              ports: [{ protocol: 'TCP', port: k8s.IntOrString.fromNumber(443) }],
            },
          ],
        },
      }),
  },
  {
    document: '004',
    lines: '208',
    kind: 'SealedSecret',
    name: 'app-secrets',
    verdict: 'refused',
    ids: ['#24', '#25'],
    note: 'instead: values that were sealed. Sealing itself waits',
    seed: documents['SealedSecret/app-secrets'],
    reports: ['sealed-secrets-ciphertext'],
    instead: {
      corrections: replaced('#24', {
        '/spec/encryptedData/database-password': ciphertext(1),
        '/spec/encryptedData/api-key': ciphertext(2),
      }),
      build: (scope) => appSecrets(scope, { 'database-password': ciphertext(1), 'api-key': ciphertext(2) }),
    },
  },
  {
    document: '004',
    lines: '210',
    kind: 'ExternalSecret',
    name: 'app-secrets',
    verdict: 'built',
    ids: ['S-19', '#2', '#27'],
    seed: documents['ExternalSecret/app-secrets'],
    reports: ['schema-version-removed'],
    corrections: replaced('S-19, #2', { '/apiVersion': 'external-secrets.io/v1' }),
    build: (scope) =>
      new ExternalSecret(scope, 'app-secrets', {
        metadata: production,
        refreshInterval: '1h',
        secretStoreRef: { name: 'azure-keyvault', kind: 'SecretStore' },
        target: { name: 'app-secrets', creationPolicy: 'Owner' },
        data: { 'database-password': 'app-database-password', 'api-key': 'app-api-key' },
      }),
  },
  {
    document: '004',
    lines: '216',
    kind: 'ServiceMonitor',
    name: 'argocd-metrics',
    verdict: 'built',
    ids: ['#41'],
    seed: documents['ServiceMonitor/argocd-metrics'],
    build: (scope) =>
      new ServiceMonitor(scope, 'argocd-metrics', {
        metadata: { namespace: 'argocd' },
        spec: {
          selector: { matchLabels: { 'app.kubernetes.io/name': 'argocd-metrics' } },
          endpoints: [{ port: 'metrics', interval: '30s' }],
        },
      }),
  },
];

function rule(host: string, service: string): k8s.IngressRule {
  const backend = { service: { name: service, port: { number: 80 } } };
  return { host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } };
}

function hook(scope: Construct, name: string, phase: string, deletion: string, container: k8s.Container): k8s.KubeJob {
  return new k8s.KubeJob(scope, name, {
    metadata: { name, annotations: { [`${ARGO}/hook`]: phase, [`${ARGO}/hook-delete-policy`]: deletion } },
    spec: { template: { spec: { containers: [container], restartPolicy: 'Never' } } },
  });
}

function protectedFromPrune(): JsonObject & { readonly name: string } {
  return { name: 'data', ...documents['fragment/prune-annotation'].metadata };
}

function appSecrets(scope: Construct, encryptedData: Readonly<Record<string, string>>): SealedSecret {
  return new SealedSecret(scope, 'app-secrets', { metadata: production, encryptedData });
}
