#!/bin/sh
# install-deb.sh PACKAGE PORT: installs it into a copy of this machine that only this process sees, uses it, removes it.
# Runs as root in a mount namespace of its own; the copy is an overlay in memory and goes with it. Exit code 99: no overlays here.
set -e
copy=$(mktemp -d)
trap 'umount -l "$copy/root" "$copy" 2>/dev/null; rmdir "$copy"' EXIT
mount -t tmpfs overlay "$copy" || exit 99
mkdir "$copy/upper" "$copy/work" "$copy/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$copy/upper,workdir=$copy/work" "$copy/root" || exit 99
mount --bind /proc "$copy/root/proc"
mount --bind /dev "$copy/root/dev"
cp "$1" "$copy/root/package.deb"
chroot "$copy/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin PORT="$2" sh -e <<'INSIDE' 2>&1
dpkg -i /package.deb
getent passwd paddock
[ -x /usr/lib/paddock/runtime/bin/java ] && echo "brings its own Java"
set +e
paddock service status; echo "service status: $?"
set -e
export PADDOCK_HOST=127.0.0.1:$PORT PADDOCK_HOME=/var/lib/paddock PADDOCK_AOT=off
install -d -o paddock -g paddock "$PADDOCK_HOME"
setpriv --reuid paddock --regid paddock --clear-groups --no-new-privs paddock serve &
server=$!
tries=0
until paddock health >/dev/null 2>&1 || [ $tries = 120 ]; do tries=$((tries + 1)); sleep 0.5; done
paddock run starter "Who are you?"
kill $server
wait $server || true
echo "PADDOCK_KEEP_ALIVE=1h" >>/etc/paddock/paddock.env
dpkg -i /package.deb </dev/null
grep -c KEEP_ALIVE=1h /etc/paddock/paddock.env
dpkg -r paddock
[ ! -e /usr/bin/paddock ] && [ -s /etc/paddock/paddock.env ] && echo "removed but for its settings"
dpkg -P paddock
[ ! -e /etc/paddock/paddock.env ] && [ -d /var/lib/paddock/models ] && echo "purged but for the models"
INSIDE
