/**
 * Argo CD ApplicationSet: one Application for each parameter set of its generators. Its laws: Go templates with
 * `missingkey=error` unless the user says otherwise, so that a wrong name is an error and no literal `{{name}}`; and
 * an ApplicationSet that generates nothing deletes what it generated before.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import type { ApplicationSet as ApplicationSetManifest, ApplicationSetSpec } from '../schema/generated/argo-cd';
import { allApplicationSetRules } from './application-set-rules';
import { type ApplicationTemplate, shapeTemplate } from './application-template';
import { type GeneratorInput, specOf } from './generators';
import { inArgoCd } from './namespace';

export interface ApplicationSetProps extends ResourceProps, Omit<ApplicationSetSpec, 'generators' | 'template'> {
  /** What to make Applications of: `list()`, `clusters()`, `gitDirectories()`, `matrix()` …, or upstream's shape. */
  readonly generators: readonly GeneratorInput[];
  /** The Application, with tags of the generators' parameters: `'{{ .name }}-monitoring'`. */
  readonly template: ApplicationTemplate;
  /** Whether tags are Go templates; else `{{name}}` is replaced and nothing more. @default true */
  readonly goTemplate?: boolean;
  /** @default - ['missingkey=error'] when `goTemplate` is not given, else none */
  readonly goTemplateOptions?: readonly string[];
  /**
   * YAML laid over the rendered Application: the way to vary what is no text, such as booleans and lists. A template
   * itself. @default - none
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
  rules: allApplicationSetRules,
});

/** In the stack's namespace, or in `argocd` where the stack has none. */
export class ApplicationSet extends Resource {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: ApplicationSetProps) {
    const [common, { generators, template, ...spec }] = splitProps(props);
    const safe = spec.goTemplate === undefined ? { goTemplate: true, goTemplateOptions: ['missingkey=error'] } : {};
    super(scope, id, applicationSetKind, inArgoCd(scope, common), {
      spec: {
        ...safe,
        ...withoutUndefined(spec),
        generators: Array.isArray(generators) ? generators.map(specOf) : generators,
        template: shapeTemplate(template),
      },
    });
  }
}

/** So that a key given as undefined does not hide a default. */
function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}
