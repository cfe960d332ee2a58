/** The functions of sprig v3 that do not reach outside the program; see `refused.ts` for those that cannot be foretold. */
import type { FunctionMap } from '../go/function';
import { CRYPTO } from './crypto';
import { DATES } from './dates';
import { DICTS } from './dicts';
import { ENCODING } from './encoding';
import { FLOW } from './flow';
import { JSON_FUNCTIONS } from './json';
import { LISTS } from './lists';
import { MATH } from './math';
import { PATHS } from './paths';
import { REFUSED } from './refused';
import { REGEX } from './regex';
import { SEMVER } from './semver';
import { STRINGS } from './strings';
import { URLS } from './urls';

export const SPRIG_FUNCTIONS: FunctionMap = {
  ...CRYPTO,
  ...DATES,
  ...DICTS,
  ...ENCODING,
  ...FLOW,
  ...JSON_FUNCTIONS,
  ...LISTS,
  ...MATH,
  ...PATHS,
  ...REFUSED,
  ...REGEX,
  ...SEMVER,
  ...STRINGS,
  ...URLS,
};
