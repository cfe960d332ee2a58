/** Every YAML document of the source documents. The table in docs/ and the tests are both made from this. */
import type { Row } from './row';
import { rows000 } from './rows/rows-000';
import { rows001 } from './rows/rows-001';
import { rows003 } from './rows/rows-003';
import { otherRows004 } from './rows/rows-004-rest';
import { rolloutRows004 } from './rows/rows-004-rollouts';
import { applicationSetRows004 } from './rows/rows-004-sets';

const rows004 = [...applicationSetRows004, ...rolloutRows004, ...otherRows004];

export const rows: readonly Row[] = [
  ...rows000,
  ...rows001,
  ...rows003,
  ...rows004.sort((a, b) => Number(a.lines) - Number(b.lines)),
];
