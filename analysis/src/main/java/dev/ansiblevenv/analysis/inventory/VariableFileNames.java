package dev.ansiblevenv.analysis.inventory;

import java.util.List;

/// Which files of a directory of variables Ansible reads (`DataLoader.find_vars_files`).
public final class VariableFileNames {

  /// In Ansible's order: of several files of one group or host the first counts.
  public static final List<String> EXTENSIONS = List.of("", ".yml", ".yaml", ".json");

  private VariableFileNames() {}

  /// Whether a file counts, or a directory is looked into: one with an extension is a backup.
  public static boolean isRead(String name, boolean isDirectory) {
    var extension = extension(name);
    return !isHidden(name) && (isDirectory ? extension.isEmpty() : EXTENSIONS.contains(extension));
  }

  public static boolean isHidden(String name) {
    return name.startsWith(".") || name.endsWith("~");
  }

  /// With its dot, as Python's `os.path.splitext` splits.
  public static String extension(String name) {
    var dot = name.lastIndexOf('.');
    var isLeading = dot >= 0 && name.substring(0, dot).chars().allMatch(c -> c == '.');
    return dot < 0 || isLeading ? "" : name.substring(dot);
  }
}
