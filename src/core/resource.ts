/**
 * The base of every construct that is a cluster object. Its law: when the constructor returns, the manifest is right as
 * far as one manifest can show. A subclass shapes its props into the body; schema and rules judge the shaped manifest
 * here, in one place, whatever way a value came in.
 */
import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { GitOpsError, type Issue, type Location } from '../kernel/issue';
import { isObject, type Manifest, objectLabel } from '../kernel/manifest';
import type { Rule } from '../kernel/rule';
import { checkManifest, runRulesAlone } from './check-manifest';
import type { Kind } from './kind';
import { type MetadataSnapshot, metadataOf, sameMetadata, snapshotMetadata } from './manifest-of';
import { applyPatches, type Patch } from './patch';
import { isClusterScoped } from './scope';
import { sourceLine } from './source-line';
import { unwaived } from './waiver';

export interface ResourceProps {
  /** Name, namespace, labels, annotations. @default - named after the construct's id, in the stack's namespace */
  readonly metadata?: ApiObjectMetadata;
  /** Changes to the emitted manifest, applied in order and checked like the rest. @default - none */
  readonly patches?: readonly Patch[];
  /**
   * Comments written at the end of a scalar's line, by JSON pointer: `{ '/spec/tag': '{"$imagepolicy": "flux-system:app:tag"}' }`.
   * @default - none
   */
  readonly comments?: Readonly<Record<string, string>>;
}

/**
 * Splits a construct's props into what every Resource has and what describes this one. The second is a copy of its own,
 * for the caller to shape.
 */
export function splitProps<P extends ResourceProps>(props: P): [ResourceProps, Omit<P, keyof ResourceProps>] {
  const { metadata, patches, comments } = props;
  // A rest pattern says the same and costs ten times as much, on every object of a fleet.
  const own: Record<string, unknown> = {};
  for (const key of Object.keys(props)) if (!COMMON_PROPS.has(key)) own[key] = props[key as keyof P];
  return [{ metadata, patches, comments }, own as Omit<P, keyof ResourceProps>];
}

const COMMON_PROPS: ReadonlySet<string> = new Set([
  'metadata',
  'patches',
  'comments',
] satisfies (keyof ResourceProps)[]);

/** Everything of a manifest but apiVersion, kind and metadata: `{ spec }` for most kinds. */
export type Body = Readonly<Record<string, unknown>>;

export abstract class Resource extends ApiObject {
  /** Whether a construct is a Resource. */
  static isResource(value: unknown): value is Resource {
    return ordinaryInstanceOf.call(Resource, value);
  }

  /** cdk8s answers `instanceof` for any ApiObject; below Resource it means the class again. */
  static override [Symbol.hasInstance](value: unknown): value is Resource {
    // biome-ignore lint/complexity/noThisInStatic: `this` is the class that instanceof names
    return ordinaryInstanceOf.call(this, value);
  }

  private readonly resourceKind: Kind;
  private readonly jsonPatches: readonly Patch[];
  /** Comments by JSON pointer. */
  readonly comments: ReadonlyMap<string, string>;
  private body: Body;
  private warnings: readonly Issue[] = [];
  private checkedMetadata: MetadataSnapshot = {};
  /** The user's line that made the object; recorded only where the app asks for it. @internal */
  readonly source: string | undefined;

  /**
   * @throws GitOpsError with every issue that schema, rules and patches find
   */
  protected constructor(scope: Construct, id: string, kind: Kind, props: ResourceProps, body: Body) {
    super(scope, id, { apiVersion: kind.apiVersion, kind: kind.kind, metadata: ownMetadata(kind, props.metadata) });
    this.resourceKind = kind;
    this.jsonPatches = props.patches ?? [];
    this.comments = props.comments === undefined ? NO_COMMENTS : new Map(Object.entries(props.comments));
    this.body = body;
    this.source = (this.node.root as { readonly sourceLines?: boolean }).sourceLines ? sourceLine() : undefined;
    this.refuseIfWrong();
  }

  /** The namespace the object will be in; undefined for a cluster-scoped one, and outside any namespace. */
  get namespace(): string | undefined {
    return isClusterScoped(this.resourceKind.group, this.kind) ? undefined : this.metadata.namespace;
  }

  /** The manifest as it will be written. Under a plain cdk8s App, cdk8s calls this; keys come sorted, as its own do. */
  override toJson(): Manifest {
    return sortKeys(this.patched().result);
  }

  /** The manifest before sorting, which the emitter does anyway. */
  manifest(): Manifest {
    return this.jsonPatches.length === 0 ? this.assembled() : this.patched().result;
  }

  /** Replaces the body, for subclasses that offer `addX`. Refuses like the constructor, at the caller's line. */
  protected reshape(body: Body): void {
    const before = this.body;
    this.body = body;
    try {
      this.refuseIfWrong();
    } catch (error) {
      this.body = before;
      throw error;
    }
  }

  /** The body as it stands. */
  protected get currentBody(): Body {
    return this.body;
  }

  /**
   * What stands against the object at synth: warnings since the constructor, and errors that a change of its metadata
   * since then made, or that rules find which the constructor did not know.
   *
   * @param rules the registry's for this kind
   * @internal
   */
  findings(rules: readonly Rule<never>[] = this.resourceKind.rules): readonly Issue[] {
    if (!sameMetadata(this.checkedMetadata, this.metadata)) return this.check(rules);
    const extra = rulesBeyond(this.resourceKind.rules, rules);
    return extra.length === 0 ? this.warnings : [...this.warnings, ...runRulesAlone(extra, this.manifest())];
  }

  private assembled(): Manifest {
    const metadata = metadataOf(this.metadata);
    if (isClusterScoped(this.resourceKind.group, this.kind)) delete metadata['namespace'];
    return { apiVersion: this.apiVersion, kind: this.kind, metadata, ...this.body } as Manifest;
  }

  private patched(): ReturnType<typeof applyPatches> {
    return this.jsonPatches.length === 0
      ? { result: this.assembled(), issues: [] }
      : applyPatches(this.assembled(), this.jsonPatches);
  }

  private check(rules: readonly Rule<never>[]): Issue[] {
    const { result, issues: patchIssues } = this.patched();
    const found = checkManifest(result, rules, {}, this.jsonPatches.length > 0);
    if (patchIssues.length === 0) return found;
    const at: Location = { object: objectLabel(result) };
    const failed = patchIssues.map(
      ({ pointer, message, fix }): Issue => ({
        code: 'patch-failed',
        severity: 'error',
        at: { ...at, path: pointer },
        message,
        fix,
      }),
    );
    return [...failed, ...found];
  }

  private refuseIfWrong(): void {
    this.checkedMetadata = snapshotMetadata(this.metadata);
    const issues = this.check(this.resourceKind.rules);
    if (issues.length === 0) return;
    const open = unwaived(this, issues);
    if (open.some((issue) => issue.severity === 'error')) throw located(this, open);
    this.warnings = open;
  }
}

const beyond = new WeakMap<object, WeakMap<object, readonly Rule<never>[]>>();

/** The rules of `all` that are not among `own`: asked for each object of a fleet, answered once for each kind. */
function rulesBeyond(own: readonly Rule<never>[], all: readonly Rule<never>[]): readonly Rule<never>[] {
  if (own === all) return [];
  let answers = beyond.get(own);
  if (answers === undefined) {
    answers = new WeakMap();
    beyond.set(own, answers);
  }
  let extra = answers.get(all);
  if (extra === undefined) {
    extra = all.filter((rule) => !own.includes(rule));
    answers.set(all, extra);
  }
  return extra;
}

const ordinaryInstanceOf = Function.prototype[Symbol.hasInstance];

const NO_COMMENTS: ReadonlyMap<string, string> = new Map();

/** Where in the program an object comes from: its construct and, where recorded, the user's line. */
export function originOf(object: ApiObject): Pick<Location, 'construct' | 'source'> {
  const source = Resource.isResource(object) ? object.source : undefined;
  return source === undefined ? { construct: object.node.path } : { construct: object.node.path, source };
}

/** The issues with the construct's path and the user's own line, ready to throw. */
function located(construct: Construct, issues: readonly Issue[]): GitOpsError {
  const origin = { construct: construct.node.path, source: sourceLine() };
  return new GitOpsError(issues.map((issue) => ({ ...issue, at: { ...issue.at, ...origin } })));
}

function ownMetadata(kind: Kind, metadata: ApiObjectMetadata | undefined): ApiObjectMetadata | undefined {
  // A namespace on a cluster-scoped kind is the user's mistake only when the user wrote it; the stack's default is not.
  if (metadata?.namespace === undefined || !isClusterScoped(kind.group, kind.kind)) return metadata;
  throw new GitOpsError([
    {
      code: 'schema-scope',
      severity: 'error',
      at: { object: `${kind.kind}/${metadata.name ?? ''}`, path: '.metadata.namespace', source: sourceLine() },
      message: `${kind.kind} is cluster-scoped, yet metadata.namespace is '${metadata.namespace}'`,
      fix: 'remove metadata.namespace',
    },
  ]);
}

function sortKeys<T>(value: T, top = true): T {
  if (Array.isArray(value)) return value.map((item) => sortKeys(item, false)) as T;
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  const ordered = top
    ? [...TOP_KEYS.filter((key) => Object.hasOwn(value, key)), ...keys.filter((key) => !TOP_KEYS.includes(key))]
    : keys;
  const entries = ordered.filter((key) => value[key] !== undefined).map((key) => [key, sortKeys(value[key], false)]);
  return Object.fromEntries(entries) as T;
}

const TOP_KEYS = ['apiVersion', 'kind', 'metadata'];
