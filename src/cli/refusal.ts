/** Loaded into the user's program before anything else, by `cdk8s-gitops synth`. */
import { printUncaughtRefusals } from '../core/refusal';

printUncaughtRefusals();
