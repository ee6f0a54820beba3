import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeCertificates } from '../../support/certificates.ts';
import { describeWithPeer } from '../../support/peers.ts';
import { startProcess } from '../../support/process.ts';
import { ping } from '../../support/registry.ts';
import { clientOf } from '../../support/server.ts';
import { temporaryFolder } from '../../support/temporary.ts';

// Node's own server hangs up without the alert that says why; a Go server sends it.
describeWithPeer(['docker-registry'], 'docker-registry with client certificates', (programs) => {
  test('one signs in; none, or one of a stranger, is what the registry asks for', async () => {
    const folder = await temporaryFolder();
    const { authority, server, client } = await makeCertificates();
    const files = { certificate: server.certificate, key: server.key, ca: authority };
    const at = (name: string): string => path.join(folder, `${name}.pem`);
    for (const [name, pem] of Object.entries(files)) await writeFile(at(name), pem, { mode: 0o600 });
    await writeFile(
      path.join(folder, 'config.yml'),
      JSON.stringify({
        version: '0.1',
        log: { level: 'info' },
        storage: { inmemory: {} },
        http: {
          addr: '127.0.0.1:0',
          tls: { certificate: at('certificate'), key: at('key'), clientcas: [at('ca')] },
        },
      }),
    );
    const registry = await startProcess(
      programs['docker-registry'],
      ['serve', path.join(folder, 'config.yml')],
      {
        env: { OTEL_TRACES_EXPORTER: 'none' },
      },
    );
    const [, port] = await registry.waitFor(/listening on 127\.0\.0\.1:(\d+)/);
    const url = `https://127.0.0.1:${port}`;
    const tls = { verify: true, authorities: authority };
    const pair = { clientCertificate: client.certificate, clientKey: client.key };
    await expect(ping(clientOf({ url }, { tls: { ...tls, ...pair } }))).resolves.toMatchObject({
      system: 'distribution',
    });
    await expect(ping(clientOf({ url }, { tls }))).rejects.toMatchObject({ code: 'tlsClientCertificate' });
    const stranger = (await makeCertificates()).client;
    const strange = { clientCertificate: stranger.certificate, clientKey: stranger.key };
    await expect(ping(clientOf({ url }, { tls: { ...tls, ...strange } }))).rejects.toMatchObject({
      code: 'tlsClientCertificate',
    });
  });
});
