/** `npm run docs`: writes docs/rules from the rules. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulePages } from './pages';

const directory = join(__dirname, '../../docs/rules');
mkdirSync(directory, { recursive: true });
const pages = rulePages();
for (const name of readdirSync(directory)) if (!pages.has(name)) rmSync(join(directory, name));
for (const [name, text] of pages) writeFileSync(join(directory, name), text);
console.log(`${pages.size} pages in docs/rules`);
