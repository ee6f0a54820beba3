/** Commands that push an image of the reader's own to the local registry. */
export interface PushCommands {
  docker: readonly string[];
  podman: readonly string[];
}

/**
 * Docker trusts plain http on `localhost` by default, Podman needs a flag.
 *
 * @param url `http://127.0.0.1:PORT`
 * @param signIn whether it asks for a user and password
 */
export function pushCommands(url: string, signIn: boolean): PushCommands {
  const host = `localhost:${new URL(url).port}`;
  const image = `${host}/my-app:1.0`;
  return {
    docker: [
      ...(signIn ? [`docker login --username wharfinger ${host}`] : []),
      `docker tag my-app:1.0 ${image}`,
      `docker push ${image}`,
    ],
    podman: [
      ...(signIn ? [`podman login --tls-verify=false --username wharfinger ${host}`] : []),
      `podman push --tls-verify=false my-app:1.0 ${image}`,
    ],
  };
}
