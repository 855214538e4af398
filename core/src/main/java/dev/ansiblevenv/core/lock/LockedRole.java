package dev.ansiblevenv.core.lock;

/// A role at one exact content.
///
/// @param name as playbooks call it
/// @param version of the role on Galaxy, or the commit; empty for a tarball by URL
/// @param source Galaxy server URL, or the repository or URL as the user names it
/// @param url where exactly this content can be had again; `git+URL,commit` for a commit
/// @param sha256 of the content as a tarball that depends on nothing else, 64 lower-case hex digits
/// @param size of that tarball
public record LockedRole(
    String name, String version, String source, String url, String sha256, long size) {}
