/**
 * The health check that sync waves between Applications need. Argo CD has none for its own Application, so a root would
 * start every wave at once; with this in the ConfigMap `argocd-cm` it waits until the Applications of a wave are healthy.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
 */

const LUA = `local reported = obj.status and obj.status.health or {}
return { status = reported.status or "Progressing", message = reported.message or "" }
`;

/** An entry for the data of `argocd-cm`: an Application is as healthy as it says, and progressing before it says anything. */
export const applicationHealthCheck: Readonly<Record<string, string>> = {
  'resource.customizations.health.argoproj.io_Application': LUA,
};
