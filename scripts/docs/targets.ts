/** The tables of docs/targets.md, made from the gates themselves. `tsx scripts/docs/targets.ts` prints them. */
import type { Gate } from '../../src/argocd/targets/gate';
import { GATES, SUPERSEDED } from '../../src/argocd/targets/gates';

/** What versions brought, then what they took. */
export function targetTables(): string[] {
  return [table('needs', 'below it', GATES), table('over since', 'from there on', SUPERSEDED)];
}

function table(since: string, effect: string, gates: readonly Gate[]): string {
  const rows = gates.map((gate) => `| ${[gate.name, gate.since, gate.effect, gate.instead].map(cell).join(' | ')} |`);
  return [`| what | ${since} | ${effect} | write instead |`, '|---|---|---|---|', ...rows].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('<', '\\<').replaceAll('|', '\\|');
}

if (require.main === module) process.stdout.write(`${targetTables().join('\n\n')}\n`);
