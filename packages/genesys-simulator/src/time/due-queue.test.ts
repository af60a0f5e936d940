import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueQueue } from './due-queue.ts';

describe('due queue', () => {
  it('gives tasks by due instant, and tasks of one instant in the order they were added', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean())), (wanted) => {
        const queue = new DueQueue();
        const tasks = wanted.map(([dueAt]) => queue.add(dueAt, () => undefined));
        tasks.forEach((task, index) => {
          task.isCancelled = wanted[index]?.[1] ?? false;
        });
        const taken = [];
        for (let task = queue.take(); task !== null; task = queue.take()) taken.push(task);
        const expected = tasks
          .filter((task) => !task.isCancelled)
          .toSorted((a, b) => a.dueAt - b.dueAt || a.order - b.order);
        expect(taken).toEqual(expected);
      }),
    );
  });
});
