/** Who hears of what: every team of its own Applications, on-call of what breaks in production. */
import type { EnvironmentStack } from 'cdk8s-gitops';
import { ArgoCdNotifications } from 'cdk8s-gitops/argocd';
import { TEAMS } from './fleet';

const APPLICATION = '{{ .context.argocdUrl }}/applications/{{ .app.metadata.namespace }}/{{ .app.metadata.name }}';

export function addNotifications(stack: EnvironmentStack, argocdUrl: string): void {
  new ArgoCdNotifications(stack, 'notifications', {
    services: {
      slack: { token: '$slack-token' },
      pagerdutyv2: { serviceKeys: { platform: '$pagerduty-platform' } },
    },
    context: { argocdUrl },
    templates: {
      'sync-failed': {
        message: `{{ .app.metadata.name }} could not be synced: {{ .app.status.operationState.message }}\n${APPLICATION}`,
      },
      degraded: {
        message: `{{ .app.metadata.name }} is degraded.\n${APPLICATION}`,
        pagerdutyv2: { summary: '{{ .app.metadata.name }} is degraded', severity: 'critical', source: argocdUrl },
      },
      deployed: { message: '{{ .app.metadata.name }} runs {{ .app.status.sync.revision }}.' },
    },
    triggers: {
      'on-sync-failed': [{ when: "app.status?.operationState?.phase in ['Error', 'Failed']", send: ['sync-failed'] }],
      'on-degraded': [{ when: "app.status?.health?.status == 'Degraded'", send: ['degraded'] }],
      'on-deployed': [
        {
          when: "app.status?.operationState?.phase == 'Succeeded' && app.status?.health?.status == 'Healthy'",
          oncePer: 'app.status?.operationState?.syncResult?.revision',
          send: ['deployed'],
        },
      ],
    },
    defaultTriggers: ['on-sync-failed', 'on-degraded'],
    subscriptions: [
      { recipients: ['pagerdutyv2:platform'], triggers: ['on-degraded'], selector: 'environment=production' },
      ...TEAMS.map(({ name }) => ({
        recipients: [`slack:${name}` as const],
        triggers: ['on-sync-failed', 'on-degraded', 'on-deployed'] as const,
        selector: `team=${name}`,
      })),
    ],
  });
}
