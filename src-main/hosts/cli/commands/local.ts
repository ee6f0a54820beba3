import { once } from 'node:events';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { print, printJson, tell } from '../output.ts';

/** `local`: the embedded registry until Ctrl+C, with sample images unless told otherwise. */
export async function local(
  { core, json, signal }: Context,
  flags: { readonly samples: boolean },
): Promise<void> {
  const { state } = await core.localRegistry.start({ samples: flags.samples });
  if (state.elsewhere) {
    throw new CommandFailure({
      code: 'busy',
      message: `Another window or command runs the local registry already, at ${state.url}.`,
    });
  }
  const host = state.url === undefined ? '' : new URL(state.url).host;
  if (json) await printJson({ url: state.url, host, folder: state.folder });
  else await print(`Local registry is at ${state.url}`);
  tell([`Try: wharfinger ls ${host}`, `Ctrl+C ends it; its images stay in ${state.folder}`]);
  if (!signal.aborted) await once(signal, 'abort');
}
