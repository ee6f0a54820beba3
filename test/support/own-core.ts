import { type Core, createCore } from '../../src-main/services/index.ts';

/** A core on a home of its caller's, who closes it too: for programs that tests start, and measurements. It has no keychain. */
export function openCore(home: string): Promise<Core> {
  return createCore({
    home,
    keychain: null,
    host: 'cli',
    version: '0.0.0-test',
    environment: { HOME: home },
  });
}
