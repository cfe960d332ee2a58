/** Which kinds and versions exist, and what their CRDs say of a manifest. */
export { admissible } from './admissible';
export { type Finding, type SchemaCode, schemaCodes } from './finding';
export { type KindFacts, type KindVersion, knownGroup, knownKinds, tryKindFacts, trySchema } from './kinds';
export { validateMetadata } from './metadata';
export type { NodeType, SchemaNode } from './node';
export { isDnsLabel, isDnsSubdomain, isLabelValue, isPathSegment, isQualifiedName } from './syntax';
export { validate } from './validate';
