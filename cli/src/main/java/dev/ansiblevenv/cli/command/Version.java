package dev.ansiblevenv.cli.command;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote down.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    var properties = new Properties();
    try (var text = Version.class.getResourceAsStream("version.properties")) {
      properties.load(text);
    }
    return new String[] {"ansible-venv " + properties.getProperty("version")};
  }
}
