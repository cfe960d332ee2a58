/** The kinds of this room that have rules. */
import type { Kind } from '../core/kind';
import { appProjectKind } from './app-project';
import { applicationKind } from './application';

export const kinds: readonly Kind[] = [applicationKind, appProjectKind];
