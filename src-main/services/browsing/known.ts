import { setTimeout as delay } from 'node:timers/promises';
import type { KnownImages, TagAnswer } from '../../common/tag.ts';
import type { KnownImage, KnownTag } from '../../data/index.ts';
import { attachedOf, detailsOf, lineOf } from '../tag-details.ts';

/** Names of a page that more may follow, and milliseconds until they do: whoever watches draws that page meanwhile, and needs the processor. */
const LONG = 200;
const FIRST_DRAWN_MS = 150;

/**
 * Pages that a registry is asked for, and what is known until its first page comes. Where none comes, all that is known comes before the
 * error. For whoever draws them: after the first page of a long list there is a pause.
 */
export async function* knownFirst<Page extends { count: number }>(
  known: AsyncGenerator<Page, void, void>,
  asked: AsyncGenerator<Page, void, void>,
): AsyncGenerator<Page, void, void> {
  const first = asked.next().then(
    (page) => ({ page }),
    (error: unknown) => ({ error }),
  );
  const answered = new Promise<undefined>((resolve) => {
    void first.then((end) => 'page' in end && resolve(undefined));
  });
  let isDrawn = false;
  const drawn = async ({ count }: Page) => {
    if (!isDrawn && count >= LONG) await delay(FIRST_DRAWN_MS);
    isDrawn = true;
  };
  try {
    for (;;) {
      // What is known is a help: it may fail.
      const page = await Promise.race([known.next().catch(() => undefined), answered]);
      if (!page || page.done) break;
      yield page.value;
      await drawn(page.value);
    }
    const end = await first;
    if ('error' in end) throw end.error;
    if (end.page.done) return;
    yield end.page.value;
    await drawn(end.page.value);
    yield* asked;
  } finally {
    await asked.return();
  }
}

/** Whether a line can be drawn of it without reading anything: of an image, date and platform are in its config. */
export function isWhole({ kind, estimated, created, platforms }: KnownTag): boolean {
  if (estimated) return false;
  return (kind !== 'image' && kind !== 'index') || (created !== undefined && platforms.length > 0);
}

export function knownAnswer({ name, seen, ...known }: KnownTag): TagAnswer {
  return { name, details: detailsOf(name, known, known), seen: new Date(seen).toISOString() };
}

export function knownImage({ tags, moved, ...known }: KnownImage): KnownImages[number] {
  return {
    details: { ...lineOf(known, known), ...attachedOf(known) },
    tags,
    moved: moved.map(({ name, at }) => ({ name, at: new Date(at).toISOString() })),
  };
}

/** Page by page until there are no more. */
export async function* knownPages(
  ask: (after: string | undefined) => Promise<{ names: string[]; seen: number }>,
): AsyncGenerator<{ names: string[]; seen: string; count: number; done: false }, void, void> {
  let after: string | undefined;
  let count = 0;
  for (;;) {
    const { names, seen } = await ask(after);
    after = names.at(-1);
    if (after === undefined) return;
    count += names.length;
    yield { names, seen: new Date(seen).toISOString(), count, done: false };
  }
}
