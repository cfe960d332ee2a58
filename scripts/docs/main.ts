/** `npm run docs`: writes docs/rules and docs/rules.md from the rules. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { idsPage } from './ids';
import { rulePages } from './pages';

const directory = join(__dirname, '../../docs/rules');
mkdirSync(directory, { recursive: true });
const pages = rulePages();
for (const name of readdirSync(directory)) if (!pages.has(name)) rmSync(join(directory, name));
for (const [name, text] of pages) writeFileSync(join(directory, name), text);
writeFileSync(join(directory, '../rules.md'), idsPage());
console.log(`${pages.size} pages in docs/rules`);
