import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import type { OfferedCommand } from '../../../src-main/common/desktop-shell.ts';
import type { Language } from '../../../src-main/common/languages.ts';
import { contextMenu, menuBar, menuLanguage } from '../../../src-main/hosts/electron/menu.ts';

const EDIT_FLAGS = {
  canUndo: true,
  canRedo: true,
  canCut: false,
  canCopy: true,
  canPaste: true,
  canDelete: true,
  canSelectAll: true,
  canEditRichly: false,
};

const COMMANDS: readonly OfferedCommand[] = [
  { id: 'go.back', group: 'go', label: 'Zurück', keys: 'alt+ArrowLeft', enabled: true },
  { id: 'go.settings', group: 'go', label: 'Einstellungen', keys: 'mod+,', enabled: true },
  { id: 'app.shortcuts', group: 'app', label: 'Tasten', keys: '?', enabled: true },
  { id: 'app.search', group: 'app', label: 'Suchen', keys: 'mod+K', enabled: true },
  { id: 'selection.delete', group: 'selection', label: 'Löschen', keys: 'Delete', enabled: false },
];

function bar(language: Language, platform: NodeJS.Platform, chosen: string[] = []) {
  return menuBar(language, platform, {
    commands: COMMANDS,
    onCommand: (id) => chosen.push(id),
    onNewWindow: () => chosen.push('window'),
  });
}

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...flat(Array.isArray(item.submenu) ? item.submenu : [])]);
}

test('the menu follows the choice, then the system', () => {
  expect(menuLanguage('zh-CN', 'de-DE')).toBe('zh-CN');
  expect(menuLanguage('en', 'zh-CN')).toBe('en');
  expect(menuLanguage('system', 'zh-Hans-CN')).toBe('zh-CN');
  expect(menuLanguage('system', 'fr')).toBe('en');
});

test.each(['linux', 'darwin', 'win32'] as const)(
  'on %s every item is named in both languages',
  (platform) => {
    const english = flat(bar('en', platform));
    const chinese = flat(bar('zh-CN', platform));
    expect(chinese.map(({ role, type }) => [role, type])).toEqual(
      english.map(({ role, type }) => [role, type]),
    );
    for (const [at, item] of english.entries()) {
      if (item.type === 'separator') continue;
      expect(item.label).toBeTruthy();
      // The app's own name stays, and the page has the words of its commands.
      const isPages = COMMANDS.some(({ label }) => label === item.label);
      if (item.label !== 'Wharfinger' && !isPages) expect(chinese[at]?.label).not.toBe(item.label);
    }
    expect(english.map(({ role }) => role)).toEqual(
      expect.arrayContaining([
        'undo',
        'redo',
        'cut',
        'copy',
        'paste',
        'selectAll',
        'zoomIn',
        'zoomOut',
        'quit',
      ]),
    );
  },
);

test('a right click offers what can be done there', () => {
  const plain = { isEditable: false, selectionText: '', editFlags: EDIT_FLAGS };
  expect(contextMenu('en', plain)).toEqual([]);
  expect(contextMenu('en', { ...plain, selectionText: 'sha256:1' })).toEqual([
    { role: 'copy', label: 'Copy', enabled: true },
  ]);
  const field = contextMenu('zh-CN', { ...plain, isEditable: true });
  expect(field.map(({ label, enabled }) => [label, enabled])).toEqual([
    ['剪切', false],
    ['复制', true],
    ['粘贴', true],
    [undefined, undefined],
    ['全选', true],
  ]);
});

test.each(['linux', 'darwin', 'win32'] as const)(
  'on %s the menu has each command of the page once, and runs it',
  (platform) => {
    const chosen: string[] = [];
    const items = flat(bar('en', platform, chosen));
    for (const { id, label, enabled } of COMMANDS) {
      const found = items.filter((item) => item.label === label);
      expect(found).toHaveLength(1);
      expect(found[0]?.enabled).toBe(enabled);
      (found[0]?.click as (() => void) | undefined)?.();
      expect(chosen.at(-1)).toBe(id);
    }
    // The page takes the keys.
    expect(
      items.filter(({ accelerator }) => accelerator).every((item) => item.registerAccelerator === false),
    ).toBe(true);
  },
);

test('what leads to the menus is not in them', () => {
  const menu = { id: 'app.menu', group: 'app', label: 'Menü', keys: 'F10', enabled: true } as const;
  const items = flat(
    menuBar('en', 'linux', { commands: [...COMMANDS, menu], onCommand: () => {}, onNewWindow: () => {} }),
  );
  expect(items.map(({ label }) => label)).not.toContain('Menü');
});

test('a page without commands has no empty menus', () => {
  const empty = menuBar('en', 'linux', { commands: [], onCommand: () => {}, onNewWindow: () => {} });
  expect(empty.map(({ label }) => label)).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
});
