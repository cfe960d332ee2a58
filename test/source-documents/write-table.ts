import { writeFileSync } from 'node:fs';
import { TABLE, table } from './table';

writeFileSync(TABLE, table());
