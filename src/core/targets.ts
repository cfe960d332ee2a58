/** The versions of the products that will read the tree. Which fields a version lacks is for the product's room to say. */
import { GitOpsError, type Issue } from '../kernel/issue';
import { nearest } from '../kernel/suggest';
import { sourceLine } from './source-line';

/** The minor versions of Argo CD whose differences are known, oldest first. */
export const ARGO_CD_VERSIONS = ['3.0', '3.1', '3.2', '3.3', '3.4', '3.5'] as const;

export type ArgoCdVersion = (typeof ARGO_CD_VERSIONS)[number];

/** A minor version by product. A product that is not named is taken to be the newest. */
export interface Targets {
  /** The oldest Argo CD that reads the tree. @default - the newest known: nothing is refused for its age */
  readonly argocd?: ArgoCdVersion;
}

const VERSIONS: Readonly<Record<keyof Targets, readonly string[]>> = { argocd: ARGO_CD_VERSIONS };

/**
 * Targets as they come from outside the type system.
 *
 * @throws GitOpsError `target-product-unknown`, `target-version-unknown`
 */
export function readTargets(given: Readonly<Record<string, unknown>>): Targets {
  const entries = Object.entries(given).filter(([, version]) => version !== undefined);
  const issues = entries.flatMap(([product, version]) => problemsOf(product, version));
  if (issues.length > 0) {
    const source = sourceLine();
    throw new GitOpsError(issues.map((issue) => (source === undefined ? issue : { ...issue, at: { source } })));
  }
  return Object.fromEntries(entries);
}

function problemsOf(product: string, version: unknown): Issue[] {
  if (!Object.hasOwn(VERSIONS, product)) {
    const products = Object.keys(VERSIONS);
    const meant = nearest(product, products);
    const fix = meant === undefined ? `use one of ${products.join(', ')}` : `did you mean ${meant}?`;
    return [refusal('target-product-unknown', `${JSON.stringify(product)} is no product with target versions`, fix)];
  }
  const versions = VERSIONS[product as keyof Targets];
  if (versions.includes(version as string)) return [];
  const minor = versions.find(
    (known) => typeof version === 'string' && version.replace(/^v/, '').startsWith(`${known}.`),
  );
  return [
    refusal(
      'target-version-unknown',
      `the target version of ${product} is ${JSON.stringify(version)}, which is none that is known`,
      minor === undefined
        ? `use one of ${versions.map((known) => `'${known}'`).join(', ')}`
        : `give the minor: '${minor}'`,
    ),
  ];
}

function refusal(code: string, message: string, fix: string): Issue {
  return { code, severity: 'error', at: {}, message, fix };
}
