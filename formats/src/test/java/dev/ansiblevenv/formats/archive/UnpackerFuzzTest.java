package dev.ansiblevenv.formats.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.formats.archive.ArchiveModel.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random archives of few names, so that they meet, against [ArchiveModel], which knows only paths.
class UnpackerFuzzTest {

  private static final String[] NAMES = {"a", "b", "c", "..", ".", "d", "a", "b"};

  @TempDir Path directory;

  @Test
  void does_what_a_model_of_paths_says() throws IOException {
    compare(800, 1);
  }

  @Test
  @Tag("long")
  void does_what_a_model_of_paths_says_a_hundred_thousand_times() throws IOException {
    compare(100_000, 2);
  }

  private void compare(int archives, long seed) throws IOException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var outside = Files.createDirectories(directory.resolve("c"));
    var unpacked = 0;
    for (var i = 0; i < archives; i++) {
      var entries = entries(random);
      var expected = ArchiveModel.of(entries);
      var target = directory.resolve("u");
      var actual = unpack(entries, target);
      assertThat(actual).as("archive %s: %s", i, entries).isEqualTo(expected);
      unpacked += expected == null ? 0 : 1;
      assertThat(children(outside)).as("archive %s: %s", i, entries).isEmpty();
      assertThat(children(directory))
          .as("archive %s: %s", i, entries)
          .isSubsetOf("c", "u", "x.tar");
      delete(target);
    }
    assertThat(unpacked).isGreaterThan(archives / 20).isLessThan(archives);
  }

  private static List<Entry> entries(RandomGenerator random) {
    var entries = new ArrayList<Entry>();
    for (var count = random.nextInt(1, 6); count > 0; count--) {
      var name = path(random, 4, random.nextInt(8) == 0 ? NAMES.length : 3);
      entries.add(
          switch (random.nextInt(8)) {
            case 0, 1 -> new Entry(name, '5', "");
            case 2, 3, 4 -> new Entry(name, '0', "");
            case 5, 6 -> new Entry(name, '2', path(random, 5, NAMES.length));
            default -> new Entry(name, "01236".charAt(random.nextInt(5)), "b");
          });
    }
    return entries;
  }

  private static String path(RandomGenerator random, int most, int names) {
    var path = new StringBuilder(random.nextInt(40) == 0 ? "/" : "");
    for (var left = random.nextInt(1, most); left > 0; left--) {
      path.append(NAMES[random.nextInt(names)]).append(left > 1 ? "/" : "");
    }
    return path.toString();
  }

  /// The tree, or null when the archive is refused.
  private Map<String, String> unpack(List<Entry> entries, Path target) throws IOException {
    var tar = directory.resolve("x.tar");
    try (var out = Files.newOutputStream(tar)) {
      for (var entry : entries) {
        write(out, entry);
      }
      out.write(new byte[1024]);
    }
    try (var reader = ArchiveReader.tar(tar, ArchiveLimits.DEFAULT)) {
      Unpacker.unpack(reader, target, ArchiveMember::path);
      return tree(target);
    } catch (ArchiveRefused e) {
      return null;
    }
  }

  private static void write(OutputStream out, Entry entry) throws IOException {
    var block = new byte[512];
    put(block, 0, entry.name());
    put(block, 100, "0000644");
    put(block, 124, "00000000000");
    put(block, 136, "00000000000");
    block[156] = (byte) entry.kind();
    put(block, 157, entry.target());
    put(block, 257, "ustar");
    put(block, 263, "00");
    put(block, 148, "        ");
    var sum = 0;
    for (var each : block) {
      sum += each & 0xff;
    }
    put(block, 148, String.format("%06o", sum));
    out.write(block);
  }

  private static void put(byte[] block, int at, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private static Map<String, String> tree(Path root) throws IOException {
    var tree = new TreeMap<String, String>();
    try (var files = Files.walk(root)) {
      for (var file : files.filter(each -> !each.equals(root)).toList()) {
        var path = root.relativize(file).toString();
        if (Files.isSymbolicLink(file)) {
          tree.put(path, "-> " + Files.readSymbolicLink(file));
        } else {
          tree.put(path, Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "directory" : "file");
        }
      }
    }
    return tree;
  }

  private static List<String> children(Path directory) throws IOException {
    try (var children = Files.list(directory)) {
      return children.map(child -> String.valueOf(child.getFileName())).toList();
    }
  }

  private static void delete(Path root) throws IOException {
    if (Files.exists(root)) {
      try (var files = Files.walk(root)) {
        for (var file : files.toList().reversed()) {
          Files.delete(file);
        }
      }
    }
  }
}
