/** The data that the vectors are rendered over. */
export const STANDARD = {
  a: { b: { c: 'deep' }, n: null, list: [1, 'two', true, null, { k: 'v' }] },
  s: 'text',
  e: '',
  i: 3,
  f: 1.5,
  big: 1000000,
  huge: 12345678901234567000,
  small: 0.00001,
  neg: -7,
  zero: 0,
  t: true,
  no: false,
  n: null,
  l: ['x', 'y', 'z'],
  nums: [3, 1, 2],
  mixed: ['a', 1, 1.5, true, null, ['n'], { k: 1 }],
  empty: [],
  m: { b: 2, a: 1, c: 'three' },
  em: {},
  u: 'Grüße, 世界 😀',
  html: `<a href="x">it's & more</a>`,
  multi: 'line one\nline two\n\n  indented\n',
  name: 'My App_Name.v1',
  version: '1.4.2-rc.1+build',
  url: 'https://user:p%40ss@example.com:8443/a%20b/c?q=1&r=2#frag',
  yaml: 'a: 1\nb: [x, "y", 010, 1e3]\nc: {d: yes, e: ~}\n',
  json: '{"a":[1,2.5,{"b":null}],"c":"<&>"}',
  apps: [
    { name: 'web', replicas: 2, labels: { tier: 'front' } },
    { name: 'db', replicas: 1, labels: {} },
  ],
  'key-dash': 'dashed',
  fn: 'printf',
} as const;

export const LABELS = { 'app.kubernetes.io/name': 'web', env: 'prod' } as const;
export const SEGMENTS = ['apps', 'prod', 'web'] as const;
