/** Repository Secrets of one repository and project. */
import { normalizeGitUrl } from '../../argocd/project/git-url';
import { defineCheck } from './check';
import { secretsIn, textOf } from './secrets';
import { Claims } from './store';

const secret = (name: string, project: string) => `
apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: argocd, labels: { argocd.argoproj.io/secret-type: repository } }
stringData: { url: https://github.com/acme/deploy.git, project: ${project} }
`;

export const repositoryDuplicate = defineCheck({
  code: 'argocd-repository-duplicate',
  severity: 'error',
  kinds: ['Secret', 'ExternalSecret', 'SealedSecret'],
  summary: 'Two repository Secrets are for one url and project.',
  why: 'Argo CD lists the Secrets and takes whichever comes first, with its credentials: nobody can say which (RS-05; argo-cd util/db/repository_secrets.go, getRepositorySecret).',
  fix: 'keep one of them, or give them different projects',
  wrong: `${secret('deploy', 'shop')}---${secret('deploy-too', 'shop')}`,
  right: `${secret('deploy', 'shop')}---${secret('deploy-too', 'payments')}`,
  run(store, report) {
    const claims = new Claims(store);
    for (const { entry, secret, owner } of secretsIn(store, ['repository', 'repository-write'])) {
      const [url, project] = [textOf(secret, 'url'), textOf(secret, 'project')];
      if (!url || project === undefined) continue;
      const key = JSON.stringify([secret.type, entry.namespace, normalizeGitUrl(url), project]);
      const other = claims.claim(key, entry, owner);
      if (other === undefined) continue;
      const where = project === '' ? 'without a project' : `of project '${project}'`;
      {
        const message = `${other} is a ${secret.type} Secret for ${url.trim()} ${where} already`;
        report(entry, secret.at('url'), message, undefined, other);
      }
    }
  },
});
