/** The house rules, enforced. Each failure prints the rule it defends. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { documentedRules } from '../scripts/docs/pages';

const ROOT = join(__dirname, '..');
const SRC = join(ROOT, 'src');

/** Rooms by floor; every folder of src that is not named here is a product's room on floor 3. */
const FLOORS: Readonly<Record<string, number>> = {
  kernel: 0,
  schema: 1,
  template: 1,
  core: 2,
  checks: 4,
  cli: 5,
  testing: 5,
  'index.ts': 5,
};

/** What reaches outside the program, and the files that may. */
const OUTSIDE: readonly { readonly rule: string; readonly pattern: RegExp; readonly allowed: readonly RegExp[] }[] = [
  {
    rule: 'the environment is read in one place below the CLI',
    pattern: /process\.env/,
    allowed: [/^cli\//, /^core\/request\.ts$/],
  },
  {
    rule: 'the disk is touched in few places; schemas are read by one loader',
    pattern: /from 'node:fs|require\('node:fs/,
    allowed: [/^(cli|checks)\//, /^core\/(request|refusal|write\/(disk|staging|install))\.ts$/, /^schema\/load\.ts$/],
  },
  { rule: 'same input, same bytes: no clock', pattern: /Date\.now\(|new Date\(\)/, allowed: [/^cli\//] },
  { rule: 'same input, same bytes: no dice', pattern: /Math\.random\(/, allowed: [] },
  { rule: 'exit codes belong to the CLI', pattern: /process\.exit/, allowed: [/^cli\//, /^core\/refusal\.ts$/] },
];

const files = sources(SRC);

function sources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [relative(SRC, path)] : [];
  });
}

const text = (file: string) => readFileSync(join(SRC, file), 'utf8');
const room = (file: string) => file.split('/')[0]!;
const floor = (file: string) => FLOORS[room(file)] ?? 3;

function importsOf(file: string): string[] {
  const matches = text(file).matchAll(/(?:from|import\(|require\()\s*'(\.[^']*)'/g);
  return [...matches].map(([, target]) => relative(SRC, resolve(SRC, dirname(file), target!)));
}

test('a file imports only from lower floors or its own room', () => {
  const broken = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => room(target) !== room(file) && floor(target) >= floor(file))
      .map((target) => `${file} (floor ${floor(file)}) imports ${target} (floor ${floor(target)})`),
  );
  expect(broken).toEqual([]);
});

test.each(OUTSIDE)('$rule', ({ pattern, allowed }) => {
  const broken = files.filter((file) => pattern.test(text(file)) && !allowed.some((place) => place.test(file)));
  expect(broken).toEqual([]);
});

test('kernel and schema know no cdk8s', () => {
  const broken = files.filter(
    (file) => floor(file) < 2 && /(?:from|require\() ?'(cdk8s|constructs|zod)/.test(text(file)),
  );
  expect(broken).toEqual([]);
});

test('exports are named', () => {
  expect(files.filter((file) => /^export default/m.test(text(file)))).toEqual([]);
});

test('every room is a subpath of the package, and every subpath a room', () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const rooms = readdirSync(SRC, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(SRC, entry.name, 'index.ts')))
    .map(({ name }) => name)
    .filter((name) => !['schema', 'template', 'core', 'kernel', 'checks', 'cli'].includes(name));
  const subpaths = Object.keys(exports).filter((key) => key !== '.' && key !== './package.json');
  expect(subpaths.sort()).toEqual(rooms.map((name) => `./${name}`).sort());
  for (const name of rooms) {
    expect(exports[`./${name}`]).toEqual({ types: `./lib/${name}/index.d.ts`, default: `./lib/${name}/index.js` });
  }
});

test('nothing is left for later', () => {
  expect(files.filter((file) => /\b(TODO|FIXME|XXX)\b/.test(text(file)))).toEqual([]);
});

test('every issue code is documented, and every documented code exists', () => {
  const declared = new Set(files.flatMap((file) => [...text(file).matchAll(CODE)].map(([, code]) => code!)));
  for (const name of NOT_CODES) declared.delete(name);
  for (const { rule } of documentedRules()) declared.delete(rule.code);
  const table = readFileSync(join(ROOT, 'docs/codes.md'), 'utf8').matchAll(/^\| `([a-z0-9-]+)`/gm);
  expect([...declared].sort()).toEqual([...table].map(([, code]) => code!).sort());
});

/** A literal that begins like a code of the house or of a room; those of rules have pages of their own. */
const CODE =
  /'((?:chart|comment|construct|environment|file|object|patch|path|repository|schema|secret|stack|tree|value|waiver|yaml)(?:-[a-z]+)+|(?:argocd|external-secrets|flux|image-updater|rollouts|sealed-secrets)(?:-[a-z]+){2,})'/g;

/** Layouts, ConfigMaps and Secret types of Argo CD. */
const NOT_CODES = [
  'argocd-notifications-cm',
  'argocd-rbac-cm',
  'file-per-object',
  'file-per-stack',
  'repository-write',
  'secret-type',
];
