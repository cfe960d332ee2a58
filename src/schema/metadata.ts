/**
 * ObjectMeta, as the API server reads it: every kind has it and no CRD describes it. Law: the regular case costs a few
 * passes over short strings and no allocation.
 */
import { groupOf, type Manifest } from '../kernel/manifest';
import { nearest } from '../kernel/suggest';
import type { Finding, SchemaCode } from './finding';
import { tryKindFacts } from './kinds';
import { isMap } from './map';
import { isDnsLabel, isDnsSubdomain, isLabelValue, isPathSegment, isQualifiedName } from './syntax';
import { got, quoted } from './words';

/** Findings about `metadata` alone; for a kind we hold no schema of, its name need only be fit for a URL. */
export function validateMetadata(manifest: Manifest): Finding[] {
  const findings: Finding[] = [];
  const known = tryKindFacts(groupOf(String(manifest.apiVersion)), String(manifest.kind)) !== undefined;
  checkMetadata(manifest, known, findings);
  return findings;
}

/** Adds to `findings` what is wrong with the metadata. `strictName`: the name is a DNS subdomain, as of every custom resource. */
export function checkMetadata(manifest: Manifest, strictName: boolean, findings: Finding[]): void {
  const metadata: unknown = manifest.metadata;
  if (metadata === undefined || metadata === null) {
    if (!isList(manifest))
      add(findings, 'schema-required', ['metadata', 'name'], 'the object has no name', 'add metadata.name');
    return;
  }
  if (!isMap(metadata)) {
    addType(findings, ['metadata'], 'an object', metadata, 'write metadata as an object with a name');
    return;
  }
  for (const field in metadata) {
    const check = fieldChecks.get(field);
    if (check === undefined) addUnknown(findings, field);
    else if (metadata[field] !== undefined && metadata[field] !== null) check(metadata[field], findings, field);
  }
  checkName(manifest, metadata, strictName, findings);
}

type FieldCheck = (value: unknown, findings: Finding[], field: string) => void;

const ignore: FieldCheck = () => undefined;

const fieldChecks: ReadonlyMap<string, FieldCheck> = new Map<string, FieldCheck>([
  // The name needs the kind to be known; see checkName.
  ['name', ignore],
  ['generateName', ignore],
  ['namespace', checkNamespace],
  ['labels', checkLabels],
  ['annotations', checkAnnotations],
  ['finalizers', checkFinalizers],
  ['ownerReferences', checkOwners],
  // Written by the server; harmless in a manifest.
  ['creationTimestamp', ignore],
  ['deletionGracePeriodSeconds', ignore],
  ['deletionTimestamp', ignore],
  ['generation', ignore],
  ['managedFields', ignore],
  ['resourceVersion', ignore],
  ['selfLink', ignore],
  ['uid', ignore],
]);

function checkName(manifest: Manifest, metadata: Record<string, unknown>, strict: boolean, findings: Finding[]): void {
  const { name, generateName } = metadata;
  if (isBlank(name)) {
    if (isBlank(generateName)) {
      if (!isList(manifest))
        add(findings, 'schema-required', ['metadata', 'name'], 'the object has no name', 'add metadata.name');
    } else checkOneName(generateName, 'generateName', strict, findings);
  } else checkOneName(name, 'name', strict, findings);
}

function checkOneName(name: unknown, field: 'name' | 'generateName', strict: boolean, findings: Finding[]): void {
  const path = ['metadata', field];
  if (typeof name !== 'string') {
    addType(findings, path, 'a string', name, `quote it: "${quoted(name)}"`);
    return;
  }
  // The server adds five characters to a generateName, so it may end with a separator.
  const whole = field === 'generateName' ? `${name}x` : name;
  if (strict ? isDnsSubdomain(whole) : isPathSegment(whole)) return;
  const fix = strict
    ? 'use at most 253 lower case letters, digits, "-" and ".", with a letter or digit at both ends and around each "."'
    : 'use a name that is not "." or ".." and has no "/" or "%"';
  const lower = typeof name === 'string' && name.length < 254 ? name.toLowerCase().replaceAll('_', '-') : '';
  add(
    findings,
    'schema-name',
    path,
    `${quoted(name)} is not a valid name`,
    strict && isDnsSubdomain(lower) ? `write ${lower}` : fix,
  );
}

function checkNamespace(value: unknown, findings: Finding[]): void {
  const path = ['metadata', 'namespace'];
  if (typeof value !== 'string') addType(findings, path, 'a string', value, `quote it: "${quoted(value)}"`);
  else if (value !== '' && !isDnsLabel(value)) {
    const fix = 'use at most 63 lower case letters, digits and "-", with a letter or digit at both ends';
    add(findings, 'schema-name', path, `${quoted(value)} is not a valid namespace`, fix);
  }
}

function checkLabels(labels: unknown, findings: Finding[], field: string): void {
  if (!isMap(labels)) {
    addType(findings, ['metadata', field], 'an object', labels, 'write labels as name: "value" lines');
    return;
  }
  for (const key in labels) {
    const value = labels[key];
    checkPair(key, value, findings, field);
    if (typeof value === 'string' && !isLabelValue(value)) {
      const fix =
        'use at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends, or an annotation';
      add(findings, 'schema-metadata', ['metadata', field, key], `${quoted(value)} is not a valid label value`, fix);
    }
  }
}

const annotationsLimit = 256 * 1024;

function checkAnnotations(annotations: unknown, findings: Finding[], field: string): void {
  if (!isMap(annotations)) {
    addType(findings, ['metadata', field], 'an object', annotations, 'write annotations as name: "value" lines');
    return;
  }
  let size = 0;
  for (const key in annotations) {
    const value = annotations[key];
    checkPair(key, value, findings, field);
    if (typeof value === 'string') size += key.length + value.length;
  }
  if (size > annotationsLimit) {
    add(
      findings,
      'schema-bound',
      ['metadata', field],
      `all annotations together have ${size} bytes, allowed are ${annotationsLimit}`,
      'move the data to a ConfigMap',
    );
  }
}

/** What labels and annotations have in common. */
function checkPair(key: string, value: unknown, findings: Finding[], field: string): void {
  if (typeof value !== 'string' && value !== undefined) {
    const path = ['metadata', field, key];
    if (value === null)
      add(
        findings,
        'schema-null',
        path,
        'got null; the value must be a string',
        'write "" for an empty value, or leave it out',
      );
    else
      addType(
        findings,
        path,
        'a string',
        value,
        isMap(value) || Array.isArray(value) ? 'write a string' : `quote it: "${quoted(value)}"`,
      );
  }
  // Annotation keys may have upper case in their prefix, label keys may not.
  if (!isQualifiedName(key) && !(field === 'annotations' && isQualifiedName(key.toLowerCase()))) {
    const fix = 'use [prefix/]name: a DNS name as prefix, at most 63 letters, digits, "-", "_" and "." as name';
    add(
      findings,
      'schema-metadata',
      ['metadata', field, key],
      `${quoted(key)} is not a valid ${field === 'labels' ? 'label' : 'annotation'} key`,
      fix,
    );
  }
}

function checkFinalizers(value: unknown, findings: Finding[], field: string): void {
  if (!Array.isArray(value)) {
    addType(findings, ['metadata', field], 'a list', value, 'put "- " before each finalizer');
    return;
  }
  for (const [at, finalizer] of value.entries()) {
    const path = ['metadata', field, at];
    if (typeof finalizer !== 'string') addType(findings, path, 'a string', finalizer, 'write the name of a finalizer');
    else if (!isQualifiedName(finalizer)) {
      add(
        findings,
        'schema-metadata',
        path,
        `${quoted(finalizer)} is not a valid finalizer`,
        'write prefix/name, such as example.com/cleanup',
      );
    }
  }
}

function checkOwners(value: unknown, findings: Finding[], field: string): void {
  if (!Array.isArray(value))
    addType(findings, ['metadata', field], 'a list', value, 'put "- " before each owner reference');
}

function addUnknown(findings: Finding[], field: string): void {
  const path = ['metadata', field];
  if (field === 'clusterName') {
    const message = 'clusterName left metadata in Kubernetes 1.24';
    findings.push({ code: 'schema-field-unknown', severity: 'warning', path, message, fix: 'remove it' });
  } else add(findings, 'schema-field-unknown', path, `unknown field ${quoted(field)}`, unknownFix(field));
}

function unknownFix(field: string): string {
  if (field.includes('/')) return 'indent it under annotations or labels';
  const near = nearest(field, fieldChecks.keys());
  return near === undefined ? 'remove it, or move it to labels, annotations or spec' : `did you mean ${near}?`;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** The answer of `kubectl get -o yaml`: its items have names, itself has none. */
function isList(manifest: Manifest): boolean {
  return String(manifest.kind).endsWith('List') && Array.isArray(manifest['items']);
}

function addType(findings: Finding[], path: (string | number)[], wanted: string, value: unknown, fix: string): void {
  add(findings, 'schema-type', path, `expected ${wanted}, got ${got(value)}`, fix);
}

function add(findings: Finding[], code: SchemaCode, path: (string | number)[], message: string, fix: string): void {
  findings.push({ code, severity: 'error', path, message, fix });
}
