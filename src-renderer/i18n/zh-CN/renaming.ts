import type { renaming as words } from '../en/renaming.ts';
import type { Translation } from '../translation.ts';

export const renaming: Translation<typeof words> = {
  title: '重命名 {{from}}',
  instead: '删除原名称 {{from}}（重命名）',
  insteadHelp: '两步合为一个计划，可以一并撤销。',
  put: '{{to}} 将指向',
  moves: '{{to}} 已存在，将会移动。它目前指向',
  deleted: '{{from}} 将被删除。',
  byPlaceholder: '该镜像仓库只能按摘要删除：先让该标签指向一个占位清单，再按占位清单自身的摘要删除。',
  stay_other: '该镜像的其他标签会保留：{{tags}}。',
  undo: '撤销时会恢复原名称。',
  sum: '{{from}} → {{to}}',
  start: '重命名',
  operation: {
    kind: '重命名',
    does: '将 {{place}} 中的 {{from}} 重命名为 {{to}}',
    did: '已将 {{place}} 中的 {{from}} 重命名为 {{to}}',
  },
};
