/**
 * The objects of a set, by kind and name. Files may be those of several clusters: where directories beside each other
 * hold one and the same object, what is below one of them and what is below another are not judged together.
 */
import type { SetMember } from '../../core/set-checks';
import { groupOf, isObject, type Manifest, objectLabel } from '../../kernel/manifest';
import { admissible, validate } from '../../schema';

export class Entry {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  private admitted: Manifest | undefined;

  constructor(
    readonly index: number,
    /** As it was found: any field may be of any type. */
    readonly raw: Manifest,
    readonly origin: string,
  ) {
    const metadata: Readonly<Record<string, unknown>> = isObject(raw.metadata) ? raw.metadata : {};
    this.group = groupOf(raw.apiVersion);
    this.kind = raw.kind;
    this.namespace = textOr(metadata['namespace'], '');
    this.name = textOr(metadata['name'], '');
  }

  /** Without the parts that the schema refuses. */
  get manifest(): Manifest {
    this.admitted ??= admissible(this.raw, validate(this.raw));
    return this.admitted;
  }

  get label(): string {
    return objectLabel(this.raw);
  }

  /** What makes it one object in a cluster. */
  get identity(): string {
    return `${this.kind}.${this.group}/${this.namespace}/${this.name}`;
  }

  /** How messages about another object name this one. */
  toString(): string {
    return `${this.label} (${this.origin})`;
  }
}

export class Store {
  private readonly byKind = new Map<string, Entry[]>();
  private readonly byName = new Map<string, Entry[]>();
  private readonly forks: Forks;
  readonly first: Entry;

  /** @param members at least one */
  constructor(members: readonly SetMember[], files: boolean) {
    const entries = members.map(({ manifest, origin }, index) => new Entry(index, manifest, origin));
    this.first = entries[0]!;
    for (const entry of entries) {
      add(this.byKind, `${entry.kind}.${entry.group}`, entry);
      add(this.byName, `${entry.kind}.${entry.group}/${entry.name}`, entry);
    }
    this.forks = files ? forksOf(entries) : new Map();
  }

  all(group: string, kind: string): readonly Entry[] {
    return this.byKind.get(`${kind}.${group}`) ?? [];
  }

  /** Of any namespace. */
  named(group: string, kind: string, name: string): readonly Entry[] {
    return this.byName.get(`${kind}.${group}/${name}`) ?? [];
  }

  /** Whether two objects can be in one cluster. */
  areTogether(one: Entry, other: Entry): boolean {
    if (this.forks.size === 0 || one.origin === other.origin) return true;
    const directory = commonDirectory(one.origin, other.origin);
    const variants = this.forks.get(directory);
    if (variants === undefined) return true;
    const children = [childOf(directory, one.origin), childOf(directory, other.origin)];
    return !children.every((child) => child.endsWith('/')) && !children.every((child) => variants.has(child));
  }
}

/** Who holds what only one may hold. */
export class Claims {
  private readonly holders = new Map<string, { readonly entry: Entry; readonly owner: string }[]>();

  constructor(private readonly store: Store) {}

  /**
   * @param owner what makes the holder one object: files may hold it twice, for two clusters or as a base
   * @returns the first other holder in the same cluster
   */
  claim(key: string, entry: Entry, owner = entry.identity): Entry | undefined {
    const holders = this.holders.get(key) ?? [];
    const first = holders.find((holder) => holder.owner !== owner && this.store.areTogether(holder.entry, entry));
    if (!holders.some((holder) => holder.owner === owner && holder.entry === entry)) holders.push({ entry, owner });
    this.holders.set(key, holders);
    return first?.entry;
  }
}

/** Whether a value holds text that is filled in later: by a template, or by Flux. */
export function isOpen(value: unknown): boolean {
  return value !== undefined && /\{\{|\$\{/.test(JSON.stringify(value));
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

function add(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}

/** Directories whose children are variants of each other, with those that were seen to be: files, or directories with a slash. */
type Forks = ReadonlyMap<string, ReadonlySet<string>>;

function forksOf(entries: readonly Entry[]): Forks {
  const originsOf = new Map<string, Set<string>>();
  for (const { identity, name, origin } of entries) {
    if (name === '') continue;
    const origins = originsOf.get(identity);
    if (origins === undefined) originsOf.set(identity, new Set([origin]));
    else origins.add(origin);
  }
  const forks = new Map<string, Set<string>>();
  for (const origins of originsOf.values()) {
    // Of sorted paths, neighbours part wherever any two of them do.
    const sorted = [...origins].sort();
    for (let index = 1; index < sorted.length; index++) {
      const [one, other] = [sorted[index - 1]!, sorted[index]!];
      const directory = commonDirectory(one, other);
      const variants = forks.get(directory) ?? new Set();
      forks.set(directory, variants.add(childOf(directory, one)).add(childOf(directory, other)));
    }
  }
  return forks;
}

/** The deepest directory that holds both, with a slash at its end; `''` for the root. */
function commonDirectory(one: string, other: string): string {
  let end = 0;
  for (let at = 0; at < one.length && one[at] === other[at]; at++) if (one[at] === '/') end = at + 1;
  return one.slice(0, end);
}

function childOf(directory: string, path: string): string {
  const slash = path.indexOf('/', directory.length);
  return slash < 0 ? path.slice(directory.length) : path.slice(directory.length, slash + 1);
}
