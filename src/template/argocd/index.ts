/** The functions of an ApplicationSet's Go template: sprig without env, expandenv and getHostByName, and Argo CD's own. */
import { type FunctionMap, fn } from '../go/function';
import { SPRIG_FUNCTIONS } from '../sprig';
import { NAMES } from './names';
import { fromYaml, fromYamlArray } from './yaml-read';
import { writeYaml } from './yaml-write';

export const ARGO_CD_FUNCTIONS: FunctionMap = {
  ...SPRIG_FUNCTIONS,
  ...NAMES,
  toYaml: fn('any', (value) => writeYaml(value).replace(/\n$/, '')),
  fromYaml: fn('string', fromYaml),
  fromYamlArray: fn('string', fromYamlArray),
};
