import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/decoding/cancellation';
import { type Priority, Scheduler, type Turn } from '../../../src/engine/scheduler';

const session = {};

/** Work whose end a test decides. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** A scheduler whose only turn is taken until `free` is called. */
function busyScheduler() {
  const scheduler = new Scheduler();
  const order: string[] = [];
  const { opened, open } = gate();
  const first = scheduler.run({ priority: 'complete', session, isCancelled: () => false }, () => opened);
  const add = (name: string, priority: Priority, owner: object = session, isCancelled = () => false): Promise<void> =>
    scheduler.run({ priority, session: owner, isCancelled }, async () => void order.push(name));
  return { scheduler, order, first, free: open, add };
}

describe('Scheduler', () => {
  it('runs completions first, then scores, warming and files; the oldest of equals first', async () => {
    const { order, free, add } = busyScheduler();
    const work = [
      add('file', 'rememberFiles'),
      add('warm', 'warmPrompt'),
      add('score', 'score'),
      add('complete', 'complete'),
      add('complete later', 'complete'),
    ];
    free();
    await Promise.all(work);
    expect(order).toEqual(['complete', 'complete later', 'score', 'warm', 'file']);
  });

  it('never has two pieces of work at once', async () => {
    const scheduler = new Scheduler();
    let running = 0;
    let most = 0;
    const work = Array.from({ length: 20 }, (_, index) =>
      scheduler.run(
        { priority: index % 2 === 0 ? 'complete' : 'score', session, isCancelled: () => false },
        async ({ giveWay }) => {
          most = Math.max(most, ++running);
          await Promise.resolve();
          running--;
          await giveWay();
          most = Math.max(most, ++running);
          await Promise.resolve();
          running--;
        },
      ),
    );
    await Promise.all(work);
    expect(most).toBe(1);
  });

  it('lets sessions take turns among equally urgent work', async () => {
    const { order, free, add } = busyScheduler();
    const other = {};
    const work = [add('a1', 'rememberFiles'), add('a2', 'rememberFiles'), add('b1', 'rememberFiles', other)];
    work.push(add('b2', 'rememberFiles', other));
    free();
    await Promise.all(work);
    expect(order).toEqual(['b1', 'a1', 'b2', 'a2']);
  });

  it('never begins work that was cancelled while it waited, and says so before its turn', async () => {
    const { order, free, first, add } = busyScheduler();
    let isCancelled = false;
    const dropped = expect(add('dropped', 'complete', session, () => isCancelled)).rejects.toBeInstanceOf(
      CancelledError,
    );
    const kept = add('kept', 'rememberFiles');
    isCancelled = true;
    free();
    await Promise.all([first, dropped, kept]);
    expect(order).toEqual(['kept']);
  });

  it('goes on after work that failed', async () => {
    const scheduler = new Scheduler();
    const job = { priority: 'complete', session, isCancelled: () => false } as const;
    await expect(scheduler.run(job, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(scheduler.run(job, () => Promise.resolve(7))).resolves.toBe(7);
  });

  it('lets more urgent work in where the work in hand gives way, and no other', async () => {
    const scheduler = new Scheduler();
    const order: string[] = [];
    const job = (priority: Priority, isCancelled = () => false) => ({ priority, session, isCancelled });
    const { opened, open } = gate();
    const score = scheduler.run(job('score'), async ({ giveWay, isWanted }) => {
      order.push('score begins');
      await opened;
      expect(isWanted()).toBe(true);
      await giveWay();
      expect(isWanted()).toBe(false);
      order.push('score ends');
    });
    const work = (['score', 'rememberFiles', 'complete'] as const).map((priority) =>
      scheduler.run(job(priority), async () => void order.push(priority)),
    );
    open();
    await Promise.all([score, ...work]);
    expect(order).toEqual(['score begins', 'complete', 'score ends', 'score', 'rememberFiles']);
  });

  it('ends work that was cancelled while it had given way, and hands the turn on', async () => {
    const scheduler = new Scheduler();
    let isCancelled = false;
    const { opened, open } = gate();
    let turn: Turn | undefined;
    const score = scheduler.run({ priority: 'score', session, isCancelled: () => isCancelled }, async (given) => {
      turn = given;
      await opened;
      await given.giveWay();
    });
    const refused = expect(score).rejects.toBeInstanceOf(CancelledError);
    const complete = scheduler.run({ priority: 'complete', session, isCancelled: () => false }, async () => {
      isCancelled = true;
    });
    open();
    await Promise.all([refused, complete]);
    expect(turn).toBeDefined();
    await expect(
      scheduler.run({ priority: 'rememberFiles', session, isCancelled: () => false }, async () => 1),
    ).resolves.toBe(1);
  });
});
