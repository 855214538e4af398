package dev.ansiblevenv.core.lock;

import java.util.List;

/// A collection at one exact artifact.
///
/// @param source Galaxy server URL, project-relative path of the directory or tarball, or the
///   repository or URL as the user names it
/// @param url where the tarball is fetched from; `git+URL#/directory,commit` where it is built from
///   a commit
/// @param sha256 of the tarball, 64 lower-case hex digits
/// @param signatures addresses of detached signatures that the user names for it, besides those
///   that a server has
public record LockedCollection(
    String name,
    String version,
    String source,
    String url,
    String sha256,
    long size,
    List<String> signatures) {

  public LockedCollection(
      String name, String version, String source, String url, String sha256, long size) {
    this(name, version, source, url, sha256, size, List.of());
  }

  /// Whether it is built from files, which nobody signs.
  boolean isBuilt() {
    return url.startsWith("git+") || (isLocal() && !url.endsWith(".tar.gz"));
  }

  /// Whether it lies in the project.
  boolean isLocal() {
    return url.equals(source) && !url.contains("://");
  }

  LockedCollection with(List<String> more) {
    return new LockedCollection(name, version, source, url, sha256, size, more);
  }
}
