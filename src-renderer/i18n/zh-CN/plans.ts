import type { plans as words } from '../en/plans.ts';
import type { Translation } from '../translation.ts';

export const plans: Translation<typeof words> = {
  title: '计划',
  willHappen: '将会发生什么',
  states: '处理结果',
  allItems: '全部',
  consentFirst: '请先阅读超出所选范围的内容并勾选同意',
  dryRun: '试运行：可以生成计划，但不会启动',
  typeFirst: '请先输入名称',
  typeName: '输入 {{name}} 以确认',
  beyond: '超出所选范围的内容',
  stale: '生成计划之后情况有变，下面是新的计划。',
  keepContent: '同时留存镜像层',
  keepContentHelp_other:
    '删除之前先下载到本机，这样即使镜像仓库已做垃圾回收也能撤销：总共不超过 {{size}}\u00a0GB，保留 {{count}}\u00a0天。',
  keepOverwritten: '留存被覆盖的镜像及其层',
  keepOverwrittenHelp_other:
    '覆盖之前先下载到本机，这样即使镜像仓库已做垃圾回收也能撤销：总共不超过 {{size}}\u00a0GB，保留 {{count}}\u00a0天。',
  undoing: '正在撤销…',
  back: '返回',
  expiredTitle: '该计划已不存在',
  expiredHelp: '它已经开始执行，或者生成已超过 15\u00a0分钟。查看计划不会改变任何内容。',
  unknownTitle: '此窗口无法显示该计划（{{kind}}）',
  unknownHelp: '它由其他版本生成。只要不开始执行，就不会改变任何内容。',
};
