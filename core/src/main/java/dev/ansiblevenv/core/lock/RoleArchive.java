package dev.ansiblevenv.core.lock;

import dev.ansiblevenv.diagnostic.InvalidInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// A role as an archive: what a server or `git archive` makes of it, or our own. Which of its
/// members are the role's files is ansible-galaxy's rule (`galaxy/role.py`): the directory of the
/// shortest path to a `meta/main.yml` is the role, and stripped off.
record RoleArchive(Path file, String shown) {

  private static final long MOST_BYTES = 512L << 20;
  private static final int GZIP = 0x1f8b;

  /// A member that is kept; of a link, the content is its target.
  private static final class Member {
    private final byte[] content;
    private final boolean isLink;
    private final boolean isExecutable;

    private Member(byte[] content, boolean isLink, boolean isExecutable) {
      this.content = content;
      this.isLink = isLink;
      this.isExecutable = isExecutable;
    }
  }

  /// Writes the role's files as a tarball of which the same files make the same bytes.
  ///
  /// @throws InvalidInput when the archive holds no role, or something that leads out of it
  void repack(Path target) throws IOException {
    try (var tar = new CollectionTar(Files.newOutputStream(target))) {
      for (var member : members().entrySet()) {
        var it = member.getValue();
        if (it.isLink) {
          tar.link(member.getKey(), new String(it.content, StandardCharsets.UTF_8));
        } else {
          tar.file(member.getKey(), it.content, it.isExecutable);
        }
      }
    }
  }

  /// Unpacks one of our own into a new directory.
  void unpack(Path target) throws IOException {
    Files.createDirectories(target);
    for (var member : members().entrySet()) {
      var place = target.resolve(member.getKey());
      Files.createDirectories(place.resolveSibling("."));
      var it = member.getValue();
      if (it.isLink) {
        Files.createSymbolicLink(place, Path.of(new String(it.content, StandardCharsets.UTF_8)));
      } else {
        Files.write(place, it.content);
        if (it.isExecutable) {
          place.toFile().setExecutable(true, false);
        }
      }
    }
  }

  private TreeMap<String, Member> members() throws IOException {
    var all = all();
    var role =
        all.keySet().stream()
            .flatMap(name -> parent(name).stream())
            .min((one, other) -> Integer.compare(one.length(), other.length()))
            .orElseThrow(() -> invalid("it has no meta/main.yml"));
    var members = new TreeMap<String, Member>();
    all.forEach((name, member) -> {
      var at = name.indexOf(role);
      var stripped =
          role.isEmpty()
              ? name
              : name.substring(0, at < 0 ? 0 : at)
                  + name.substring(at < 0 ? 0 : at + role.length());
      members.put(inside(stripped.replaceFirst("^/+", ""), member), member);
    });
    checkMeta(members);
    return members;
  }

  private static List<String> parent(String name) {
    var found = new ArrayList<String>();
    if (name.contains("meta/main.yml") || name.contains("meta/main.yaml")) {
      var meta = name.substring(0, name.lastIndexOf('/'));
      found.add(meta.contains("/") ? meta.substring(0, meta.lastIndexOf('/')) : "");
    }
    return found;
  }

  private void checkMeta(TreeMap<String, Member> members) {
    for (var name : List.of("meta/main.yml", "meta/main.yaml")) {
      var meta = members.get(name);
      if (meta != null && !meta.isLink) {
        CollectionDirectory.yaml(
            new String(meta.content, StandardCharsets.UTF_8), shown + ":" + name);
      }
    }
  }

  /// @return the name
  private String inside(String name, Member member) {
    if (!FileListing.isInside(name)) {
      throw invalid("it has a file with the name `" + name + "`");
    }
    if (member.isLink) {
      var target = new String(member.content, StandardCharsets.UTF_8);
      var place = Path.of("/role").resolve(name).resolveSibling(target).normalize();
      if (target.startsWith("/") || !place.startsWith("/role")) {
        throw invalid("its link " + name + " leads out of it");
      }
    }
    return name;
  }

  /// Files and links, by name as the archive has it.
  private TreeMap<String, Member> all() throws IOException {
    var all = new TreeMap<String, Member>();
    var left = MOST_BYTES;
    try (var tar = open()) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        var name = entry.getName().replaceFirst("^(?:\\./)+", "");
        if (entry.isSymbolicLink()) {
          var target = entry.getLinkName().getBytes(StandardCharsets.UTF_8);
          all.put(name, new Member(target, true, false));
        } else if (entry.isFile() && !entry.isLink() && !entry.isGlobalPaxHeader()) {
          var content = tar.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 8));
          left -= content.length;
          if (left < 0) {
            throw invalid("it holds more than " + MOST_BYTES + " bytes");
          }
          all.put(name, new Member(content, false, (entry.getMode() & 0100) != 0));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInput("is not a role", shown, "it is not a whole tar archive", "", e);
    }
    return all;
  }

  private TarArchiveInputStream open() throws IOException {
    var raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      raw.mark(2);
      var magic = (raw.read() << 8) | raw.read();
      raw.reset();
      InputStream content = magic == GZIP ? new GZIPInputStream(raw, 1 << 16) : raw;
      return new TarArchiveInputStream(content, StandardCharsets.UTF_8.name());
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private InvalidInput invalid(String why) {
    return new InvalidInput("is not a role", shown, why, "");
  }
}
