import { once } from 'node:events';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { print, printJson, report, warn } from '../output.ts';

export interface LocalFlags {
  readonly samples: boolean;
  readonly port?: number;
  readonly signIn?: boolean;
  readonly containers?: boolean;
  readonly sparseIndexes?: boolean;
  readonly showPassword?: boolean;
}

/** `local`: the embedded registry until Ctrl+C, with sample images by default. What flags switch stays so. */
export async function local({ core, json, signal }: Context, flags: LocalFlags): Promise<void> {
  const { signIn, containers, sparseIndexes } = flags;
  if ([signIn, containers, sparseIndexes].some((flag) => flag !== undefined))
    await core.localRegistry.change({ signIn, containers, sparseIndexes });
  const { state, taken } = await core.localRegistry.start(flags);
  if (state.elsewhere) {
    throw new CommandFailure({
      code: 'busy',
      message: `Another window or command is already running the local registry at ${state.url}.`,
    });
  }
  if (taken !== undefined) {
    const message = `Port ${taken} is taken by another program, so another one is used: --port chooses.`;
    warn({ code: 'busy', message });
  }
  const asked = await core.localRegistry.signIn();
  const host = state.url === undefined ? '' : new URL(state.url).host;
  if (json) await printJson({ url: state.url, host, folder: state.folder, signIn: shown(asked, flags) });
  else await print(`Local registry is at ${state.url}`);
  report([
    asked
      ? `User ${asked.username}, ${flags.showPassword ? `password ${asked.password}` : '--show-password shows the password'}.`
      : 'Every user and program of this machine can read and change its images; --sign-in asks for a password.',
    `Try: wharfinger ls ${host}`,
    `Ctrl+C ends it; its images stay in ${state.folder}`,
  ]);
  if (!signal.aborted) await once(signal, 'abort');
}

function shown(asked: { username: string; password: string } | undefined, { showPassword }: LocalFlags) {
  return asked && !showPassword ? { username: asked.username } : (asked ?? null);
}
