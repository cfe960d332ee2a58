/** Props as the texts of a ConfigMap; what was not said has no text. */
import { type DurationInput, goDuration } from '../../kernel/duration';
import * as yaml from './yaml-text';

export function yamlText(value: unknown): string | undefined {
  return value === undefined ? undefined : yaml.yamlText(value);
}

export function durationText(duration: DurationInput | undefined): string | undefined {
  return duration === undefined ? undefined : goDuration(duration);
}

/** A duration of one number and one unit, the largest that leaves it whole. Text stays as it is. */
export function simpleDurationText(duration: DurationInput | undefined): string | undefined {
  if (duration === undefined || typeof duration === 'string') return duration;
  const seconds = duration.toMilliseconds() / 1000;
  const [unit, size] = UNITS.find(([, length]) => seconds % length === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}

const UNITS = [
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;
