import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readBody } from '../operations/operation.ts';
import { badRequest, notFound } from '../server/platform-error.ts';
import type { Platform } from '../server/platform.ts';
import { findActivityCode } from '../workforce/activity-code.ts';

const permissionChange = z.strictObject({ withdrawn: z.array(z.string()) });

const scheduleEdit = z.strictObject({
  userId: z.string(),
  startDate: z.iso.datetime(),
  lengthMinutes: z.int().min(5).max(480),
  /** `1` is a break, `3` a meeting, `6` a training (API §10.2). */
  activityCodeId: z.string(),
});

export type ScheduleEdit = z.infer<typeof scheduleEdit>;

/** What administrators and planners of the organisation do while it runs. */
export const registerAdministration = (app: FastifyInstance, platform: Platform): void => {
  app.put('/control/permissions', (request) => {
    const { withdrawn } = readBody(permissionChange, request.body);
    platform.withdrawnPermissions = new Set(withdrawn);
    return { withdrawn };
  });

  app.post('/control/schedule', (request) => {
    const { userId, startDate, lengthMinutes, activityCodeId } = readBody(scheduleEdit, request.body);
    const { schedule, engine } = platform.world;
    const user = platform.world.user(userId);
    const code = findActivityCode(activityCodeId);
    if (user === null || !engine.has(userId)) throw notFound(`userId ${userId} is not an agent of this organisation`);
    if (code === null) throw badRequest(`activityCodeId ${activityCodeId} is not an activity code`);
    const startsAt = Date.parse(startDate);
    const activity = {
      startsAt,
      endsAt: startsAt + lengthMinutes * 60_000,
      codeId: code.id,
      category: code.category,
    };
    if (!schedule.insert(user, activity))
      throw badRequest(`startDate: no shift of ${userId} has room for ${lengthMinutes} minutes from then on`);
    return { userId };
  });
};
