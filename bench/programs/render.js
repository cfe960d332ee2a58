/** One matrix ApplicationSet, clusters by applications, rendered. Arguments: clusters applications engine. */
const { renderApplicationSet } = require('../../lib/argocd/render');
const { measured } = require('./measured');

const [clusterCount, applicationCount, engine] = process.argv.slice(2);
const goTemplate = engine === 'go';
const tag = (name) => (goTemplate ? `{{ .${name} }}` : `{{${name}}}`);

const clusters = Array.from({ length: Number(clusterCount) }, (_, index) => ({
  name: `c${index}`,
  server: `https://c${index}.example.com`,
  labels: { env: 'prod' },
}));
const elements = Array.from({ length: Number(applicationCount) }, (_, index) => ({
  app: `app-${index}`,
  path: `apps/app-${index}`,
  team: `team-${index % 7}`,
}));
const template = {
  metadata: { name: `${tag('app')}-${tag('name')}`, labels: { team: tag('team'), cluster: tag('name') } },
  spec: {
    project: tag('team'),
    source: {
      repoURL: 'https://git.example.com/deploy.git',
      targetRevision: 'main',
      path: tag('path'),
      helm: { releaseName: tag('app'), parameters: [{ name: 'cluster', value: tag('name') }] },
    },
    destination: { server: tag('server'), namespace: tag('team') },
    syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['CreateNamespace=true'] },
  },
};
const generators = [{ clusters: { selector: { matchLabels: { env: 'prod' } } } }, { list: { elements } }];
const applicationSet = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  metadata: { name: 'fleet', namespace: 'argocd' },
  spec: {
    goTemplate,
    ...(goTemplate ? { goTemplateOptions: ['missingkey=error'] } : {}),
    generators: [{ matrix: { generators } }],
    template,
  },
};

measured(() => {
  const { applications, problems } = renderApplicationSet(applicationSet, { clusters });
  const wanted = Number(clusterCount) * Number(applicationCount);
  if (applications.length !== wanted || problems.length > 0) throw new Error(JSON.stringify(problems));
});
