package dev.ansiblevenv.orchestration.bundle;

import dev.ansiblevenv.orchestration.deploy.EnsuredVenv;
import java.nio.file.Path;
import java.util.List;

/// What a bundle holds, and what was done with it.
///
/// @param platform `x86_64-glibc-2.36`
/// @param files wheels, collections and uv
/// @param bytes of the bundle
/// @param ensured the venvs that a host now has; empty when none was named
public record BundleReport(
    Path file,
    String platform,
    List<Venv> venvs,
    int files,
    long bytes,
    List<EnsuredVenv> ensured) {

  public BundleReport with(List<EnsuredVenv> venvsOfAHost) {
    return new BundleReport(file, platform, venvs, files, bytes, venvsOfAHost);
  }

  /// @param python version that its wheels are for, `3.12` or `3.12.4`
  /// @param lock digest
  public record Venv(String name, String python, String lock) {}
}
