/** What Image Updater makes of single values, in objects and annotations alike. */
import { goPathMatch } from '../kernel/go-path-match';
import { goRegexpProblem } from '../kernel/go-regexp';
import { nearest } from '../kernel/suggest';

export interface ValueProblem {
  readonly message: string;
  readonly fix?: string;
}

const STRATEGIES = ['semver', 'newest-build', 'alphabetical', 'digest'];

/** Old names, and today's. */
export const DEPRECATED_STRATEGIES: ReadonlyMap<string, string> = new Map([
  ['latest', 'newest-build'],
  ['name', 'alphabetical'],
]);

export function strategyProblem(strategy: string | undefined): ValueProblem | undefined {
  if (strategy === undefined || STRATEGIES.includes(strategy) || DEPRECATED_STRATEGIES.has(strategy)) return undefined;
  const meant = nearest(strategy, STRATEGIES);
  const fix = meant && { fix: `did you mean ${meant}?` };
  return { message: `${JSON.stringify(strategy)} is no strategy: Image Updater takes semver`, ...fix };
}

export function allowTagsProblem(text: string | undefined): ValueProblem | undefined {
  if (text === undefined || text === '' || text === 'any') return undefined;
  const shown = JSON.stringify(text);
  if (!text.startsWith('regexp:')) {
    return { message: `${shown} is neither any nor regexp:…, and shuts out every tag`, fix: `write 'regexp:${text}'` };
  }
  const problem = goRegexpProblem(text.slice('regexp:'.length));
  if (problem === undefined) return undefined;
  return { message: `Go cannot read ${shown}, which shuts out every tag: ${problem}` };
}

export function ignoreTagProblem(pattern: string | undefined): ValueProblem | undefined {
  if (pattern === undefined || goPathMatch(pattern, '') !== undefined) return undefined;
  return { message: `${JSON.stringify(pattern)} is no glob: syntax error in pattern` };
}

/** What follows `git:` in a method. Other methods are the schema's matter. */
export function credentialsProblem(method: string | undefined, namespace: string | undefined): string | undefined {
  if (!method?.startsWith('git:')) return undefined;
  const text = method.slice('git:'.length);
  if (text === 'repocreds') return undefined;
  if (!text.startsWith('secret:') || text === 'secret:') {
    return `unexpected credentials format. Expected 'repocreds', 'secret:<secret>' or 'secret:<namespace>/<secret>' but got '${text}'`;
  }
  const [place, name] = text.slice('secret:'.length).split('/', 2);
  if (name === undefined || namespace === undefined || place === namespace) return undefined;
  return `secret namespace '${place}' differs from the object's namespace '${namespace}'`;
}

export function branchProblem(branch: string | undefined, pullRequest: boolean): string | undefined {
  if (branch === undefined) return undefined;
  const colons = branch.trim().split(':').length - 1;
  if (pullRequest && colons > 0) return `pullRequest mode does not support colon branch format "${branch}"`;
  return colons > 1 ? `invalid format for git-branch: ${branch}` : undefined;
}

export function targetProblem(target: string | undefined): string | undefined {
  if (target === undefined || target === '') return undefined;
  const shown = JSON.stringify(target);
  const word = ['kustomization', 'helmvalues'].find((prefix) => target.startsWith(prefix));
  if (word !== undefined) {
    const rest = target.slice(word.length);
    if (rest === '' || rest.startsWith(':')) return undefined;
    return `${shown} is read as ${word} and the path ${JSON.stringify(rest.slice(1))}`;
  }
  const base = target.split('/').at(-1)!;
  if (!['kustomization.yaml', 'kustomization.yml', 'Kustomization'].includes(base)) return undefined;
  return `git write-back target ${shown} looks like a standard kustomization file, whose content would be discarded`;
}
