package dev.ansiblevenv.analysis.python;

import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which distributions have a module, as public data says: `modules.txt`, which `src/modules/build`
/// makes. It is read when it is first asked, and searched as text: few playbooks import what the
/// curated list does not have.
final class PublicModules {

  private static final PublicModules SHIPPED = new PublicModules(read());

  private final String text;

  PublicModules(String text) {
    this.text = "\n" + text;
  }

  private static String read() {
    try (var stream =
        Objects.requireNonNull(PublicModules.class.getResourceAsStream("modules.txt"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PublicModules shipped() {
    return SHIPPED;
  }

  /// The longest known beginning of the name decides. Of one that several distributions share, only
  /// a distribution that is called after the module is known to have it.
  ///
  /// @param module dotted, as imported
  Distribution of(String module) {
    var parts = List.of(module.split("\\.", -1));
    for (var depth = parts.size(); depth > 0; depth--) {
      var words = line(String.join(".", parts.subList(0, depth)));
      if (words == null) {
        continue;
      }
      return words.contains("*") ? shared(module, parts, words) : entry(module, words);
    }
    return new Distribution.Unknown(module, List.of());
  }

  private static Distribution shared(String module, List<String> parts, List<String> words) {
    for (var below = parts.size(); below > 1; below--) {
      var name = PackageRequirement.normalised(String.join("-", parts.subList(0, below)));
      if (words.contains(name)) {
        return new Distribution.OnIndex(name);
      }
    }
    return new Distribution.Unknown(module, List.of());
  }

  private static Distribution entry(String module, List<String> words) {
    var hints = new ArrayList<String>();
    for (var word : words.subList(1, words.size())) {
      if (!word.startsWith("?")) {
        return new Distribution.OnIndex(word);
      }
      hints.add(word.substring(1));
    }
    return hints.isEmpty()
        ? new Distribution.OnIndex(PackageRequirement.normalised(words.getFirst()))
        : new Distribution.Unknown(module, List.copyOf(hints));
  }

  /// The words of the line that begins with the module, or null.
  private @Nullable List<String> line(String module) {
    var start = "\n" + module;
    for (var at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
      var end = text.indexOf('\n', at + 1);
      var after = at + start.length();
      if (after == end || text.charAt(after) == ' ') {
        return Arrays.asList(text.substring(at + 1, end).split(" ", -1));
      }
    }
    return null;
  }
}
