/** fromYaml: the values that sigs.k8s.io/yaml reads, by the rules of YAML 1.1 as go-yaml v2 knows them. */
import type { Alias, Document, Node, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { fail, notOffline } from '../error';
import { formatFloat } from '../go/float';
import { sprintf } from '../go/printf';
import { type GoDict, type GoValue, isDict, newDict, setKey } from '../go/value';
import { resolvePlain, type YamlScalar } from './yaml-scalar';

type YamlPackage = typeof import('yaml');

/** The first document of a text. */
export function readYaml(text: string): GoValue {
  const yaml: YamlPackage = require('yaml');
  const documents = yaml.parseAllDocuments(text, {
    schema: 'failsafe',
    version: '1.1',
    keepSourceTokens: true,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const document = documents[0];
  const problem = 'empty' in documents ? syntaxProblem(text, documents) : syntaxProblem(text, document!);
  if (problem !== undefined) {
    const line = text.slice(0, problem.pos[0]).split('\n').length;
    return fail(`error converting YAML to JSON: yaml: line ${line}: ${problem.message}`);
  }
  if (document === undefined) return null;
  return new Reader(yaml, document as never).node(document.contents as Node | null);
}

type Problem = Document.Parsed['errors'][number];

/** The first fault that go-yaml sees. It reads one document, and nothing behind a root that ends by itself. */
function syntaxProblem(
  text: string,
  from: Pick<Document.Parsed, 'errors' | 'warnings'> & { contents?: unknown },
): Problem | undefined {
  const root = from.contents as { flow?: boolean; type?: string; range?: readonly number[] } | null | undefined;
  const stop = root?.range?.[1] ?? 0;
  const closed = root?.flow === true ? /[\]}]/.test(text[stop - 1] ?? '') : root?.type?.startsWith('QUOTE');
  const end = closed ? stop : Infinity;
  const directive = from.warnings.find(({ code }) => code === 'BAD_DIRECTIVE');
  return from.errors.find(({ pos }) => pos[0] < end) ?? directive;
}

const MAX_DEPTH = 500;

class Reader {
  private count = 0;

  constructor(
    private readonly yaml: YamlPackage,
    private readonly document: Parameters<Alias['resolve']>[0],
  ) {}

  node(node: Node | null, depth = 0): GoValue {
    if (++this.count > 1_000_000 || depth > MAX_DEPTH) notOffline('the YAML is too large or too deep');
    if (node === null) return null;
    if (this.yaml.isAlias(node)) return this.node(this.target(node), depth + 1);
    if (this.yaml.isMap(node)) return this.map(node, depth);
    if (this.yaml.isSeq(node)) return (node as YAMLSeq).items.map((item) => this.node(item as Node | null, depth + 1));
    return numbered(this.scalar(node as Scalar));
  }

  private target(alias: Alias): Node {
    const node = alias.resolve(this.document);
    return node ?? fail(`error converting YAML to JSON: yaml: unknown anchor '${alias.source}' referenced`);
  }

  private scalar(node: Scalar): YamlScalar {
    const text = String(node.value ?? '');
    if (node.tag !== undefined && node.tag !== 'tag:yaml.org,2002:str') return this.tagged(node.tag, text);
    return node.type === 'PLAIN' && node.tag === undefined ? resolvePlain(text) : text;
  }

  private tagged(tag: string, text: string): YamlScalar {
    if (!tag.startsWith('tag:yaml.org,2002:')) return text;
    if (tag.endsWith(':binary')) return Buffer.from(text, 'base64').toString('utf8');
    const value = resolvePlain(text);
    return tag.endsWith(':float') && typeof value === 'bigint' ? Number(value) : value;
  }

  private map(node: YAMLMap, depth: number): GoDict {
    const out = newDict();
    const merged: GoValue[] = [];
    for (const { key, value } of node.items) {
      const content = this.node(value as Node | null, depth + 1);
      if (this.isMerge(key)) {
        merged.push(...(Array.isArray(content) ? content : [content]));
        continue;
      }
      const name = this.key(key as Node | null, content);
      setKey(out, name, content);
    }
    for (const other of merged) this.merge(out, other);
    return out;
  }

  private isMerge(key: unknown): boolean {
    return this.yaml.isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
  }

  private merge(out: GoDict, other: GoValue): void {
    if (!isDict(other)) {
      fail('error converting YAML to JSON: yaml: map merge requires map or sequence of maps as the value');
    } else for (const [name, value] of Object.entries(other)) if (!Object.hasOwn(out, name)) setKey(out, name, value);
  }

  private key(node: Node | null, content: GoValue): string {
    if (node !== null && this.yaml.isAlias(node)) return this.key(this.target(node), content);
    if (node !== null && !this.yaml.isScalar(node)) return fail('error converting YAML to JSON: yaml: invalid map key');
    const value = node === null ? null : this.scalar(node);
    if (value === null) {
      const shown = sprintf('%+#v', [content]);
      return fail(
        `error converting YAML to JSON: unsupported map key of type: %!s(<nil>), key: <nil>, value: ${shown}`,
      );
    }
    return typeof value === 'number' ? formatFloat(value, 'g', -1) : String(value);
  }
}

/** Through JSON every number becomes a float64. */
function numbered(value: YamlScalar): GoValue {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return fail(`error converting YAML to JSON: json: unsupported value: ${formatFloat(value, 'g', -1)}`);
  }
  return value;
}

function wrongShape(value: GoValue, wanted: string): never {
  const got = Array.isArray(value)
    ? 'array'
    : typeof value === 'boolean'
      ? 'bool'
      : isDict(value)
        ? 'object'
        : typeof value;
  return fail(
    `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${got} into Go value of type ${wanted}`,
  );
}

export function fromYaml(text: string): GoValue {
  const value = readYaml(text);
  if (value === null) return newDict();
  return isDict(value) ? value : wrongShape(value, 'map[string]interface {}');
}

export function fromYamlArray(text: string): readonly GoValue[] {
  const value = readYaml(text);
  if (value === null) return [];
  return Array.isArray(value) ? value : wrongShape(value, '[]interface {}');
}
