import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { version } from '../../../package.json' with { type: 'json' };
import { dataHome, type Keychain } from '../../data/index.ts';
import { type Core, type CoreOptions, createCore } from '../../services/index.ts';

export { version };

/** The built renderer lies beside the folder of the built main side, in which no part is deeper than another. */
export const rendererFolder = fileURLToPath(new URL('../renderer', import.meta.url));

/** The core over this user's data and keychain. */
export async function openCore(
  host: CoreOptions['host'],
  abilities: Pick<CoreOptions, 'openStore' | 'copyText' | 'trace'> = {},
): Promise<Core> {
  return createCore({
    home: dataHome(process.env, process.platform),
    keychain: systemKeychain,
    host,
    version,
    environment: process.env,
    ...abilities,
  });
}

/** keytar, loaded when it is first asked: most commands need no secret, and its add-on loads libsecret on Linux. */
const systemKeychain: Keychain = {
  getPassword: async (...question) => (await keytar()).getPassword(...question),
  setPassword: async (...question) => (await keytar()).setPassword(...question),
  deletePassword: async (...question) => (await keytar()).deletePassword(...question),
};

/** @throws where its add-on does not load: another processor, or no libsecret on this Linux */
async function keytar(): Promise<Keychain> {
  // Not imported: the command line's program is a script that V8 compiled before, in which that is an experiment of Node.js.
  return createRequire(import.meta.url)('keytar') as Keychain;
}
