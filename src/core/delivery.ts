/** A delivery turns an environment's stacks into what an engine reads. Rooms implement it; synth runs it. */
import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Identity } from '../kernel/manifest';
import type { Repository } from './app';
import type { Environment } from './environment';
import type { EnvironmentStack } from './stack';
import type { Program } from './synth';

/** One directory of the tree, as a delivery sees it. */
export interface DeliveredStack {
  /** `checkout` */
  readonly id: string;
  /** Where it is in the repository: `dist/prod/checkout`. */
  readonly path: string;
  readonly stack: Chart;
  readonly namespace: string | undefined;
  readonly objects: readonly Identity[];
  /** The ids of the stacks that must be healthy first. */
  readonly dependsOn: readonly string[];
  /** How many stacks must come before, in the longest chain: 0 for a stack that depends on none. */
  readonly wave: number;
}

export interface DeliveryContext {
  readonly environment: Environment;
  readonly repository: Required<Repository>;
  /** In an order that respects `dependsOn`; stacks without objects are left out. */
  readonly stacks: readonly DeliveredStack[];
  /** The delivery's own directory in the repository: `dist/prod/delivery`. */
  readonly path: string;
}

export abstract class Delivery extends Construct {
  /** @param app the GitOpsApp; the id names the delivery's directory in every environment */
  constructor(app: Construct & Program, id: string) {
    super(app, id);
  }

  /**
   * Adds the engine's objects for one environment.
   *
   * @returns the stack they are in, a child of the environment named after the delivery
   */
  abstract deliver(context: DeliveryContext): EnvironmentStack;
}
