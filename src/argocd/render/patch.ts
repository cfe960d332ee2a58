/** `templatePatch`: a strategic merge patch on the rendered Application. */
import { formatPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { Manifest } from '../../kernel/manifest';
import { admissible, validate } from '../../schema';
import { goTypeOfJson, parseYaml } from './go';
import { Refusal } from './refusal';
import type { Report } from './report';
import { typedSpec } from './typed';

type Fields = Record<string, unknown>;

const PATH = ['spec', 'templatePatch'];

/** @param text the patch, rendered */
export function patched(application: Manifest, text: string, report: Report): Manifest {
  const { patch, json } = parsedPatch(text);
  checkTypes(application, patch, json);
  const merged = new Merge(json).map(application, patch, []) as Manifest;
  const { apiVersion, kind } = application;
  const result = { ...merged, apiVersion, kind, spec: typedSpec(merged['spec']) } as Manifest;
  return withProject(withoutUnknown(result, report), application, report);
}

interface ParsedPatch {
  readonly patch: Fields;
  /** As the controller quotes it in its errors. */
  readonly json: string;
}

/** What begins like JSON has to be JSON; everything else is YAML. */
function parsedPatch(text: string): ParsedPatch {
  const isJson = text.trim().startsWith('{');
  let parsed: unknown;
  try {
    parsed = isJson ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    const prefix = isJson ? 'invalid templatePatch' : 'error while converting template to json';
    return refuse(`${prefix} ${JSON.stringify(text)}: ${(error as Error).message}`, SHAPE_FIX);
  }
  const json = JSON.stringify(isJson ? text : JSON.stringify(parsed));
  if (parsed === null || parsed === undefined) return { patch: {}, json };
  if (isPlainObject(parsed)) return { patch: parsed, json };
  const type = goTypeOfJson(parsed);
  return refuse(
    `invalid templatePatch ${json}: json: cannot unmarshal ${type} into Go value of type v1alpha1.Application`,
    SHAPE_FIX,
  );
}

const SHAPE_FIX = 'make the patch a map in the shape of an Application; render it to see what the template gives';

/** A field of another type cannot be read into an Application. */
function checkTypes({ apiVersion, kind, metadata }: Manifest, patch: Fields, json: string): void {
  const patchMetadata = isPlainObject(patch['metadata']) ? patch['metadata'] : {};
  const asObject = { ...patch, apiVersion, kind, metadata: { ...patchMetadata, name: metadata?.name } } as Manifest;
  const bad = validate(asObject).find(({ code }) => code === 'schema-type');
  if (bad !== undefined) refuse(`invalid templatePatch ${json}: ${formatPath(bad.path)}: ${bad.message}`, bad.fix);
}

function refuse(message: string, fix: string): never {
  throw new Refusal('argocd-render-patch', message, PATH, fix);
}

/** Fields that Kubernetes declares as lists of texts to be joined. */
const JOINED = '.metadata.finalizers';

class Merge {
  constructor(private readonly json: string) {}

  map(original: Fields, patch: Fields, path: readonly string[]): Fields {
    const directive = patch['$patch'];
    if (directive === 'delete') return {};
    if (directive === 'replace') return without(patch, '$patch');
    const merged: Fields = { ...original };
    for (const [key, value] of Object.entries(patch)) {
      if (key.startsWith('$')) applyDirective(merged, key, value);
      else if (value === null) delete merged[key];
      else merged[key] = this.member(merged[key], value, [...path, key]);
    }
    return merged;
  }

  private member(original: unknown, value: unknown, path: readonly string[]): unknown {
    if (isPlainObject(original) && isPlainObject(value)) {
      this.refuseRaw(path);
      return this.map(original, value, path);
    }
    if (!Array.isArray(original) || !Array.isArray(value)) return withoutDirectives(value);
    this.refuseRaw(path);
    return formatPath(path) === JOINED ? [...new Set([...value, ...original])] : value;
  }

  /** Below `valuesObject` the patch has no type to go by, and the controller gives up. */
  private refuseRaw(path: readonly string[]): void {
    const at = path.indexOf('valuesObject');
    if (at < 0 || at === path.length - 1) return;
    const field = JSON.stringify(path[at + 1]);
    refuse(
      `error while applying templatePatch template to json ${this.json}: unable to find api field in struct RawExtension for the json field ${field}`,
      'lay the whole map or list with `$patch: replace`, or write the values in the template',
    );
  }
}

/** The directives that take items out of a list of texts, or keep only some keys. */
function applyDirective(merged: Fields, key: string, value: unknown): void {
  const [name, field] = key.split('/', 2);
  if (name === '$retainKeys' && Array.isArray(value)) {
    for (const kept of Object.keys(merged)) if (!value.includes(kept)) delete merged[kept];
  }
  if (name !== '$deleteFromPrimitiveList' || field === undefined || !Array.isArray(value)) return;
  const list = merged[field];
  if (Array.isArray(list)) merged[field] = list.filter((item) => !value.includes(item));
}

function withoutDirectives(value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !key.startsWith('$') && inner !== null)
      .map(([key, inner]) => [key, withoutDirectives(inner)]),
  );
}

function without(map: Fields, key: string): Fields {
  const { [key]: _, ...rest } = map;
  return rest;
}

/** The controller reads the result into an Application: what that has no field for is gone. */
function withoutUnknown(application: Manifest, report: Report): Manifest {
  const unknown = validate(application).filter(({ code }) => code === 'schema-field-unknown');
  if (unknown.length === 0) return application;
  for (const { path, message, fix } of unknown) {
    const text = `${formatPath(path)} of the patched Application is dropped: ${message}`;
    report.add({ code: 'argocd-render-field', path: PATH, message: text, fix });
  }
  return admissible(application, unknown);
}

/** A patch cannot move an Application to another project. */
function withProject(application: Manifest, before: Manifest, report: Report): Manifest {
  const wanted = projectOf(application);
  const project = projectOf(before);
  if (wanted === project) return application;
  const message = `spec.project ${JSON.stringify(wanted)} of the patch is ignored: the Application stays in ${JSON.stringify(project)}`;
  report.add({ code: 'argocd-render-project', path: PATH, message, fix: 'set the project in spec.template' });
  return { ...application, spec: { ...(application['spec'] as object), project } };
}

function projectOf({ spec }: Manifest): unknown {
  return isPlainObject(spec) ? spec['project'] : undefined;
}
