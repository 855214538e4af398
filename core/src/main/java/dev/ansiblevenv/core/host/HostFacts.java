package dev.ansiblevenv.core.host;

import java.util.List;

/// What the agent says of its host.
///
/// @param system `uname -s`, `Linux`
/// @param machine `uname -m`, `x86_64`
/// @param libc `glibc`, `musl` or `other`
/// @param libcVersion `2.36`; empty where the library does not say
/// @param hostname the host's own name, which need not be the one the user knows it by
/// @param store absolute path of the store on the host
/// @param venvs absolute path of the directory of venv links on the host
/// @param freeBytes free for this user below the store
/// @param bootId differs after every reboot; empty where the system has none
/// @param pythons newest first; empty unless they were asked for
public record HostFacts(
    HostPython agentPython,
    String system,
    String machine,
    String libc,
    String libcVersion,
    String hostname,
    String user,
    String home,
    String store,
    String venvs,
    long freeBytes,
    String bootId,
    List<HostPython> pythons) {}
