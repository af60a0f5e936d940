import { Random } from '../time/random.ts';
import type { Named } from './named.ts';

export interface WrapUpCode extends Named {
  readonly divisionId: string;
}

const NAMES = ['Resolved', 'Call back', 'Escalated', 'Complaint', 'Sale', 'No sale', 'Wrong number', 'Spam'];

export const makeWrapUpCodes = (seed: string, divisions: readonly Named[]): readonly WrapUpCode[] => {
  const random = new Random(`${seed}/wrap-up`);
  return NAMES.map((name) => ({ id: random.uuid(), name, divisionId: random.pick(divisions).id }));
};
