import type { LookedFor, Looking } from '../../../common/find.ts';
import { type AccessOverrides, registryKey } from '../../../services/index.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { Cancelled, CommandFailure } from '../failures.ts';
import { bytesText, counted, print, printJson, report, statusLine, warn } from '../output.ts';
import { lookedText } from './find.ts';

export interface LookFlags extends ChangeFlags {
  /** All layers are read that nobody has read. */
  readonly files?: boolean;
}

/** `find look HOST`: reads packages of the images that nobody has looked into, or all files; each image that was stays looked into. */
export async function look(
  context: Context,
  host: string,
  flags: LookFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const what: LookedFor = flags.files ? 'files' : 'packages';
  const registry = await context.registry(host, access);
  const key = registryKey(registry.place);
  const show = what === 'files' ? showLayers : showImages;
  const question = await (what === 'files' ? layersQuestion : imagesQuestion)(context, key);
  if (flags.plan || question === undefined) {
    await show(context, host, key);
    return;
  }
  await confirm(question, flags, signal, 'Nothing was read.');
  core.find.lookAt(what, registry);
  const ended = await follow(context);
  if (ended.failure)
    warn({
      code: ended.failure.code,
      message: `${counted(ended.failed, 'image')} could not be read (the first: ${ended.failure.message})`,
    });
  await show(context, host, key);
  if (ended.status === 'stopped') {
    if (!json) report('Run the same command again to continue.');
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

/** Undefined where nothing is left. */
async function imagesQuestion({ core, signal }: Context, registry: string): Promise<string | undefined> {
  const { images, looked, bytes } = await core.find.looked(registry, { signal });
  if (images === looked) return undefined;
  return `Look into ${counted(images - looked, 'image')}? Attached SBOMs are read, else layers: at most ${bytesText(bytes)}.`;
}

async function layersQuestion({ core, signal }: Context, registry: string): Promise<string | undefined> {
  const { layers, bytes } = await core.find.unreadLayers(registry, { signal });
  return layers === 0 ? undefined : `Read ${counted(layers, 'layer')}, ${bytesText(bytes)}?`;
}

async function showImages({ core, json }: Context, host: string, key: string): Promise<void> {
  const looked = await core.find.looked(key);
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

async function showLayers({ core, json }: Context, host: string, key: string): Promise<void> {
  const unread = await core.find.unreadLayers(key);
  if (json) {
    await printJson({ registry: host, ...unread });
    return;
  }
  const { images, layers, bytes } = unread;
  await print(
    layers === 0
      ? 'All layers of scanned images are read.'
      : `${counted(layers, 'layer')} of ${counted(images, 'image')} not read: ${bytesText(bytes)}.`,
  );
}
