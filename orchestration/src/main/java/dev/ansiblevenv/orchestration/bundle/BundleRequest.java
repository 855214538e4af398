package dev.ansiblevenv.orchestration.bundle;

import java.nio.file.Path;
import java.util.List;

/// @param names of profiles or specs
/// @param file is replaced when it is there
public record BundleRequest(List<String> names, Path file, Destination destination) {

  /// What the environments are to be built on.
  public sealed interface Destination {}

  /// @param name of a host that is asked what it is
  public record Host(String name) implements Destination {}

  /// @param platform `x86_64-glibc-2.36`
  /// @param python version, `3.12`
  public record Platform(String platform, String python) implements Destination {}
}
