import { app } from 'electron';

/**
 * Whether a package was started with its pages unprotected. AppImages do that by themselves where the system lets no program make user
 * namespaces; what registries send is then not for this window. From a checkout the user who starts it decides.
 */
export function isUnsandboxed(): boolean {
  return app.isPackaged && app.commandLine.hasSwitch('no-sandbox');
}

export const UNSANDBOXED = `Its window opens only in Chromium's sandbox, and this start has none (--no-sandbox).
On Linux an AppImage needs user namespaces for it: allow them, or install the .deb package, which brings what it needs along.

窗口只在 Chromium 沙盒中打开，而本次启动没有沙盒（--no-sandbox）。
在 Linux 上，AppImage 需要用户命名空间：请允许使用用户命名空间，或安装 .deb 软件包，它自带所需的设置。`;
