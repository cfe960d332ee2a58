/** Rules over a Rollout's spec outside its strategy: pods, selector, counts and deadlines. */
import { groupOf } from '../kernel/manifest';
import type { Rule } from '../kernel/rule';
import { isDnsLabel, isLabelValue, isQualifiedName } from '../schema';
import type { Rollout } from '../schema/generated/argo-rollouts';
import { isPresent, type SpecView, sampleRollout, specRule } from './rule-support';

const VALIDATION = 'pkg/apis/rollouts/validation/validation.go';

const strategyOne = specRule({
  code: 'rollouts-strategy',
  summary: 'A Rollout has no strategy, or two.',
  why: `the controller sets the condition InvalidSpec and does nothing (RO-01, ${VALIDATION} ValidateRolloutStrategy).`,
  fix: 'set exactly one of strategy.canary and strategy.blueGreen',
  wrong: sampleRollout({ strategy: '\n  strategy: {}' }),
  right: sampleRollout({}),
  check({ strategy }, report) {
    const count = [strategy?.canary, strategy?.blueGreen].filter(isPresent).length;
    if (count === 0) {
      report(['strategy'], "Rollout has missing field '.spec.strategy.canary or .spec.strategy.blueGreen'");
    } else if (count === 2) report(['strategy'], 'Multiple Strategies can not be listed: got canary and blueGreen');
  },
});

const selectorMissing = specRule({
  code: 'rollouts-selector-missing',
  summary: 'A Rollout with a pod template has no selector.',
  why: `the controller sets the condition InvalidSpec; the API server does not ask for it (RO-02, ${VALIDATION} ValidateRolloutSpec).`,
  fix: 'set selector.matchLabels to labels of the pod template',
  wrong: sampleRollout({
    pod: `
  template:
    metadata: { labels: { app: checkout } }
    spec: { containers: [{ name: checkout, image: 'ghcr.io/acme/checkout:v1.4.2' }] }`,
  }),
  right: sampleRollout({}),
  check(spec, report) {
    if (isPresent(spec.workloadRef)) return;
    if (!isPresent(spec.selector)) {
      if (isPresent(spec.template)) report(['selector'], "Rollout has missing field '.spec.selector'");
      return;
    }
    const { matchLabels = {}, matchExpressions = [] } = spec.selector;
    if (Object.keys(matchLabels).length + matchExpressions.length === 0) {
      report(['selector'], 'empty selector is invalid for deployment');
    }
  },
});

const podsMissing = specRule({
  code: 'rollouts-pods-missing',
  severity: 'warning',
  summary: 'A Rollout says nothing about its pods.',
  why: `without selector, template and workloadRef it is right only as a patch of another one; by itself the controller sets InvalidSpec (RO-02, ${VALIDATION}).`,
  fix: 'set template and selector, or workloadRef; as a Kustomize patch it is fine',
  wrong: sampleRollout({ pod: '' }),
  right: sampleRollout({}),
  check({ selector, template, workloadRef }, report) {
    if ([selector, template, workloadRef].some(isPresent)) return;
    report([], 'has no template and no selector, and no workloadRef in their place');
  },
});

const selectorMismatch = specRule({
  code: 'rollouts-selector-mismatch',
  summary: 'The selector does not select the pods of the template.',
  why: `the controller validates the template like a ReplicaSet's and sets InvalidSpec (RO-02, ${VALIDATION} ValidatePodTemplateSpecForReplicaSet).`,
  fix: 'give the template the labels that the selector asks for; the selector of a live Rollout cannot change',
  wrong: sampleRollout({
    pod: `
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: basket } }
    spec: { containers: [{ name: checkout, image: 'ghcr.io/acme/checkout:v1.4.2' }] }`,
  }),
  right: sampleRollout({}),
  check({ selector, template, workloadRef }, report) {
    if (isPresent(workloadRef) || !isPresent(selector)) return;
    const labels = template?.metadata?.labels ?? {};
    for (const [key, value] of Object.entries(selector.matchLabels ?? {})) {
      if (labels[key] === value) continue;
      const got = labels[key] === undefined ? 'has no such label' : `says '${labels[key]}'`;
      report(
        ['template', 'metadata', 'labels'],
        `\`selector\` does not match template \`labels\`: the selector wants ${key}=${value}, the template ${got}`,
      );
    }
    for (const expression of selector.matchExpressions ?? []) {
      if (expression === null || matches(expression, labels)) continue;
      const { key, operator, values = [] } = expression;
      report(
        ['template', 'metadata', 'labels'],
        `\`selector\` does not match template \`labels\`: the selector wants ${key} ${operator} [${values.join(', ')}]`,
      );
    }
  },
});

type Expression = NonNullable<NonNullable<SpecView['selector']>['matchExpressions']>[number];

/** True where the expression cannot be read: another rule says so. */
function matches({ key, operator, values = [] }: Expression, labels: Readonly<Record<string, unknown>>): boolean {
  if (key === undefined) return true;
  const value = labels[key];
  switch (operator) {
    case 'In':
      return values.length === 0 || (value !== undefined && values.includes(value as string));
    case 'NotIn':
      return value === undefined || !values.includes(value as string);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return true;
  }
}

const selectorExpression = specRule({
  code: 'rollouts-selector-expression',
  summary: 'An expression of the selector is malformed.',
  why: `a label selector knows four operators; In and NotIn need values, the others take none. The controller says "invalid label selector" (RO-02, ${VALIDATION}).`,
  fix: 'use In or NotIn with values, Exists or DoesNotExist without',
  wrong: sampleRollout({
    pod: `
  selector: { matchExpressions: [{ key: app, operator: In }] }
  template:
    metadata: { labels: { app: checkout } }
    spec: { containers: [{ name: checkout, image: 'ghcr.io/acme/checkout:v1.4.2' }] }`,
  }),
  right: sampleRollout({}),
  check({ selector }, report) {
    for (const [index, expression] of (selector?.matchExpressions ?? []).entries()) {
      const { operator, values = [] } = expression ?? {};
      if (operator === undefined) continue;
      const at = ['selector', 'matchExpressions', index];
      if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator)) {
        report([...at, 'operator'], `'${operator}' is not a valid label selector operator`);
      } else if (takesValues(operator) && values.length === 0) {
        report([...at, 'values'], `must be specified when \`operator\` is '${operator}'`);
      } else if (!takesValues(operator) && values.length > 0) {
        report([...at, 'values'], `may not be specified when \`operator\` is '${operator}'`);
      }
    }
  },
});

function takesValues(operator: string): boolean {
  return operator === 'In' || operator === 'NotIn';
}

const podLabel = specRule({
  code: 'rollouts-pod-label',
  summary: 'A label of the pod template is no label.',
  why: `the controller validates the template like a ReplicaSet's and sets InvalidSpec (RO-02, ${VALIDATION}).`,
  fix: 'at most 63 characters: letters, digits, and inside also dashes, underscores and dots',
  wrong: sampleRollout({
    pod: `
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout, owner: 'team checkout' } }
    spec: { containers: [{ name: checkout, image: 'ghcr.io/acme/checkout:v1.4.2' }] }`,
  }),
  right: sampleRollout({}),
  check({ template }, report) {
    for (const [key, value] of Object.entries(template?.metadata?.labels ?? {})) {
      const at = ['template', 'metadata', 'labels', key];
      if (!isQualifiedName(key)) report(at, `'${key}' is not a valid label key`);
      else if (typeof value === 'string' && !isLabelValue(value)) report(at, `'${value}' is not a valid label value`);
    }
  },
});

const restartPolicy = specRule({
  code: 'rollouts-restart-policy',
  summary: 'The pods of a Rollout are not restarted.',
  why: `a ReplicaSet's pods are always restarted; the controller sets InvalidSpec for anything else (RO-02, ${VALIDATION}).`,
  fix: "leave restartPolicy out, or say 'Always'",
  wrong: sampleRollout({
    pod: `
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec: { restartPolicy: Never, containers: [{ name: checkout, image: 'ghcr.io/acme/checkout:v1.4.2' }] }`,
  }),
  right: sampleRollout({}),
  check({ template }, report) {
    const policy = template?.spec?.restartPolicy;
    if (!isPresent(policy) || policy === '' || policy === 'Always') return;
    report(['template', 'spec', 'restartPolicy'], `Unsupported value: '${policy}': supported values: 'Always'`);
  },
});

const container = specRule({
  code: 'rollouts-container',
  summary: 'The pod template has no container, or one that no pod can have.',
  why: `the controller validates the template like a ReplicaSet's and sets InvalidSpec (RO-02, ${VALIDATION}).`,
  fix: 'give each container an image and a name of lower-case letters, digits and inner dashes, 63 at most',
  wrong: sampleRollout({
    pod: `
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec: { containers: [{ name: Checkout_API, image: 'ghcr.io/acme/checkout:v1.4.2' }] }`,
  }),
  right: sampleRollout({}),
  check({ template }, report) {
    const pod = template?.spec;
    if (!isPresent(pod) || !isPresent(pod.containers)) return;
    if (pod.containers.length === 0) report(['template', 'spec', 'containers'], 'Required value: the list is empty');
    for (const list of ['containers', 'initContainers'] as const) {
      for (const [index, each] of (pod[list] ?? []).entries()) {
        const { name, image, ports = [] } = each ?? {};
        const at = ['template', 'spec', list, index];
        if (name !== undefined && !isDnsLabel(name)) report([...at, 'name'], `'${name}' is not a valid container name`);
        if (!isPresent(image) || image.trim() === '')
          report([...at, 'image'], 'Required value: the container has no image');
        for (const [number, port] of ports.entries()) {
          const { containerPort } = port ?? {};
          if (containerPort === undefined || (containerPort >= 1 && containerPort <= 65535)) continue;
          report(
            [...at, 'ports', number, 'containerPort'],
            `${containerPort} is no port: must be between 1 and 65535`,
            'use the port that the container listens on',
          );
        }
      }
    }
  },
});

const workloadAndTemplate = specRule({
  code: 'rollouts-workload-ref-and-template',
  summary: 'A Rollout has a pod template and refers to a workload for one.',
  why: `the controller says "template must be empty for workload reference rollout" (RO-03, ${VALIDATION}).`,
  fix: 'keep one: template, or workloadRef',
  wrong: sampleRollout({ fields: '\n  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: checkout }' }),
  right: sampleRollout({ pod: '\n  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: checkout }' }),
  check({ workloadRef, template }, report) {
    if (!isPresent(workloadRef)) return;
    const { labels = {}, annotations = {} } = template?.metadata ?? {};
    if (Object.keys(labels).length + Object.keys(annotations).length === 0) return;
    report(['template'], 'template must be empty for workload reference rollout');
  },
});

/** Group and kind of what has pods to take over. */
const WORKLOADS = ['apps/Deployment', 'apps/ReplicaSet', '/PodTemplate'];

const SCALE_DOWN = ['never', 'onsuccess', 'progressively'];

const workloadRef = specRule({
  code: 'rollouts-workload-ref',
  summary: 'A workload reference is incomplete, to no kind of pods, or scales down in an unknown way.',
  why: 'the controller takes the pods of a Deployment, ReplicaSet or PodTemplate, found by apiVersion, kind and name, and compares scaleDown as exact text (RO-03, rollout/templateref.go).',
  fix: "set apiVersion, kind and name of a Deployment, ReplicaSet or PodTemplate; scaleDown is 'never', 'onsuccess' or 'progressively'",
  wrong: sampleRollout({
    pod: '\n  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: checkout, scaleDown: always }',
  }),
  right: sampleRollout({
    pod: '\n  workloadRef: { apiVersion: apps/v1, kind: Deployment, name: checkout, scaleDown: onsuccess }',
  }),
  check({ workloadRef: ref }, report) {
    if (!isPresent(ref)) return;
    for (const field of ['apiVersion', 'kind', 'name'] as const) {
      if (!ref[field]) report(['workloadRef', field], `the reference has no ${field}`);
    }
    const type = `${groupOf(ref.apiVersion ?? '')}/${ref.kind}`;
    if (ref.apiVersion && ref.kind && !WORKLOADS.includes(type)) {
      report(['workloadRef', 'kind'], `workload of type ${type} is not supported`);
    }
    if (ref.scaleDown && !SCALE_DOWN.includes(ref.scaleDown)) {
      report(['workloadRef', 'scaleDown'], `'${ref.scaleDown}' is none of ${SCALE_DOWN.join(', ')}`);
    }
  },
});

const COUNTS = ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'] as const;

const negative = specRule({
  code: 'rollouts-negative',
  summary: 'A count or a time is below zero.',
  why: `the controller sets InvalidSpec (RO-04, ${VALIDATION} ValidateNonnegativeField).`,
  fix: 'use 0 or more',
  wrong: sampleRollout({ fields: '\n  replicas: -1' }),
  right: sampleRollout({ fields: '\n  replicas: 1' }),
  check(spec, report) {
    for (const field of COUNTS) {
      const value = spec[field];
      if (isPresent(value) && value < 0) report([field], `${value} must be greater than or equal to 0`);
    }
  },
});

const progressDeadline = specRule({
  code: 'rollouts-progress-deadline',
  summary: 'The progress deadline passes before a pod can count as ready.',
  why: `the controller sets InvalidSpec; the deadline is 600 seconds unless set (RO-04, ${VALIDATION}).`,
  fix: 'make progressDeadlineSeconds greater than minReadySeconds',
  wrong: sampleRollout({ fields: '\n  minReadySeconds: 60\n  progressDeadlineSeconds: 60' }),
  right: sampleRollout({ fields: '\n  minReadySeconds: 60\n  progressDeadlineSeconds: 120' }),
  check({ progressDeadlineSeconds, minReadySeconds }, report) {
    const deadline = progressDeadlineSeconds ?? 600;
    const ready = minReadySeconds ?? 0;
    if (deadline < 0 || deadline > ready) return;
    const got = isPresent(progressDeadlineSeconds) ? `${deadline}` : '600, the default,';
    report(['progressDeadlineSeconds'], `${got} must be greater than minReadySeconds, which is ${ready}`);
  },
});

export const rolloutRules: readonly Rule<Rollout>[] = [
  strategyOne,
  selectorMissing,
  podsMissing,
  selectorMismatch,
  selectorExpression,
  podLabel,
  restartPolicy,
  container,
  workloadAndTemplate,
  workloadRef,
  negative,
  progressDeadline,
];
