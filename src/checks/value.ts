/**
 * From a YAML syntax tree to the JSON that Kubernetes makes of it: scalars as go-yaml reads them, merge keys, anchors
 * expanded within its limits. What cannot be JSON is a fault with an offset, never an exception.
 */
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type { FieldPath } from '../kernel/issue';
import { MAX_DEPTH } from '../kernel/json';
import type { Json } from '../kernel/manifest';
import { NOT_JSON, plainScalar } from './scalar';

/** Something wrong with the text of a document. */
export interface Fault {
  readonly code: FaultCode;
  readonly offset: number;
  readonly path: FieldPath;
  readonly message: string;
  readonly fix: string;
}

export type FaultCode =
  | 'yaml-alias-bomb'
  | 'yaml-duplicate-key'
  | 'yaml-not-json'
  | 'yaml-syntax'
  | 'yaml-too-deep'
  | 'yaml-too-large';

export interface ValueResult {
  /** Undefined where a fault leaves no value. */
  readonly value: Json | undefined;
  readonly faults: readonly Fault[];
  /** The node that each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
}

type Members = Record<string, Json>;

const CORE_TAG = 'tag:yaml.org,2002:';

export function readValue(root: Node | null): ValueResult {
  const reader = new ValueReader();
  try {
    return { value: reader.read(root), faults: reader.faults, targets: reader.targets };
  } catch (error) {
    if (!(error instanceof FatalFault)) throw error;
    return { value: undefined, faults: [...reader.faults, error.fault], targets: reader.targets };
  }
}

/** The text of a mapping's key, or undefined for a key that is no scalar or null. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined;
  const text = key.value as string;
  if (key.type !== 'PLAIN' || key.tag !== undefined) return text;
  const value = plainScalar(text);
  return value === null ? undefined : value === NOT_JSON ? text : String(value);
}

/** Whether a key merges mappings into the one it is in. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined;
}

class FatalFault extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

class ValueReader {
  readonly faults: Fault[] = [];
  readonly targets = new Map<Alias, Node>();
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private readonly path: (string | number)[] = [];
  private nodes = 0;
  private aliasedNodes = 0;
  private aliasDepth = 0;
  /** The alias at hand that is in no other, and how deep it lies. */
  private outermost: { readonly alias: Alias; readonly depth: number } | undefined;

  read(node: Node | null): Json {
    if (node === null) return null;
    this.count();
    if (isAlias(node)) return this.readAlias(node);
    const anchor = (node as Scalar).anchor;
    if (anchor !== undefined && this.aliasDepth === 0) this.anchors.set(anchor, node);
    if (isScalar(node)) return this.readScalar(node);
    if (this.path.length >= MAX_DEPTH)
      this.fail('yaml-too-deep', node, `nested deeper than ${MAX_DEPTH} levels`, 'flatten it');
    this.open.add(node);
    const value = isSeq(node) ? this.readList(node) : this.readMap(node as YAMLMap);
    this.open.delete(node);
    return value;
  }

  /** go-yaml's own limit: the more a document holds, the smaller the share that aliases may make. */
  private count(): void {
    this.nodes++;
    if (this.aliasDepth === 0) return;
    this.aliasedNodes++;
    if (this.aliasedNodes <= 100 || this.nodes <= 1000) return;
    const allowed = 0.99 - 0.89 * Math.min(1, Math.max(0, (this.nodes - 400_000) / 3_600_000));
    if (this.aliasedNodes / this.nodes <= allowed) return;
    const message = `document contains excessive aliasing: ${this.aliasedNodes} of its first ${this.nodes} values are copies`;
    const { alias, depth } = this.outermost!;
    this.path.length = depth;
    this.fail('yaml-alias-bomb', alias, message, 'write the values out, or use fewer aliases');
  }

  private readAlias(alias: Alias): Json {
    const target = this.targets.get(alias) ?? this.anchors.get(alias.source);
    if (target === undefined) {
      this.fail(
        'yaml-syntax',
        alias,
        `unknown anchor '${alias.source}' referenced`,
        `define it first: &${alias.source}`,
      );
    }
    this.targets.set(alias, target);
    if (this.open.has(target)) {
      this.fail('yaml-syntax', alias, `anchor '${alias.source}' value contains itself`, 'write the value out');
    }
    if (this.aliasDepth === 0) this.outermost = { alias, depth: this.path.length };
    this.aliasDepth++;
    const value = this.read(target);
    this.aliasDepth--;
    return value;
  }

  private readList(list: YAMLSeq): Json {
    return list.items.map((item, index) => this.at(index, item as Node | null));
  }

  private readMap(map: YAMLMap): Json {
    const result: Members = {};
    const seen = new Set<string>();
    for (const { key, value } of map.items) {
      if (isMergeKey(key)) {
        this.merge(result, value as Node | null, key as Node);
        continue;
      }
      this.count();
      const name = this.readKey(key as Node | null, map);
      if (!seen.has(name)) seen.add(name);
      else if (this.aliasDepth === 0) this.reportDuplicate(name, key as Node);
      setMember(result, name, this.at(name, value as Node | null));
    }
    return result;
  }

  private at(step: string | number, node: Node | null): Json {
    this.path.push(step);
    const value = this.read(node);
    this.path.pop();
    return value;
  }

  private readKey(key: Node | null, map: YAMLMap): string {
    if (isAlias(key)) {
      const value = this.readAlias(key);
      if (typeof value !== 'object') return String(value);
    } else if (isScalar(key) && key.anchor !== undefined) this.anchors.set(key.anchor, key);
    const name = keyText(key);
    if (name !== undefined) return name;
    const got = isMap(key) ? 'a mapping' : isSeq(key) ? 'a list' : 'null';
    // What YAML makes of an unquoted {{ x }}: a mapping whose key is a mapping.
    const fix = isMap(key) ? "quote a template expression: '{{ … }}'" : 'use a text as the key';
    this.fail('yaml-not-json', key ?? map, `invalid map key: it is ${got}, and JSON has only texts`, fix);
  }

  private reportDuplicate(name: string, key: Node): void {
    this.faults.push({
      code: 'yaml-duplicate-key',
      offset: offsetOf(key),
      path: [...this.path, name],
      message: `key ${JSON.stringify(name)} already set in map: readers take the last one, or refuse the file`,
      fix: 'keep one of them',
    });
  }

  /** Like go-yaml, a merge overrides what stands before it; of several mappings the first wins. */
  private merge(into: Members, node: Node | null, key: Node): void {
    const sources = isSeq(node) ? [...node.items].reverse() : [node];
    for (const source of sources as (Node | null)[]) {
      const target = isAlias(source) ? (this.targets.get(source) ?? this.anchors.get(source.source) ?? source) : source;
      if (!isMap(target) && !isAlias(target)) {
        const message = 'map merge requires map or sequence of maps as the value';
        this.fail('yaml-syntax', key, message, 'write << with an alias of a mapping, or quote it: "<<"');
      }
      const members = this.read(source) as Members;
      for (const name of Object.keys(members)) setMember(into, name, members[name]!);
    }
  }

  private readScalar(node: Scalar): Json {
    const text = node.value as string;
    const tag = node.tag;
    if (tag === undefined) {
      if (node.type !== 'PLAIN') return text;
      const value = plainScalar(text);
      if (value !== NOT_JSON) return value;
      this.fail('yaml-not-json', node, `${text} is a number that JSON cannot hold`, `quote it: "${text}"`);
    }
    return tag.startsWith(CORE_TAG) ? this.readTagged(node, text, tag.slice(CORE_TAG.length)) : text;
  }

  private readTagged(node: Scalar, text: string, tag: string): Json {
    if (tag === 'binary') return Buffer.from(text, 'base64').toString('utf8');
    const expected = taggedTypes[tag];
    if (expected === undefined) return text;
    const value = plainScalar(text);
    if (value !== NOT_JSON && expected(value)) return value;
    this.fail('yaml-syntax', node, `cannot decode ${JSON.stringify(clip(text))} as a !!${tag}`, `remove !!${tag}`);
  }

  private fail(code: FaultCode, node: Node, message: string, fix: string): never {
    throw new FatalFault({ code, offset: offsetOf(node), path: [...this.path], message, fix });
  }
}

const taggedTypes: Readonly<Record<string, (value: Json) => boolean>> = {
  bool: (value) => typeof value === 'boolean',
  float: (value) => typeof value === 'number',
  int: (value) => Number.isInteger(value),
  null: (value) => value === null,
};

/** A key named __proto__ is data like any other. */
function setMember(members: Members, name: string, value: Json): void {
  if (name !== '__proto__') members[name] = value;
  else Object.defineProperty(members, name, { value, enumerable: true, writable: true, configurable: true });
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
