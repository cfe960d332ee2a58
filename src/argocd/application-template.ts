/** The Application that an ApplicationSet renders, with the conveniences of Application's own props. */
import { isPlainObject } from '../kernel/json';
import { type SchemaNode, trySchema } from '../schema';
import type { ApplicationSetSpec } from '../schema/generated/argo-cd';
import { type ApplicationSpecProps, shapeApplicationSpec } from './application-spec';
import { Param, partsOf, type Refs } from './parameters/param';
import { patchText } from './parameters/patch-text';
import { refsOf } from './parameters/refs';
import { refusal } from './parameters/refusal';
import type { Shape } from './parameters/shape';
import { checkValues, splitTemplate } from './parameters/split';
import type { Templated } from './parameters/templated';
import { mapWhen, When } from './parameters/when';
import { type SyncMode, type SyncProps, shapeSyncPolicy } from './sync';

type Metadata = ApplicationSetSpec['template']['metadata'];

/** Text may hold tags of the generators' parameters; booleans, numbers and lists cannot. */
export interface ApplicationTemplate {
  /** `name` must come out different for each parameter set. The namespace is always the ApplicationSet's. */
  readonly metadata: Metadata;
  readonly spec: ApplicationSpecProps;
}

/** A part of a template, which a generator lays over the ApplicationSet's own. */
export interface ApplicationTemplateOverride {
  readonly metadata?: Metadata;
  readonly spec?: Partial<ApplicationSpecProps>;
}

type TemplatedFields<T> = { readonly [K in keyof T]: Templated<T[K]> };

/**
 * A template with parameters as values. Texts hold them as tags; booleans, numbers, and what is there for some
 * parameter sets only, are compiled to `templatePatch`.
 */
export interface TemplatedApplication {
  readonly metadata: TemplatedFields<Metadata>;
  readonly spec: TemplatedFields<ApplicationSpecProps>;
}

/** A part of a template with parameters. Text only: there is no patch for one generator. */
export interface TemplatedOverride {
  readonly metadata?: TemplatedFields<Metadata>;
  readonly spec?: TemplatedFields<Partial<ApplicationSpecProps>>;
}

/** What a generator lays over the ApplicationSet's template: as it is, or made of its own parameters. */
export type TemplateOverride<P> = ApplicationTemplateOverride | ((parameters: Refs<P>) => TemplatedOverride);

/** A template in upstream's shape, and the patch that says the rest of it. */
export interface ShapedTemplate {
  readonly template: unknown;
  readonly templatePatch?: string;
  /** What the controller ends with, once where every condition holds and once where none does; for checking. */
  readonly outcomes: readonly unknown[];
}

/**
 * Upstream's shape.
 *
 * @param override whether to add what the API server requires of a part as well
 */
export function shapeTemplate(template: ApplicationTemplate | ApplicationTemplateOverride, override = false): unknown {
  if (!isPlainObject(template)) return template;
  const { metadata, spec } = template;
  if (!override) return { ...template, spec: shapeApplicationSpec(spec as ApplicationSpecProps) };
  const { project = '', destination = {}, ...rest }: Partial<ApplicationSpecProps> = spec ?? {};
  return {
    ...template,
    metadata: metadata ?? {},
    spec: shapeApplicationSpec({ ...rest, project, destination } as ApplicationSpecProps),
  };
}

/** Calls the callback with the parameters, and shapes what it gives. */
export function shapeTypedTemplate(callback: (parameters: never) => unknown, parameters: Shape): ShapedTemplate {
  const shaped = shapeTree(callback(refsOf(parameters) as never), false);
  const { template, patch } = splitTemplate(shaped, templateNode());
  if (!isPlainObject(patch)) return { template, outcomes: [] };
  const outcomes = [true, false].map((holds) => outcome(shaped, holds));
  return { template, templatePatch: patchText(patch), outcomes };
}

/** A generator's own template. @throws GitOpsError when text cannot say it */
export function shapeOverride(override: TemplateOverride<never>, parameters: Shape): unknown {
  if (typeof override !== 'function') return shapeTemplate(override, true);
  const { template, patch } = splitTemplate(shapeTree(override(refsOf(parameters) as never), true), templateNode());
  if (patch === undefined) return template;
  throw refusal(
    'argocd-appset-override-not-text',
    `a generator's template holds what is no text: ${JSON.stringify(placesOf(patch))}`,
    "say it in the ApplicationSet's own template, which has templatePatch for it",
  );
}

/** The tree in upstream's shape, its parameters and conditions still in place. */
function shapeTree(tree: unknown, override: boolean): unknown {
  checkValues(tree, ['spec', 'template']);
  if (!isPlainObject(tree)) return tree;
  const given = withTags(tree) as Record<string, unknown>;
  const spec = isPlainObject(given['spec']) ? given['spec'] : {};
  const policy: Record<string, When> = {};
  const rest = Object.entries(spec).map(([key, value]) => [
    key,
    value instanceof When ? shapeChoice(key, value, policy) : value,
  ]);
  const shaped = shapeTemplate(
    { ...given, spec: Object.fromEntries(rest) } as unknown as ApplicationTemplate,
    override,
  );
  return Object.keys(policy).length === 0 ? shaped : withPolicy(shaped as Record<string, unknown>, policy);
}

/** A choice right below `spec`, each branch with the conveniences of its prop. */
function shapeChoice(key: string, choice: When, policy: Record<string, When>): unknown {
  switch (key) {
    case 'sync':
      return { mode: 'automated', automated: mapWhen(choice, (mode) => automatedOf(mode as SyncMode | undefined)) };
    case 'syncOptions':
    case 'retry': {
      const shape = (branch: unknown) =>
        branch === undefined ? undefined : policyPart(shapeSyncPolicy({ [key]: branch } as SyncProps), key);
      policy[key] = mapWhen(choice, shape);
      return undefined;
    }
    default:
      return mapWhen(choice, (branch) =>
        branch === undefined ? undefined : policyPart(shapeApplicationSpec({ [key]: branch } as never), key),
      );
  }
}

function policyPart(shaped: object | undefined, key: string): unknown {
  return (shaped as Record<string, unknown> | undefined)?.[key];
}

function withPolicy(template: Record<string, unknown>, policy: Record<string, When>): unknown {
  const spec = template['spec'] as Record<string, unknown>;
  return { ...template, spec: { ...spec, syncPolicy: { ...(spec['syncPolicy'] as object), ...policy } } };
}

function automatedOf(mode: SyncMode | undefined): unknown {
  return mode?.mode === 'automated' ? mode.automated : undefined;
}

/** Parameters that are text as their tags, so that conveniences see text. */
function withTags(value: unknown): unknown {
  if (value instanceof Param) return partsOf(value).kind === 'text' ? String(value) : value;
  if (value instanceof When) return mapWhen(value, withTags);
  if (Array.isArray(value)) return value.map(withTags);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTags(inner)]));
}

/** The tree with one branch of every condition, and a value of its type for every parameter. */
function outcome(value: unknown, holds: boolean, node: SchemaNode | undefined = templateNode()): unknown {
  if (value instanceof Param) {
    const { kind } = partsOf(value);
    return node?.type === 'string' || kind === 'text' ? String(value) : kind === 'boolean' ? holds : 1;
  }
  if (value instanceof When) return outcome(holds ? value.then : value.otherwise, holds, node);
  if (Array.isArray(value)) {
    return value.map((item) => outcome(item, holds, node?.items)).filter((item) => item !== undefined);
  }
  if (!isPlainObject(value)) return value;
  const fields = Object.entries(value).map(([key, inner]) => {
    const values = node?.values;
    return [
      key,
      outcome(inner, holds, node?.properties?.get(key) ?? (typeof values === 'object' ? values : undefined)),
    ];
  });
  return Object.fromEntries(fields.filter(([, inner]) => inner !== undefined));
}

function templateNode(): SchemaNode | undefined {
  const schema = trySchema('argoproj.io/v1alpha1', 'ApplicationSet');
  return schema?.properties?.get('spec')?.properties?.get('template');
}

/** The fields of a patch, for a message. */
function placesOf(patch: unknown, path = ''): readonly string[] {
  if (!isPlainObject(patch)) return [path];
  return Object.entries(patch).flatMap(([key, inner]) => placesOf(inner, `${path}.${key}`));
}
