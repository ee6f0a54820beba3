import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { beforeAll, expect, test } from 'vitest';
import { type Desktop, launchDesktop, startDesktopSession } from '../support/electron.ts';
import { describeWithPeer } from '../support/peers.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { SCREEN } from './desktop.ts';

describeWithPeer(
  [...SCREEN],
  'the desktop window is locked down',
  ({ electron: executable, ...programs }) => {
    let desktop: Desktop;
    beforeAll(async () => {
      const session = await startDesktopSession(programs);
      desktop = await launchDesktop({ executable, session, home: await temporaryFolder() });
      await desktop.page.getByRole('heading', { name: 'Add a registry' }).waitFor();
      // What is refused below says so on the console.
      desktop.guard.allow(/./);
    });

    test('the page is sandboxed and isolated; it has nothing of Node.js or Electron, and of the preload the paths of files', async () => {
      const { app, page } = desktop;
      const preferences = await app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
          getLastWebPreferences(): Electron.WebPreferences;
        };
        const { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity } =
          contents.getLastWebPreferences();
        return { sandbox, contextIsolation, nodeIntegration, webviewTag, webSecurity };
      });
      expect(preferences).toEqual({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        webSecurity: true,
      });
      const names = [
        'require',
        'process',
        'module',
        'global',
        'Buffer',
        'electron',
        'ipcRenderer',
        '__dirname',
      ];
      expect(await page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([]);
      // Compared with a window of this browser on which no one worked.
      const added = await page.evaluate(() => {
        const frame = document.body.appendChild(document.createElement('iframe'));
        const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow));
        frame.remove();
        return Object.getOwnPropertyNames(window).filter((name) => !plain.has(name) && !/^\d+$/.test(name));
      });
      expect(added.filter((name) => !/^(?:__playwright|__pw|__zod|__TSR)/.test(name)).sort()).toEqual([
        'wharfingerFiles',
        'wharfingerShell',
      ]);
      // Only what its user chose has a path.
      const paths = await page.evaluate(() => {
        const files = Reflect.get(window, 'wharfingerFiles') as { pathOf(file: File): string };
        return { names: Object.keys(files), made: files.pathOf(new File(['x'], 'made.tar')) };
      });
      expect(paths).toEqual({ names: ['pathOf', 'chooseTarget'], made: '' });
      const shell = await page.evaluate(() => Object.keys(Reflect.get(window, 'wharfingerShell') as object));
      expect(shell).toEqual(['offerCommands', 'onCommand', 'onPlace', 'openWindow', 'showMenu', 'notify']);
    });

    test('its policy names no other place, and nothing is fetched from one', async () => {
      const { page } = desktop;
      const policy = await page.evaluate(async () =>
        (await fetch('/')).headers.get('content-security-policy'),
      );
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toMatch(/https?:|wss?:|\*|unsafe-eval/);
      expect(policy?.match(/'unsafe-inline'/g)).toHaveLength(1); // styles
      const outcome = await page.evaluate(() =>
        fetch('http://127.0.0.1:9/').then(
          () => 'fetched',
          () => 'refused',
        ),
      );
      expect(outcome).toBe('refused');
    });

    test('no permission is given', async () => {
      const { page } = desktop;
      const names = ['camera', 'microphone', 'geolocation', 'notifications', 'midi', 'clipboard-read'];
      const states = await page.evaluate(
        (all) =>
          Promise.all(
            all.map(
              async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
            ),
          ),
        names,
      );
      expect(states).toEqual(names.map(() => 'denied'));
      expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
    });

    test('S6: WebRTC reaches no one, by UDP or TCP', async () => {
      const udp = createSocket('udp4');
      const tcp = createServer();
      udp.bind(0, '127.0.0.1');
      tcp.listen(0, '127.0.0.1');
      await Promise.all([once(udp, 'listening'), once(tcp, 'listening')]);
      const reached: string[] = [];
      udp.on('message', () => reached.push('udp'));
      tcp.on('connection', (socket) => {
        reached.push('tcp');
        socket.destroy();
      });
      const ports = { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port };
      const candidates = await desktop.page.evaluate(async ({ udp: udpPort, tcp: tcpPort }) => {
        const secret = { username: 'secret', credential: 'secret' };
        const connection = new RTCPeerConnection({
          iceServers: [
            { urls: `stun:127.0.0.1:${udpPort}` },
            { urls: `turn:127.0.0.1:${udpPort}?transport=udp`, ...secret },
            { urls: `turn:127.0.0.1:${tcpPort}?transport=tcp`, ...secret },
          ],
        });
        const found: string[] = [];
        const complete = Promise.withResolvers<void>();
        connection.onicecandidate = ({ candidate }) => {
          if (candidate === null) complete.resolve();
          else found.push(candidate.candidate);
        };
        connection.createDataChannel('out');
        await connection.setLocalDescription();
        await complete.promise;
        connection.close();
        return found.filter((line) => line !== '');
      }, ports);
      udp.close();
      tcp.close();
      expect({ candidates, reached }).toEqual({ candidates: [], reached: [] });
    });

    test('a port from a frame inside the page reaches nothing', async () => {
      const { page } = desktop;
      // A call of the page's own, written down to be sent again.
      const recorder = await page.evaluateHandle(() => {
        const recorded = Promise.withResolvers<unknown>();
        const { postMessage } = MessagePort.prototype;
        MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown) {
          // React's scheduler has a port too, and sends nothing through it.
          if (message !== null) {
            MessagePort.prototype.postMessage = postMessage;
            recorded.resolve(message);
          }
          postMessage.call(this, message);
        } as typeof postMessage;
        return { call: recorded.promise };
      });
      await page.getByRole('link', { name: 'Settings' }).click();
      const call = await recorder.evaluate(({ call: recorded }) => recorded);

      await page.evaluate(() => void document.body.appendChild(document.createElement('iframe')));
      const frame = page.frames().find((each) => each.parentFrame() !== null);
      const answers = await frame?.evaluateHandle((message) => {
        const got: unknown[] = [];
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = (event) => got.push(event.data);
        port1.postMessage(message);
        window.parent.postMessage('wharfinger:connect', '*', [port2]);
        return got;
      }, call);
      // The page's own port, handed over later, is answered; by then the frame's would have been.
      await page.evaluate(
        (message) =>
          new Promise((resolve) => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = resolve;
            port1.postMessage(message);
            window.postMessage('wharfinger:connect', '*', [port2]);
          }),
        call,
      );
      expect(await answers?.jsonValue()).toEqual([]);
    });

    test('a port from another window is closed by the main process', async () => {
      const outcome = await desktop.app.evaluate(({ BrowserWindow, ipcMain }) => {
        const other = new BrowserWindow({ show: false });
        const calls: string[] = [];
        const port = { close: () => calls.push('close'), start: () => calls.push('start'), on: () => {} };
        ipcMain.emit('wharfinger:connect', { senderFrame: other.webContents.mainFrame, ports: [port] });
        other.destroy();
        return calls;
      });
      expect(outcome).toEqual(['close']);
    });

    test('the page chooses where to save by a plain name alone, and a frame inside it has nothing to choose with', async () => {
      const { app, page } = desktop;
      const shown = await app.evaluateHandle(({ dialog }) => {
        const calls: string[] = [];
        dialog.showSaveDialog = (async () => {
          calls.push('file');
          return { canceled: true, filePath: '' };
        }) as typeof dialog.showSaveDialog;
        return calls;
      });
      const choose = (wanted: unknown) =>
        page.evaluate(async (given) => {
          const files = Reflect.get(window, 'wharfingerFiles') as {
            chooseTarget(of: unknown): Promise<unknown>;
          };
          return await files.chooseTarget(given).then(
            (path) => `chosen: ${path}`,
            () => 'refused',
          );
        }, wanted);
      for (const name of ['../app.tar', '/etc/passwd', 'a\\b', '.hidden', '', 'x'.repeat(300)])
        expect(await choose({ folder: false, name })).toBe('refused');
      expect(await choose({ folder: false, name: 'app.tar', properties: ['multiSelections'] })).toBe(
        'refused',
      );
      expect(await choose(undefined)).toBe('refused');
      expect(await shown.jsonValue()).toEqual([]);
      expect(await choose({ folder: false, name: 'app.tar' })).toBe('chosen: undefined');
      expect(await shown.jsonValue()).toEqual(['file']);

      await page.evaluate(() => {
        const inner = document.createElement('iframe');
        inner.name = 'inner';
        document.body.appendChild(inner);
      });
      const inner = page.frame('inner');
      expect(await inner?.evaluate(() => 'wharfingerFiles' in window)).toBe(false);
    });
    // Last: a navigation that was refused never ends for Playwright, which then clicks no more.
    test('it opens no window and goes nowhere else', async () => {
      const { app, page } = desktop;
      expect(await page.evaluate(() => window.open('file:///etc/passwd') === null)).toBe(true);
      expect(await page.evaluate(() => window.open('about:blank') === null)).toBe(true);
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

      const asked = await app.evaluateHandle(({ BrowserWindow }) => {
        const navigation = Promise.withResolvers<{ url: string; prevented: boolean }>();
        BrowserWindow.getAllWindows()[0]?.webContents.once('will-frame-navigate', (event) =>
          navigation.resolve({ url: event.url, prevented: event.defaultPrevented }),
        );
        return { answer: navigation.promise };
      });
      await page.evaluate(() => {
        window.location.href = 'https://registry.invalid/';
      });
      expect(await asked.evaluate(({ answer }) => answer)).toEqual({
        url: 'https://registry.invalid/',
        prevented: true,
      });
      expect(await page.evaluate(() => window.location.href)).toMatch(/^wharfinger:\/\/app\//);
    });
  },
);
