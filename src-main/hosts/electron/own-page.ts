import type { WebFrameMain } from 'electron';
import { isAppAddress } from './app-scheme.ts';

/** Whether a message came from the main frame of our own window while it shows our page: nothing else is answered. */
export function isOwnPage(sender: WebFrameMain | null, own: WebFrameMain | undefined): boolean {
  return sender !== null && sender === own && sender.parent === null && isAppAddress(sender.url);
}
