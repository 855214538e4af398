package dev.ansiblevenv.orchestration.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.util.Locale;
import java.util.regex.Pattern;

/// A host as the user names it: a DNS name, an inventory alias, an IPv4 or an IPv6 address.
///
/// Two names that differ only in case are one host. An IPv6 address may stand in brackets, which
/// are dropped. A user or a port does not belong here: both have variables in the inventory. The
/// name becomes a file name and an argument of `ssh`, so it cannot begin with `-` or `.`, and holds
/// nothing that a shell, a path or an inventory gives a meaning to.
///
/// @param text as written, without brackets
public record HostName(String text) {

  /// What fits into a file name with a suffix and a temporary file's name.
  private static final int MAXIMUM_BYTES = 200;

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_.-]*");
  private static final Pattern IPV6 =
      Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:]+(?:\\.[0-9.]+)?(?:%[A-Za-z0-9_.-]+)?");

  /// @throws UsageFailure when the text cannot name a host
  public static HostName of(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    var name = unbracketed(text);
    if (name.getBytes(UTF_8).length > MAXIMUM_BYTES) {
      throw invalid(text.substring(0, 40) + "…", "it is longer than " + MAXIMUM_BYTES + " bytes");
    }
    if (!isValid(name) || (bracketed && !IPV6.matcher(name).matches())) {
      throw invalid(text, reason(name));
    }
    return new HostName(name);
  }

  /// Whether the text can name a host; a pattern of Ansible's cannot.
  public static boolean isName(String text) {
    return isValid(unbracketed(text));
  }

  private static String unbracketed(String text) {
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  static boolean isValid(String name) {
    return IPV6.matcher(name).matches()
        || (NAME.matcher(name).matches() && !name.contains("..") && !name.endsWith("."));
  }

  private static String reason(String name) {
    if (name.isEmpty()) {
      return "it is empty";
    }
    if (name.startsWith("-")) {
      return "it begins with `-` and would be taken for an option";
    }
    if (name.contains("/")) {
      return "it contains `/` and would be taken for a path";
    }
    if (name.contains("@")) {
      return "a user does not belong to the name: set `ansible_user` in the inventory";
    }
    if (name.matches("[^:]+:[0-9]+") || name.startsWith("[")) {
      return "a port does not belong to the name: set `ansible_port` in the inventory";
    }
    return "a host name has letters, digits, `_`, `-` and single dots between them";
  }

  private static UsageFailure invalid(String text, String why) {
    return new UsageFailure(
        "`" + text.replaceAll("\\p{Cntrl}", "?") + "` cannot name a host",
        "",
        why,
        "name the host as the inventory or DNS does");
  }

  /// Whether both name the same host.
  public boolean isSame(String other) {
    return text.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return text;
  }
}
