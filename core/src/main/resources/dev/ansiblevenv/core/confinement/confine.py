"""Runs a Python script that must not be trusted, so that it reads what it is given and changes nothing.

Usage: python -I confine.py POLICY SCRIPT [ARGUMENT ...]

POLICY is a JSON object:

    level      "bubblewrap": bubblewrap has made the namespaces already; "kernel": this script makes them, as far as
               the kernel lets it, and has Landlock guard the files; "none": only the limits hold
    readable   absolute paths that may be read, with all below them
    scratch    the one directory that may be written; empty at the start
    environment  variables that are set for SCRIPT; nothing else is in its environment
    namespaces  whether to make them at level "kernel"
    memory     bytes that all processes together may hold, and the address space of each
    scratch_bytes  what may be written, where the scratch directory can be made a file system of its own
    processes  how many processes and threads there may be
    parent     the process id of the caller, at the levels "kernel" and "none"

The exit code is SCRIPT's; 125 where this process cannot be confined so: nothing was run then; 124 where SCRIPT was
ended because it took too much.

What SCRIPT starts ends with this process: by the end of a process namespace, else by this process, which adopts
orphans and stops them all before it kills them. Standard library only.
"""

import ctypes
import json
import os
import platform
import resource
import runpy
import signal
import struct
import sys

NOT_CONFINED = 125
TOO_MUCH = 124

WATCH_SECONDS = 0.25

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long

PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
ALL_NEW = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET
ANY_NEW = ALL_NEW | CLONE_NEWUSER | 0x02000000  # and a cgroup namespace

MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_REC = 0x4000
MS_PRIVATE = 0x40000


def check(result, what):
    """Raise where a C function failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, what + ": " + os.strerror(number))
    return result


def prctl(option, value):
    check(LIBC.prctl(option, ctypes.c_ulong(value), 0, 0, 0), "prctl " + str(option))


# --- Landlock: https://docs.kernel.org/userspace-api/landlock.html; its system calls have one number everywhere ---

LANDLOCK_CREATE_RULESET = 444
LANDLOCK_ADD_RULE = 445
LANDLOCK_RESTRICT_SELF = 446

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE
READ = EXECUTE | READ_FILE | READ_DIR
# What each version of the interface adds: 13 rights; moving between directories; truncating; ioctl on devices.
RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
IOCTL_DEV = 1 << 15
TRUNCATE = 1 << 14
NET_TCP = 3
SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3


def landlock_version():
    """The version of the interface; 0 where there is none."""
    return max(0, LIBC.syscall(LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(1)))


def landlock(readable, writable):
    version = landlock_version()
    if version < 1:
        raise OSError("this kernel has no Landlock, or does not use it")
    handled = 0
    for since, rights in RIGHTS.items():
        if version >= since:
            handled |= rights
    attributes = struct.pack(
        "=QQQ",
        handled,
        NET_TCP if version >= 4 else 0,
        SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS if version >= 6 else 0,
    )
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = check(
        LIBC.syscall(LANDLOCK_CREATE_RULESET, attributes, ctypes.c_size_t(size), ctypes.c_uint(0)), "Landlock ruleset"
    )
    for path in readable:
        landlock_allow(ruleset, path, READ & handled)
    for path in writable:
        landlock_allow(ruleset, path, handled & ~IOCTL_DEV)
    for device in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"):
        landlock_allow(ruleset, device, (READ_FILE | WRITE_FILE | TRUNCATE) & handled)
    check(LIBC.syscall(LANDLOCK_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint(0)), "Landlock")
    os.close(ruleset)


def landlock_allow(ruleset, path, rights):
    """Allow what is below a path; a path that is not there needs no rule."""
    try:
        file = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= FILE_RIGHTS | TRUNCATE
        rule = struct.pack("=Qi", rights, file)
        check(LIBC.syscall(LANDLOCK_ADD_RULE, ctypes.c_int(ruleset), 1, rule, ctypes.c_uint(0)), path)
    finally:
        os.close(file)


# --- The filter of system calls ---

# Sockets (also those in files, which Landlock does not guard), other processes, other namespaces, keys, what the
# kernel has had most defects in. By machine, as `uname -m` prints it: the number that BPF sees, and the calls'.
FORBIDDEN = {
    "x86_64": (
        0xC000003E,
        {
            "socket": 41, "ptrace": 101, "syslog": 103, "personality": 135, "pivot_root": 155, "chroot": 161,
            "acct": 163, "mount": 165, "umount2": 166, "swapon": 167, "reboot": 169, "init_module": 175,
            "delete_module": 176, "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250,
            "unshare": 272, "perf_event_open": 298, "open_by_handle_at": 304, "setns": 308,
            "process_vm_readv": 310, "process_vm_writev": 311, "finit_module": 313, "kexec_file_load": 320,
            "bpf": 321, "userfaultfd": 323, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
            "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsmount": 432, "pidfd_getfd": 438,
            "process_madvise": 440, "mount_setattr": 442,
        },
        {"clone": 56, "clone3": 435},
        {"kill": 62, "tkill": 200, "rt_sigqueueinfo": 129, "tgkill": 234, "rt_tgsigqueueinfo": 297,
         "pidfd_send_signal": 424},
    ),
    "aarch64": (
        0xC00000B7,
        {
            "socket": 198, "ptrace": 117, "syslog": 116, "personality": 92, "pivot_root": 41, "chroot": 51,
            "acct": 89, "mount": 40, "umount2": 39, "swapon": 224, "reboot": 142, "init_module": 105,
            "delete_module": 106, "kexec_load": 104, "add_key": 217, "request_key": 218, "keyctl": 219,
            "unshare": 97, "perf_event_open": 241, "open_by_handle_at": 265, "setns": 268,
            "process_vm_readv": 270, "process_vm_writev": 271, "finit_module": 273, "kexec_file_load": 294,
            "bpf": 280, "userfaultfd": 282, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
            "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsmount": 432, "pidfd_getfd": 438,
            "process_madvise": 440, "mount_setattr": 442,
        },
        {"clone": 220, "clone3": 435},
        {"kill": 129, "tkill": 130, "rt_sigqueueinfo": 138, "tgkill": 131, "rt_tgsigqueueinfo": 240,
         "pidfd_send_signal": 424},
    ),
}  # fmt: skip

LOAD, JUMP_EQUAL, JUMP_AT_LEAST, JUMP_BITS, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
NOT_PERMITTED, NO_SUCH_CALL = 0x00050000 | 1, 0x00050000 | 38
NUMBER, MACHINE, FIRST_ARGUMENT = 0, 4, 16


def system_call_filter(signals):
    """Have the kernel refuse the calls above; with `signals`, those that send signals as well."""
    if platform.machine() not in FORBIDDEN:
        raise OSError("no filter of system calls for " + platform.machine())
    machine, forbidden, clones, signalling = FORBIDDEN[platform.machine()]
    program = [(LOAD, 0, 0, MACHINE), (JUMP_EQUAL, 1, 0, machine), (RETURN, 0, 0, KILL), (LOAD, 0, 0, NUMBER)]
    if platform.machine() == "x86_64":  # the x32 interface counts from here
        program += [(JUMP_AT_LEAST, 0, 1, 0x40000000), (RETURN, 0, 0, NOT_PERMITTED)]
    for number in [*forbidden.values(), *(signalling.values() if signals else ())]:
        program += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, NOT_PERMITTED)]
    # The C library falls back to clone, whose flags can be seen.
    program += [(JUMP_EQUAL, 0, 1, clones["clone3"]), (RETURN, 0, 0, NO_SUCH_CALL)]
    program += [(JUMP_EQUAL, 0, 3, clones["clone"]), (LOAD, 0, 0, FIRST_ARGUMENT)]
    program += [(JUMP_BITS, 0, 1, ANY_NEW), (RETURN, 0, 0, NOT_PERMITTED), (RETURN, 0, 0, ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))

    class Program(ctypes.Structure):
        """struct sock_fprog"""

        _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]

    whole = Program(len(program), ctypes.cast(code, ctypes.c_void_p))
    check(LIBC.prctl(PR_SET_SECCOMP, ctypes.c_ulong(2), ctypes.byref(whole), 0, 0), "system call filter")


# --- Namespaces ---


def own_namespaces():
    """Namespaces of processes, mounts, network, IPC and names; of users too, if a user has to have one for that."""
    user, group = os.getuid(), os.getgid()
    if LIBC.unshare(CLONE_NEWUSER | ALL_NEW) == 0:
        for file, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            with open("/proc/self/" + file, "w", encoding="ascii") as map_file:
                map_file.write(text)
    else:
        check(LIBC.unshare(ALL_NEW), "namespaces")


def mount(source, target, kind, flags, data):
    check(
        LIBC.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode()),
        "mount " + target,
    )


def own_mounts(policy):
    """A scratch directory in memory and a /proc of these processes alone; whether the latter can be had."""
    mount("none", "/", "", MS_REC | MS_PRIVATE, "")
    size = f"size={policy['scratch_bytes']},nr_inodes=100k,mode=0700"
    mount("tmpfs", policy["scratch"], "tmpfs", MS_NOSUID | MS_NODEV, size)
    try:
        mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, "")
    except OSError:  # a container that hides parts of its own /proc
        return False
    return True


# --- Processes ---


def limits(policy, others):
    """What a bomb of any kind may take. `others`: how many processes of the user's count as well."""
    for limit, value in (
        (resource.RLIMIT_AS, policy["memory"]),
        (resource.RLIMIT_FSIZE, policy["scratch_bytes"]),
        (resource.RLIMIT_NPROC, policy["processes"] + others),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
    ):
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value))


def drop_capabilities():
    for capability in range(64):
        if LIBC.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) != 0:
            break
    header = struct.pack("=Ii", 0x20080522, 0)
    check(LIBC.capset(header, struct.pack("=IIIIII", 0, 0, 0, 0, 0, 0)), "capabilities")


def read(file):
    """The fields of a file of /proc behind a command's name; none for a process that is gone."""
    try:
        with open(file, encoding="latin-1") as content:
            return content.read().rpartition(")")[2].split()
    except OSError:
        return []


def processes():
    """Process ids with their parents', from /proc."""
    for name in os.listdir("/proc"):
        if name.isdecimal():
            fields = read(f"/proc/{name}/stat")
            if len(fields) > 1:
                yield int(name), int(fields[1])


def tasks_of_user():
    count = 0
    for process, _ in processes():
        try:
            if os.stat(f"/proc/{process}").st_uid == os.getuid():
                count += len(os.listdir(f"/proc/{process}/task"))
        except OSError:
            continue
    return count


def descendants():
    children = {}
    for process, parent in processes():
        children.setdefault(parent, []).append(process)
    found, left = set(), [os.getpid()]
    while left:
        for child in children.get(left.pop(), ()):
            if child not in found:
                found.add(child)
                left.append(child)
    return found


def takes_too_much(policy):
    """Whether the processes are too many or hold too much. What each may take is limited as well, but not for root."""
    if os.path.exists("/proc/self"):
        found = descendants()
    else:  # /proc is that of the new process namespace
        found = {process for process, _ in processes()}
    if len(found) > policy["processes"]:
        return "it started too many processes"
    pages = sum(int((read(f"/proc/{process}/statm") or (0, 0))[1]) for process in found)
    return "it took too much memory" if pages * resource.getpagesize() > policy["memory"] else None


def end_descendants(child):
    """First stop all, until there is no new one: what is stopped starts nothing."""
    if not os.path.exists("/proc/self"):
        send(child, signal.SIGKILL)
        await_children()
        return
    stopped = set()
    while True:
        new = descendants() - stopped
        if not new:
            break
        for process in new:
            send(process, signal.SIGSTOP)
        stopped |= new
    for process in stopped:
        send(process, signal.SIGKILL)
    await_children()


def await_children():
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        pass


def send(process, number):
    try:
        os.kill(process, number)
    except ProcessLookupError:
        pass


def supervise(child, policy):
    """Wait for the child, and end it and what it left; the exit code."""
    endings = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
    while True:
        received = signal.sigtimedwait({signal.SIGCHLD, *endings}, WATCH_SECONDS)
        if received and received.si_signo in endings:
            end_descendants(child)
            return 128 + received.si_signo
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            end_descendants(child)
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        excess = takes_too_much(policy)
        if excess:
            end_descendants(child)
            sys.stderr.write(f"it was ended: {excess}\n")
            return TOO_MUCH


def run(policy, script, arguments):
    os.environ.clear()
    os.environ.update(policy["environment"])
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name="__main__")


def confined(policy, has_own, others):
    """Take everything from this process that the policy does not give."""
    if policy["level"] == "kernel":
        readable = list(policy["readable"])
        if has_own and own_mounts(policy):
            readable.append("/proc")
        limits(policy, others)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        landlock(readable, [policy["scratch"]])
        drop_capabilities()
        system_call_filter(signals=not has_own)
    else:
        limits(policy, others)
        if policy["level"] == "bubblewrap":
            system_call_filter(signals=True)


def refusal(error):
    sys.stderr.write(f"cannot confine: {error}\n")
    sys.stderr.flush()
    return NOT_CONFINED


def main():
    """Confine a child of this process, and watch it."""
    policy, script, *arguments = sys.argv[1:]
    policy = json.loads(policy)
    others = 0
    if policy["level"] != "bubblewrap":
        others = tasks_of_user()
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != policy["parent"]:
            sys.exit(NOT_CONFINED)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    has_own = policy["level"] == "kernel" and policy["namespaces"]
    if has_own:
        try:
            own_namespaces()
        except OSError as error:
            sys.exit(refusal(error))
    awaited = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
    signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    child = os.fork()
    if child:
        sys.exit(supervise(child, policy))
    try:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setsid()
        confined(policy, has_own, 0 if has_own else others)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, awaited)
    except OSError as error:
        os._exit(refusal(error))
    run(policy, script, arguments)


if __name__ == "__main__":
    main()
