/** Reads and writes the cases of the vectors: the same shape that gotemplate/main.go reads. */
export interface VectorCase {
  /** The template. */
  readonly t: string;
  readonly d?: unknown;
  /** Functions: none, Argo CD's, or the plain engine. */
  readonly f?: 'argo' | 'fast';
  readonly m?: 'default' | 'invalid' | 'zero' | 'error';
  readonly l?: string;
  readonly r?: string;
  /** Set as `.labels`, a map[string]string. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Set as `.segments`, a []string. */
  readonly segments?: readonly string[];
}

export interface VectorResult {
  readonly text: string;
  readonly error?: string;
}

export type Vector = VectorCase & VectorResult;
