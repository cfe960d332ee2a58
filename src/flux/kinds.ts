/** The kinds of this room that carry rules. */
import type { Kind } from '../core/kind';
import { gitRepositoryKind } from './git-repository';
import { helmReleaseKind } from './helm-release';
import { helmRepositoryKind } from './helm-repository';
import { kustomizationKind } from './kustomization';
import { ociRepositoryKind } from './oci-repository';

export const kinds: readonly Kind[] = [
  gitRepositoryKind,
  helmReleaseKind,
  helmRepositoryKind,
  kustomizationKind,
  ociRepositoryKind,
];
