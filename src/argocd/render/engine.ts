/**
 * Renders texts with the engine that the ApplicationSet asks for. Its law: a text comes out as the controller makes it,
 * and what the controller makes of it in silence although nobody meant it is a problem.
 */
import type { FieldPath } from '../../kernel/issue';
import { fillTags, type MissingKey, missingKeyOf, parseGoTemplate, renderGoTemplate, TemplateError } from './go';
import { emptyProblem, floatProblem, lostTagProblem, noValueProblem, silentLookups } from './holes';
import type { Params } from './params';
import { Refusal, wrapping } from './refusal';
import type { Problem, Report } from './report';

export type TextFill = (params: Params) => string;

export interface EngineOptions {
  readonly goTemplate: boolean;
  readonly goTemplateOptions: readonly string[];
}

export class Engine {
  readonly goTemplate: boolean;
  private readonly missingKey: MissingKey;
  /** Set for an option that text/template does not know: then no text can be rendered. */
  private readonly badOption: Refusal | undefined;
  private readonly parsed = new Map<string, ReturnType<typeof parseGoTemplate>>();

  constructor(
    { goTemplate, goTemplateOptions }: EngineOptions,
    private readonly report: Report,
  ) {
    this.goTemplate = goTemplate;
    const key = missingKey(goTemplateOptions);
    this.badOption = key instanceof Refusal ? key : undefined;
    this.missingKey = key instanceof Refusal ? 'default' : key;
  }

  /** Whether the engine changes a text at all. */
  isTemplate(text: string): boolean {
    return this.goTemplate ? text.includes('{{') || this.badOption !== undefined : /\{\{[^\n]*\}\}/.test(text);
  }

  /**
   * @param quiet whether tags without a value are none of our business yet: another pass has its say
   * @returns undefined for a text that stays as it is
   */
  compile(text: string, path: FieldPath, quiet = false): TextFill | undefined {
    if (!this.isTemplate(text)) return undefined;
    return this.goTemplate ? this.compileGo(text, path, this.missingKey, quiet) : this.compilePlain(text, path, quiet);
  }

  /** A `values` entry that a matrix fills in for the first time: a text with a missing key stays as it is. */
  compileFirstPass(text: string, path: FieldPath): TextFill | undefined {
    if (!this.goTemplate) return this.compile(text, path, true);
    if (!this.isTemplate(text)) return undefined;
    const fill = this.compileGo(text, path, 'error', true);
    const prefix = `failed to pre-resolve Values key ${JSON.stringify(path.at(-1))}`;
    return (params) => {
      try {
        return wrapping(prefix, () => fill(params));
      } catch (error) {
        if (error instanceof Refusal && /map has no entry for key|can't evaluate field/.test(error.message))
          return text;
        throw error;
      }
    };
  }

  private compilePlain(text: string, path: FieldPath, quiet: boolean): TextFill {
    return (params) => {
      const lookup = (tag: string) => (Object.hasOwn(params, tag) ? this.looked(tag, params[tag], path) : undefined);
      const { text: filled, unresolved } = refusing(text, path, () => fillTags(text, lookup));
      if (!quiet) for (const tag of unresolved) this.report.add(lostTagProblem(tag, path, params));
      return filled;
    };
  }

  private looked(tag: string, value: unknown, path: FieldPath): unknown {
    if (typeof value === 'string') this.addAny(floatProblem(value, `{{${tag}}}`, path));
    return value;
  }

  private compileGo(text: string, path: FieldPath, missingKey: MissingKey, quiet: boolean): TextFill {
    const { badOption } = this;
    if (badOption !== undefined) {
      return () => {
        throw badOption;
      };
    }
    const lookups = quiet ? [] : silentLookups(text);
    return (params) => {
      const filled = refusing(text, path, () => renderGoTemplate(this.parse(text), params, { missingKey }));
      if (quiet) return filled;
      this.inspect(text, filled, path);
      for (const lookup of lookups) this.addAny(emptyProblem(lookup, path, params));
      return filled;
    };
  }

  private parse(text: string): ReturnType<typeof parseGoTemplate> {
    const known = this.parsed.get(text);
    if (known !== undefined) return known;
    const parsed = parseGoTemplate(text);
    this.parsed.set(text, parsed);
    return parsed;
  }

  private inspect(text: string, filled: string, path: FieldPath): void {
    if (filled.includes('<no value>') && !text.includes('<no value>')) this.report.add(noValueProblem(text, path));
    this.addAny(floatProblem(filled, text, path));
  }

  private addAny(problem: Problem | undefined): void {
    if (problem !== undefined) this.report.add(problem);
  }
}

function missingKey(options: readonly string[]): MissingKey | Refusal {
  try {
    return missingKeyOf(options);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const fix = "write goTemplateOptions: ['missingkey=error']: text/template has no other option";
    return new Refusal('argocd-render-template', error.message, ['spec', 'goTemplateOptions'], fix);
  }
}

function refusing<T>(text: string, path: FieldPath, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { line, column } = error;
    const place = column === undefined ? `line ${line}` : `line ${line}, column ${column + 1}`;
    throw new Refusal(
      'argocd-render-template',
      controllerWords(text, error),
      path,
      `mend the template at its ${place}`,
    );
  }
}

/** fasttemplate's errors carry their prefix already. */
function controllerWords(text: string, error: TemplateError): string {
  if (error.message.startsWith('invalid template')) return error.message;
  const stage = error.message.includes(': executing ') ? 'failed to execute go template' : 'failed to parse template';
  return `${stage} ${text}: ${error.message}`;
}
