import { deepStrictEqual } from 'node:assert';
import { ApiObject, type ApiObjectProps, Testing, Yaml } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import { CommentError, emit, emitAll } from '../../src/core/emit';
import { NotJsonError } from '../../src/kernel/json';
import { readers } from './emit-readers';
import { trapStrings } from './emit-traps';

/** The problems of a refused value, as `path: got`. */
function refusals(value: unknown): string[] {
  try {
    emit(value);
  } catch (error) {
    if (error instanceof NotJsonError) return error.problems.map(({ path, got }) => `${path.join('.')}: ${got}`);
    throw error;
  }
  throw new Error('expected a refusal');
}

function nested(depth: number): unknown {
  let value: unknown = 'end';
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
  return value;
}

/** Names the first document that a reader gets wrong; comparing all at once would print them all. */
function expectReadBack(values: readonly unknown[], read: (documents: readonly string[]) => unknown[]): void {
  const documents = values.map((value) => emit(value));
  const got = read(documents);
  expect(got).toHaveLength(values.length);
  got.forEach((value, index) => {
    try {
      deepStrictEqual(JSON.stringify(value), JSON.stringify(values[index]));
    } catch {
      expect({ text: documents[index], value }).toEqual({ text: documents[index], value: values[index] });
    }
  });
}

describe.each(readers)('$name', ({ name, installed, read }) => {
  if (!installed) {
    console.warn(`${name} is not installed: what it reads is not tested here`);
    test.skip(`reads back what was written (${name} is not installed)`, () => {});
    return;
  }

  test.each<[string, (trap: string) => unknown]>([
    ['a value', (trap) => ({ a: trap, b: 1 })],
    ['the last value', (trap) => ({ a: { b: { c: trap } } })],
    ['a list item', (trap) => ({ a: [trap, 1, trap] })],
    ['a nested list item', (trap) => ({ a: [[trap, [trap]], { b: trap }] })],
    ['a key', (trap) => ({ [trap]: 2 })],
    ['a nested key', (trap) => ({ a: { [trap]: { b: trap } }, c: [{ [trap]: [trap] }] })],
  ])('reads every trap back as %s', (_, shape) => {
    expectReadBack(trapStrings.map(shape), read);
  });

  test('reads every number back', () => {
    const numbers = [0, -1, 1e21, -1e21, 1e20, 5e-324, 1.7976931348623157e308, 1e-7, 1.5, -2.5e-9, 0.1, 2 ** 53];
    expectReadBack([{ a: [...numbers, -0, 2 ** 63, -(2 ** 63), 2 ** 64, 123456789012345680000, 1e22] }], read);
  });

  test('reads empty and nested collections back', () => {
    expectReadBack(
      [{ a: {}, b: [], c: [[]], d: [{}], e: [[[], {}], { f: {}, g: [{ h: null }] }], i: { j: { k: [] } } }],
      read,
    );
  });
});

describe('a document', () => {
  test('ends with one newline and has no marker before it', () => {
    expect(emit({ a: 1 })).toBe('a: 1\n');
    expect(emit({})).toBe('{}\n');
    expect(emit([])).toBe('[]\n');
    expect(emit(null)).toBe('null\n');
    expect(emit([1, { b: 2, a: 3 }])).toBe('- 1\n- a: 3\n  b: 2\n');
  });

  test.each(trapStrings.map((trap) => [trap.slice(0, 30), trap]))('may be a string alone: %j', (_, trap) => {
    const text = emit(trap);
    expect(text.trimEnd()).not.toContain('\n');
    expect(parse(text, { version: '1.1' })).toBe(trap);
    expect(parseAllDocuments(emitAll([trap, trap]))).toHaveLength(2);
  });

  test('is separated from the next by a marker, whatever it ends in', () => {
    const values = [{ a: 'x\n\n' }, 'text', [], { b: '---\n' }];
    const documents = parseAllDocuments(emitAll(values));
    expect([...documents].map((document) => document.toJS())).toEqual(values);
    expect(emitAll([])).toBe('');
  });
});

describe('the order of keys', () => {
  test('is that of the sorted keys, after apiVersion, kind and metadata at the top', () => {
    const text = emit({ spec: { kind: 1, b: 1, a: 2 }, data: 1, metadata: {}, kind: 'K', apiVersion: 'v1' });
    expect(text).toBe('apiVersion: v1\nkind: K\nmetadata: {}\ndata: 1\nspec:\n  a: 2\n  b: 1\n  kind: 1\n');
  });

  test('is by code unit: upper case first, and 10 before 9', () => {
    expect(emit({ b: 1, B: 2, 9: 3, 10: 4 })).toBe('"10": 4\n"9": 3\nB: 2\nb: 1\n');
  });

  test('is that of insertion on request, after the three', () => {
    const text = emit({ z: 1, metadata: { b: 1, a: 2 }, kind: 'K', a: 3 }, { sortKeys: false });
    expect(text).toBe('kind: K\nmetadata:\n  b: 1\n  a: 2\nz: 1\na: 3\n');
  });
});

describe('members', () => {
  test('that are undefined are absent, and null is kept', () => {
    expect(emit({ a: undefined, b: null, c: { d: undefined }, e: [{ f: undefined }, null] })).toBe(
      'b: null\nc: {}\ne:\n  - {}\n  - null\n',
    );
  });

  test('that are one object are written twice, without an anchor', () => {
    const shared = { x: [1] };
    expect(emit({ a: shared, b: [shared, shared] })).not.toMatch(/[&*]/);
  });

  test('named like parts of the prototype are members like others', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":"yes"},"constructor":"c","a":{"__proto__":1}}');
    const text = emit(hostile);
    expect(text).toBe('__proto__:\n  polluted: "yes"\na:\n  __proto__: 1\nconstructor: c\n');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(JSON.stringify(parse(text))).toBe('{"__proto__":{"polluted":"yes"},"a":{"__proto__":1},"constructor":"c"}');
  });

  test('of an object without a prototype are written', () => {
    expect(emit(Object.assign(Object.create(null), { a: 1 }))).toBe('a: 1\n');
  });
});

describe('strings', () => {
  test('of several lines are literal blocks, with an indentation indicator where blanks lead', () => {
    expect(emit({ a: 'x\ny\n', b: 'x\ny', c: 'x\n\n', d: ' x\ny\n', e: '\tx\ny' })).toBe(
      'a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\nd: |2\n   x\n  y\ne: |2-\n  \tx\n  y\n',
    );
  });

  test('are never folded', () => {
    const long = 'lorem ipsum "dolor" '.repeat(50);
    expect(emit({ a: long, b: `${long}#`, c: `\0${long}` }).split('\n')).toHaveLength(4);
  });

  test.each([
    ['one word', 'a'.repeat(1e7)],
    ['words', `${'a b '.repeat(4e6)}c`],
    ['pairs', `${'a:b '.repeat(4e6)}c#`],
    ['blanks', ' '.repeat(1e7)],
    ['lines', 'a line\n'.repeat(1.5e6)],
    ['line breaks', '\n'.repeat(1e6)],
    ['controls', '\x01'.repeat(2e6)],
    ['quotes', '"\''.repeat(1e6)],
    ['digits', '1'.repeat(1e7)],
    ['colons', '1:1'.repeat(3e6)],
    ['blanks before a break', `${' '.repeat(5e6)}\n`.repeat(2)],
    ['astral', '😀'.repeat(2e6)],
  ])('of ten megabytes are faithful: %s', (_, text) => {
    const started = performance.now();
    const [line, ...rest] = emit({ a: text }).slice('a: '.length, -1).split('\n');
    expect(performance.now() - started).toBeLessThan(5000);
    if (line!.startsWith('|')) {
      const kept = rest.map((part) => part.replace(/^ {2}/, '')).join('\n');
      expect(kept === text.replace(/\n$/, '')).toBe(true);
    } else if (line!.startsWith('"') && !line!.includes('\\x'))
      expect(JSON.parse(line!.replaceAll('\\ ', ' ')) === text).toBe(true);
    else if (line!.startsWith('"')) expect(line!.length).toBe(2 + 4 * text.length);
    else expect(line === text).toBe(true);
  });
});

describe('refused', () => {
  class Own {
    a = 1;
  }
  const cycle: Record<string, unknown> = { list: [] };
  (cycle['list'] as unknown[]).push(cycle);

  test.each<[string, unknown, string[]]>([
    ['NaN', { a: { b: Number.NaN } }, ['a.b: NaN']],
    ['infinities', [Infinity, -Infinity], ['0: Infinity', '1: -Infinity']],
    ['bigint', { a: 1n }, ['a: the bigint 1n']],
    ['function', { a: function render() {} }, ['a: the function "render"']],
    ['symbol', { a: Symbol('x') }, ['a: Symbol(x)']],
    ['Map', { a: new Map() }, ['a: a Map']],
    ['Set', { a: new Set() }, ['a: a Set']],
    ['Date', { a: new Date(0) }, ['a: a Date']],
    ['Buffer', { a: Buffer.from('a') }, ['a: a Buffer']],
    ['typed array', { a: new Uint8Array(1) }, ['a: an Uint8Array']],
    ['class instance', { a: [new Own()] }, ['a.0: an Own']],
    ['boxed string', { a: Object('x') }, ['a: a String']],
    ['lone surrogate', { a: 'x\ud800y' }, ['a: a string with half a surrogate pair']],
    ['lone surrogate in a block', { a: 'x\n\udc00' }, ['a: a string with half a surrogate pair']],
    ['lone surrogate in a key', { '\udc00': 1 }, ['\udc00: a key with half a surrogate pair']],
    ['undefined item', { a: [1, undefined] }, ['a.1: undefined']],
    ['hole in a list', { a: new Array(1) }, ['a.0: undefined']],
    ['undefined root', undefined, [': undefined']],
    ['cycle', { a: cycle }, ['a.list.0: a cycle: the same object as .a']],
    ['too deep', nested(1001), [expect.stringMatching(/: nesting deeper than 1000 levels$/) as never]],
  ])('%s, with its path', (_, value, problems) => {
    expect(refusals(value)).toEqual(problems);
  });

  test('all at once', () => {
    expect(refusals({ a: Number.NaN, b: [1n, { c: () => 1 }], d: 'fine' })).toEqual([
      'a: NaN',
      'b.0: the bigint 1n',
      'b.1.c: the function "c"',
    ]);
  });

  test('keys over 1,024 characters as written, escapes counted', () => {
    expect(parse(emit({ ['k'.repeat(1024)]: 1 }))).toEqual({ ['k'.repeat(1024)]: 1 });
    expect(refusals({ a: { ['k'.repeat(1025)]: 1 } })[0]).toMatch(/: a key of 1025 characters$/);
    expect(refusals({ ['\x01'.repeat(300)]: 1 })[0]).toMatch(/: a key of 300 characters$/);
  });

  test('in every document of several, with its index', () => {
    expect(() => emitAll([{ a: 1 }, { a: 1n }, [Number.NaN]])).toThrow(
      /\[1\]\.a: the bigint 1n; .*\n.*\[2\]\[0\]: NaN/,
    );
  });

  test('but not a thousand levels', () => {
    expect(parse(emit(nested(200)))).toEqual(nested(200));
    expect(emit(nested(1000))).toContain('end');
  });

  test('a cycle beside much else in little time', () => {
    const big: Record<string, unknown> = { a: Array.from({ length: 1e5 }, (_, index) => `item ${index}`) };
    big['z'] = big;
    expect(refusals(big)).toEqual(['z: a cycle: the same object as the root']);
  });
});

describe('comments', () => {
  const policy = '{"$imagepolicy": "flux-system:app"}';
  const problems = (value: unknown, comments: Record<string, string>): string[] => {
    try {
      emit(value, { comments: new Map(Object.entries(comments)) });
    } catch (error) {
      if (error instanceof CommentError) return error.problems.map(({ path, got }) => `${path.join('/')}: ${got}`);
      throw error;
    }
    return [];
  };

  test('follow the scalar of their pointer', () => {
    const value = { spec: { image: 'a:1', list: ['x', { 'a/b~c': 2 }], quoted: 'a #b', none: null, yes: true } };
    const comments = new Map([
      ['/spec/image', policy],
      ['/spec/list/0', 'zero'],
      ['/spec/list/1/a~1b~0c', 'one'],
      ['/spec/quoted', '# two'],
      ['/spec/none', 'three'],
      ['/spec/yes', 'four'],
    ]);
    const text = emit(value, { comments });
    expect(text).toBe(
      `spec:\n  image: a:1 # ${policy}\n  list:\n    - x # zero\n    - a/b~c: 2 # one\n` +
        '  none: null # three\n  quoted: "a #b" # # two\n  "yes": true # four\n',
    );
    for (const { installed, read } of readers) if (installed) expect(read([text])).toEqual([value]);
  });

  test('are refused where no scalar of one line is', () => {
    const value = { a: { b: 1 }, list: [], text: 'x\ny\n' };
    expect(problems(value, { '/a': 'x', '/a/c': 'x', '/list': 'x', '/text': 'x', '/a/b': 'fine' })).toEqual([
      'a: not a scalar',
      'a/c: no such field',
      'list: not a scalar',
      'text: text of several lines',
    ]);
  });

  test('are refused when they are not one line of printable text, or the pointer is none', () => {
    expect(problems({ a: 1 }, { '/a': 'x\ny' })).toEqual(['a: the comment "x\\ny"']);
    for (const text of ['', 'a\rb', 'a\u2028b', 'a\x85b', '\ud800'])
      expect(problems({ a: 1 }, { '/a': text })).toHaveLength(1);
    expect(problems({ a: 1 }, { a: 'x' })).toEqual([': the pointer "a"']);
  });
});

describe('the bytes of cdk8s', () => {
  const manifests: Record<string, ApiObjectProps> = {
    Deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'web', version: '1.10' } },
      spec: {
        replicas: 3,
        paused: false,
        selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
        template: {
          metadata: { labels: { 'app.kubernetes.io/name': 'web' }, annotations: {} },
          spec: {
            containers: [
              {
                name: 'web',
                image: 'ghcr.io/acme/web:1.2.3@sha256:4bc453b53cb3d914b45f4b250294236adba2c0e09ff6f03793949e7e39fd4cc1',
                args: ['--port=8080', '-v', '--', 'a b', '{{ x }}', '*.example.com', '$(POD_IP)'],
                command: ['sh', '-c', 'set -e\nexec web "$@"\n'],
                env: [
                  { name: 'DEBUG', value: 'true' },
                  { name: 'EMPTY', value: '' },
                  { name: 'JSON', value: '{"a": [1]}' },
                  { name: 'SINCE', value: '2024-01-01' },
                ],
                resources: { limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '1', memory: '1e3' } },
                volumeMounts: [],
              },
            ],
          },
        },
      },
    },
    ConfigMap: {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: {
        'app.properties': 'a=1\n# note\n\nb: 2\n',
        'entry.sh': '#!/bin/sh\nset -eu\n\n\techo "hi"   \n  exec "$@"',
        'trailing.txt': 'x\n\n\n',
        'leading.txt': '\n\n  x\n y\n',
        'indented.txt': '    x\ny\n',
        'doc.yaml': '---\na: 1\n...\n---\nb: [2]\n',
        'one.txt': 'one line, ends\n',
        'long.txt': 'word '.repeat(100) + 'end',
        quote: `it's`,
        both: `"it's"`,
        mode: '0755',
        unicode: 'Grüße, 日本 😀',
      },
    },
    Application: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'web', finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      spec: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
        source: {
          repoURL: 'https://charts.example.com',
          chart: 'web',
          targetRevision: '1.2.*',
          helm: { values: 'image:\n  tag: "1.0"\nargs:\n- "-x"\n', valuesObject: { on: true, list: [[1, 2], []] } },
        },
        syncPolicy: { automated: { prune: true }, syncOptions: ['CreateNamespace=true'] },
      },
    },
    CustomResourceDefinition: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'traps.example.com' },
      spec: {
        group: 'example.com',
        versions: [
          {
            name: 'v1',
            schema: {
              openAPIV3Schema: {
                description: 'A trap: something with "quotes", and #marks.\nTwo lines.',
                properties: {
                  weight: { type: 'number', minimum: -1.5, maximum: 1e6, default: 0 },
                  every: { type: 'string', pattern: '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$', enum: ['y', 'on', '~', '5m'] },
                },
                'x-kubernetes-validations': [{ rule: "self.a == 'b' || has(self.c)", message: '!' }],
              },
            },
          },
        ],
      },
    },
  };

  test.each(Object.keys(manifests))('are those of a %s', (kind) => {
    const json = new ApiObject(Testing.chart(), kind, manifests[kind]!).toJson();
    expect(emit(json)).toBe(Yaml.stringify(json));
  });

  test('are those of the props as given, unsorted', () => {
    for (const props of Object.values(manifests)) {
      expect(emit(props)).toBe(Yaml.stringify(new ApiObject(Testing.chart(), 'object', props).toJson()));
    }
  });
});
