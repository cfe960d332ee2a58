/** The kinds of this room that have rules. */
import type { Kind } from '../core/kind';
import { appProjectKind } from './app-project';
import { applicationKind } from './application';
import { applicationSetKind } from './application-set';

export const kinds: readonly Kind[] = [applicationKind, applicationSetKind, appProjectKind];
