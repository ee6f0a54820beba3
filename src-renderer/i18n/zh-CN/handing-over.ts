import type { handingOver as words } from '../en/handing-over.ts';

/** 将已保存的同步移交给镜像仓库自身的复制规则。 */
export const handingOver: typeof words = {
  action: '移交给 {{product}}…',
  title: '移交给 {{name}}',
  intro:
    '在 {{host}} 上新建一条复制规则，复制“{{sync}}”所复制的内容。计划会列出规则与同步的差异。已保存的同步会保留。',
  here: '移交已保存的同步…',
  noneHere: '没有从此镜像仓库复制或复制到此镜像仓库的已保存同步',
  saved: '已保存的同步',
  at: '执行复制的镜像仓库',
  rule: '规则名称',
  trigger: '运行时机',
  triggers: { manual: '手动', scheduled: '定时', event: '每次推送时' },
  cron: '计划时间（cron，含秒）',
  cronHelp: '例如 0 0 3 * * *：每天 3:00 运行，以镜像仓库的时钟为准',
  givesSignIn: '将 {{account}} 的用户名和密码发送给它',
  givesSignInHelp:
    '它会用这些信息登录 {{host}}，其管理员也可以使用。不发送时以匿名身份访问，之后可在“远程镜像仓库”中设置用户名和密码。',
  noPassword: '{{account}} 没有可发送的用户名和密码',
  submit: '显示计划…',
  differs: '与“{{sync}}”的差异',
  beyond: '规则额外支持的功能',
  reused: '那里已添加远程镜像仓库 {{name}}，继续使用其现有的登录信息。',
  stays: '已保存的同步会保留，仍可在此运行。',
  losses: {
    versions: '不支持版本范围（{{values}}）：名称匹配的标签都会复制。',
    excludedRepositories: '无法排除仓库：{{values}} 也会复制。',
    excludedTags: '标签只能指定或排除，不能同时使用：{{values}} 也会复制。',
    platforms: '复制全部平台，而不仅是 {{values}}。',
    attachedAlways: '签名和 SBOM 会一并复制，而同步中未包含。',
    attachedItsWay: '哪些签名和 SBOM 一并复制由镜像仓库决定，没有标签的关联内容可能不会复制。',
    foreign: '不复制外部层。',
    prune: '不会报告仅存在于目标的标签。',
    preview: '运行前没有预览。',
    verification: '复制途中不校验内容，仅由目标检查收到的内容。',
    undo: '运行时覆盖的内容不会出现在此处的历史记录中，也无法撤销。',
    protectedTags: '规则不识别此处受保护的标签：{{values}} 可能被覆盖。',
    loopback: '对那台镜像仓库而言，{{values}} 指的是它自己。请将其地址改为它能访问的地址。',
  },
  gains: {
    runsThere: '在镜像仓库上运行，本机关机时也不受影响，数据不经过本机。',
    triggers: '可以定时运行，或在每次推送时运行。',
    speed: '可以限制带宽。',
    deletions: '可以在目标上同步删除。',
  },
};
