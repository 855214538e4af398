package dev.ansiblevenv.core.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A jump host and how it is reached, as `ssh -G` prints it: `[BEFORE,][USER@]HOST[:PORT]`.
///
/// @param file the configuration file that counts for it; empty for the usual ones
/// @param before jump hosts on the way to it, separated by commas
/// @param user empty for the configured one
/// @param port empty for the configured one
record JumpRoute(String file, String before, String user, String host, String port) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<before>.*),)?(?:(?<user>[^,]+)@)?"
              + "(?:\\[(?<address>[^],]+)]|(?<host>[^-,:@][^,:@]*))(?::(?<port>[0-9]+))?");

  /// Empty where there is none.
  static Optional<JumpRoute> of(String file, String text) {
    var matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new JumpRoute(
                file,
                orEmpty(matcher.group("before")),
                orEmpty(matcher.group("user")),
                orEmpty(matcher.group("address")) + orEmpty(matcher.group("host")),
                orEmpty(matcher.group("port"))))
        : Optional.empty();
  }

  /// What `ssh` is given to connect to it.
  List<String> options() {
    var all = new ArrayList<String>();
    add(all, "-F", file);
    add(all, "-J", before);
    add(all, "-l", user);
    add(all, "-p", port);
    return all;
  }

  private static void add(List<String> all, String option, String value) {
    if (!value.isEmpty()) {
      all.addAll(List.of(option, value));
    }
  }

  private static String orEmpty(String group) {
    return group == null ? "" : group;
  }
}
