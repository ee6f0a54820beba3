import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { describeWithPeer } from '../../support/peers.ts';
import { startProcess } from '../../support/process.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

const account = z.object({ host: z.string(), username: z.string(), secrets: z.string() });

describeWithPeer(['dbus-run-session', 'gnome-keyring-daemon'], 'with a real keychain', (programs) => {
  beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

  /** The address of a session bus on which an unlocked keychain answers. */
  async function startKeychain(): Promise<string> {
    const home = await temporaryFolder();
    await mkdir(join(home, 'run'), { mode: 0o700 });
    const command = `printf pass | "${programs['gnome-keyring-daemon']}" --unlock --components=secrets; echo "bus: $DBUS_SESSION_BUS_ADDRESS"; read -r _`;
    const session = await startProcess(programs['dbus-run-session'], ['--', 'sh', '-c', command], {
      env: {
        HOME: home,
        XDG_RUNTIME_DIR: join(home, 'run'),
        XDG_DATA_HOME: join(home, 'data'),
        DBUS_SESSION_BUS_ADDRESS: undefined,
      },
    });
    const [, address = ''] = await session.waitFor(/^bus: (\S+)$/m);
    return address;
  }

  describeWithHarbor('a Harbor, replayed', () => {
    test('a robot that is refused may have ended: signing in says so, and keeps nothing', async () => {
      const [bus, harbor, cli] = await Promise.all([startKeychain(), startHarbor(), CommandLine.open()]);
      const login = ['login', harbor.host, '--username', 'robot$team+ci', '--password-stdin'];
      const env = { DBUS_SESSION_BUS_ADDRESS: bus };
      expect(await cli.failure(login, { input: 'old', env })).toMatchObject({
        exit: 1,
        code: 'unauthorized',
        words: expect.stringContaining('has expired, was disabled or got another secret'),
      });
    });
  });

  test('login keeps the password for the next commands, logout removes it', async () => {
    const [bus, registry, cli] = await Promise.all([
      startKeychain(),
      startTestRegistry({ auth: { kind: 'basic', users: { ann: 'pa55' } } }),
      CommandLine.open(),
    ]);
    const env = { DBUS_SESSION_BUS_ADDRESS: bus };
    const { host } = new URL(registry.url);
    const login = ['login', host, '--username', 'ann', '--password-stdin'];

    expect(await cli.failure(login, { input: 'wrong', env })).toMatchObject({
      exit: 1,
      code: 'unauthorized',
    });
    expect(await cli.json(z.object({ accounts: z.array(account) }), ['accounts'], { env })).toEqual({
      accounts: [],
    });

    expect(await cli.json(account, login, { input: 'pa55\n', env })).toEqual({
      host,
      username: 'ann',
      secrets: 'keychain',
    });
    // B7: nor does Node.js say anything, where the keychain is touched.
    expect(await cli.run(['ls', host], { env })).toMatchObject({ code: 0, stderr: '' });
    // Signing in again changes the account and adds none.
    await cli.json(account, login, { input: 'pa55\n', env });
    const { accounts } = await cli.json(z.object({ accounts: z.array(account) }), ['accounts'], { env });
    expect(accounts).toHaveLength(1);

    expect((await cli.run(['logout', host], { env })).code).toBe(0);
    expect(await cli.failure(['ls', host], { env })).toMatchObject({ exit: 1, code: 'unauthorized' });
  });
});
