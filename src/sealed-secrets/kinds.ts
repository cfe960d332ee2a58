/** The kinds of this room. */
import type { Kind } from '../core/kind';
import { sealedSecretKind } from './sealed-secret';

export const kinds: readonly Kind[] = [sealedSecretKind];
