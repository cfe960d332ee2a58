/** docs/source-documents.md, from the rows. `npx tsx test/source-documents/write-table.ts` writes it. */
import { join } from 'node:path';
import type { Correction, Row } from './row';
import { rows } from './rows';

export const TABLE = join(__dirname, '../../docs/source-documents.md');

const HEADER = `# The source documents

This project grew from five documents about GitOps. Here is every YAML document in them, and what the library does about
it today. A row is a test: see test/source-documents, from which this page is made.

- **built**: our constructs make an object equal to the document's, after the corrections named, and no other. A dead API
  version is one; the rest is what the document gets wrong. Codes in brackets are reported for the document as it stands.
- **refused**: the document as it stands is an error with the code named, in \`cdk8s-gitops check\` and in a constructor.
  \`instead\` says what our constructs make for the same intent, if they do so today; a test builds it.
- **waits**: for the capability named.

Ids are rows of the list of errors in these documents: S-01 to S-90 for Argo, #1 to #52 for everything else. A name in
parentheses stands for a part of an object, which is put into the least whole one. Document 002 has no YAML. The Lua
health checks of 003 (lines 94–110) and 004 (line 172) are no YAML either: they are values of argocd-cm, which waits.
`;

export function table(): string {
  const documents = [...new Set(rows.map(({ document }) => document))];
  return `${[HEADER, tally(), ...documents.map(section)].join('\n')}`;
}

function tally(): string {
  const count = (verdict: Row['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  const outside = rows.filter((row) => row.verdict === 'waits' && row.waitsFor.startsWith('nothing')).length;
  return `Of ${rows.length} documents, ${count('built')} are built, ${count('refused')} are refused, and ${count('waits')} wait, ${outside} of which for nothing: they are no objects of a cluster.\n`;
}

function section(document: string): string {
  const lines = rows.filter((row) => row.document === document).map(line);
  return [`## ${document}`, '', '| lines | object | | how | ids |', '|---|---|---|---|---|', ...lines, ''].join('\n');
}

function line(row: Row): string {
  const cells = [row.lines, `${row.kind} ${row.name}`, row.verdict, how(row), (row.ids ?? []).join(', ')];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function how(row: Row): string {
  return [verdictOf(row), row.note].filter((part) => part !== undefined && part !== '').join('; ');
}

function verdictOf(row: Row): string {
  switch (row.verdict) {
    case 'built': {
      const equal = row.corrections === undefined ? 'equal' : `equal after ${corrections(row.corrections)}`;
      return [equal, ...(row.reports === undefined ? [] : [`[${codes(row.reports)}]`])].join(' ');
    }
    case 'refused':
      return codes([...new Set([...(row.reports ?? []), ...(row.constructs?.codes ?? [])])]);
    case 'waits':
      return row.waitsFor;
    default:
      return unreachable(row);
  }
}

function codes(list: readonly string[]): string {
  return list.map((code) => `\`${code}\``).join(', ');
}

/** Paths by the row of the list that asks for their correction. */
function corrections(list: readonly Correction[]): string {
  return [...new Set(list.map(({ because }) => because))]
    .map((reason) => {
      const paths = list.filter(({ because }) => because === reason).map(({ path }) => `\`${path}\``);
      return `${paths.join(', ')} (${reason})`;
    })
    .join(', ');
}

function unreachable(row: never): never {
  throw new Error(`no verdict: ${JSON.stringify(row)}`);
}
