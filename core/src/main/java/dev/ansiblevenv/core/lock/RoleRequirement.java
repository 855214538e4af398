package dev.ansiblevenv.core.lock;

/// A role that has to be fetched.
///
/// @param name as playbooks call it
/// @param source `owner.name` on Galaxy, or the address of a repository or a tarball
/// @param scm `git`, `hg`, or empty for what is on Galaxy or a tarball
/// @param version of the role on Galaxy, or branch, tag or commit; empty for the newest
/// @param because where the requirement comes from: file:line
public record RoleRequirement(
    String name, String source, String scm, String version, String because) {}
