/** The fleet that every contender writes: environments × apps × five everyday objects of about 870 bytes. */

/** What the five objects of one app hold, by kind. */
function appObjects(env, app) {
  const name = app;
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'shop' };
  return {
    application: {
      project: 'shop',
      source: { repoURL: 'https://github.com/acme/deploy.git', targetRevision: 'main', path: `dist/${env}/${app}` },
      destination: { server: `https://${env}.example.com`, namespace: 'shop' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['CreateNamespace=true', 'ServerSideApply=true', 'RespectIgnoreDifferences=true'],
        retry: { limit: 3, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      },
      ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
    },
    deployment: {
      replicas: 3,
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name: 'app',
              image: `ghcr.io/acme/${app}:v1.4.2`,
              ports: [{ name: 'http', containerPort: 8080 }],
              env: [
                { name: 'LOG_LEVEL', value: 'info' },
                { name: 'ENVIRONMENT', value: env },
              ],
              envFrom: [{ configMapRef: { name } }, { secretRef: { name: `${name}-db` } }],
              resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
              readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
            },
          ],
        },
      },
    },
    service: {
      selector: { 'app.kubernetes.io/name': name },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
    configMap: {
      'application.yaml': `server:\n  port: 8080\n  host: ${app}.${env}.example.com\nfeatures:\n  checkout: true\n  search: false\n`,
      DATABASE_HOST: `db.${env}.example.com`,
      DATABASE_PORT: '5432',
      REGION: 'eu-west-1',
    },
    externalSecret: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws' },
      target: { name: `${name}-db`, creationPolicy: 'Owner' },
      data: [
        { secretKey: 'username', remoteRef: { key: `${env}/${app}/db`, property: 'username' } },
        { secretKey: 'password', remoteRef: { key: `${env}/${app}/db`, property: 'password' } },
      ],
    },
  };
}

/** The same as whole manifests, with the file each goes to. */
function appManifests(env, app) {
  const objects = appObjects(env, app);
  const metadata = { name: app, namespace: 'shop' };
  const manifest = (apiVersion, kind, body, meta = metadata) => ({ apiVersion, kind, metadata: meta, ...body });
  const list = [
    [
      'argocd/application',
      manifest(
        'argoproj.io/v1alpha1',
        'Application',
        { spec: objects.application },
        { name: app, namespace: 'argocd' },
      ),
    ],
    ['configmap', manifest('v1', 'ConfigMap', { data: objects.configMap })],
    ['deployment', manifest('apps/v1', 'Deployment', { spec: objects.deployment })],
    ['externalsecret', manifest('external-secrets.io/v1', 'ExternalSecret', { spec: objects.externalSecret })],
    ['service', manifest('v1', 'Service', { spec: objects.service })],
  ];
  return list.map(([file, content]) => ({ file: `${file}-${app}.yaml`, manifest: content }));
}

const envName = (index) => `env-${String(index).padStart(4, '0')}`;
const appName = (index) => `app-${String(index).padStart(4, '0')}`;

module.exports = { appObjects, appManifests, envName, appName };
