/**
 * Templates as the controllers render them, without Go: the plain tags of ApplicationSets, and Go's text/template with
 * sprig and Argo CD's functions. What cannot be rendered alike is refused, never guessed.
 */
export { ARGO_CD_FUNCTIONS as argoCdFunctions } from './argocd';
export { normalizeName, slugifyName } from './argocd/names';
export { TemplateError } from './error';
export { type FilledText, fillTags } from './fasttemplate';
export type { FunctionMap, GoFunction } from './go/function';
export { goText } from './go/print';
export type { MissingKey } from './go/scope';
export {
  GoTemplate,
  missingKeyOf,
  type ParseTemplateOptions,
  parseGoTemplate,
  type RenderTemplateOptions,
  renderGoTemplate,
} from './go/template';
export { GoInt, GoMap, GoSlice, type GoValue, int, stringList, stringMap } from './go/value';
export { compileGoRegexp, GoRegexp } from './regexp';
export { SPRIG_FUNCTIONS as sprigFunctions } from './sprig';
export { REFUSED_FUNCTIONS as refusedFunctions } from './sprig/refused';
