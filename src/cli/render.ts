/** `cdk8s-gitops render`: the Applications that ApplicationSets give, without a cluster. */
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { RenderedApplicationSet, RenderInputs, RepositoryTree } from '../argocd/render';
import type { Issue } from '../kernel/issue';
import { objectLabel } from '../kernel/manifest';
import { type ExitCode, FOUND, type Io, OK, UsageError } from './io';
import type { PlacedObject } from './objects';
import { countIssues, isError, issueData, plural, printIssues, printJson } from './print';

interface RenderOptions {
  readonly clusters?: string;
  readonly repo?: readonly string[];
  readonly answers?: string;
  readonly against?: string;
  readonly format: 'yaml' | 'json';
}

export function renderCommand(io: Io, end: (code: ExitCode) => void): Command {
  return new Command('render')
    .description('Evaluate the ApplicationSets of YAML files, and print the Applications that Argo CD would create.')
    .argument('<file...>', 'files and directories')
    .option('--clusters <file>', "Argo CD's cluster Secrets, as YAML")
    .option('--repo <url=dir>', 'a folder with the files of a repository; may be given again', collect)
    .option('--answers <file>', 'what scmProvider, pullRequest, clusterDecisionResource and plugin answer, as YAML')
    .option('--against <dir>', 'the old version: say which Applications would go, be renamed or move')
    .addOption(new Option('--format <format>', 'how to print').choices(['yaml', 'json']).default('yaml'))
    .addHelpText('after', HELP)
    .action((files: readonly string[], options: RenderOptions) => end(new Render(io, options).run(files)));
}

const HELP = `
Applications go to standard output, what is wrong to standard error. With --against the changes are printed
instead; Applications that go or move are errors where their objects are deleted or left behind.

Examples:
  cdk8s-gitops render appsets/ --clusters clusters.yaml
  cdk8s-gitops render web.yaml --repo https://github.com/acme/config.git=../config
  cdk8s-gitops render dist --clusters clusters.yaml --against ../main/dist`;

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** A rendered set with the place of its issues. */
interface Placed {
  readonly set: RenderedApplicationSet;
  readonly object: PlacedObject;
}

/** One run of the verb. */
class Render {
  private readonly issues: Issue[] = [];
  private readonly lib = require('../argocd/render') as typeof import('../argocd/render');
  private readonly reader = require('./objects') as typeof import('./objects');

  constructor(
    private readonly io: Io,
    private readonly options: RenderOptions,
  ) {}

  run(files: readonly string[]): ExitCode {
    const inputs = this.inputs();
    const sets = this.render(files, inputs);
    if (sets.length === 0 && this.issues.length === 0) {
      throw new UsageError(`there is no ApplicationSet in ${files.join(', ')}`);
    }
    for (const { set, object } of sets) this.report(set, object);
    const changes = this.options.against === undefined ? undefined : this.compare(sets, inputs);
    this.print(sets, changes);
    return [...this.issues, ...(changes ?? [])].some(isError) ? FOUND : OK;
  }

  private report({ problems }: RenderedApplicationSet, { place }: PlacedObject): void {
    for (const issue of problems) this.issues.push({ ...issue, at: place(issue.at) });
  }

  private inputs(): RenderInputs {
    const { clusters, repo = [], answers } = this.options;
    return {
      clusters: clusters === undefined ? [] : this.mustRead(clusters).map(({ manifest }) => manifest),
      repositories: repo.map((given) => this.repository(given)),
      answers: answers === undefined ? {} : readAnswers(resolve(this.io.cwd, answers), answers),
    };
  }

  private mustRead(path: string): readonly PlacedObject[] {
    const { objects, issues } = this.reader.readObjects([path], this.io.cwd);
    if (issues[0] !== undefined) throw new UsageError(`${path} cannot be read: ${issues[0].message}`);
    return objects;
  }

  private repository(given: string): RepositoryTree {
    const [, repoURL, folder] = /^(.+)=([^=]+)$/.exec(given) ?? [];
    if (repoURL === undefined || folder === undefined) throw new UsageError(`--repo ${given}: write URL=DIR`);
    const { folderTree } = require('../checks/folder') as typeof import('../checks/folder');
    try {
      return { repoURL, files: folderTree(resolve(this.io.cwd, folder)) };
    } catch (error) {
      throw new UsageError(`--repo ${given}: the folder cannot be read: ${(error as Error).message}`);
    }
  }

  private render(paths: readonly string[], inputs: RenderInputs): Placed[] {
    const { objects, issues } = this.reader.readObjects(paths, this.io.cwd);
    this.issues.push(...issues);
    return objects
      .filter(({ manifest }) => manifest.kind === 'ApplicationSet' && manifest.apiVersion.startsWith('argoproj.io/'))
      .map((object) => ({ object, set: this.lib.renderApplicationSet(object.manifest, inputs) }));
  }

  /** What the files of today do to the Applications of the old version, as issues. */
  private compare(sets: readonly Placed[], inputs: RenderInputs): Issue[] {
    const old = this.render([this.options.against!], inputs);
    // What cannot be rendered cannot be compared either.
    for (const { set, object } of old.filter(({ set }) => set.refused)) this.report(set, object);
    const changes = this.lib.compareApplications(
      old.map(({ set }) => set),
      sets.map(({ set }) => set),
    );
    const places = new Map([...old, ...sets].map(({ set, object }) => [objectLabel(set.applicationSet), object]));
    return this.lib.changeIssues(changes).map((issue) => {
      const place = places.get(issue.at.object ?? '');
      return place === undefined ? issue : { ...issue, at: place.place(issue.at) };
    });
  }

  private print(sets: readonly Placed[], changes: readonly Issue[] | undefined): void {
    const { stdout, stderr, env } = this.io;
    const applications = sets.flatMap(({ set }) => set.applications);
    if (this.options.format === 'json') {
      const data = { applications, issues: this.issues.map(issueData), changes: changes?.map(issueData) };
      printJson(data, stdout);
      return;
    }
    printIssues(this.issues, stderr, env);
    if (changes !== undefined) {
      printIssues(changes, stdout, env);
      stdout.write(`${countIssues(changes).replace('no issues', 'no Application goes or moves')}\n`);
      return;
    }
    const { emit } = require('../core/emit') as typeof import('../core/emit');
    for (const [index, application] of applications.entries()) {
      stdout.write(`${index === 0 ? '' : '---\n'}${emit(application)}`);
    }
    stderr.write(`${plural(applications.length, 'Application')} of ${plural(sets.length, 'ApplicationSet')}\n`);
  }
}

function readAnswers(path: string, name: string): NonNullable<RenderInputs['answers']> {
  const { readText } = require('../checks/read') as typeof import('../checks/read');
  const { readDocuments } = require('../checks/source') as typeof import('../checks/source');
  const text = readText(path);
  if (typeof text !== 'string') throw new UsageError(`${name} cannot be read: ${text.message}`);
  const [document] = readDocuments(text);
  const fault = document?.faults[0];
  if (fault !== undefined) throw new UsageError(`${name} cannot be read: ${fault.message}`);
  return (document?.value ?? {}) as NonNullable<RenderInputs['answers']>;
}
