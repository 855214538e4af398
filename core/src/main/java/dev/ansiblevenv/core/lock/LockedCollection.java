package dev.ansiblevenv.core.lock;

/// A collection at one exact artifact.
///
/// @param source Galaxy server URL, or project-relative path of the directory or tarball
/// @param url where the tarball is fetched from
/// @param sha256 of the tarball, 64 lower-case hex digits
public record LockedCollection(
    String name, String version, String source, String url, String sha256, long size) {}
