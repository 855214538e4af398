package dev.ansiblevenv.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// Temporary directories that other users can get into, as most home directories. In a private one
/// a host would put its environments elsewhere.
public final class OpenTempDirs implements TempDirFactory {

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    return Files.setPosixFilePermissions(
        Files.createTempDirectory("junit-"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
