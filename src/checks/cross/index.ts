/** The checks over several objects, loaded when the first object is met that one of them asks for. */
import type { SetChecks } from '../../core/set-checks';
import { isWanted } from './wanted';

export const setChecks: SetChecks = {
  wants: isWanted,
  judge(members, files) {
    if (members.length === 0) return [];
    return (require('./judge') as typeof import('./judge')).judgeTogether(members, files);
  },
};
