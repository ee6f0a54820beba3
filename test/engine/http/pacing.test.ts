import { expect, test } from 'vitest';
import { HostPacing, type RequestKind, type Slot } from '../../../src-main/engine/http/pacing.ts';

const CEILING = 64;

/** Takes places until the host lets no more in; those who wait are reported in `waiting`. */
function fill(
  pacing: HostPacing,
  kind: RequestKind,
  ceiling = CEILING,
): { slots: Slot[]; waiting: Promise<Slot> } {
  const slots: Slot[] = [];
  for (;;) {
    const place = pacing.enter(kind, ceiling);
    if (place instanceof Promise) return { slots, waiting: place };
    slots.push(place);
  }
}

function finish(slots: readonly Slot[], status = 200): void {
  for (const slot of slots) slot.answered(status);
  for (const slot of slots) slot.release({ whole: true });
}

/** Places that the host gives at present; all are given back. */
async function sizeOf(pacing: HostPacing, kind: RequestKind, ceiling = CEILING): Promise<number> {
  const { slots, waiting } = fill(pacing, kind, ceiling);
  for (const slot of slots) slot.release();
  (await waiting).release();
  return slots.length;
}

/** One whole window of requests with that outcome; answers how many they were. */
async function round(
  pacing: HostPacing,
  kind: RequestKind,
  status = 200,
  ceiling = CEILING,
): Promise<number> {
  const { slots, waiting } = fill(pacing, kind, ceiling);
  finish(slots, status);
  (await waiting).release();
  return slots.length;
}

test('transfer-9: a window grows by one for each window of successes, up to the ceiling', async () => {
  const pacing = new HostPacing();
  const sizes: number[] = [];
  for (let at = 0; at < 5; at++) sizes.push(await round(pacing, 'look', 200, 11));
  expect(sizes).toEqual([8, 9, 10, 11, 11]);
});

test('transfer-9: a window that is not full does not grow', async () => {
  const pacing = new HostPacing();
  for (let at = 0; at < 50; at++) finish([await pacing.enter('look', CEILING)]);
  expect(await sizeOf(pacing, 'look')).toBe(8);
});

test.each([429, 503])(
  'transfer-9: a burst of %i halves the window once, and only of its kind',
  async (status) => {
    const pacing = new HostPacing();
    expect(await round(pacing, 'look', status)).toBe(8);
    expect(await sizeOf(pacing, 'look')).toBe(4);
    expect(await sizeOf(pacing, 'write')).toBe(6);
    for (const expected of [4, 2, 1, 1]) expect(await round(pacing, 'look', status)).toBe(expected);
    const sizes: number[] = [];
    for (let at = 0; at < 3; at++) sizes.push(await round(pacing, 'look'));
    expect(sizes).toEqual([1, 2, 3]);
  },
);

test.each([404, 500, 502])('transfer-9: %i says nothing against the number of requests', async (status) => {
  const pacing = new HostPacing();
  await round(pacing, 'look', status);
  expect(await sizeOf(pacing, 'look')).toBeGreaterThanOrEqual(8);
});

test('transfer-9: those who wait are served in their order, and whoever gives up is skipped', async () => {
  const pacing = new HostPacing();
  const first = await pacing.enter('look', 1);
  const served: number[] = [];
  const controller = new AbortController();
  const wait = async (number: number, signal?: AbortSignal): Promise<void> => {
    const slot = await pacing.enter('look', 1, signal);
    served.push(number);
    slot.release();
  };
  const waiting = [wait(1), wait(2), wait(4)];
  const givenUp = wait(3, controller.signal);
  controller.abort();
  await expect(givenUp).rejects.toMatchObject({ code: 'cancelled' });
  first.release();
  first.release();
  await Promise.all(waiting);
  expect(served).toEqual([1, 2, 4]);
  expect(() => pacing.enter('look', 1, AbortSignal.abort())).toThrow();
});

test('transfer-9: kinds take no places of each other', async () => {
  const pacing = new HostPacing();
  for (const kind of ['upload', 'download', 'write', 'look', 'token'] as const)
    expect(fill(pacing, kind).slots.length).toBeGreaterThan(1);
});

/** `under` requests under way, and `refused` more that get no connection. */
function refuse(pacing: HostPacing, under: number, refused: number): Slot[] {
  const slots = Array.from({ length: under + refused }, () => pacing.enter('look', CEILING) as Slot);
  for (const slot of slots.slice(under)) slot.release({ refused: true });
  return slots.slice(0, under);
}

test('transfer-9: a host that refuses connections and answers others is not asked for more of them', async () => {
  const pacing = new HostPacing();
  const [first, second, third] = refuse(pacing, 3, 4);
  first?.answered(200);
  for (const slot of [first, second, third]) slot?.release();
  expect(await sizeOf(pacing, 'look')).toBe(3);
  const { slots } = fill(pacing, 'download');
  expect(slots).toHaveLength(3);
  // It is for all kinds together; a token is asked for all the same, since those under way may wait for it.
  expect(pacing.enter('look', CEILING)).toBeInstanceOf(Promise);
  expect(pacing.enter('token', CEILING)).not.toBeInstanceOf(Promise);
});

test('transfer-9: a host that is down is no host with few connections', async () => {
  const pacing = new HostPacing();
  for (const slot of refuse(pacing, 3, 4)) slot.release({ refused: true });
  expect(await sizeOf(pacing, 'look')).toBe(8);
});

test('transfer-9: within few connections one is never an upload, since each upload waits for a download', async () => {
  const pacing = new HostPacing();
  const [first] = refuse(pacing, 1, 3);
  first?.answered(200);
  first?.release();
  const { slots } = fill(pacing, 'upload');
  expect(slots).toHaveLength(1);
  expect(pacing.enter('download', CEILING)).not.toBeInstanceOf(Promise);
});

test('transfer-9: where uploads hold all connections that a host takes, the youngest gives way to a download', async () => {
  const pacing = new HostPacing();
  const [first, second] = [await pacing.enter('upload', CEILING), await pacing.enter('upload', CEILING)];
  for (const givesWay of [false, true]) {
    const download = pacing.enter('download', CEILING);
    expect(download).not.toBeInstanceOf(Promise);
    (download as Slot).release({ refused: true });
    expect([first?.givesWay?.aborted, second?.givesWay?.aborted]).toEqual([false, givesWay]);
  }
  second?.release();
  expect(pacing.enter('upload', CEILING)).toBeInstanceOf(Promise);
  expect(pacing.enter('download', CEILING)).not.toBeInstanceOf(Promise);
});

test('transfer-9: a further connection is tried now and then', async () => {
  const pacing = new HostPacing();
  for (const slot of refuse(pacing, 2, 1)) finish([slot]);
  let answers = 0;
  while ((await round(pacing, 'look')) === 2) answers += 2;
  expect(answers).toBeGreaterThanOrEqual(32);
  expect(answers).toBeLessThanOrEqual(128);
});

test('transfer-10: a wait holds back all kinds, and a shorter one does not cut it', async () => {
  const pacing = new HostPacing();
  pacing.block(0.05);
  pacing.block(0.001);
  const started = performance.now();
  await Promise.all(
    (['look', 'download', 'upload', 'write', 'token'] as const).map((kind) => pacing.enter(kind, CEILING)),
  );
  expect(performance.now() - started).toBeGreaterThanOrEqual(49);
});
