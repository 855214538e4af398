"""What the controller needs to know of this host. Cheap: read on every connection."""

import os
import sys


def boot_id():
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


def home_directory():
    home = os.environ.get("HOME", "")
    if os.path.isabs(home):
        return home
    import pwd

    return pwd.getpwuid(os.getuid()).pw_dir


def user_name():
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def c_library():
    """Name and version; wheels for one do not run on the other."""
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
        if name == "glibc":
            return "glibc", version
    except (ValueError, OSError):
        pass
    if os.path.isdir("/lib") and any(name.startswith("ld-musl-") for name in os.listdir("/lib")):
        return "musl", ""
    return "other", ""


def existing(path):
    """The nearest directory above that is there."""
    while not os.path.isdir(path) and path != os.path.dirname(path):
        path = os.path.dirname(path)
    return path


def free_bytes(path):
    space = os.statvfs(existing(path))
    return space.f_bavail * space.f_frsize


def utf8_locale():
    """A UTF-8 locale that exists here: ansible refuses to start without one."""
    import _locale

    for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8"):
        try:
            _locale.setlocale(_locale.LC_CTYPE, name)
        except _locale.Error:
            continue
        return name
    return "C.UTF-8"


def version_text(info):
    return "%d.%d.%d" % tuple(info[:3])


def facts(store):
    system = os.uname()
    libc, libc_version = c_library()
    return {
        "type": "facts",
        "protocol": 1,
        "agent_python": {"path": sys.executable, "version": version_text(sys.version_info)},
        "system": system.sysname,
        "machine": system.machine,
        "libc": libc,
        "libc_version": libc_version,
        "hostname": system.nodename,
        "user": user_name(),
        "home": store.home,
        "store": store.root,
        "venvs": store.venvs,
        "free_bytes": free_bytes(store.root),
        "boot_id": boot_id(),
    }
