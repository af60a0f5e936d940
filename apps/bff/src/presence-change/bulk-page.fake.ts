import { randomUUID } from 'node:crypto';
import {
  bulkChange,
  getBulk,
  listBulks,
  previewBulk,
  type BulkChangeView,
  type BulkPreview,
} from '@floorwatch/contracts';
import { expect } from 'vitest';
import type { z } from 'zod';
import type { Answer } from '../sessions/signed-in-floor.fake.ts';
import type { Supervisor, Wish } from './supervisor.fake.ts';

export type BulkWithChanges = z.infer<typeof getBulk.reply>;

/** What a page does with bulks, over HTTP. */
export class BulkPage {
  readonly #person: Supervisor;

  constructor(person: Supervisor) {
    this.#person = person;
  }

  async preview(agentIds: readonly string[], wish: Wish): Promise<BulkPreview> {
    const { status, text } = await this.#person.send('POST', previewBulk.path, { body: { ...wish, agentIds } });
    expect(status, text).toBe(200);
    return previewBulk.reply.parse(JSON.parse(text));
  }

  /** Asks for those of the dry run that could be changed; whatever comes back. */
  ask(dryRun: Pick<BulkPreview, 'agents'>, wish: Wish, key: string = randomUUID()): Promise<Answer> {
    const agents = dryRun.agents.flatMap(({ agentId, etag }) => (etag === null ? [] : [{ agentId, etag }]));
    const headers = { 'idempotency-key': key };
    return this.#person.send('POST', '/api/presence-changes/bulk', { headers, body: { ...wish, agents } });
  }

  async start(dryRun: Pick<BulkPreview, 'agents'>, wish: Wish, key?: string): Promise<BulkChangeView> {
    const { status, text } = await this.ask(dryRun, wish, key);
    expect(status, text).toBe(202);
    return bulkChange.parse(JSON.parse(text));
  }

  async look(id: string): Promise<BulkWithChanges> {
    const { status, text } = await this.#person.send('GET', `/api/presence-changes/bulk/${id}`);
    expect(status, text).toBe(200);
    return getBulk.reply.parse(JSON.parse(text));
  }

  async list(): Promise<BulkChangeView[]> {
    const { status, text } = await this.#person.send('GET', listBulks.path);
    expect(status, text).toBe(200);
    return listBulks.reply.parse(JSON.parse(text)).bulks;
  }

  cancel(id: string): Promise<Answer> {
    return this.#person.send('POST', `/api/presence-changes/bulk/${id}/cancel`);
  }
}
