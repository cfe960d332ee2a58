/** What the room promises beside agreeing with Go. */
import {
  argoCdFunctions,
  fillTags,
  goText,
  int,
  missingKeyOf,
  parseGoTemplate,
  refusedFunctions,
  renderGoTemplate,
  slugifyName,
  stringMap,
  TemplateError,
} from '../../src/template';

const render = (text: string, data: unknown = {}, missingKey?: 'error' | 'zero') =>
  renderGoTemplate(parseGoTemplate(text, { functions: argoCdFunctions }), data, { missingKey });

function caught(run: () => unknown): TemplateError {
  try {
    run();
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

test('a text without actions renders as itself', () => {
  expect(render('plain }} text', {})).toBe('plain }} text');
});

test('an execution error has line, byte column, node and the reason in Go’s words', () => {
  const error = caught(() => render('é\nü {{ .x.y }}', { x: {} }, 'error'));
  expect({ ...error }).toEqual({
    name: 'TemplateError',
    line: 2,
    column: 8,
    at: '.x.y',
    reason: 'map has no entry for key "y"',
  });
  expect(error.message).toBe('template: base:2:8: executing "base" at <.x.y>: map has no entry for key "y"');
});

test('a parse error has its line and no column', () => {
  const error = caught(() => parseGoTemplate('\n{{ nope }}', { name: 'field' }));
  expect({ ...error }).toMatchObject({ line: 2, column: undefined, reason: 'function "nope" not defined' });
  expect(error.message).toBe('template: field:2: function "nope" not defined');
});

test('functions that cannot be foretold are refused by name, and parse', () => {
  for (const name of Object.keys(refusedFunctions)) {
    const error = caught(() => render(`{{ ${name} 1 2 }}`));
    expect(error.reason).toMatch(new RegExp(`^error calling ${name}: not supported offline: `));
  }
});

test('env, expandenv and getHostByName do not exist', () => {
  for (const name of ['env', 'expandenv', 'getHostByName']) {
    expect(caught(() => render(`{{ ${name} "x" }}`)).reason).toBe(`function "${name}" not defined`);
  }
});

test('the order of a map’s keys is refused wherever it would show, and only there', () => {
  const data = { m: { b: 1, a: 2 } };
  expect(render('{{ keys .m | sortAlpha }} {{ len (keys .m) }} {{ has "a" (keys .m) }}', data)).toBe('[a b] 2 true');
  for (const use of [
    'keys .m',
    'first (keys .m)',
    'range keys .m}}{{end',
    'join "," (values .m)',
    'index (keys .m) 0',
  ]) {
    expect(caught(() => render(`{{ ${use} }}`, data)).reason).toMatch(/not supported offline: .*use sortAlpha/);
  }
  expect(render('{{ keys .m | join "," }}', { m: { one: 1 } })).toBe('one');
});

test('labels are a map[string]string: a missing one is an empty string to index, and dig refuses the map', () => {
  const data = { labels: stringMap({ env: 'prod' }) };
  expect(render('{{ index .labels "nope" }}|{{ .labels.nope }}', data)).toBe('|<no value>');
  expect(caught(() => render('{{ get .labels "env" }}', data)).reason).toBe(
    'wrong type for value; expected map[string]interface {}; got map[string]string',
  );
});

test('options: only missingkey, else Go’s panic', () => {
  expect(missingKeyOf([])).toBe('default');
  expect(missingKeyOf(['missingkey=zero', 'missingkey=error'])).toBe('error');
  expect(caught(() => missingKeyOf(['missingKey=error'])).reason).toBe('unrecognized option: missingKey=error');
  expect(caught(() => missingKeyOf([''])).reason).toBe('empty option string');
});

test('an object’s own prototype is no data', () => {
  expect(render('{{ .constructor }}{{ .__proto__ }}{{ hasKey . "toString" }}', {})).toBe('<no value><no value>false');
  expect(render('{{ $d := dict "__proto__" 1 }}{{ $d }}{{ index $d "__proto__" }}')).toBe('map[__proto__:1]1');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  render('{{ $_ := set . "__proto__" (dict "polluted" 1) }}{{ (fromJson `{"__proto__":{"polluted":1}}`) }}', {});
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const HOSTILE: readonly (readonly [what: string, template: string])[] = [
  ['endless recursion', '{{define "r"}}{{template "r" .}}{{end}}{{template "r" .}}'],
  ['loops in loops', '{{range until 9999}}{{range until 9999}}{{end}}{{end}}'],
  ['a range over a huge int', '{{range 9223372036854775807}}{{end}}'],
  ['a huge repeat', '{{repeat 2000000000 "x"}}'],
  ['repeats of repeats', '{{$x := "x"}}{{range until 60}}{{$x = printf "%s%s" $x $x}}{{end}}'],
  ['a huge list', '{{until 2000000000}}'],
  ['a huge indent', '{{indent 2000000000 "x"}}'],
  ['a map that holds itself', '{{$d := dict}}{{$_ := set $d "d" $d}}{{$d}}'],
  ['a map that holds itself, as JSON', '{{$d := dict}}{{$_ := set $d "d" $d}}{{toJson $d}}'],
  ['a map that holds itself, as YAML', '{{$d := dict}}{{$_ := set $d "d" $d}}{{toYaml $d}}'],
  ['deep parentheses', `{{${'('.repeat(5000)}1${')'.repeat(5000)}}}`],
  ['deep blocks', `${'{{if 1}}'.repeat(20000)}${'{{end}}'.repeat(20000)}`],
  ['deep JSON', `{{mustFromJson \`${'['.repeat(20000)}${']'.repeat(20000)}\`}}`],
  ['a large regular expression', '{{regexFind "((((a{100}){100}){100}){100}){100}" "a"}}'],
  [
    'YAML that multiplies',
    '{{fromYaml `{a: &a [1,1,1,1,1,1,1,1,1], b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a], c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b], d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c], e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d], f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e], g: [*f,*f,*f,*f,*f,*f,*f,*f,*f]}`}}',
  ],
];

test.each(HOSTILE)('a hostile template ends with an error: %s', (_, template) => {
  const start = process.hrtime.bigint();
  expect(caught(() => render(template)).message).toMatch(/^template: base/);
  expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(10);
});

test('a pattern that makes backtracking engines hang is matched in linear time', () => {
  expect(render('{{ regexMatch "^(a+)+$" (printf "%s!" (repeat 2000 "a")) }}')).toBe('false');
});

test('deep data is printed or refused, never a crash', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(caught(() => render('{{ . | toJson }}', deep)).reason).toMatch(/nested too deeply/);
});

test('plain tags: strings are filled in, the rest stays and is named', () => {
  const filled = fillTags('{{a}}-{{ b }}-{{c}}-{{a | upper}}', (tag) => ({ a: 'x', b: 1 })[tag]);
  expect(filled).toEqual({ text: 'x-{{ b }}-{{c}}-{{a | upper}}', unresolved: ['b', 'c', 'a | upper'] });
  expect(caught(() => fillTags('{{a}} {{b', () => 'x'))).toMatchObject({
    line: 1,
    column: 6,
    message: 'invalid template: Cannot find end tag="}}" in the template="{{a}} {{b" starting from "b"',
  });
});

test('numbers print as Go prints them', () => {
  expect([1e6, 123456, 1e-5, 0.1, 1e21, int(1000000)].map(goText)).toEqual([
    '1e+06',
    '123456',
    '1e-05',
    '0.1',
    '1e+21',
    '1000000',
  ]);
});

test('slugs', () => {
  expect(slugifyName('feature/ABC_1.x', 9)).toBe('feature');
  expect(slugifyName('feature/ABC_1.x', 9, false)).toBe('feature-a');
});

test('10,000 Applications of ten templated fields take less than half a second', () => {
  const fields = [
    '{{.name}}-guestbook',
    '{{.labels.env}}',
    'apps/{{.name}}/overlays/{{.labels.env}}',
    '{{ .server }}',
    '{{ if eq .labels.env "prod" }}v1{{ else }}HEAD{{ end }}',
    '{{ .name | lower | trunc 20 }}',
    'default',
    'https://example.com/{{ .name }}.git',
    '{{ default "x" .missing }}',
    '{{ index .labels "env" }}',
  ];
  const run = () => {
    for (let at = 0; at < 10_000; at++) {
      const data = { name: `App-${at}`, server: 'https://k', labels: stringMap({ env: at % 2 ? 'prod' : 'dev' }) };
      for (const field of fields) render(field, data);
    }
  };
  const start = process.hrtime.bigint();
  run();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.info(`10,000 Applications: ${seconds.toFixed(3)} s`);
  expect(seconds).toBeLessThan(2);
});
