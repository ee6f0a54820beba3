import { screen } from 'electron';
import ElectronStore from 'electron-store';
import { z } from 'zod';
import { type Bounds, isReachable } from './bounds.ts';

const DEFAULT_SIZE = { width: 1280, height: 800 };
export const SMALLEST_SIZE = { width: 800, height: 560 };
const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(SMALLEST_SIZE.width).max(20_000),
  height: z.number().int().min(SMALLEST_SIZE.height).max(20_000),
});
const windowState = z.object({ bounds, maximized: z.boolean() });

type WindowState = z.infer<typeof windowState>;

/** Where the window stood when it was closed last. Losing this is harmless, so a broken file counts as none. */
export class WindowStateStore {
  readonly #store = new ElectronStore<Record<string, unknown>>({
    name: 'window-state',
    clearInvalidConfig: true,
  });

  /** Where to put the window now: displays may have gone since. */
  read(): { bounds: Partial<Bounds>; maximized: boolean } {
    const state = windowState.safeParse(this.#store.store);
    if (!state.success) return { bounds: DEFAULT_SIZE, maximized: false };
    const areas = screen.getAllDisplays().map((display) => display.workArea);
    const { width, height } = state.data.bounds;
    const reachable = isReachable(state.data.bounds, areas);
    return { bounds: reachable ? state.data.bounds : { width, height }, maximized: state.data.maximized };
  }

  write(state: WindowState): void {
    this.#store.store = state;
  }
}
