import {
  presenceDefinitionId,
  queueId,
  ROUTING_STATES,
  SYSTEM_PRESENCES,
  type FactValue,
  type WorkKind,
} from '@floorwatch/domain';

const WORK_KINDS: readonly WorkKind[] = ['none', 'contact', 'afterCallWork'];

/** A fact as the columns hold it. */
export interface FactColumns {
  /** The system presence, the routing status, the kind of work, or `true` / `false`; null for queues. */
  readonly value: string | null;
  readonly definitionId: string | null;
  readonly message: string | null;
  readonly queueIds: readonly string[] | null;
}

const PLAIN: FactColumns = { value: null, definitionId: null, message: null, queueIds: null };

export const columnsOfFact = (fact: FactValue): FactColumns => {
  switch (fact.kind) {
    case 'presence':
      return { ...PLAIN, value: fact.presence, definitionId: fact.definitionId, message: fact.message };
    case 'routing':
      return { ...PLAIN, value: fact.routing };
    case 'work':
      return { ...PLAIN, value: fact.work };
    case 'outOfOffice':
      return { ...PLAIN, value: String(fact.active) };
    case 'queues':
      return { ...PLAIN, queueIds: fact.queueIds };
  }
};

/** @throws Error where the column holds a word this program does not know: a newer one wrote it, or somebody by hand */
const wordOf = <Word extends string>(words: readonly Word[], value: string | null): Word => {
  const word = words.find((one) => one === value);
  if (word === undefined) throw new Error(`the database holds a word that is none of ${words.join(', ')}`);
  return word;
};

export const factOfColumns = (kind: FactValue['kind'], columns: FactColumns): FactValue => {
  const { value, definitionId, message, queueIds } = columns;
  switch (kind) {
    case 'presence':
      return {
        kind,
        presence: wordOf(SYSTEM_PRESENCES, value),
        definitionId: definitionId === null ? null : presenceDefinitionId(definitionId),
        message,
      };
    case 'routing':
      return { kind, routing: wordOf(ROUTING_STATES, value) };
    case 'work':
      return { kind, work: wordOf(WORK_KINDS, value) };
    case 'outOfOffice':
      return { kind, active: wordOf(['true', 'false'], value) === 'true' };
    case 'queues':
      return { kind, queueIds: (queueIds ?? []).map(queueId) };
  }
};
