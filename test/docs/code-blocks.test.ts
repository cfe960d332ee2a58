/**
 * Every ts block of README and guides is a program: it is compiled, and it runs. A yaml block right after it that begins
 * with `# <path>` is what the program writes there.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');

interface Block {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  /** Path in the tree to the text claimed for it. */
  readonly claims: ReadonlyMap<string, string>;
}

const blocks = ['README.md', ...guides('docs')].flatMap(blocksOf);

function guides(directory: string): string[] {
  return readdirSync(join(ROOT, directory), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'rules' ? [] : guides(`${directory}/${entry.name}`);
    return entry.name.endsWith('.md') ? [`${directory}/${entry.name}`] : [];
  });
}

function blocksOf(file: string): Block[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found: Block[] = [];
  for (const match of text.matchAll(/^```(\w*)\n(.*?)^```$/gms)) {
    const [, language, code] = match;
    const last = found.at(-1);
    if (language === 'ts') {
      found.push({ file, line: text.slice(0, match.index).split('\n').length, code: code!, claims: new Map() });
    } else if (language === 'yaml' && last !== undefined && /^# \S+\.yaml$/m.test(code!.split('\n')[0]!)) {
      const [head, ...rest] = code!.split('\n');
      (last.claims as Map<string, string>).set(head!.slice(2), rest.join('\n'));
    }
  }
  return found;
}

const name = (block: Block) => `${block.file}:${block.line}`;

test('every block compiles', () => {
  const texts = new Map(
    blocks.map((block, index) => [join(ROOT, `examples/__doc_block_${index}.ts`), `${block.code}\nexport {};\n`]),
  );
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => texts.get(path) ?? readFile.call(host, path);
  host.fileExists = (path) => texts.has(path) || fileExists.call(host, path);
  host.getSourceFile = (path, ...rest) =>
    texts.has(path)
      ? ts.createSourceFile(path, texts.get(path)!, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, path, ...rest);
  const program = ts.createProgram(
    [...texts.keys()],
    { ...options, noEmit: true, noUnusedLocals: false, noUnusedParameters: false },
    host,
  );
  const keys = [...texts.keys()];
  const problems = ts.getPreEmitDiagnostics(program).map((problem) => {
    const index = keys.indexOf(problem.file?.fileName ?? '');
    const line =
      problem.file && problem.start !== undefined ? problem.file.getLineAndCharacterOfPosition(problem.start).line : 0;
    const where = index < 0 ? problem.file?.fileName : `${blocks[index]!.file}:${blocks[index]!.line + line + 1}`;
    return `${where} ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`;
  });
  expect(problems).toEqual([]);
}, 120_000);

test.each(blocks.map((block) => [name(block), block] as const))(
  '%s runs, and writes what the page says',
  (_, block) => {
    const directory = mkdtempSync(join(tmpdir(), 'cdk8s-gitops-docs-'));
    const before = process.cwd();
    process.chdir(directory);
    try {
      run(block);
      for (const [path, text] of block.claims) expect(readFileSync(path, 'utf8')).toBe(text);
    } finally {
      process.chdir(before);
      rmSync(directory, { recursive: true, force: true });
    }
  },
);

/** Runs a block as a module whose imports are jest's, so that 'cdk8s-gitops' is this checkout. */
function run(block: Block): void {
  const { code } = transformSync(block.code, {
    filename: name(block),
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const module = { exports: {} };
  const load = (id: string) => (id.startsWith('cdk8s-gitops') ? require(id) : loadFromRoot(id));
  // Not node:vm: the block's own arrays and objects must be of the realm that jest gives to the library.
  const wrapped = new Function('require', 'module', 'exports', 'console', 'test', 'describe', code);
  // A suite shown in a guide runs its bodies at once: jest allows no test inside a test.
  wrapped(load, module, module.exports, { ...console, log: () => {} }, atOnce, atOnce);
}

const atOnce = (_: string, body: () => void) => body();

const fromRoot = createRequire(join(ROOT, 'package.json'));
const loadFromRoot = (id: string) =>
  id === 'cdk8s' || id === 'constructs' || id.startsWith('cdk8s-plus') ? require(id) : fromRoot(id);
