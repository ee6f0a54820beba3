import { type App, type BrowserWindow, dialog } from 'electron';
import type { Language } from '../../common/languages.ts';
import type { AppWindows } from './app-windows.ts';

const WORDS = {
  en: {
    question: (count: number) =>
      count === 1
        ? 'An operation is still running. Quit anyway?'
        : `${count} operations are still running. Quit anyway?`,
    detail:
      'It stops where it is. After the next start, transfers go on by themselves; all else can be continued in the status bar.',
    quit: 'Quit',
    cancel: 'Cancel',
  },
  'zh-CN': {
    question: (count: number) => `还有 ${count} 个操作正在进行。仍要退出吗？`,
    detail: '操作会停在当前进度。下次启动后，传输会自动继续，其他操作可在状态栏中继续。',
    quit: '退出',
    cancel: '取消',
  },
} as const satisfies Record<Language, object>;

export interface ClosingOptions {
  readonly app: App;
  /** Aborted when the process is asked to end: whoever asks does not wait for an answer. */
  readonly ended: AbortSignal;
  readonly windows: AppWindows;
  /** Operations that would end with the app. */
  readonly running: () => number;
  readonly language: () => Language;
  readonly platform: NodeJS.Platform;
}

/** Asks before the app ends while work runs. */
export class Closing {
  readonly #options: ClosingOptions;
  #quitting = false;
  #agreed = false;
  #asking = false;
  /** Windows that close and are not gone yet. */
  readonly #leaving = new Set<BrowserWindow>();

  constructor(options: ClosingOptions) {
    this.#options = options;
    options.app.on('before-quit', () => {
      this.#quitting = true;
    });
  }

  watch(window: BrowserWindow): void {
    window.on('close', (event) => {
      if (this.#endsWork()) {
        event.preventDefault();
        void this.#ask(window);
      } else this.#leaving.add(window);
    });
    window.once('closed', () => this.#leaving.delete(window));
  }

  /** A window that closes ends the app where no other stays; on a Mac the app goes on without. */
  #endsWork(): boolean {
    const { ended, running, windows, platform } = this.#options;
    if (this.#agreed || ended.aborted || running() === 0) return false;
    const staying = windows.all.filter((window) => !this.#leaving.has(window));
    return this.#quitting || (platform !== 'darwin' && staying.length === 1);
  }

  async #ask(window: BrowserWindow): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const { app, running, language } = this.#options;
    const { question, detail, quit, cancel } = WORDS[language()];
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: question(running()),
      detail,
      buttons: [quit, cancel],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    this.#asking = false;
    this.#quitting = false;
    if (response !== 0) return;
    this.#agreed = true;
    app.quit();
  }
}
