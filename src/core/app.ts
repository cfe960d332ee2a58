/**
 * The app: environments, the repository their tree is committed to, and a synth of its own. `cdk8s synth` runs it like
 * any cdk8s app, and so does `cdk8s-gitops synth`. Its law: a refused synth changes nothing on disk.
 */
import { App, type AppProps } from 'cdk8s';
import { type Issue, throwIfErrors } from '../kernel/issue';
import { Environment, type EnvironmentProps } from './environment';
import type { KindLookup } from './kind';
import { printUncaughtRefusals } from './refusal';
import { readRequest, reportTo, type SynthRequest } from './request';
import { NO_SET_CHECKS, type SetChecks } from './set-checks';
import { type Layout, synthesise } from './synth';
import { readTargets, type Targets } from './targets';
import { TreeWriter, type WriteReport } from './write';

/** Where the tree is committed: what Argo CD and Flux are told to read. */
export interface Repository {
  /** `https://github.com/acme/deploy.git`, or any URL the engine can clone. */
  readonly url: string;
  /** Branch, tag or commit. @default 'main' */
  readonly revision?: string;
  /** The output directory as a path in the repository. @default - the app's `outdir`, seen from the working directory */
  readonly path?: string;
}

export interface GitOpsAppProps extends Pick<AppProps, 'outdir' | 'resolvers'> {
  /** Needed by deliveries. @default - none: stacks are written, nothing points an engine at them */
  readonly repository?: Repository;
  /** How objects become files. @default 'file-per-object' */
  readonly layout?: Layout;
  /**
   * The versions of the products that read the tree, such as `{ argocd: '3.4' }`. A synth refuses what is newer.
   * @default - the newest versions that are known: nothing is refused for its age
   */
  readonly targets?: Targets;
  /**
   * Remembers which line of the program made each object, so that what only synth can find names it too. What a
   * constructor refuses names it anyway. Costs a stack trace an object.
   * @default false
   */
  readonly sourceLines?: boolean;
}

export class GitOpsApp<C = undefined> extends App {
  readonly repository: Repository | undefined;
  readonly layout: Layout;
  readonly targets: Targets;
  /** @internal */
  readonly sourceLines: boolean;
  private readonly builders: ((environment: Environment<C>) => void)[] = [];

  constructor(props: GitOpsAppProps = {}) {
    super(props);
    this.repository = props.repository;
    this.layout = props.layout ?? 'file-per-object';
    this.targets = readTargets({ ...props.targets });
    this.sourceLines = props.sourceLines ?? false;
    printUncaughtRefusals();
  }

  /**
   * Declares an environment.
   *
   * @param name the directory: lower-case letters, digits, inner dashes
   * @throws GitOpsError for a bad or taken name, a cluster with server and name, an `after` of another app
   */
  environment(
    name: string,
    ...[props]: undefined extends C ? [EnvironmentProps<C>?] : [EnvironmentProps<C>]
  ): Environment<C> {
    return new Environment<C>(this, name, (props ?? {}) as EnvironmentProps<C>);
  }

  /** The environments, in the order they were declared. */
  get environments(): readonly Environment<C>[] {
    return this.node.children.filter((child): child is Environment<C> => child instanceof Environment);
  }

  /**
   * Builds environments one at a time, inside `synth()`: memory stays flat however many there are, and
   * `cdk8s-gitops synth --env prod` builds only prod. Building them all up front works too.
   */
  forEachEnvironment(build: (environment: Environment<C>) => void): void {
    this.builders.push(build);
  }

  /**
   * Checks everything and writes the tree.
   *
   * @returns nothing; `synthTree` of `cdk8s-gitops/testing` returns the tree instead of writing it
   * @throws GitOpsError with every issue, when any is an error; the disk is then as it was
   */
  override synth(): void {
    const request = readRequest();
    const writer = new TreeWriter({ outdir: this.outdir, ...request });
    let issues: readonly Issue[];
    try {
      issues = [...synthesise(this, writer, request.only), ...writer.issues];
      reportTo(request, { issues });
      throwIfErrors(issues);
    } catch (error) {
      writer.discard();
      throw error;
    }
    reportTo(request, { issues, written: this.commit(writer, request) });
  }

  private commit(writer: TreeWriter, request: SynthRequest): WriteReport {
    try {
      return writer.commit();
    } catch (error) {
      reportTo(request, { issues: writer.issues });
      throw error;
    }
  }

  /** Runs what `forEachEnvironment` was given. @internal */
  build(environment: Environment<C>): void {
    for (const builder of this.builders) builder(environment);
  }

  /** The rules for manifests that no construct of ours checked: plain ApiObjects, Include, `cdk8s import`. @internal */
  get kindLookup(): KindLookup {
    return () => undefined;
  }

  /** The checks over several objects of one cluster. @internal */
  get setChecks(): SetChecks {
    return NO_SET_CHECKS;
  }
}
