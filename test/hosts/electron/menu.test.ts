import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
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
    const english = flat(menuBar('en', platform));
    const chinese = flat(menuBar('zh-CN', platform));
    expect(chinese.map(({ role, type }) => [role, type])).toEqual(
      english.map(({ role, type }) => [role, type]),
    );
    for (const [at, item] of english.entries()) {
      if (item.type === 'separator') continue;
      expect(item.label).toBeTruthy();
      // The app's own name stays.
      if (item.label !== 'Wharfinger') expect(chinese[at]?.label).not.toBe(item.label);
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
