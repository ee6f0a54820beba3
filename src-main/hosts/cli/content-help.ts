/** What stands after commands that read or write images outside registries as well. */
export const CONTENT_HELP = `
Beside HOST/REPOSITORY[:TAG|@DIGEST], images are in
  oci:DIR[:TAG|@DIGEST]            an OCI image layout
  oci-archive:FILE[:TAG|@DIGEST]   the same in a tar archive
  docker-archive:FILE[:NAME]       an archive of docker save or podman save
  docker-daemon:NAME               the container engine of this machine, where DOCKER_HOST or
                                   the socket of Docker or Podman is
The last two keep no digest of a manifest: an image goes by its ID there.`;
