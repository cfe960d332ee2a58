/**
 * What one PushSecret can show to be wrong beyond its structure: the rules that its CRD states in CEL, and durations.
 * A ClusterPushSecret carries the same spec. Sources are named by path in external-secrets/external-secrets at v2.9.0.
 */
import { tryParseGoDuration } from '../kernel/duration';
import type { DeepPartial } from '../kernel/manifest';
import { defineRule, type Report, type Rule } from '../kernel/rule';
import type {
  ClusterPushSecret as ClusterPushSecretManifest,
  PushSecret as PushSecretManifest,
  PushSecretSpec,
} from '../schema/generated/external-secrets';

type Carrier = PushSecretManifest | ClusterPushSecretManifest;
type Spec = DeepPartial<PushSecretSpec>;

function defineSpecRule(
  rule: Omit<Rule, 'check'> & { readonly check: (spec: Spec, report: Report) => void },
): Rule<Carrier> {
  return defineRule<Carrier>({
    ...rule,
    check({ spec }, report) {
      if (spec === undefined) return;
      if (!('pushSecretSpec' in spec)) rule.check(spec as Spec, (path, ...rest) => report(['spec', ...path], ...rest));
      else if (spec.pushSecretSpec !== undefined)
        rule.check(spec.pushSecretSpec, (path, ...rest) => report(['spec', 'pushSecretSpec', ...path], ...rest));
    },
  });
}

const storeRef = defineSpecRule({
  code: 'external-secrets-push-store-ref',
  severity: 'error',
  summary: 'A dataTo entry that does not say which store it is for.',
  why: 'A CEL rule of the CRD: storeRef must specify either name or labelSelector (apis/externalsecrets/v1alpha1/pushsecret_types.go).',
  fix: 'set storeRef.name or storeRef.labelSelector',
  wrong: `
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRefs: [{ kind: ClusterSecretStore, name: aws }]
  selector: { secret: { name: db } }
  dataTo:
    - match: { regexp: "^db-.*" }
`,
  right: `
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRefs: [{ kind: ClusterSecretStore, name: aws }]
  selector: { secret: { name: db } }
  dataTo:
    - match: { regexp: "^db-.*" }
      storeRef: { kind: ClusterSecretStore, name: aws }
`,
  check({ dataTo = [] }, report) {
    for (const [index, item] of dataTo.entries())
      if (item?.storeRef?.name === undefined && item?.storeRef?.labelSelector === undefined)
        report(['dataTo', index, 'storeRef'], 'storeRef must specify either name or labelSelector');
  },
});

const rewrite = defineSpecRule({
  code: 'external-secrets-push-rewrite',
  severity: 'error',
  summary: 'A dataTo entry that rewrites keys in a way that cannot be done.',
  why: 'CEL rules of the CRD: remoteKey bundles all keys into one, so there is nothing to rewrite; a step is a regexp or a transform (apis/externalsecrets/v1alpha1/pushsecret_types.go).',
  fix: 'remove remoteKey or rewrite; give each step one of regexp and transform',
  wrong: `
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRefs: [{ kind: ClusterSecretStore, name: aws }]
  selector: { secret: { name: db } }
  dataTo:
    - storeRef: { kind: ClusterSecretStore, name: aws }
      remoteKey: prod/db
      rewrite: [{ regexp: { source: "^db-", target: "" } }]
`,
  right: `
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRefs: [{ kind: ClusterSecretStore, name: aws }]
  selector: { secret: { name: db } }
  dataTo:
    - storeRef: { kind: ClusterSecretStore, name: aws }
      rewrite: [{ regexp: { source: "^db-", target: "" } }]
`,
  check({ dataTo = [] }, report) {
    for (const [index, item] of dataTo.entries()) {
      const steps = item?.rewrite ?? [];
      if (item?.remoteKey !== undefined && steps.length > 0)
        report(['dataTo', index, 'rewrite'], 'remoteKey and rewrite are mutually exclusive');
      for (const [place, step] of steps.entries())
        if ((step?.regexp === undefined) === (step?.transform === undefined))
          report(['dataTo', index, 'rewrite', place], 'exactly one of regexp or transform must be set');
    }
  },
});

const refreshInterval = defineRule<Carrier>({
  code: 'external-secrets-push-interval',
  severity: 'error',
  summary: 'An interval that Go cannot read.',
  why: 'The CRD takes any text; the controller decodes it with Go, which knows no days and no bare numbers (apis/externalsecrets/v1alpha1/pushsecret_types.go, metav1.Duration).',
  fix: 'write hours, minutes and seconds: 24h, 1h30m, 90s',
  wrong: `
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: db, namespace: shop }
spec:
  refreshInterval: 1d
  secretStoreRefs: [{ kind: ClusterSecretStore, name: aws }]
  selector: { secret: { name: db } }
`,
  right: `
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: { name: db, namespace: shop }
spec:
  refreshInterval: 24h
  secretStoreRefs: [{ kind: ClusterSecretStore, name: aws }]
  selector: { secret: { name: db } }
`,
  check({ spec }, report) {
    const cluster = (spec ?? {}) as DeepPartial<NonNullable<ClusterPushSecretManifest['spec']>>;
    for (const [path, text] of [
      [['refreshInterval'], ((spec ?? {}) as Spec).refreshInterval],
      [['refreshTime'], cluster.refreshTime],
      [['pushSecretSpec', 'refreshInterval'], cluster.pushSecretSpec?.refreshInterval],
    ] as const)
      if (text !== undefined && tryParseGoDuration(text) === undefined)
        report(['spec', ...path], `time: invalid duration ${JSON.stringify(text.slice(0, 40))}`);
  },
});

export const pushSecretRules: readonly Rule<Carrier>[] = [storeRef, rewrite, refreshInterval];
