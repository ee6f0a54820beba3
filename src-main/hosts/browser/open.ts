import { spawn } from 'node:child_process';

/**
 * Asks the system to open an address in the default browser. Nothing is said where it cannot: the address is printed anyway.
 * Never on a machine without a display or in CI.
 */
export function openInBrowser(address: string, environment: NodeJS.ProcessEnv = process.env): void {
  if (environment.CI || !hasDisplay(environment)) return;
  const [program, args] = opener(address);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function hasDisplay(environment: NodeJS.ProcessEnv): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

function opener(address: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [address]];
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', address]];
  return ['xdg-open', [address]];
}
