import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';
import type { OfferedCommand } from '../../common/desktop-shell.ts';
import type { Language } from '../../common/languages.ts';
import { acceleratorOf } from './accelerator.ts';

const WORDS = {
  en: {
    about: 'About Wharfinger',
    services: 'Services',
    hide: 'Hide Wharfinger',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
    quit: 'Quit Wharfinger',
    file: 'File',
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    view: 'View',
    reload: 'Reload',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    window: 'Window',
    minimize: 'Minimize',
    close: 'Close Window',
    newWindow: 'New Window',
    go: 'Go',
    registry: 'Registry',
    page: 'Page',
    help: 'Help',
  },
  'zh-CN': {
    about: '关于码头管家',
    services: '服务',
    hide: '隐藏码头管家',
    hideOthers: '隐藏其他',
    showAll: '全部显示',
    quit: '退出码头管家',
    file: '文件',
    edit: '编辑',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    view: '视图',
    reload: '重新加载',
    actualSize: '实际大小',
    zoomIn: '放大',
    zoomOut: '缩小',
    fullScreen: '全屏',
    window: '窗口',
    minimize: '最小化',
    close: '关闭窗口',
    newWindow: '新建窗口',
    go: '前往',
    registry: '镜像仓库',
    page: '页面',
    help: '帮助',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** The language of the menus for the user's choice and the system's language (a BCP 47 tag). */
export function menuLanguage(choice: 'system' | Language, systemLanguage: string): Language {
  if (choice !== 'system') return choice;
  return systemLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

export interface MenuBarParts {
  /** What can be done in the window that is used. */
  readonly commands: readonly OfferedCommand[];
  readonly onCommand: (id: string) => void;
  readonly onNewWindow: () => void;
}

/** Commands that every system has in a place of its own. */
const SETTINGS = 'go.settings';
const SHORTCUTS = 'app.shortcuts';
/** And one that leads here. */
const MENU = 'app.menu';
const ELSEWHERE: ReadonlySet<string> = new Set([SETTINGS, SHORTCUTS, MENU]);

/** The menu bar: the app's commands, and what systems expect. Every label is ours: Electron's own are English on Windows and Linux. */
export function menuBar(
  language: Language,
  platform: NodeJS.Platform,
  { commands, onCommand, onNewWindow }: MenuBarParts,
): MenuItemConstructorOptions[] {
  const words = WORDS[language];
  const mac = platform === 'darwin';
  const item = (command: OfferedCommand): MenuItemConstructorOptions => {
    const { id, label, keys, enabled } = command;
    const accelerator = keys === undefined ? undefined : acceleratorOf(keys, platform);
    return {
      label,
      enabled,
      // The page takes the keys, so that one place decides where they count.
      ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
      click: () => onCommand(id),
    };
  };
  const only = (id: string) => commands.filter((command) => command.id === id).map(item);
  const of = (group: OfferedCommand['group']) =>
    commands.filter((command) => command.group === group && !ELSEWHERE.has(command.id)).map(item);
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words.quit };
  const about: MenuItemConstructorOptions = { role: 'about', label: words.about };
  const newWindow: MenuItemConstructorOptions = { label: words.newWindow, click: onNewWindow };
  const appMenu: MenuItemConstructorOptions = {
    label: 'Wharfinger',
    submenu: sections(
      [about],
      only(SETTINGS),
      [{ role: 'services', label: words.services }],
      [
        { role: 'hide', label: words.hide },
        { role: 'hideOthers', label: words.hideOthers },
        { role: 'unhide', label: words.showAll },
      ],
      [quit],
    ),
  };
  const fileMenu: MenuItemConstructorOptions = {
    label: words.file,
    submenu: sections([newWindow], only(SETTINGS), [quit]),
  };
  return [
    mac ? appMenu : fileMenu,
    {
      label: words.edit,
      submenu: sections(
        [
          { role: 'undo', label: words.undo },
          { role: 'redo', label: words.redo },
        ],
        [
          { role: 'cut', label: words.cut },
          { role: 'copy', label: words.copy },
          { role: 'paste', label: words.paste },
          { role: 'selectAll', label: words.selectAll },
        ],
      ),
    },
    {
      label: words.view,
      submenu: sections(
        of('app'),
        [{ role: 'reload', label: words.reload }],
        [
          { role: 'resetZoom', label: words.actualSize },
          { role: 'zoomIn', label: words.zoomIn },
          { role: 'zoomOut', label: words.zoomOut },
        ],
        [{ role: 'togglefullscreen', label: words.fullScreen }],
      ),
    },
    ...menu(words.go, of('go')),
    ...menu(words.registry, of('registry')),
    ...menu(words.page, of('selection'), of('page')),
    {
      label: words.window,
      submenu: sections(
        [
          { role: 'minimize', label: words.minimize },
          { role: 'close', label: words.close },
        ],
        mac ? [newWindow] : [],
      ),
    },
    { label: words.help, role: 'help', submenu: sections(only(SHORTCUTS), mac ? [] : [about]) },
  ];
}

/** None where there would be nothing in it. */
function menu(
  label: string,
  ...parts: readonly MenuItemConstructorOptions[][]
): MenuItemConstructorOptions[] {
  const submenu = sections(...parts);
  return submenu.length === 0 ? [] : [{ label, submenu }];
}

/** With lines between what is not empty. */
function sections(...parts: readonly MenuItemConstructorOptions[][]): MenuItemConstructorOptions[] {
  return parts
    .filter((items) => items.length > 0)
    .flatMap((items, index) => (index === 0 ? items : [{ type: 'separator' }, ...items]));
}

/** The menu of a right click; empty where there is nothing to copy or to edit. */
export function contextMenu(
  language: Language,
  {
    isEditable,
    selectionText,
    editFlags,
  }: Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'editFlags'>,
): MenuItemConstructorOptions[] {
  const words = WORDS[language];
  const copy: MenuItemConstructorOptions = { role: 'copy', label: words.copy, enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'cut', label: words.cut, enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: words.paste, enabled: editFlags.canPaste },
    { type: 'separator' },
    { role: 'selectAll', label: words.selectAll, enabled: editFlags.canSelectAll },
  ];
}
