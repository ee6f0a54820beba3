import { fileURLToPath } from 'node:url';
import { version } from '../../../package.json' with { type: 'json' };
import { dataHome, type Keychain, type OpenStore } from '../../data/index.ts';
import { type Core, createCore } from '../../services/index.ts';

export { version };

/** The built renderer stands beside the folder of the built main side, in which no part is deeper than another. */
export const rendererFolder = fileURLToPath(new URL('../renderer', import.meta.url));

/** The core over this user's data and keychain. */
export async function openCore(
  host: 'desktop' | 'browser' | 'cli',
  openStore?: OpenStore,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Core> {
  return createCore({
    home: dataHome(environment, process.platform),
    keychain: await systemKeychain(),
    host,
    version,
    environment,
    openStore,
  });
}

/** keytar, or null where its add-on does not load: another processor, or no libsecret on this Linux. */
async function systemKeychain(): Promise<Keychain | null> {
  try {
    const { default: keytar } = await import('keytar');
    return keytar;
  } catch {
    return null;
  }
}
