/**
 * What the rules of this room share: Applications wherever they are, as objects or as an ApplicationSet's templates,
 * judged by one and the same rule.
 */
import type { FieldPath } from '../kernel/issue';
import type { DeepPartial } from '../kernel/manifest';
import { defineRule, type Report, type Rule } from '../kernel/rule';
import type { Application, ApplicationSet, ApplicationSpec } from '../schema/generated/argo-cd';

export type AppSpec = DeepPartial<ApplicationSpec>;
export type AppSource = NonNullable<AppSpec['source']>;

/** An Application, or the template of one. */
export interface ApplicationView {
  readonly metadata: DeepPartial<NonNullable<Application['metadata']>>;
  readonly spec: AppSpec;
  /** Whether another part adds to it: a generator's template, a templatePatch. Then nothing can be called missing. */
  readonly partial: boolean;
  /** Whether it is an ApplicationSet's, so that text may hold tags. */
  readonly template: boolean;
}

export type ApplicationLike = Application | ApplicationSet;

type ApplicationRule = Omit<Rule<ApplicationLike>, 'check'> & {
  readonly check: (application: ApplicationView, report: Report) => void;
};

/** A rule about one Application that also judges every template of an ApplicationSet. */
export function applicationRule({ check, ...rule }: ApplicationRule): Rule<ApplicationLike> {
  return defineRule<ApplicationLike>({
    ...rule,
    check(manifest, report) {
      if (manifest.kind !== 'ApplicationSet') {
        const view = viewOf(manifest as DeepPartial<Application>);
        if (view !== undefined) check(view, report);
        return;
      }
      for (const { path, template, partial } of templatesOf(manifest as DeepPartial<ApplicationSet>)) {
        const { metadata = {}, spec } = template;
        if (spec === undefined) continue;
        check({ metadata, spec, partial, template: true }, (at, ...rest) => report([...path, ...at], ...rest));
      }
    },
  });
}

let viewed: { readonly manifest: object; readonly view: ApplicationView | undefined } | undefined;

/** The Application's view; the rules of one manifest run one after the other, and share it. */
function viewOf(manifest: DeepPartial<Application>): ApplicationView | undefined {
  if (viewed?.manifest !== manifest) {
    const { metadata = {}, spec } = manifest;
    viewed = { manifest, view: spec === undefined ? undefined : { metadata, spec, partial: false, template: false } };
  }
  return viewed.view;
}

interface Template {
  readonly path: FieldPath;
  readonly template: NonNullable<DeepPartial<ApplicationSet>['spec']>['template'] & object;
  readonly partial: boolean;
}

/** The templates of an ApplicationSet: its own, and the ones that its top-level generators lay over it. */
export function templatesOf({ spec }: DeepPartial<ApplicationSet>): Template[] {
  const overrides: Template[] = [];
  for (const [index, generator] of (spec?.generators ?? []).entries()) {
    for (const kind of GENERATORS) {
      const template = generator?.[kind]?.template;
      if (template === undefined || template === null) continue;
      overrides.push({ path: ['spec', 'generators', index, kind, 'template'], template, partial: true });
    }
  }
  if (spec?.template === undefined) return overrides;
  const partial = overrides.length > 0 || spec.templatePatch !== undefined;
  return [{ path: ['spec', 'template'], template: spec.template, partial }, ...overrides];
}

/** The kinds of generator, as an ApplicationSet spells them. */
export const GENERATORS = [
  'list',
  'clusters',
  'git',
  'scmProvider',
  'clusterDecisionResource',
  'pullRequest',
  'matrix',
  'merge',
  'plugin',
] as const;

export type GeneratorKind = (typeof GENERATORS)[number];

/** Whether text may still change when a template is rendered. Outside templates, `{{` is text like any other. */
export function isOpen(text: string | undefined, { template }: Pick<ApplicationView, 'template'>): boolean {
  return template && text?.includes('{{') === true;
}

/** The sources that Argo CD reads: the hydrator's dry source, else `sources`, else `source` (AC-02). */
export function effectiveSources({ source, sources, sourceHydrator }: AppSpec): readonly [AppSource, FieldPath][] {
  if (sourceHydrator !== undefined) {
    const dry = sourceHydrator.drySource;
    return dry === undefined ? [] : [[dry, ['spec', 'sourceHydrator', 'drySource']]];
  }
  if (sources !== undefined && sources.length > 0) {
    return sources.map((entry, index) => [entry ?? {}, ['spec', 'sources', index]]);
  }
  return source === undefined ? [] : [[source, ['spec', 'source']]];
}

/** Indexes of the values that were there before, with the value. */
export function repeated(values: readonly (string | undefined)[]): readonly [index: number, value: string][] {
  const seen = new Set<string>();
  const found: [number, string][] = [];
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    if (seen.has(value)) found.push([index, value]);
    seen.add(value);
  }
  return found;
}

/** A sample Application: the usual fields, unless others are given in their place. */
export function sampleApplication(fields: Readonly<Record<string, string | undefined>>, metadata = ''): string {
  return sample('Application', metadata, {
    project: 'shop',
    source: '{ repoURL: https://github.com/acme/deploy.git, path: prod/checkout, targetRevision: main }',
    destination: '{ server: https://kubernetes.default.svc, namespace: shop }',
    ...fields,
  });
}

/** A sample ApplicationSet over two clusters. */
export function sampleApplicationSet(fields: Readonly<Record<string, string | undefined>>, metadata = ''): string {
  return sample('ApplicationSet', metadata, {
    goTemplate: 'true',
    goTemplateOptions: '[missingkey=error]',
    generators: '[{ list: { elements: [{ cluster: dev }, { cluster: prod }] } }]',
    template: sampleTemplate("'checkout-{{ .cluster }}'"),
    ...fields,
  });
}

/** A template in one line, for samples. */
export function sampleTemplate(name: string, { metadata = '', spec = '' } = {}): string {
  return `
    metadata: { name: ${name}${metadata && `, ${metadata}`} }
    spec:
      project: shop
      source: { repoURL: https://github.com/acme/deploy.git, path: checkout, targetRevision: main }
      destination: { server: https://kubernetes.default.svc, namespace: shop }${spec && `\n      ${spec}`}`;
}

/** A sample AppProject. */
export function sampleProject(fields: Readonly<Record<string, string | undefined>>): string {
  return sample('AppProject', '', {
    sourceRepos: '[https://github.com/acme/deploy.git]',
    destinations: '[{ server: https://kubernetes.default.svc, namespace: shop }]',
    ...fields,
  });
}

function sample(kind: string, metadata: string, fields: Readonly<Record<string, string | undefined>>): string {
  const name = kind === 'AppProject' ? 'shop' : 'checkout';
  const spec = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [`  ${field}:${value.startsWith('\n') ? '' : ' '}${value}\n`],
  );
  return `
apiVersion: argoproj.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: argocd${metadata && `, ${metadata}`} }
spec:
${spec.join('')}`;
}
