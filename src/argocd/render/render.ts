/**
 * An ApplicationSet, evaluated as its controller would. Its laws: the Applications are those that the controller
 * creates; where it stops with an error there are none, and the error is a problem; what it does in silence and nobody
 * means is a problem too.
 */
import type { FieldPath, Issue } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import { type Manifest, objectLabel } from '../../kernel/manifest';
import { admissible, validate } from '../../schema';
import type { Context } from './context';
import { Engine, type TextFill } from './engine';
import { compileValue, type Fill, rawTexts } from './fill';
import type { RenderInputs } from './inputs';
import { isEmpty, type Params } from './params';
import { patched } from './patch';
import { Refusal, wrapping } from './refusal';
import { Report } from './report';
import { checkResult } from './result';
import { applyTemplate } from './template';
import { childParams, kindsOf, type Transformed, transform } from './transform';
import { World } from './world';

export interface RenderedApplicationSet {
  readonly applicationSet: Manifest;
  /** What the controller creates; empty when it refuses. */
  readonly applications: readonly Manifest[];
  /** Errors and warnings, each once. */
  readonly problems: readonly Issue[];
  /** Whether the controller stops with an error: then it creates, updates and deletes nothing. */
  readonly refused: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const PRUNED: ReadonlySet<string> = new Set(['schema-field-unknown', 'schema-null']);

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

export function render(applicationSet: Manifest, inputs: RenderInputs): RenderedApplicationSet {
  const report = new Report(objectLabel(applicationSet));
  const findings = validate(applicationSet);
  for (const { code, severity, path, message, fix } of findings) report.add({ code, severity, path, message, fix });
  const run = new Rendering(admissible(applicationSet, findings), inputs, report);
  const applications = run.applications();
  report.attribute();
  // What the API server does not accept never reaches the controller; unknown fields it prunes.
  const refused = run.refused || findings.some(({ code, severity }) => severity === 'error' && !PRUNED.has(code));
  if (!refused) checkResult(applications, applicationSet, report);
  return { applicationSet, applications: refused ? [] : applications, problems: report.issues(), refused };
}

class Rendering {
  refused = false;
  private readonly spec: Fields;
  private readonly namespace: string;
  private readonly context: Context;
  private readonly patch: TextFill | undefined;
  private readonly found: Manifest[] = [];

  constructor(
    manifest: Manifest,
    inputs: RenderInputs,
    private readonly report: Report,
  ) {
    this.spec = isPlainObject(manifest['spec']) ? manifest['spec'] : {};
    this.namespace = manifest.metadata?.namespace ?? 'argocd';
    const options = Array.isArray(this.spec['goTemplateOptions']) ? this.spec['goTemplateOptions'].map(String) : [];
    const engine = new Engine({ goTemplate: this.spec['goTemplate'] === true, goTemplateOptions: options }, report);
    this.context = { engine, world: new World(inputs), childParams };
    const patch = this.spec['templatePatch'];
    if (typeof patch === 'string') this.patch = engine.compile(patch, ['spec', 'templatePatch']) ?? (() => patch);
  }

  applications(): Manifest[] {
    const generators = Array.isArray(this.spec['generators']) ? this.spec['generators'] : [];
    for (const [index, entry] of generators.entries()) {
      const path = ['spec', 'generators', index];
      if (isPlainObject(entry)) this.guarded(() => this.entry(entry, path));
    }
    return this.found;
  }

  /** An error of one entry, or of one Application, does not keep the controller from finding the others. */
  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refused = true;
      this.report.add(error);
    }
  }

  private entry(entry: Fields, path: FieldPath): void {
    if (kindsOf(entry, 0).length === 0) {
      const message =
        'the entry names no generator that Argo CD knows, so it generates nothing, and what it generated before is deleted';
      this.report.add({ code: 'argocd-render-nothing', path, message, fix: 'name a generator: list, clusters, git …' });
    }
    for (const transformed of transform(entry, path, this.context)) this.generator(transformed);
  }

  private generator({ body, path, sets }: Transformed): void {
    this.report.attribute();
    const { application, pathOf } = applyTemplate(
      this.spec['template'],
      body['template'],
      [...path, 'template'],
      this.namespace,
    );
    const { engine } = this.context;
    const texts = rawTexts((text, at) => engine.compile(text, pathOf(at)));
    const fill = compileValue(application, [], texts);
    for (const params of sets) this.guarded(() => this.found.push(this.application(application, fill, params)));
  }

  private application(template: Manifest, fill: Fill | undefined, params: Params): Manifest {
    const rendered = isEmpty(params) ? template : this.filled(template, fill, params);
    const application = this.patch === undefined ? rendered : this.laid(rendered, this.patch, params);
    const placed =
      application.metadata?.namespace === this.namespace
        ? application
        : { ...application, metadata: { ...application.metadata, namespace: this.namespace } };
    this.report.attribute(String(placed.metadata?.name ?? ''));
    return placed;
  }

  private laid(application: Manifest, patch: TextFill, params: Params): Manifest {
    const text = wrapping('error replacing values in templatePatch', () => patch(params));
    return patched(application, text, this.report);
  }

  private filled(template: Manifest, fill: Fill | undefined, params: Params): Manifest {
    const filled = fill === undefined ? template : (fill(params) as Manifest);
    const preserve = isPlainObject(this.spec['syncPolicy']) && this.spec['syncPolicy']['preserveResourcesOnDeletion'];
    if (preserve === true || (filled.metadata?.finalizers ?? []).length > 0) return filled;
    return { ...filled, metadata: { ...filled.metadata, finalizers: [FINALIZER] } };
  }
}
