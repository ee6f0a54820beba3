import type { common as words } from '../en/common.ts';
import type { Translation } from '../index.ts';

export const common: Translation<typeof words> = {
  appName: '码头管家',
  cancel: '取消',
  close: '关闭',
  remove: '移除',
  edit: '编辑',
  add: '添加',
  retry: '重试',
  refresh: '刷新',
  details: '详情',
  copy: '复制',
  copied: '已复制',
  approveHost: '允许 {{host}}',
  hostApproved: '已允许 {{host}}，请重试。',
  signInAsked: {
    title: '该镜像仓库要求登录',
    help: '此处尚未登录。请编辑该镜像仓库，填写用户名和密码或访问令牌。',
  },
  copyDetails: '复制详情',
  loading: '正在加载…',
  none: '无',
  unknown: '未知',
  actions: '操作',
  dismiss: '知道了',
  filter: '筛选',
  clearFilter: '清除筛选',
  copyDigest: '复制摘要',
  exactBytes_other: '{{formatted}} 字节',
  selectRow: '选择 {{name}}',
  selectAll: '选择所有行',
};
