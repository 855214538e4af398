#!/bin/sh
# Process 1 of a machine (machine.py), in namespaces of its own: DIRECTORY NAME.
set -eu
directory=$1
name=$2
root=$directory/root

# This /proc is still the outer one: it says by which number the outside knows this process.
read -r pid rest </proc/self/stat
mount -t overlay overlay -o "lowerdir=/,upperdir=$directory/upper,workdir=$directory/work" "$root"
hostname "$name"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t sysfs sysfs "$root/sys"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mkdir "$root/run/sshd"
cat "$root/proc/sys/kernel/random/uuid" >"$root/run/boot_id"
mount --bind "$root/run/boot_id" "$root/proc/sys/kernel/random/boot_id"
echo "$pid"
exec >&2
# bash waits for orphans, too.
exec chroot "$root" /bin/bash -c '/usr/sbin/sshd -D -f /etc/ssh/machine.conf -E /var/log/sshd.log & wait'
