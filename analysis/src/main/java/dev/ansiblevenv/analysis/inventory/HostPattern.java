package dev.ansiblevenv.analysis.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The hosts that one entry of an inventory names: `web[01:20].lan:2222`, `db-[a:c]`, `[::1]:22`.
///
/// The rules are those of Ansible's
/// [parse_address](https://github.com/ansible/ansible/blob/devel/lib/ansible/parsing/utils/addresses.py)
/// and
/// [expand_hostname_range](https://github.com/ansible/ansible/blob/devel/lib/ansible/plugins/inventory/__init__.py).
///
/// @param port 0 where none is given
public record HostPattern(List<String> hosts, int port) {

  private static final int MAXIMUM_HOSTS = 100_000;

  /// Names of hosts have at most 253 characters; ranges in them take some more.
  private static final int LONGEST = 1000;

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private static final Pattern BRACKETED = Pattern.compile("\\[(.+)\\]:([0-9]+)");
  private static final Pattern WITH_PORT =
      Pattern.compile("((?:[^:\\[\\]]++|\\[[^\\]]*+\\])*+):([0-9]+)");

  private static final Pattern ADDRESS = Pattern.compile(address(), flags());

  private static int flags() {
    return Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
  }

  private static String address() {
    var step = "(?::[0-9]+)?\\]";
    var numeric = "\\[[0-9]+:[0-9]+" + step;
    var hexadecimal = "\\[[0-9a-f]+:[0-9a-f]+" + step;
    var mixed = "\\[(?:[a-z]:[a-z]|[0-9]+:[0-9]+)" + step;
    var four = "(?:[01]?[0-9]{1,2}|2[0-4][0-9]|25[0-5]|" + numeric + ")";
    var ipv4 = "(?:" + four + "\\.){3}" + four;
    var six = "(?:[0-9a-f]{1,4}|" + hexadecimal + ")";
    var ipv6 =
        String.join(
            "|",
            "(?:S:){7}S",
            "(?:S:){1,6}:",
            "(?:S:)(?::S){1,6}",
            "(?:S:){2}(?::S){1,5}",
            "(?:S:){3}(?::S){1,4}",
            "(?:S:){4}(?::S){1,3}",
            "(?:S:){5}(?::S){1,2}",
            "(?:S:){6}(?::S)",
            ":(?::S){1,6}",
            "S?::",
            "(?:0:){6}(?:S\\.){3}S",
            "::(?:ffff:)?(?:S\\.){3}S",
            "(?:0:){5}ffff:(?:S\\.){3}S");
    var label = "(?:\\w|" + mixed + ")(?:[\\w-]|" + mixed + ")*(?<![_-])";
    return String.join("|", ipv4, ipv6.replace("S", six), label + "(?:\\." + label + ")*");
  }

  /// Whether the text is one address or name, maybe with ranges and a port.
  static boolean isAddress(String text) {
    return text.length() <= LONGEST
        && (Stream.of(BRACKETED, WITH_PORT)
                .map(form -> form.matcher(text))
                .anyMatch(form -> form.matches() && ADDRESS.matcher(form.group(1)).matches())
            || ADDRESS.matcher(text).matches());
  }

  /// @throws IllegalArgumentException when the pattern names no hosts, with the reason
  public static HostPattern parse(String pattern) {
    if (pattern.length() > LONGEST) {
      throw new IllegalArgumentException("the name of a host is too long");
    }
    var address = pattern;
    int port = 0;
    for (var form : List.of(BRACKETED, WITH_PORT)) {
      Matcher matcher = form.matcher(address);
      if (matcher.matches()) {
        port = port(matcher.group(2));
        address = matcher.group(1);
      }
    }
    if (!ADDRESS.matcher(address).matches()) {
      address = pattern;
      port = 0;
    }
    if (pattern.strip().endsWith(":") && port == 0) {
      throw new IllegalArgumentException("a host name cannot end in `:`");
    }
    var hosts = new ArrayList<String>();
    expand(address, hosts);
    if (hosts.stream().anyMatch(host -> host.strip().equals("---"))) {
      throw new IllegalArgumentException("`---` cannot be a host name");
    }
    return new HostPattern(hosts, port);
  }

  private static int port(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the port " + digits + " is too large", e);
    }
  }

  private static void expand(String pattern, List<String> hosts) {
    int open = pattern.indexOf('[');
    if (open < 0) {
      hosts.add(pattern);
      if (hosts.size() > MAXIMUM_HOSTS) {
        throw new IllegalArgumentException("the range has more than " + MAXIMUM_HOSTS + " hosts");
      }
      return;
    }
    int close = pattern.indexOf(']');
    if (close < open || pattern.indexOf('|') >= 0) {
      throw new IllegalArgumentException("`" + pattern + "` has a range that does not end");
    }
    var head = pattern.substring(0, open);
    var tail = pattern.substring(close + 1);
    var bounds = pattern.substring(open + 1, close).split(":", -1);
    if (bounds.length != 2 && bounds.length != 3) {
      throw new IllegalArgumentException("a host range must be begin:end or begin:end:step");
    }
    for (var value : values(bounds)) {
      expand(head + value + tail, hosts);
    }
  }

  private static List<String> values(String[] bounds) {
    var begin = bounds[0].isEmpty() ? "0" : bounds[0];
    var end = bounds[1];
    if (end.isEmpty()) {
      throw new IllegalArgumentException("a host range must specify its end");
    }
    boolean padded = begin.startsWith("0") && begin.length() > 1;
    if (padded && begin.length() != end.length()) {
      throw new IllegalArgumentException(
          "a host range must specify begin and end with the same number of digits");
    }
    int step = bounds.length == 3 ? number(bounds[2]) : 1;
    if (step == 0) {
      throw new IllegalArgumentException("the step of a host range cannot be 0");
    }
    int first = LETTERS.indexOf(begin);
    int last = LETTERS.indexOf(end);
    boolean letters = first >= 0 && last >= 0;
    if (letters && first > last) {
      throw new IllegalArgumentException("a host range must have begin <= end");
    }
    first = letters ? first : number(begin);
    last = letters ? last : number(end);
    var values = new ArrayList<String>();
    for (long i = first; step > 0 && i <= last; i += step) {
      values.add(letter(letters, padded ? begin.length() : 0, i));
      if (values.size() > MAXIMUM_HOSTS) {
        throw new IllegalArgumentException("the range has more than " + MAXIMUM_HOSTS + " hosts");
      }
    }
    return values;
  }

  private static String letter(boolean letters, int width, long value) {
    if (letters) {
      return LETTERS.substring((int) value, (int) value + 1);
    }
    var digits = Long.toString(value);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("`" + digits + "` is not a bound of a host range", e);
    }
  }
}
