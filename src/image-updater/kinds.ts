/** The kinds of this room. */
import type { Kind } from '../core/kind';
import { imageUpdaterKind } from './image-updater';

export const kinds: readonly Kind[] = [imageUpdaterKind];
