package dev.ansiblevenv.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Looks for texts where they must not be: in files, and in the arguments and environment of every
/// process of this machine.
public final class Traces {

  private static final long LARGEST = 1 << 24;

  private Traces() {}

  /// The places in which one of the texts stands, as it is or in base64.
  ///
  /// @param texts that stand nowhere else on this machine
  /// @param roots directories; links in them are not followed
  public static List<String> of(List<String> texts, List<Path> roots) {
    var all = new ArrayList<>(texts);
    texts.forEach(text -> all.add(Base64.getEncoder().encodeToString(text.getBytes(UTF_8))));
    var found = new ArrayList<String>();
    try {
      for (var root : roots) {
        Files.walkFileTree(root, new Search(all, found));
      }
      try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (var process : processes) {
          look(process.resolve("cmdline"), all, found);
          look(process.resolve("environ"), all, found);
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return found;
  }

  private static void look(Path file, List<String> texts, List<String> found) {
    String content;
    try {
      content = new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (IOException e) {
      // Gone meanwhile, or somebody else's.
      return;
    }
    texts.stream().filter(content::contains).forEach(text -> found.add(text + " in " + file));
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private final List<String> texts;
    private final List<String> found;

    Search(List<String> texts, List<String> found) {
      this.texts = texts;
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && attributes.size() < LARGEST) {
        look(file, texts, found);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }
}
