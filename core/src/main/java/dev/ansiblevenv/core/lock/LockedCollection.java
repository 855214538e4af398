package dev.ansiblevenv.core.lock;

/// A collection at one exact artifact.
///
/// @param source Galaxy server URL, project-relative path of the directory or tarball, or the
///   repository or URL as the user names it
/// @param url where the tarball is fetched from; `git+URL#/directory,commit` where it is built from
///   a commit
/// @param sha256 of the tarball, 64 lower-case hex digits
public record LockedCollection(
    String name, String version, String source, String url, String sha256, long size) {}
