package dev.ansiblevenv.analysis.indexing;

import dev.ansiblevenv.analysis.requirement.PackageRequirement;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.util.regex.Pattern;

/// Reads which versions prose means that stands behind the name of a package: `>= 1.2, < 2`,
/// `(Python library) >= 2`, `1.2 or newer`.
final class SpecifierText {

  private static final String CLAUSE = "(?:>=|<=|==|!=|~=|=|>|<)\\s*v?[0-9][A-Za-z0-9.*]*";
  private static final Pattern SPECIFIER =
      Pattern.compile(
          "\\s*(\\[[A-Za-z0-9,_-]+\\])?\\s*\\)?\\s*(?:\\(?python (?:module|library|lib|package)\\)?\\s*)?\\(?\\s*("
              + CLAUSE
              + "(?:\\s*,\\s*"
              + CLAUSE
              + ")*)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AT_LEAST =
      Pattern.compile(
          "\\s*\\(?(?:version )?v?([0-9]+(?:\\.[0-9a-z]+)*)\\s*(?:or (?:newer|later|higher|greater|above)|\\+)",
          Pattern.CASE_INSENSITIVE);

  private SpecifierText() {}

  /// @param rest of the text behind the name; one that says nothing of versions allows any
  static PackageRequirement requirement(String name, String rest) {
    var specifier = SPECIFIER.matcher(rest);
    var least = AT_LEAST.matcher(rest);
    var text = name;
    if (specifier.lookingAt()) {
      var extras = specifier.group(1) == null ? "" : specifier.group(1);
      text = name + extras + clauses(specifier.group(2));
    } else if (least.lookingAt()) {
      text = name + ">=" + least.group(1);
    }
    try {
      return PackageRequirement.parse(text, Location.of("requirements"));
    } catch (InvalidInput e) {
      return new PackageRequirement(name, "", "", "");
    }
  }

  private static String clauses(String text) {
    var compact = text.replaceAll("\\s|(?<=[=<>])v", "").replaceAll("\\.(?=,|$)", "");
    return compact.matches("=[^=].*") ? "=" + compact : compact;
  }
}
