import type { FileNotice } from '../../common/settings.ts';
import type { AccessOverrides, Core, RegistryHandle } from '../../services/index.ts';
import { openCore } from '../shared/open-core.ts';
import { Cancelled } from './failures.ts';
import { OutputFailure, traceRequest, warn } from './output.ts';

/** What every command gets. */
export interface Context {
  /** A registry as it is stored, or as the flags say, which win; says where traffic to it can be read or changed on its way. */
  registry(host: string, access?: AccessOverrides, repository?: string): Promise<RegistryHandle>;
  readonly core: Core;
  readonly json: boolean;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

/** Runs a command over an open core, which is closed whatever happens. */
export async function withCore(
  { json, signal, verbose }: Pick<Context, 'json' | 'signal'> & { verbose: boolean },
  command: (context: Context) => Promise<void>,
): Promise<void> {
  const core = await openCore('cli', verbose ? { trace: traceRequest } : {});
  try {
    for (const notice of core.settings.fileNotices()) warn({ code: notice.kind, message: messageOf(notice) });
    const registry = async (host: string, access: AccessOverrides = {}, repository?: string) => {
      const handle = await core.accounts.forHost(host, access, repository);
      warnOfReach(handle);
      return handle;
    };
    await command({ core, json, signal, registry });
  } catch (error) {
    // Whatever an aborted request failed with: it was cancelled.
    throw signal.aborted && !(error instanceof OutputFailure) ? new Cancelled() : error;
  } finally {
    await core.close();
  }
}

const EXPOSED = 'what is sent to it, passwords too, can be read and changed on its way.';

/** Said by every command: no one sees the lasting mark that the window shows. */
export function warnOfReach({
  host,
  insecure,
  problems = [],
}: Pick<RegistryHandle, 'host' | 'insecure'> & Partial<RegistryHandle>): void {
  for (const { code, message, reason = message } of problems) warn({ code, message: reason });
  if (insecure === 'plainHttp')
    warn({ code: insecure, message: `${host} is reached by plain http: ${EXPOSED}` });
  if (insecure === 'unverified')
    warn({ code: insecure, message: `The certificate of ${host} is not verified: ${EXPOSED}` });
}

function messageOf(notice: FileNotice): string {
  if (notice.kind === 'settingsNewer')
    return `${notice.file} was written by a newer version of Wharfinger: it is used as far as this version knows it, and not changed.`;
  if (notice.kind === 'settingsUnread') {
    const fields = notice.fields.map(({ path, reason }) => `${path} (${reason})`).join(', ');
    return `Not used of ${notice.file}, and left in it: ${fields}.`;
  }
  const { kind, reason, keptAs } = notice;
  const what = kind === 'settingsKeptAside' ? 'The settings file' : 'The database';
  return (
    `${what} could not be read (${reason}) and was begun anew. The old file is kept as ${keptAs}: ` +
    'this is repeated until it is put back or deleted.'
  );
}
