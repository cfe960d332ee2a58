/** Cluster Secrets of one cluster. */
import { defineCheck } from './check';
import { secretsIn, textOf } from './secrets';
import { Claims } from './store';

const secret = (name: string) => `
apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: argocd, labels: { argocd.argoproj.io/secret-type: cluster } }
stringData: { name: ${name}, server: 'https://${name}.acme.io' }
`;

export const clusterDuplicate = defineCheck({
  code: 'argocd-cluster-duplicate',
  severity: 'error',
  kinds: ['Secret', 'ExternalSecret', 'SealedSecret'],
  summary: 'Two cluster Secrets are for one server.',
  why: 'Argo CD knows a cluster by its server: of two Secrets it takes one, and name, credentials, labels and shard are those of either (CS-01; argo-cd util/db/cluster.go, GetCluster).',
  fix: 'keep one of them',
  wrong: `${secret('prod')}---${secret('prod').replace('name: prod,', 'name: production,')}`,
  right: `${secret('prod')}---${secret('dev')}`,
  run(store, report) {
    const claims = new Claims(store);
    for (const { entry, secret, owner } of secretsIn(store, ['cluster'])) {
      const server = textOf(secret, 'server')?.replace(/\/+$/, '');
      if (!server) continue;
      const other = claims.claim(JSON.stringify([entry.namespace, server]), entry, owner);
      if (other !== undefined) {
        const message = `${other} is a cluster Secret for ${server} already`;
        report(entry, secret.at('server'), message, undefined, other);
      }
    }
  },
});
