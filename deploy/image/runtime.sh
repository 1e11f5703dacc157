#!/bin/sh
# Lays out the root of an image that starts from nothing: a JVM (jlink) and the libraries of this
# machine's C library that it and the engines need, each where the loader looks for it.
#
#   runtime.sh JAVA_HOME ROOT JAR...     (the jars: those with natives inside)
#
# Linux only: the libraries come from the machine that builds.
set -eu

java_home=$1
root=$2
shift 2

# shellcheck source=deploy/image/modules.sh
. "$(dirname "$0")/modules.sh"

[ "$(uname -s)" = Linux ] || { echo "runtime.sh: images are built on Linux" >&2; exit 1; }
[ -d "$java_home/jmods" ] || { echo "runtime.sh: $java_home has no jmods" >&2; exit 1; }

rm -rf "$root"
mkdir -p "$root/opt" "$root/tmp" "$root/data" "$root/weights"
"$java_home/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-man-pages \
  --no-header-files --compress=1 --output "$root/opt/java"
rm -rf "$root/opt/java/legal"
cp -R "$(dirname "$0")/etc" "$root/etc"

# Every shared object that will be loaded: the JVM's own, and those inside the jars.
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
mkdir "$objects/inside"
for jar in "$@"; do
  (cd "$objects/inside" && "$java_home/bin/jar" --extract --file "$jar")
done
inside=$(find "$objects/inside" -name '*.so*' -exec dirname {} + | sort -u | tr '\n' ':')
{
  echo "$root/opt/java/bin/java"
  echo "$root/opt/java/lib/jspawnhelper"
  find "$root/opt/java/lib" "$objects/inside" -name '*.so*'
} >"$objects/list"

# ldd names each library with the path at which the loader found it; copy it there. It is asked twice:
# with the jars' own libraries in sight, through which others are found, and without, since a jar's
# copy (libgcc_s) is out of sight of the libraries of the system. The display's libraries (AWT on X)
# are not needed: images are decoded headless.
while read -r object; do
  case $object in *libawt_xawt.so | *libsplashscreen.so | *libjawt.so) continue ;; esac
  ldd "$object" 2>/dev/null || true
  LD_LIBRARY_PATH=$inside$root/opt/java/lib:$root/opt/java/lib/server ldd "$object" 2>/dev/null || true
done <"$objects/list" | tr '\t' ' ' | sed -n -e 's/^.* => \(\/[^ ]*\) .*/\1/p' -e 's/^ *\(\/[^ ]*\) (.*/\1/p' |
  sort -u | grep -v -e "^$root" -e "^$objects" >"$objects/system"
# Names are resolved through libraries that no object names; CUDA's, which come from outside the image,
# want the others.
for name in libnss_dns.so.2 libnss_files.so.2 libresolv.so.2 \
  libdl.so.2 libpthread.so.0 librt.so.1 libutil.so.1 libz.so.1; do
  ldconfig -p 2>/dev/null | sed -n "s/^.*$name (libc6,.*) => //p" | head -n 1
done >>"$objects/system"
sort -u "$objects/system" | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
