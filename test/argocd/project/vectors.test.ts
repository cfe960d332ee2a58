/** What Go answered: gobwas/glob, path.Match and Argo CD's own types. `scripts/vectors` makes the files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appProjectRules } from '../../../src/argocd/app-project-rules';
import { permitsResource } from '../../../src/argocd/project';
import { normalizeGitUrl } from '../../../src/argocd/project/git-url';
import { compileGlob } from '../../../src/argocd/project/glob';
import {
  decideDestination,
  decideNamespace,
  decideResource,
  decideSource,
  type ProjectCluster,
  type ProjectSpec,
} from '../../../src/argocd/project/matching';
import { goPathMatch } from '../../../src/kernel/go-path-match';
import { runRules } from '../../../src/kernel/rule';

function vectors<T>(name: string): T[] {
  const text = readFileSync(join(__dirname, 'vectors', `${name}.jsonl`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

interface GlobVector {
  readonly pattern: string;
  readonly separators: string;
  readonly error?: string;
  readonly matches?: readonly string[];
  readonly misses?: readonly string[];
}

describe('globs', () => {
  const globs = vectors<GlobVector>('glob');

  test('compile where the library compiles them, and are refused in its words', () => {
    const wrong = globs.filter(({ pattern, separators, error }) => {
      const compiled = compileGlob(pattern, separators);
      return error !== ('error' in compiled ? compiled.error : undefined);
    });
    expect(wrong).toEqual([]);
  });

  test('match whatever the library matches', () => {
    const wrong = globs.flatMap(({ pattern, separators, matches = [] }) => {
      const compiled = compileGlob(pattern, separators);
      return matches
        .filter((text) => !('matches' in compiled && compiled.matches(text)))
        .map((text) => [pattern, text]);
    });
    expect(wrong).toEqual([]);
  });

  test('miss whatever the library misses, but for the patterns that it misjudges', () => {
    const misjudged = /\{[^}]*\*|\*\{|\{[^}]*\/|\*{3}|[?\]]/;
    const wrong = globs.flatMap(({ pattern, separators, misses = [] }) => {
      const compiled = compileGlob(pattern, separators);
      return misses.filter((text) => 'matches' in compiled && compiled.matches(text)).map((text) => [pattern, text]);
    });
    // Alternatives with wildcards; `***`; a single character of several bytes, between others.
    const unexplained = wrong.filter(
      ([pattern, text]) =>
        !/\*{3}|\{[^}]*[*/]/.test(pattern!) && !(misjudged.test(pattern!) && /[^\0-\x7f]/.test(text!)),
    );
    expect(unexplained).toEqual([]);
    expect(wrong.length).toBeLessThan(60);
  });

  test('a pattern of many stars is quick to refuse', () => {
    const compiled = compileGlob(`${'*a'.repeat(40)}b`);
    expect('matches' in compiled && compiled.matches('a'.repeat(2000))).toBe(false);
    expect(compileGlob(`${'{a*,*a}'.repeat(15)}b`)).toHaveProperty('matches');
  });
});

test('path.Match answers as Go does', () => {
  const wrong = vectors<GlobVector>('path-match').flatMap(({ pattern, error, matches = [], misses = [] }) => {
    if (error !== undefined) return goPathMatch(pattern, 'a') === undefined ? [] : [[pattern, error]];
    return [
      ...matches.filter((text) => goPathMatch(pattern, text) !== true).map((text) => [pattern, text, 'matches']),
      ...misses.filter((text) => goPathMatch(pattern, text) !== false).map((text) => [pattern, text, 'misses']),
    ];
  });
  expect(wrong).toEqual([]);
});

test('repository URLs are normalised as Argo CD does', () => {
  for (const { url, normalized } of vectors<{ url: string; normalized: string }>('git-url')) {
    expect([url, normalizeGitUrl(url)]).toEqual([url, normalized]);
  }
});

test('sources are permitted as Argo CD permits them', () => {
  const wrong = vectors<{ sourceRepos: string[]; repoURL: string; permitted: boolean }>('sources').filter(
    ({ sourceRepos, repoURL, permitted }) => decideSource({ sourceRepos }, repoURL).permitted !== permitted,
  );
  expect(wrong).toEqual([]);
});

interface DestinationVector {
  readonly destinations: ProjectSpec['destinations'];
  readonly cluster: ProjectCluster;
  readonly namespace: string;
  readonly scoped?: readonly ProjectCluster[];
  readonly onlyOwn?: boolean;
  readonly permitted: boolean;
}

describe('destinations', () => {
  const all = vectors<DestinationVector>('destinations');

  test('are permitted as Argo CD permits them', () => {
    const wrong = all.filter(({ onlyOwn, destinations, cluster, namespace, permitted }) => {
      const known = { server: cluster.server ?? '', name: cluster.name ?? '' };
      return !onlyOwn && decideDestination({ destinations }, known, namespace).permitted !== permitted;
    });
    expect(wrong).toEqual([]);
  });

  test('are permitted for clusters of the project alone, where it says so', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    const wrong = all.filter(({ onlyOwn, destinations, cluster, namespace, scoped = [], permitted }) => {
      if (!onlyOwn) return false;
      const project = { metadata: { name: 'shop' }, spec: { destinations, permitOnlyProjectScopedClusters: true } };
      const clusters = [cluster, ...scoped.map((own) => ({ ...own, project: 'shop' }))];
      return permitsResource(project, object, { ...cluster, namespace }, { clusters }).permitted !== permitted;
    });
    expect(wrong).toEqual([]);
  });

  test('are decided from half of the cluster only where the other half cannot change the answer', () => {
    const wrong = all
      .filter(({ onlyOwn }) => !onlyOwn)
      .flatMap((vector) => {
        const { destinations, cluster, namespace, permitted } = vector;
        const halves = [{ server: cluster.server }, ...(cluster.name ? [{ name: cluster.name }] : [])];
        return halves.filter((half) => {
          // A cluster that has no name has none; that is more than not knowing it.
          if (!cluster.name) return false;
          const decision = decideDestination({ destinations }, half, namespace).permitted;
          return decision !== 'undecided' && decision !== permitted;
        });
      });
    expect(wrong).toEqual([]);
  });
});

interface ResourceVector {
  readonly spec: ProjectSpec;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespaced: boolean;
  readonly permitted: boolean;
}

test('kinds are permitted as Argo CD permits them', () => {
  const wrong = vectors<ResourceVector>('resources').filter(
    ({ spec, permitted, ...resource }) => decideResource(spec, resource) !== permitted,
  );
  expect(wrong).toEqual([]);
});

test('namespaces are permitted as Argo CD permits them', () => {
  const wrong = vectors<{ sourceNamespaces: string[]; namespace: string; permitted: boolean }>('namespaces').filter(
    ({ sourceNamespaces, namespace, permitted }) => decideNamespace({ sourceNamespaces }, namespace) !== permitted,
  );
  expect(wrong).toEqual([]);
});

test('roles are refused where the API server refuses them', () => {
  interface Vector {
    readonly project: string;
    readonly role: {
      readonly name: string;
      readonly policies?: readonly string[];
      readonly groups?: readonly string[];
    };
    readonly error?: string;
  }
  const wrong = vectors<Vector>('roles').filter(({ project, role, error }) => {
    // An action of no name is taken by the API server, and grants nothing: refused here.
    if (role.policies?.some((policy) => policy.includes('action/,'))) return false;
    if (role.groups?.some((group) => group.startsWith('"') && group.length < 3)) return false;
    const manifest = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: project },
      spec: { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }], roles: [role] },
    };
    return runRules(appProjectRules, manifest).some(({ severity }) => severity === 'error') !== (error !== undefined);
  });
  expect(wrong).toEqual([]);
});
