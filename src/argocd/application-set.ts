/**
 * Argo CD ApplicationSet: one Application for each parameter set of its generators. Its laws: Go templates with
 * `missingkey=error` unless the user says otherwise, so that a wrong name is an error and no literal `{{name}}`; and
 * an ApplicationSet that generates nothing deletes what it generated before.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/
 */
import type { Construct } from 'constructs';
import { checkManifest } from '../core/check-manifest';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import { sourceLine } from '../core/source-line';
import { unwaived } from '../core/waiver';
import { GitOpsError } from '../kernel/issue';
import type { Manifest } from '../kernel/manifest';
import type { ApplicationSet as ApplicationSetManifest, ApplicationSetSpec } from '../schema/generated/argo-cd';
import { allApplicationSetRules } from './application-set-rules';
import {
  type ApplicationTemplate,
  shapeTemplate,
  shapeTypedTemplate,
  type TemplatedApplication,
} from './application-template';
import { type GeneratorInput, type ParametersOf, shapeOfGenerator, specOf } from './generators';
import { inArgoCd } from './namespace';
import type { Common, Refs } from './parameters/param';
import { refusal } from './parameters/refusal';
import { parameterRules } from './parameters/rules';
import { eitherOf } from './parameters/shape';
import type { Known } from './parameters/templated';
import { type RenderedApplicationSet, type RenderInputs, renderApplicationSet } from './render';

/** What every generator of a set yields, as a template's callback gets it. */
export type ParametersOfAll<G extends readonly unknown[]> = Refs<Common<ParametersOf<G[number]>>>;

type OnlyKnown<T> = TemplatedApplication extends T ? unknown : Known<T, TemplatedApplication>;

export interface ApplicationSetProps<
  G extends readonly GeneratorInput[] = readonly GeneratorInput[],
  T extends TemplatedApplication = TemplatedApplication,
> extends ResourceProps,
    Omit<ApplicationSetSpec, 'generators' | 'template'> {
  /** What to make Applications of: `list()`, `clusters()`, `gitDirectories()`, `matrix()` …, or upstream's shape. */
  readonly generators: G;
  /**
   * The Application, made of the generators' parameters: `` (p) => ({ metadata: { name: `${p.name}-web` }, … }) ``. A
   * parameter may be a boolean or number too, and `when()` chooses; both become `templatePatch`. Or as it is, with tags:
   * `{ metadata: { name: '{{ .name }}-web' }, … }`.
   */
  readonly template: ApplicationTemplate | ((parameters: ParametersOfAll<G>) => T & OnlyKnown<T>);
  /** Whether tags are Go templates; else `{{name}}` is replaced and nothing more. A callback needs them. @default true */
  readonly goTemplate?: boolean;
  /** @default - ['missingkey=error'] when `goTemplate` is not given or the template is a callback, else none */
  readonly goTemplateOptions?: readonly string[];
  /**
   * YAML laid over the rendered Application: the way to vary what is no text, such as booleans and lists. A template
   * itself. Not together with a callback that needs one. @default - none
   */
  readonly templatePatch?: string;
  /**
   * What the controller may do to the Applications, and whether their objects survive them. Unless
   * `preserveResourcesOnDeletion` is true, Argo CD adds the finalizer that deletes an Application's objects with it.
   * @default - create, update and delete; objects go with their Application
   */
  readonly syncPolicy?: ApplicationSetSpec['syncPolicy'];
  /** In which order changes reach the Applications; needs progressive syncs to be enabled. @default - all at once */
  readonly strategy?: ApplicationSetSpec['strategy'];
}

export const applicationSetKind = defineKind<ApplicationSetManifest>({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ApplicationSet',
  rules: [...allApplicationSetRules, ...parameterRules],
});

/** In the stack's namespace, or in `argocd` where the stack has none. */
export class ApplicationSet<
  const G extends readonly GeneratorInput[] = readonly GeneratorInput[],
  T extends TemplatedApplication = TemplatedApplication,
> extends Resource {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: ApplicationSetProps<G, T>) {
    const [common, own] = splitProps(props);
    const given = own as unknown as OwnProps;
    super(scope, id, applicationSetKind, inArgoCd(scope, common), {
      spec: typeof given.template === 'function' ? typedSpec(scope, id, given) : plainSpec(given),
    });
  }

  /**
   * Evaluates it as its controller would, offline.
   *
   * @param inputs what the generators ask for: clusters, repositories, recorded answers
   * @returns the Applications that would be created, and everything that is wrong, also what is wrong in silence
   */
  render(inputs?: RenderInputs): RenderedApplicationSet {
    return renderApplicationSet(this.toJson(), inputs);
  }
}

type OwnProps = Omit<ApplicationSetProps<readonly GeneratorInput[]>, keyof ResourceProps>;

function plainSpec({ generators, template, ...spec }: OwnProps): object {
  if (spec.goTemplate === false && Array.isArray(generators) && generators.some(hasTags)) {
    throw needsGoTemplate('goTemplate is false, and a generator holds parameters of another', 'goTemplate');
  }
  const safe = spec.goTemplate === undefined ? { goTemplate: true, goTemplateOptions: MISSING_KEY } : {};
  return {
    ...safe,
    ...withoutUndefined(spec),
    generators: specsOf(generators),
    template: shapeTemplate(template as ApplicationTemplate),
  };
}

const MISSING_KEY = ['missingkey=error'];

/** @throws GitOpsError when parameters cannot be used as the template does */
function typedSpec(scope: Construct, id: string, { generators, template, ...spec }: OwnProps): object {
  refuseOldTemplates(spec);
  const { outcomes, ...shaped } = shapeTypedTemplate(
    template as (parameters: never) => unknown,
    eitherOf(generators.map(shapeOfGenerator)),
  );
  if (shaped.templatePatch !== undefined && spec.templatePatch !== undefined) {
    throw refusal(
      'argocd-appset-patch-said-twice',
      'templatePatch is given, and the template needs one for a boolean, a number or a choice',
      'say all of it in the template, with parameters and when()',
      '.spec.templatePatch',
    );
  }
  const whole = {
    goTemplate: true,
    goTemplateOptions: MISSING_KEY,
    ...withoutUndefined(spec),
    generators: specsOf(generators),
    ...shaped,
  };
  for (const outcome of outcomes) refuseOutcome(scope, id, { ...whole, template: outcome, templatePatch: undefined });
  return whole;
}

function refuseOldTemplates({ goTemplate, goTemplateOptions = MISSING_KEY }: Partial<OwnProps>): void {
  if (goTemplate === false) {
    throw needsGoTemplate('goTemplate is false, and the template is made of typed parameters', 'goTemplate');
  }
  if (goTemplateOptions.includes('missingkey=error')) return;
  throw needsGoTemplate(
    'goTemplateOptions lacks missingkey=error, and the template is made of typed parameters',
    'goTemplateOptions',
  );
}

function needsGoTemplate(message: string, field: string): GitOpsError {
  const fix = 'leave goTemplate and goTemplateOptions out; or write everything as it is, with tags';
  return refusal('argocd-appset-parameters-need-go-template', message, fix, `.spec.${field}`);
}

function hasTags(generator: GeneratorInput): boolean {
  return typeof generator === 'object' && 'hasTags' in generator && generator.hasTags === true;
}

/** A patch is text that no schema reads, so what it makes of the template is checked in its place. */
function refuseOutcome(scope: Construct, id: string, spec: object): void {
  const { apiVersion, kind, rules } = applicationSetKind;
  const metadata = { name: id.toLowerCase(), namespace: 'argocd' };
  const manifest = { apiVersion, kind, metadata, spec: withoutUndefined(spec) } as unknown as Manifest;
  const found = unwaived(scope, checkManifest(manifest, rules)).filter(({ severity }) => severity === 'error');
  if (found.length === 0) return;
  const origin = { construct: `${scope.node.path}/${id}`, source: sourceLine() };
  throw new GitOpsError(found.map((issue) => ({ ...issue, at: { ...issue.at, ...origin } })));
}

function specsOf(generators: unknown): unknown {
  return Array.isArray(generators) ? generators.map(specOf) : generators;
}

/** So that a key given as undefined does not hide a default. */
function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}
