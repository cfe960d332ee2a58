/** Sealed Secrets: Secrets encrypted for one cluster. */
export type { SealedSecretSpec } from '../schema/generated/sealed-secrets';
export type { Scope } from './scope';
export { SealedSecret, type SealedSecretProps } from './sealed-secret';
