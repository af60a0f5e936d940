/** Something that will happen at a model instant, unless it is cancelled. */
export interface DueTask {
  readonly dueAt: number;
  readonly order: number;
  readonly action: () => void;
  isCancelled: boolean;
}

/** Next tasks first; tasks due at the same instant run in the order they were added. A binary heap. */
export class DueQueue {
  readonly #heap: DueTask[] = [];
  #added = 0;

  add(dueAt: number, action: () => void): DueTask {
    const task: DueTask = { dueAt, order: this.#added, action, isCancelled: false };
    this.#added += 1;
    this.#heap.push(task);
    this.#siftUp(this.#heap.length - 1);
    return task;
  }

  /** When the next task is due; null if none is left. */
  nextDueAt(): number | null {
    this.#dropCancelled();
    return this.#heap[0]?.dueAt ?? null;
  }

  take(): DueTask | null {
    this.#dropCancelled();
    return this.#removeFirst();
  }

  #dropCancelled(): void {
    while (this.#heap[0]?.isCancelled === true) this.#removeFirst();
  }

  #removeFirst(): DueTask | null {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (first === undefined || last === undefined) return null;
    if (this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#siftDown();
    }
    return first;
  }

  #siftUp(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isEarlier(index, parent)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #siftDown(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let earliest = index;
      if (this.#isEarlier(left, earliest)) earliest = left;
      if (this.#isEarlier(right, earliest)) earliest = right;
      if (earliest === index) return;
      this.#swap(index, earliest);
      index = earliest;
    }
  }

  #isEarlier(a: number, b: number): boolean {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (one === undefined || other === undefined) return false;
    return one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    const one = this.#heap[a];
    const other = this.#heap[b];
    if (one === undefined || other === undefined) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}
