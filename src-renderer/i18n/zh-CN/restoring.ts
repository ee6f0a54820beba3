import type { restoring as words } from '../en/restoring.ts';
import type { Translation } from '../translation.ts';

export const restoring: Translation<typeof words> = {
  title: '撤销',
  start: '撤销',
  itemsLabel: '此次撤销涉及的标签',
  nothing: '无需撤销：一切已与之前相同',
  tag: '标签',
  now: '当前指向',
  after: '将指向',
  none: '无',
  states: {
    restore: '恢复',
    remove: '删除',
    same: '无变化',
    moved: '不改动',
    blind: '未知',
    collected: '已被回收',
    stays: '保留',
  },
  help: {
    restore: '重新指向之前的内容',
    remove: '它是新建的，将被删除',
    same: '已与之前相同',
    moved: '此后有人移动过它：保持不变',
    blind: '无法得知它之前指向什么',
    collected: '无法恢复：镜像仓库已回收其层',
    stays: '它是新建的，但此处无法删除',
  },
  sums: {
    restore_other: '{{count}} 行将恢复：重新指向之前的内容',
    remove_other: '{{count}} 行是新建的，将被删除',
    same_other: '{{count}} 行已与之前相同',
    moved_other: '{{count}} 行此后被他人改动，保持不变',
    blind_other: '{{count}} 行之前的内容无从得知',
    collected_other: '{{count}} 行无法恢复：镜像仓库已回收其层',
    stays_other: '{{count}} 行是新建的，但此处无法删除，将保留',
  },
  operation: {
    kind: '撤销',
    does: {
      one: '在 {{place}} 中恢复 {{tag}}',
      many_other: '在 {{place}} 中恢复 {{count}} 个标签',
      untagged: '在 {{place}} 中恢复清单',
    },
    did: {
      one: '已在 {{place}} 中恢复 {{tag}}',
      many_other: '已在 {{place}} 中恢复 {{count}} 个标签',
      untagged: '已在 {{place}} 中恢复清单',
    },
  },
};
