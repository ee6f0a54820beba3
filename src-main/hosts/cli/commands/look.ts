import type { LookedInto, Looking } from '../../../common/find.ts';
import { type AccessOverrides, registryKey } from '../../../services/index.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { Cancelled, CommandFailure } from '../failures.ts';
import { bytesText, counted, print, printJson, report, statusLine, warn } from '../output.ts';
import { lookedText } from './find.ts';

export type LookFlags = ChangeFlags;

/** `find look HOST`: reads packages of the images that nobody has looked into; each image that was stays looked into. */
export async function look(
  context: Context,
  host: string,
  flags: LookFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const registry = await context.registry(host, access);
  const key = registryKey(registry.place);
  const before = await core.find.looked(key, { signal });
  const left = before.images - before.looked;
  if (flags.plan || left === 0) {
    await show(context, host, before);
    return;
  }
  await confirm(
    `Look into ${counted(left, 'image')}? Attached SBOMs are read, else layers: at most ${bytesText(before.bytes)}.`,
    flags,
    signal,
    'Nothing was read.',
  );
  core.find.lookAt(registry);
  const ended = await follow(context);
  if (ended.failure)
    warn({
      code: ended.failure.code,
      message: `${counted(ended.failed, 'image')} could not be looked into, the first because: ${ended.failure.message}`,
    });
  await show(context, host, await core.find.looked(key));
  if (ended.status === 'stopped') {
    if (!json) report('The same command goes on where it was.');
    throw new Cancelled();
  }
  if (ended.status === 'failed')
    throw new CommandFailure(ended.failure ?? { code: 'internal', message: 'It did not end.' });
}

/** To its end, however it is. Ctrl+C stops it. */
async function follow({ core, signal }: Context): Promise<Looking> {
  const stop = () => void core.find.stop();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const looking of core.find.watch()) {
      if (looking.status !== 'running') return looking;
      const { images, repository = '' } = looking;
      statusLine.show(`${images.done} of ${counted(images.total, 'image')} ${repository}`);
    }
  } finally {
    statusLine.clear();
    signal.removeEventListener('abort', stop);
  }
  throw new Cancelled();
}

async function show({ json }: Context, host: string, looked: LookedInto): Promise<void> {
  if (json) {
    await printJson({ registry: host, ...looked });
    return;
  }
  await print(
    `Looked into ${looked.looked} of ${counted(looked.images, 'image')}${
      looked.images > looked.looked ? `; the others have ${bytesText(looked.bytes)} of layers` : ''
    }.`,
  );
  report(lookedText({ ...looked, images: looked.looked }));
}
