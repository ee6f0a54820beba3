import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { describeWithPeer } from '../support/peers.ts';
import { startProcess } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary.ts';

const SHORT = 'MARKER-short-secret';
const LONG = `MARKER-long-${'密钥🔑'.repeat(1200)}`;
const SCRIPT = path.join(import.meta.dirname, 'programs/keychain-user.ts');

/** A bus that starts nothing by itself. */
const BUS_WITHOUT_SERVICES = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>`;

describeWithPeer(
  ['dbus-run-session', 'gnome-keyring-daemon'],
  'the real Secret Service keychain',
  ({ 'dbus-run-session': dbus, 'gnome-keyring-daemon': daemon }) => {
    /** Runs the script in a session bus of its own; `before` is shell text that prepares the keyring. */
    async function inSession(
      home: string,
      before: string,
      args: string[],
      bus: string[] = [],
    ): Promise<unknown> {
      const node = `"${process.execPath}" --no-warnings "${SCRIPT}" ${args.map((arg) => `'${arg}'`).join(' ')}`;
      const session = await startProcess(dbus, [...bus, '--', 'sh', '-c', `${before}\n${node}`], {
        env: {
          HOME: home,
          XDG_DATA_HOME: path.join(home, 'data'),
          XDG_RUNTIME_DIR: home,
          XDG_CONFIG_HOME: path.join(home, 'config'),
          DISPLAY: undefined,
          WAYLAND_DISPLAY: undefined,
        },
      });
      const answer = (await session.waitFor(/answer (.+)\n/))[1] ?? '';
      await session.stop();
      return JSON.parse(answer);
    }

    const unlock = `printf 'login password' | "${daemon}" --unlock --components=secrets > /dev/null`;

    test('keeps secrets, long ones too, from one process to the next', async () => {
      const home = await temporaryFolder();
      expect(await inSession(home, unlock, ['keep', SHORT, LONG])).toEqual(['keychain', 'keychain']);
      const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      const keyrings = files.filter((entry) => entry.name.endsWith('.keyring'));
      expect(keyrings).toHaveLength(1);
      for (const file of files) {
        expect(readFileSync(path.join(file.parentPath, file.name), 'latin1')).not.toContain('MARKER');
      }
      expect(await inSession(home, unlock, ['read'])).toEqual({ read: [SHORT, LONG], left: 0 });
    });

    test('is reported as locked when no one unlocks it', async () => {
      const home = await temporaryFolder();
      await inSession(home, unlock, ['keep', SHORT, LONG]);
      const start = `"${daemon}" --start --components=secrets > /dev/null 2>&1`;
      expect(await inSession(home, start, ['state'])).toMatchObject({
        state: 'locked',
        reason: expect.any(String),
      });
    });

    test('is reported as unavailable where no service answers', async () => {
      const home = await temporaryFolder();
      const bus = path.join(home, 'bus.conf');
      writeFileSync(bus, BUS_WITHOUT_SERVICES);
      expect(await inSession(home, 'true', ['state'], [`--config-file=${bus}`])).toMatchObject({
        state: 'unavailable',
        reason: expect.stringContaining('org.freedesktop.secrets'),
      });
    });
  },
);
