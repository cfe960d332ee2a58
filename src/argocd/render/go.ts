/** What rendering needs of Go: templates with Argo CD's functions, values as templates see them, YAML as Argo CD reads it. */
import { argoCdFunctions, type GoTemplate, type GoValue, parseGoTemplate as parse, slugifyName } from '../../template';
import { readYaml } from '../../template/argocd/yaml-read';
import { plain } from '../../template/go/value';

export {
  fillTags,
  GoInt,
  GoMap,
  GoSlice,
  type GoValue,
  goText,
  int as goInt,
  type MissingKey,
  missingKeyOf,
  normalizeName,
  renderGoTemplate,
  stringList,
  stringMap,
  TemplateError,
} from '../../template';
export { type GoDict, isDict, newDict, setKey } from '../../template/go/value';

export function parseGoTemplate(text: string): GoTemplate {
  return parse(text, { functions: argoCdFunctions });
}

/** The first document of a text. Throws where sigs.k8s.io/yaml gives an error. */
export function parseYaml(text: string): GoValue {
  return plain(readYaml(text));
}

/** What encoding/json calls a value that it cannot put where it should go. */
export function goTypeOfJson(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** A slug as the pullRequest generator makes one of a branch: at most 50 characters, underscores as dashes. */
export function branchSlug(branch: string): string {
  const latin = branch.normalize('NFKD').replace(/[\u0300-\u036f"'\u2019]/g, '');
  return slugifyName(latin.replace(/&/g, 'and').replace(/@/g, 'at').replace(/_/g, '-'), 50, true);
}
