import type { comparedRetention as words } from '../en/compared-retention.ts';

/** 项目自身的保留规则与已保存清理规则的对比。 */
export const comparedRetention: typeof words = {
  title: '与清理规则对比',
  help: '将项目 {{project}} 的保留规则试运行后会删除的内容，与已保存规则会删除的内容并列显示。不会删除任何内容。',
  noRules: '此镜像仓库没有已保存的清理规则。',
  toCleanup: '前往“清理”编写规则',
  rules: '已保存的规则',
  start: '对比',
  counts: '两者都会删除：{{both}}；仅保留规则会删除：{{registryOnly}}；仅“{{rules}}”会删除：{{ownOnly}}。',
  none: '两者都不会删除任何内容',
  more: '内容较多，此处未全部显示。',
  tag: '标签',
  retention: '保留规则',
  why: '清理规则的判断依据',
  deletes: '删除',
  keeps: '保留',
  unknown: '没有规则涉及',
};
