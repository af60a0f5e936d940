import { actingUserIdOf, type AuditRecord } from '../audit/audit-log.ts';
import { stationName } from '../operations/user-entity.ts';
import type { RealClock } from '../time/system-clock.ts';
import type { World } from '../server/world.ts';
import type { ScheduleChange } from '../workforce/published-schedule.ts';
import { AdherenceWatch } from './adherence-watch.ts';
import { stationBody } from './event-bodies.ts';
import type { EventPublisher } from './event-publisher.ts';
import { QueueWatch } from './queue-watch.ts';
import { presenceAuditTopicName, unitSchedulesTopicName, userTopicName } from './topic.ts';
import { UserAggregatesWatch } from './user-aggregates-watch.ts';
import { unitSchedulesBody, userScheduleBody } from './workforce-bodies.ts';

/** Plans and queues are looked at this often, in real time. */
const LOOK_INTERVAL_MS = 1000;

/** Makes everything that happens in an organisation known to whoever follows it. @returns how to stop */
export const publishWorld = (world: World, publisher: EventPublisher, realClock: RealClock): (() => void) => {
  world.engine.listen((entry, state) => publisher.publishChange(entry, state));
  world.engine.listenToContacts((userId, contact, endedAt) => {
    const user = world.user(userId);
    if (user !== null) publisher.publishConversation({ user, contact, endedAt });
  });
  world.stations.listen((userId, isAssociated) => {
    const user = world.user(userId);
    if (user === null) return;
    const station = isAssociated ? { id: user.stationId, name: stationName(user) } : null;
    publisher.publish(userTopicName(userId, 'station'), () => stationBody(userId, station));
  });
  world.audits.listen((record) =>
    publisher.publish(presenceAuditTopicName(record.userId), () => auditBody(world, record)),
  );
  world.schedule.listen((change) => publishScheduleChange(world, publisher, change));
  const watches = [
    new AdherenceWatch(world, publisher),
    new QueueWatch(world, publisher),
    new UserAggregatesWatch(world, publisher),
  ];
  return realClock.every(LOOK_INTERVAL_MS, () => {
    for (const watch of watches) watch.look();
  });
};

const publishScheduleChange = (world: World, publisher: EventPublisher, change: ScheduleChange): void => {
  publisher.publish(userTopicName(change.userId, 'workforcemanagement.schedules'), () => userScheduleBody(change));
  const unit = world.workforce.unitOf(change.userId);
  if (unit !== null) publisher.publish(unitSchedulesTopicName(unit.id), () => unitSchedulesBody(change));
};

const auditBody = (world: World, record: AuditRecord): object => {
  const { id, at, userId, before, after, actor } = record;
  const label = (definitionId: string): string => world.definition(definitionId)?.languageLabels.en_US ?? '';
  const actingUserId = actingUserIdOf(record);
  return {
    id,
    ...(actingUserId !== null && { userId: actingUserId }),
    userHomeOrgId: world.organisation.id,
    ...(actor !== null && { clientId: { id: actor.clientId } }),
    serviceName: 'Presence',
    level: 'USER',
    eventTime: new Date(at).toISOString(),
    action: 'Update',
    entityType: 'UserPresence',
    entity: { id: userId },
    propertyChanges: [
      { property: 'PRESENCE', oldValues: [label(before.definitionId)], newValues: [label(after.definitionId)] },
    ],
  };
};
