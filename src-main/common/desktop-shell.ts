import { z } from 'zod';

/** The title bar that a page draws for its window: pixels, and the colours that the system's buttons on it have as well. */
export const TITLE_BAR = {
  height: 36,
  light: { surface: '#f7f9fa', text: '#1c2227' },
  dark: { surface: '#1d2023', text: '#dbdfe3' },
} as const;

/** Where a menu opens, in pixels of the page. */
export const menuPoint = z.strictObject({
  x: z.number().int().min(0).max(20_000),
  y: z.number().int().min(0).max(20_000),
});
export type MenuPoint = z.infer<typeof menuPoint>;

/** Where a command is listed: what is picked out, the page, the way, the registry, the app. */
export const COMMAND_GROUPS = ['selection', 'page', 'go', 'registry', 'app'] as const;

/** A command of a page as the system's menus show it; the page runs it by its id. */
const offeredCommand = z.strictObject({
  id: z.string().min(1).max(200),
  group: z.enum(COMMAND_GROUPS),
  label: z.string().min(1).max(500),
  /** As in `mod+K`: see the renderer's commands. */
  keys: z.string().max(50).exactOptional(),
  enabled: z.boolean(),
});
export type OfferedCommand = z.infer<typeof offeredCommand>;

/** All that can be done in a window at the moment. */
export const offeredCommands = z.array(offeredCommand).max(500);

/** Something that a page has to say when nobody looks at it. */
export const desktopNotice = z.strictObject({
  /** One notice is shown once, whichever of the windows say it. */
  id: z.string().min(1).max(200),
  title: z.string().min(1).max(200),
  text: z.string().max(500),
  /** Where a click on it leads. */
  path: z.string().startsWith('/').max(2000),
});
export type DesktopNotice = z.infer<typeof desktopNotice>;

/** A place in the app: what follows its origin in an address. */
export const appPath = z
  .string()
  .regex(/^\/(?!\/)/)
  .max(4000);
