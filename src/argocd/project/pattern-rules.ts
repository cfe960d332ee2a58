/** Rules about an AppProject's patterns. Argo CD compiles them when it needs them, and what does not compile matches nothing. */
import { defineRule } from '../../kernel/rule';
import type { AppProject } from '../../schema/generated/argo-cd';
import { sampleProject } from '../rule-support';
import { normalizeGitUrl } from './git-url';
import { globProblem } from './glob';
import { isDeny, namespaceExpression } from './matching';

const globBroken = defineRule<AppProject>({
  code: 'argocd-project-glob-broken',
  severity: 'error',
  summary: 'A pattern of a destination does not compile.',
  why: 'A pattern that does not compile matches nothing, and as a deny therefore denies nothing (AC-43; argo-cd util/glob/glob.go, with gobwas/glob).',
  fix: "close every bracket; a bracket holds one range or one list: '[a-z]', '[abc]', '[!abc]'",
  wrong: sampleProject({ destinations: "[{ server: https://kubernetes.default.svc, namespace: 'shop-[a-z0-9]' }]" }),
  right: sampleProject({ destinations: "[{ server: https://kubernetes.default.svc, namespace: 'shop-[a-z]' }]" }),
  check({ spec }, report) {
    for (const [index, destination] of (spec?.destinations ?? []).entries()) {
      for (const field of ['server', 'name', 'namespace'] as const) {
        const pattern = destination?.[field] ?? '';
        const problem = globProblem(isDeny(pattern) ? pattern.slice(1) : pattern);
        if (problem === undefined) continue;
        report(['spec', 'destinations', index, field], `${JSON.stringify(pattern)} is no glob: ${problem}`);
      }
    }
  },
});

const sourceUnmatchable = defineRule<AppProject>({
  code: 'argocd-project-source-unmatchable',
  severity: 'error',
  summary: 'A source repository is a pattern that no repository matches.',
  why: 'Argo CD reads the pattern as a URL before it matches it: braces and backslashes become %7B, %7D and %5C, and what is no URL becomes the empty text (AC-42; argo-cd util/git/git.go NormalizeGitURL, pkg/apis/application/v1alpha1/app_project_types.go IsSourcePermitted).',
  fix: 'write one entry for each alternative, with * and ** alone',
  wrong: sampleProject({ sourceRepos: "['https://github.com/acme/{deploy,web}']" }),
  right: sampleProject({ sourceRepos: "['https://github.com/acme/deploy', 'https://github.com/acme/web']" }),
  check({ spec }, report) {
    for (const [index, repo = ''] of (spec?.sourceRepos ?? []).entries()) {
      const pattern = isDeny(repo) ? repo.slice(1) : repo;
      const problem = sourceProblem(pattern);
      if (problem !== undefined) report(['spec', 'sourceRepos', index], problem);
    }
  },
});

const sourceNamespace = defineRule<AppProject>({
  code: 'argocd-project-source-namespace',
  severity: 'error',
  summary: 'A source namespace is a pattern that no namespace matches.',
  why: 'Source namespaces are globs, or regular expressions between slashes; neither can deny, and a lone slash makes Argo CD panic (AC-18; argo-cd pkg/apis/application/v1alpha1/app_project_types.go IsAppNamespacePermitted, util/glob/list.go).',
  fix: "write a glob, 'team-*', or an expression between slashes, '/^team-[0-9]+$/'",
  wrong: sampleProject({ sourceNamespaces: "['team-*', '!team-a']" }),
  right: sampleProject({ sourceNamespaces: "['/^team-(?!a$)/']" }),
  check({ spec }, report) {
    for (const [index, pattern] of (spec?.sourceNamespaces ?? []).entries()) {
      if (pattern === undefined) continue;
      const problem = namespaceProblem(pattern);
      if (problem !== undefined) report(['spec', 'sourceNamespaces', index], problem);
    }
  },
});

/** For AppProjects, beside their other rules. */
export const projectPatternRules = [globBroken, sourceUnmatchable, sourceNamespace] as const;

function sourceProblem(pattern: string): string | undefined {
  const shown = JSON.stringify(pattern);
  // A lone star after the mark of a deny is said by another rule.
  if (pattern === '' || pattern === '*') return undefined;
  const normalized = normalizeGitUrl(pattern);
  if (normalized === '') return `${shown} is no URL to Argo CD: it matches no repository`;
  if (/[{}\\]/.test(pattern) && /%(?:7B|7D|5C)/.test(normalized)) {
    return `${shown} is matched as ${JSON.stringify(normalized)}: alternatives and escapes mean nothing here`;
  }
  const problem = globProblem(normalized);
  return problem && `${shown} is no glob: ${problem}`;
}

function namespaceProblem(pattern: string): string | undefined {
  if (pattern === '/') return "'/' makes Argo CD panic: it looks for an expression between two slashes";
  if (pattern.startsWith('!')) return `${JSON.stringify(pattern)} denies nothing: source namespaces are only permitted`;
  if (namespaceExpression(pattern) === null) return `${JSON.stringify(pattern)} is no regular expression`;
  const problem = namespaceExpression(pattern) === undefined ? globProblem(pattern) : undefined;
  return problem && `${JSON.stringify(pattern)} is no glob: ${problem}`;
}
