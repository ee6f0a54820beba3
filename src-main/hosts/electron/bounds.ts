/** A rectangle of the desktop, in device-independent pixels. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** So much of the title bar must be on a display for a window to be found and moved. */
const VISIBLE_PIXELS = 80;

/** Whether enough of a window's upper edge lies on one of the displays. */
export function isReachable({ x, y, width }: Bounds, areas: readonly Bounds[]): boolean {
  return areas.some((area) => {
    const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    return across >= VISIBLE_PIXELS && y >= area.y && y <= area.y + area.height - VISIBLE_PIXELS;
  });
}
