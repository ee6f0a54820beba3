import type { cleanup as words } from '../en/cleanup.ts';
import type { Translation } from '../translation.ts';

export const cleanup: Translation<typeof words> = {
  operation: {
    kind: '清理',
    does_other: '按 {{rules}} 清理 {{place}}：{{count}} 个标签',
    did_other: '已按 {{rules}} 清理 {{place}}：{{count}} 个标签',
    rules: '清理规则',
    version: '{{name}}，版本 {{version}}',
  },
};
