package dev.ansiblevenv.cli.variables;

import java.util.LinkedHashMap;
import java.util.Map;

/// `key=value` arguments, read as [Ansible's
/// `parse_kv`](https://github.com/ansible/ansible/blob/devel/lib/ansible/parsing/splitter.py) reads
/// them. Every value is text. Where Ansible drops an argument without `=`, this refuses it.
final class KeyValues {

  private KeyValues() {}

  /// @throws IllegalArgumentException naming the argument by its number: its text may be a secret
  static Map<String, Object> of(String text) {
    var variables = new LinkedHashMap<String, Object>();
    int number = 0;
    for (var argument : Arguments.split(text)) {
      number++;
      var decoded = Escapes.decode(argument);
      int sign = unescapedSign(decoded);
      if (sign < 0) {
        throw new IllegalArgumentException("its part " + number + " is not `key=value`");
      }
      variables.put(
          decoded.substring(0, sign).strip(), unquoted(decoded.substring(sign + 1).strip()));
    }
    return variables;
  }

  private static int unescapedSign(String argument) {
    int sign = argument.indexOf('=', 1);
    while (sign > 0 && argument.charAt(sign - 1) == '\\') {
      sign = argument.indexOf('=', sign + 1);
    }
    return sign;
  }

  private static String unquoted(String value) {
    int last = value.length() - 1;
    boolean quoted =
        last > 0
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(0) == value.charAt(last)
            && value.charAt(last - 1) != '\\';
    return quoted ? value.substring(1, last) : value;
  }
}
