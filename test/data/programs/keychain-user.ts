/** Uses the system's real keychain through keytar. Arguments: `keep`, `read` or `state`; prints one line of JSON. */
import keytar from 'keytar';
import { CredentialStore } from '../../../src-main/data/index.ts';

const [task = '', short = '', long = ''] = process.argv.slice(2);
const store = new CredentialStore(keytar, { timeout: 3000 });

async function run(): Promise<unknown> {
  if (task === 'state') return await store.state();
  if (task === 'keep')
    return [await store.write('account:password', short), await store.write('account:token', long)];
  const read = [await store.read('account:password', true), await store.read('account:token', true)];
  await store.remove('account:password', true);
  await store.remove('account:token', true);
  const left = await keytar.findCredentials('Wharfinger');
  return { read, left: left.length };
}

console.log(`answer ${JSON.stringify(await run())}`);
// A call that hangs in the native library must not keep the process.
process.exit(0);
