#!/bin/sh
# Runs the image without Docker: unpacks its layers and starts its entry point in a chroot, as the
# image's user and with the image's environment and nothing else. Needs root.
#
#   try.sh deploy/target/archipelago-image.tar [ARGUMENT...]     (default: doctor)
set -eu

tar=$1
shift
[ -r "$tar" ] || { echo "try.sh: there is no $tar; mvn -Pimages -DskipTests package makes it" >&2; exit 1; }
[ $# -gt 0 ] || set -- doctor
if [ "${ARCHIPELAGO_TRY:-}" != unshared ]; then
  # Mounts made in here end with this process.
  ARCHIPELAGO_TRY=unshared exec unshare --mount sh "$0" "$tar" "$@"
fi

root=$(mktemp -d)
mkdir "$root/image" "$root/root"
tar -xf "$tar" -C "$root/image"
strings_of() { tr -d '\n' <"$1" | sed -n "s/.*\"$2\": *\[\([^]]*\)\].*/\1/p" | tr ',' '\n' | sed 's/^ *"//; s/" *$//'; }

for layer in $(strings_of "$root/image/manifest.json" Layers); do
  tar --warning=no-unknown-keyword -xf "$root/image/$layer" -C "$root/root"
done
rm "$root/image"/*.tar.gz
mkdir -p "$root/root/dev" "$root/root/proc"
mount --bind "$root/root" "$root/root" # so that it is a file system to those inside
mount --rbind /dev "$root/root/dev"
mount -t proc proc "$root/root/proc"
# Docker writes these two into every container.
cp /etc/resolv.conf "$root/root/etc/resolv.conf"
printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$(hostname)" >"$root/root/etc/hosts"

IFS='
'
code=0
# One word a line, as the image's configuration has them.
# shellcheck disable=SC2046
env -i $(strings_of "$root/image/config.json" Env) $(env | grep '^ARCHIPELAGO_' | grep -v '^ARCHIPELAGO_TRY=') \
  "$(command -v chroot)" --userspec=10001:10001 "$root/root" \
  $(strings_of "$root/image/config.json" Entrypoint) "$@" || code=$?
umount -l "$root/root/dev" "$root/root/proc" "$root/root"
rm -rf "$root"
exit $code
