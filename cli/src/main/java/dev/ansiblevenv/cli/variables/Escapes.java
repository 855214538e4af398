package dev.ansiblevenv.cli.variables;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The escape sequences that Ansible replaces in `key=value` arguments: Python's, without octal
/// ones.
final class Escapes {

  private static final Pattern SEQUENCE =
      Pattern.compile(
          "\\\\U[0-9a-fA-F]{8}|\\\\u[0-9a-fA-F]{4}|\\\\x[0-9a-fA-F]{2}|\\\\N\\{[^}]+\\}"
              + "|\\\\[\\\\'\"abfnrtv]");

  private Escapes() {}

  /// @throws IllegalArgumentException for a character that does not exist
  static String decode(String text) {
    return SEQUENCE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(decode(match)));
  }

  private static String decode(MatchResult match) {
    var sequence = match.group();
    return switch (sequence.charAt(1)) {
      case 'U', 'u', 'x' -> Character.toString(Integer.parseUnsignedInt(sequence.substring(2), 16));
      case 'N' ->
          Character.toString(Character.codePointOf(sequence.substring(3, sequence.length() - 1)));
      case 'a' -> "\u0007";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'v' -> "\u000b";
      default -> sequence.substring(1);
    };
  }
}
