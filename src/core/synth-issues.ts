/** The words of what synthesis finds: each function one issue, from what it is about. */
import type { ApiObject, Chart } from 'cdk8s';
import { formatPath, type Issue } from '../kernel/issue';
import type { NotJsonError } from '../kernel/json';
import { type Manifest, objectLabel } from '../kernel/manifest';
import type { Collected, Unit } from './collect';
import type { Delivery } from './delivery';
import { CommentError } from './emit';
import { fileName } from './layout';
import { originOf } from './resource';

export function emitIssues(error: NotJsonError | CommentError, construct: ApiObject, manifest: Manifest): Issue[] {
  const comment = error instanceof CommentError;
  return error.problems.map(({ path, got, fix }) => ({
    code: comment ? 'comment-misplaced' : 'value-not-json',
    severity: 'error',
    at: { object: objectLabel(manifest), path: formatPath(path), ...originOf(construct) },
    message: comment ? got : `holds ${got}`,
    fix,
  }));
}

export function directoryIssue(first: Chart, { chart, directory }: Unit): Issue {
  return {
    code: 'path-collision',
    severity: 'error',
    at: { construct: chart.node.path },
    message: `${first.node.path} and ${chart.node.path} would both write ${directory}/`,
    fix: 'give one of them another id',
  };
}

export function repositoryPathIssue(given: string, said: boolean): Issue {
  return {
    code: 'repository-path',
    severity: 'error',
    at: { path: '.repository.path' },
    message: said
      ? `repository.path is ${JSON.stringify(given.slice(0, 120))}: not a path inside a repository`
      : 'the output directory is outside the working directory, so its path in the repository is unknown',
    fix: "say where the tree is committed, from the repository's root: path: 'dist'",
  };
}

export function repositoryIssue(delivery: Delivery): Issue {
  return {
    code: 'repository-missing',
    severity: 'error',
    at: { construct: delivery.node.path },
    message: 'a delivery needs to know which repository the tree is committed to',
    fix: "pass repository: { url: 'https://…', revision: 'main', path: 'dist' } to GitOpsApp",
  };
}

export function cycleIssue(cycle: readonly Chart[]): Issue {
  const path = [...cycle, cycle[0]!].map(({ node }) => node.path).join(' → ');
  return {
    code: 'stack-cycle',
    severity: 'error',
    at: { construct: cycle[0]!.node.path },
    message: `the stacks wait for each other: ${path}`,
    fix: 'remove one dependsOn of the cycle',
  };
}

export function unsafePathIssue({ construct, manifest }: Collected, path: string): Issue {
  return {
    code: 'object-file-name',
    severity: 'error',
    at: { object: objectLabel(manifest).slice(0, 200), ...originOf(construct) },
    message: `${JSON.stringify(path.slice(0, 120))} cannot be a file of the tree${fileName(path).length > 255 ? ': it is longer than 255 characters' : ''}`,
    fix: 'give the object a name and namespace that Kubernetes accepts, short enough for a file name',
  };
}

/** Two objects of one identity are reported as that, once. */
export function collisionIssues(path: string, first: Collected, second: Collected): Issue[] {
  if (first.identity.group === second.identity.group) return [];
  const [one, other] = [first, second].map(
    ({ construct, manifest }) => `${construct.node.path} (${manifest.apiVersion})`,
  );
  return [
    {
      code: 'path-collision',
      severity: 'error',
      at: { object: objectLabel(second.manifest), ...originOf(second.construct) },
      message: `${path} would hold ${one} and ${other}`,
      fix: 'give one of them another name, or put them into different stacks',
    },
  ];
}
