/** Which cases each file of vectors holds. Random ones come from fixed seeds. */
import { ARGO } from './argo';
import type { VectorCase } from './cases';
import { LABELS, SEGMENTS, STANDARD } from './data';
import { FUNCTIONS } from './functions';
import { LANGUAGE } from './language';
import { randomCalls, randomCases } from './random';
import { ALL_SIGNATURES, BUILTIN_SIGNATURES } from './signatures';
import {
  dateCases,
  fastCases,
  formatCases,
  numberCases,
  regexCases,
  versionCases,
  wordCases,
  yamlCases,
  yamlReads,
  yamlTexts,
} from './special';

const BASE = { d: STANDARD, labels: LABELS, segments: SEGMENTS } as const;
const SPRIG = { ...BASE, f: 'argo' } as const;
const MISSING_KEYS = [undefined, 'error', 'zero'] as const;

const DELIMITERS: readonly string[] = [
  '<< .s >>',
  '<<.s>> {{.s}}',
  '<<- .s ->> x',
  '<</* c */>>',
  '<<if .t>>a<<else>>b<<end>>',
  '<<printf "%s>>" .s>>',
  '<<.s',
  '<<.s >',
  '<<range .l>><<.>><<end>>',
  '<<.missing.x>>',
];

export const FILES: Readonly<Record<string, () => readonly VectorCase[]>> = {
  language: () => [
    ...MISSING_KEYS.flatMap((m) => LANGUAGE.map((t) => ({ ...BASE, t, m }))),
    ...DELIMITERS.map((t) => ({ ...BASE, t, l: '<<', r: '>>' })),
  ],
  functions: () => [
    ...[...FUNCTIONS, ...ARGO].map((t) => ({ ...SPRIG, t })),
    ...randomCalls(11, 12, ALL_SIGNATURES, SPRIG),
    ...randomCalls(12, 2, ALL_SIGNATURES, { ...SPRIG, m: 'error' }),
  ],
  random: () => [
    ...randomCases(21, 700, BUILTIN_SIGNATURES, BASE),
    ...randomCases(22, 700, BUILTIN_SIGNATURES, { ...BASE, m: 'error' }),
    ...randomCases(23, 900, ALL_SIGNATURES, SPRIG),
    ...randomCases(24, 700, ALL_SIGNATURES, { ...SPRIG, m: 'error' }),
  ],
  special: () => [
    ...yamlCases(31, 150),
    ...yamlTexts(32, 200),
    ...yamlReads(),
    ...versionCases(),
    ...regexCases(33, 120),
    ...formatCases(34, 500),
    ...numberCases(35, 300),
    ...dateCases(),
    ...wordCases(36, 150),
    ...fastCases(37, 250),
  ],
};
