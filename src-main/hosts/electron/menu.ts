import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

export type MenuLanguage = 'en' | 'zh-CN';

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
  },
} as const satisfies Record<MenuLanguage, Record<string, string>>;

/** The language of the menus for the user's choice and the system's language (a BCP 47 tag). */
export function menuLanguage(choice: 'system' | MenuLanguage, systemLanguage: string): MenuLanguage {
  if (choice !== 'system') return choice;
  return systemLanguage.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** The menu bar. Every label is ours: Electron's own are English on Windows and Linux. */
export function menuBar(language: MenuLanguage, platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const words = WORDS[language];
  const mac = platform === 'darwin';
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words.quit };
  const about: MenuItemConstructorOptions = { role: 'about', label: words.about };
  const appMenu: MenuItemConstructorOptions = {
    label: 'Wharfinger',
    submenu: [
      about,
      { type: 'separator' },
      { role: 'services', label: words.services },
      { type: 'separator' },
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      { type: 'separator' },
      quit,
    ],
  };
  const fileMenu: MenuItemConstructorOptions = {
    label: words.file,
    submenu: [about, { type: 'separator' }, quit],
  };
  return [
    mac ? appMenu : fileMenu,
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        { type: 'separator' },
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'reload', label: words.reload },
        { type: 'separator' },
        { role: 'resetZoom', label: words.actualSize },
        { role: 'zoomIn', label: words.zoomIn },
        { role: 'zoomOut', label: words.zoomOut },
        { type: 'separator' },
        { role: 'togglefullscreen', label: words.fullScreen },
      ],
    },
    {
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        { role: 'close', label: words.close },
      ],
    },
  ];
}

/** The menu of a right click; empty where there is nothing to copy or to edit. */
export function contextMenu(
  language: MenuLanguage,
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
