import { type BrowserWindow, dialog, shell } from 'electron';
import ElectronStore from 'electron-store';
import { z } from 'zod';
import type { Language } from '../../common/languages.ts';
import { DOCUMENTATION_HOSTS, TOKEN_PAGES } from '../../common/token-pages.ts';
import { webAddress } from './web-address.ts';

const WORDS = {
  en: {
    question: (host: string) =>
      `Open a page of ${host} in your browser? A registry gave this address, not Wharfinger.`,
    open: 'Open',
    cancel: 'Cancel',
  },
  'zh-CN': {
    question: (host: string) => `要在浏览器中打开 ${host} 的页面吗？该地址来自镜像仓库，而不是码头管家。`,
    open: '打开',
    cancel: '取消',
  },
} as const satisfies Record<Language, object>;

/** Characters of an address that a question shows: enough to know a page by, not enough to fill the screen. */
const SHOWN = 300;
const hostList = z.array(z.string());
/** Addresses that the app gives itself. */
const OWN: ReadonlySet<string> = new Set(Object.values(TOKEN_PAGES).map((page) => new URL(page).href));

/** Nobody is asked for pages of the app's own choice, nor for a product's documentation, whoever names it. */
const isOwn = ({ href, protocol, host }: URL): boolean =>
  OWN.has(href) || (protocol === 'https:' && DOCUMENTATION_HOSTS.includes(host));

/**
 * Opens what leads out of the app in the system's browser. Registries write most of these addresses: only those of the web are opened, and
 * each host is asked for once. Losing what was allowed is harmless, so a broken file counts as none.
 */
export class ExternalLinks {
  readonly #store = new ElectronStore<Record<string, unknown>>({
    name: 'opened-hosts',
    clearInvalidConfig: true,
  });
  /** Hosts that are being asked for: a second click opens no second question. */
  readonly #asked = new Set<string>();

  /** @param window the parent of the question */
  async open(text: string, window: BrowserWindow, language: Language): Promise<void> {
    const address = webAddress(text);
    if (address === undefined || this.#asked.has(address.host)) return;
    if (!isOwn(address) && !this.#allowed().includes(address.host)) {
      this.#asked.add(address.host);
      const allowed = await ask(address, window, language);
      this.#asked.delete(address.host);
      if (!allowed) return;
      this.#store.set('hosts', [...this.#allowed(), address.host]);
    }
    await shell.openExternal(address.href);
  }

  #allowed(): readonly string[] {
    return hostList.catch([]).parse(this.#store.get('hosts'));
  }
}

async function ask(address: URL, window: BrowserWindow, language: Language): Promise<boolean> {
  const { question, open, cancel } = WORDS[language];
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: question(address.host),
    detail: address.href.length > SHOWN ? `${address.href.slice(0, SHOWN)}…` : address.href,
    buttons: [open, cancel],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
