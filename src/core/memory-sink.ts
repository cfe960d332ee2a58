/** The tree as a value: path to text. */
import type { Sink } from './synth';

export class MemorySink implements Sink {
  private readonly texts = new Map<string, string>();

  beginSegment(): void {}

  put(path: string, text: string): void {
    if (this.texts.has(path)) throw new Error(`two writers of ${path}`);
    this.texts.set(path, text);
  }

  endSegment(): void {}

  /** Sorted by path. */
  files(): Record<string, string> {
    return Object.fromEntries([...this.texts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
