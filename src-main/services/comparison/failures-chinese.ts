import type { Failure, FailureCode } from '../../common/failure.ts';

const SENTENCES: Readonly<Record<FailureCode, string>> = {
  invalidInput: '输入的内容有误',
  invalidReference: '镜像引用的格式不正确',
  invalidDigest: '摘要的格式不正确',
  invalidAddress: '镜像仓库地址的格式不正确',
  certificateFile: '无法读取证书或私钥',
  hostUnknown: '找不到该主机',
  connectionRefused: '主机拒绝连接',
  connectionLost: '连接中断',
  timeout: '等待响应超时',
  tlsUntrusted: '证书不受信任',
  tlsExpired: '证书已过期或尚未生效',
  tlsName: '证书与主机名不匹配',
  tlsClientCertificate: '镜像仓库要求客户端证书，或不接受所提供的证书',
  tlsFailed: '无法建立安全连接',
  proxyFailed: '代理拒绝了请求或无法连接',
  addressRefused: '镜像仓库要求访问一个未经允许的地址',
  notARegistry: '该地址不是容器镜像仓库',
  unauthorized: '镜像仓库未接受所用的登录信息',
  denied: '所用账号没有此操作的权限',
  notFound: '未找到目标',
  unsupported: '镜像仓库不支持此操作',
  rateLimited: '请求过于频繁',
  conflict: '与镜像仓库的当前状态冲突',
  alreadyRunning: '镜像仓库已在运行同样的任务',
  immutable: '该标签受保护，不能更改',
  policyRefused: '项目规则禁止拉取此镜像',
  stillReferenced: '仍有其他内容需要它',
  quotaExceeded: '存储配额已用尽',
  proxyCache: '这是另一个镜像仓库的代理缓存，不能推送',
  refused: '镜像仓库拒绝了此请求',
  registryFailed: '镜像仓库内部出错',
  invalidResponse: '镜像仓库的响应无法解析',
  tooLarge: '响应内容超出允许的大小',
  tooLargeToSend: '超过镜像仓库或其前面的代理允许的大小',
  digestMismatch: '内容与摘要不符',
  endlessList: '镜像仓库的列表没有尽头',
  notContent: '内容不是预期的格式',
  contentDamaged: '归档或布局已损坏',
  contentBusy: '另一个程序正在写入',
  fileFailed: '无法读写文件',
  engineUnreachable: '没有容器引擎响应',
  engineFailed: '容器引擎出错',
  keychainLocked: '系统钥匙串已锁定',
  keychainUnavailable: '系统钥匙串不可用',
  credentialHelper: 'Docker 凭据助手出错',
  diskFull: '磁盘已满',
  settingsFile: '无法读写设置文件',
  storageFailed: '无法读写应用自身的数据',
  collected: '镜像仓库已回收这些层',
  notInTrash: '回收站中已没有它',
  keepLimit: '超出可留存的大小',
  auditBroken: '更改记录被改动过',
  trashDamaged: '为撤销而保留的清单已损坏',
  accountUnknown: '该镜像仓库已不在列表中',
  accountExists: '列表中已有该镜像仓库',
  readOnly: '该镜像仓库已锁定为只读',
  protectedTag: '此标签受保护',
  dryRun: '试运行：不会启动任何任务',
  nameNeeded: '需要先输入名称',
  planExpired: '计划已过期',
  planStale: '计划生成后情况有变',
  consentNeeded: '需要您明确同意',
  operationUnknown: '找不到该任务',
  fileUnknown: '镜像中没有这个文件',
  busy: '正忙，请稍候',
  cancelled: '已取消',
  internal: '应用内部出错',
};

/** Of `unauthorized`, where no one was signed in. */
const SIGN_IN_ASKED = '镜像仓库要求登录';

/** Of `unauthorized`, where it was a robot account. */
const ROBOT_REFUSED = '机器人账号被拒绝，可能已过期、被停用或密钥已更换';

/** What failed, in Chinese; the words of a registry, or of what read a file, stay as they are. */
export function chineseFailure({ code, object, reason, signInAt, robot }: Failure): string {
  const refused = robot ? ROBOT_REFUSED : SENTENCES[code];
  const sentence = signInAt === undefined ? refused : SIGN_IN_ASKED;
  return `${object === undefined ? '' : `${object}：`}${sentence}${reason === undefined ? '' : `（${reason}）`}`;
}
