import type { ContextMenuProps } from '../commands/context-menu.tsx';

/** The one context menu of the navigation, when it is open. */
export type OpenMenu = Omit<ContextMenuProps, 'onClose'>;
