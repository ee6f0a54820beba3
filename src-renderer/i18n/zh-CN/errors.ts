import type { FailureCode } from '../../../src-main/common/failure.ts';
import type { errors as words } from '../en/errors.ts';
import type { Translation } from '../translation.ts';

export const errors: Translation<typeof words> & Record<FailureCode, { title: string; help: string }> = {
  invalidInput: {
    title: '输入的内容有误',
    help: '详情中指出了有问题的字段，请修改后重试。',
  },
  invalidReference: {
    title: '镜像引用的格式不正确',
    help: '仓库名由小写字母、数字以及 . _ - 组成，各段以斜杠分隔；标签最长 128 个字符，可用字母、数字以及 . _ -。详情中指出了出错的部分。',
  },
  invalidDigest: {
    title: '摘要的格式不正确',
    help: '摘要形如 sha256: 后接 64 位十六进制数字。请完整复制后重试。',
  },
  invalidAddress: {
    title: '镜像仓库地址的格式不正确',
    help: '请填写主机名，必要时加上端口，例如 registry.example.com 或 localhost:5000，不要包含仓库名和标签。',
  },
  certificateFile: {
    title: '无法读取证书或私钥',
    help: '请提供以 -----BEGIN 开头的 PEM 文本，并确认私钥与证书匹配、私钥口令正确。',
  },
  hostUnknown: {
    title: '找不到该主机',
    help: '请检查地址拼写。如果是内网域名，请先连接相应的网络或 VPN，或检查 DNS 设置。',
  },
  connectionRefused: {
    title: '主机拒绝连接',
    help: '主机有响应，但该端口上没有服务。请检查端口，并确认镜像仓库正在运行。',
  },
  connectionLost: {
    title: '连接中断',
    help: '对方或中间设备关闭了连接。请重试；如果每次都发生，请检查镜像仓库前的代理和负载均衡。',
  },
  timeout: {
    title: '等待响应超时',
    help: '镜像仓库响应过慢，或网络不通。请检查网络、VPN 和防火墙后重试。',
  },
  tlsUntrusted: {
    title: '证书不受信任',
    help: '该证书由本机不认识的机构签发。如果是公司内部的 CA，请在此镜像仓库的 TLS 设置中添加其 CA 证书。',
  },
  tlsExpired: {
    title: '证书已过期或尚未生效',
    help: '请联系镜像仓库的管理员更新证书，同时检查本机时间是否正确。',
  },
  tlsName: {
    title: '证书与主机名不匹配',
    help: '请使用证书中的主机名访问，或请管理员签发包含此名称的证书。连接被人拦截时也会出现这种情况。',
  },
  tlsClientCertificate: {
    title: '镜像仓库要求客户端证书，或不接受所提供的证书',
    help: '请在此镜像仓库的 TLS 设置中添加客户端证书和私钥，或向管理员申请可用的证书。',
  },
  tlsFailed: {
    title: '无法建立安全连接',
    help: '对方可能没有在该端口上启用 TLS。请检查端口；如果镜像仓库未使用 TLS，请选择明文 HTTP。',
  },
  proxyFailed: {
    title: '代理拒绝了请求或无法连接',
    help: '请检查代理的地址和登录信息，或将此镜像仓库设为不使用代理。',
  },
  addressRefused: {
    title: '镜像仓库要求访问一个未经允许的地址',
    help: '它指向另一台主机（见详情）。如果该主机确实属于此镜像仓库（令牌服务或存储服务），可以允许它：之后镜像仓库转去的请求会发往该主机，令牌服务还会收到您的登录信息。已允许的主机列在设置中。',
  },
  notARegistry: {
    title: '该地址不是容器镜像仓库',
    help: '该地址有响应，但不支持镜像仓库协议。请检查主机和端口；有些产品的镜像仓库与网页使用不同的主机或端口。',
  },
  unauthorized: {
    title: '登录失败',
    help: '请检查用户名和密码。许多镜像仓库要求用访问令牌代替密码，启用单点登录或两步验证时尤其如此。',
  },
  denied: {
    title: '此账号没有此操作的权限',
    help: '登录成功，但缺少所需权限。请向镜像仓库管理员申请，或换用其他账号。',
  },
  notFound: {
    title: '未找到目标',
    help: '它可能已被删除或改名，也可能此账号无权查看。请刷新列表。',
  },
  unsupported: {
    title: '镜像仓库不支持此操作',
    help: '对方没有此功能或已将其关闭。详情中有镜像仓库的原话，管理员也许可以启用。',
  },
  rateLimited: {
    title: '请求过于频繁',
    help: '镜像仓库要求放慢速度。请稍后重试；登录后限额通常会提高。',
  },
  conflict: {
    title: '与镜像仓库的当前状态冲突',
    help: '其间可能有人做了修改，或受规则（例如不可变标签）保护。请刷新后再查看。',
  },
  alreadyRunning: {
    title: '镜像仓库正在运行此任务',
    help: '同一时间只能运行一个。请等待其结束或将其停止，然后重试。',
  },
  immutable: {
    title: '该标签受保护，不能更改',
    help: '镜像仓库的规则将它设为不可变：既不能移动，也不能删除。请在那里修改规则，或保持该标签不变。',
  },
  policyRefused: {
    title: '项目规则禁止拉取此镜像',
    help: '它缺少签名、存在漏洞或尚未扫描，详情中有说明。请签名或扫描，或联系项目管理员。',
  },
  stillReferenced: {
    title: '仍有其他内容需要它',
    help: '凡是被索引或其他制品引用的内容，镜像仓库都不会删除。请先删除引用它的内容。',
  },
  quotaExceeded: {
    title: '存储配额已用尽',
    help: '请删除不再需要的内容，或向管理员申请更多空间。删除后可能要等垃圾回收完成才会释放空间。',
  },
  proxyCache: {
    title: '不能向代理缓存推送镜像',
    help: '这里缓存的是另一个镜像仓库的内容，只在拉取时填充。请推送到其他项目或仓库，或推送到它所代理的镜像仓库。',
  },
  refused: {
    title: '镜像仓库拒绝了此请求',
    help: '它理解了请求，但不予执行。详情中是它自己的说明。',
  },
  registryFailed: {
    title: '镜像仓库内部出错',
    help: '镜像仓库返回了内部错误。请稍后重试；如果持续出现，请把详情转给管理员。',
  },
  invalidResponse: {
    title: '镜像仓库的响应无法解析',
    help: '响应不符合镜像仓库协议，或被中间设备篡改（例如代理的错误页面）。已知信息见详情。',
  },
  tooLarge: {
    title: '响应内容超出允许的大小',
    help: '出于安全考虑，清单等文档只读取到一定的大小上限，具体数值见详情。',
  },
  tooLargeToSend: {
    title: '超过镜像仓库或其前面的代理允许的大小',
    help: '单个请求的大小受限，可行时也已尝试更小的分块。请联系管理员提高该限制（例如 nginx 的 client_max_body_size）。',
  },
  digestMismatch: {
    title: '内容与摘要不符',
    help: '收到的内容已损坏或被篡改，已丢弃。请重试；如果持续出现，说明镜像仓库的存储已损坏。',
  },
  endlessList: {
    title: '镜像仓库的列表没有尽头',
    help: '它反复返回相同的分页，或者没完没了地继续，因此已停止读取。这是镜像仓库或代理的故障，请告知管理员。',
  },
  notContent: {
    title: '其中没有可读取的镜像',
    help: '可读取 OCI 布局（文件夹或 tar）以及 docker save 和 podman save 的归档。请检查选择的文件或文件夹是否正确。',
  },
  contentDamaged: {
    title: '归档或布局已损坏',
    help: '内容不完整、自相矛盾或指向自身之外，因此没有使用其中的任何部分。请重新生成或从来源重新获取。',
  },
  contentBusy: {
    title: '另一个程序正在写入',
    help: '请等待其结束。如果已没有程序在写入，请删除所示的锁文件后重试。',
  },
  fileFailed: {
    title: '无法读写文件',
    help: '请检查文件是否存在、权限是否正确以及磁盘剩余空间。没有留下只写了一半的文件。',
  },
  engineUnreachable: {
    title: '没有容器引擎响应',
    help: '请启动 Docker 或 Podman 服务（podman system service），或将 DOCKER_HOST 设为其地址。',
  },
  engineFailed: {
    title: '容器引擎出错',
    help: '下方显示其原文。请检查它是否在运行并有足够空间，然后重试。',
  },
  keychainLocked: {
    title: '系统钥匙串已锁定',
    help: '请解锁后重试。在此之前，密码只在本次运行期间保留。',
  },
  keychainUnavailable: {
    title: '系统钥匙串不可用',
    help: '在 Linux 上请启动 GNOME Keyring 或 KWallet 等钥匙串服务。否则密码只在本次运行期间保留。',
  },
  credentialHelper: {
    title: 'Docker 凭据助手出错',
    help: '请确认 Docker 配置中指定的凭据助手已安装且可用，或直接在此填写用户名和密码。',
  },
  diskFull: {
    title: '磁盘已满',
    help: '请在应用数据所在的磁盘上腾出空间后重试。数据没有丢失。',
  },
  settingsFile: {
    title: '无法读写设置文件',
    help: '请检查数据文件夹的权限（路径见“设置”）。无法解析的文件会另行保留，不会被覆盖。',
  },
  storageFailed: {
    title: '无法读写应用自身的数据',
    help: '请检查数据文件夹的权限和剩余空间（路径见“设置”），然后重试。',
  },
  collected: {
    title: '镜像仓库已回收这些层',
    help: '垃圾回收已清除被删除的内容，因此这次删除无法再撤销。请从来源重新推送或复制该镜像。',
  },
  notInTrash: {
    title: '回收站中已没有它',
    help: '回收站已被清空，或内容因超出设置的期限或大小而被移除。如果镜像仓库中仍有该镜像，可按摘要重新打标签。',
  },
  keepLimit: {
    title: '超出可留存的大小',
    help: '没有删除任何内容。请在设置中调大留存内容的上限、分批删除，或在删除时不留存内容。',
  },
  auditBroken: {
    title: '更改记录被改动过',
    help: '有条目被更改或删除。“wharfinger audit verify”会列出这些条目；请与保存在别处的导出文件比对。',
  },
  trashDamaged: {
    title: '为撤销而保留的清单已损坏',
    help: '其内容与摘要不再一致，因此没有恢复。该任务的其他清单不受影响。请从来源重新推送或复制这一个。',
  },
  fileUnknown: {
    title: '镜像中没有这个文件',
    help: '它可能位于其他层或其他镜像中，或者链接指向的内容不存在。',
  },
  accountUnknown: {
    title: '该镜像仓库已不在列表中',
    help: '它可能已在其他窗口中被移除。请选择其他镜像仓库，或重新添加。',
  },
  accountExists: {
    title: '列表中已有该镜像仓库',
    help: '已有地址和用户名都相同的条目。请打开该条目，或使用其他用户登录。',
  },
  readOnly: {
    title: '该镜像仓库已锁定为只读',
    help: '锁定期间不会对它做任何修改。确认需要修改时，请在该镜像仓库的设置中解除锁定。',
  },
  protectedTag: {
    title: '此标签受保护',
    help: '受保护的标签既不会被移动，也不会被删除。保护规则见镜像仓库设置中的“锁定”。',
  },
  dryRun: {
    title: '试运行：不会启动任何任务',
    help: '开启期间应用只生成计划。请在“设置”中关闭，或在启动时去掉 WHARFINGER_DRY_RUN。',
  },
  nameNeeded: {
    title: '需要先输入名称',
    help: '将要删除的内容较多，因此需要输入名称确认。从多少个标签起可在“设置”中调整；清空仓库时总是需要。',
  },
  planExpired: {
    title: '计划已过期',
    help: '计划只保留一小段时间。请重新生成；尚未做任何修改。',
  },
  planStale: {
    title: '计划生成后情况有变',
    help: '有标签已指向别处，因此没有做任何修改。请先查看新的计划再继续。',
  },
  consentNeeded: {
    title: '需要您明确同意',
    help: '受影响的内容超出了所选范围。请阅读计划，并确认一并移除的内容。',
  },
  operationUnknown: {
    title: '找不到该任务',
    help: '它可能已从记录中移除。请刷新列表。',
  },
  busy: {
    title: '正忙，请稍候',
    help: '同一对象上还有其他任务在进行。请等它完成后重试。',
  },
  cancelled: {
    title: '已取消',
    help: '任务在完成前被停止，可以重新开始。',
  },
  internal: {
    title: '应用内部出错',
    help: '这是码头管家自身的故障，与镜像仓库无关。请重试；如果持续出现，请附上详情反馈给我们。',
  },
};
