/** Commands that push an image of the reader's own to the local registry. */
export interface PushCommands {
  docker: readonly string[];
  podman: readonly string[];
}

/**
 * Docker trusts plain http on `localhost` without being told, Podman wants it said.
 *
 * @param url `http://127.0.0.1:PORT`
 */
export function pushCommands(url: string): PushCommands {
  const host = `localhost:${new URL(url).port}`;
  const image = `${host}/my-app:1.0`;
  return {
    docker: [`docker tag my-app:1.0 ${image}`, `docker push ${image}`],
    podman: [`podman push --tls-verify=false my-app:1.0 ${image}`],
  };
}
