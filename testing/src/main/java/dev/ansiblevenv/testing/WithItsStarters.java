package dev.ansiblevenv.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirDeletionStrategy;

/// Deletes a test's directory after the warm starters of the hosts in it have been ended: they
/// would go on writing there. In use for every test by `junit-platform.properties`.
public final class WithItsStarters implements TempDirDeletionStrategy {

  @Override
  public DeletionResult delete(
      Path directory, AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    ProcessHandle.allProcesses()
        .filter(process -> {
          var line = process.info().commandLine().orElse("");
          return line.contains("/ansible_venv_agent/starter.py ") && line.contains(directory + "/");
        })
        .forEach(ProcessHandle::destroyForcibly);
    return Standard.INSTANCE.delete(directory, element, context);
  }
}
