package dev.ansiblevenv.core.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Arguments that a user wrote for `ssh`, read as `ssh` reads them.
///
/// @param words such as `-4J`, `bastion`, `-oUser=deploy`
record SshArguments(List<String> words) {

  /// The options of [ssh(1)](https://man.openbsd.org/ssh.1) that have a value.
  private static final String WITH_VALUE = "BbcDEeFIiJLlmOoPpQRSWw";

  SshArguments {
    words = List.copyOf(words);
  }

  /// Whether they may speak of a jump host; certain only if not.
  boolean mayNameJumpHost() {
    return words.stream()
        .anyMatch(word ->
            (word.startsWith("-") && word.contains("J"))
                || word.toLowerCase(Locale.ROOT).contains("proxyjump"));
  }

  /// The configuration file that counts instead of the usual ones, `none` for no file; empty when
  /// the usual ones count.
  String configurationFile() {
    var files = new ArrayList<String>();
    rewritten('F', files);
    return files.isEmpty() ? "" : files.getLast();
  }

  /// The same without the option `-J`. With a `ProxyCommand` before it `ssh` would refuse it.
  List<String> withoutJumpHost() {
    return rewritten('J', new ArrayList<>());
  }

  /// The words without one option.
  ///
  /// @param values where its values go to
  private List<String> rewritten(char option, List<String> values) {
    var rest = new ArrayList<String>();
    for (var index = 0; index < words.size(); index++) {
      var word = words.get(index);
      var at = word.startsWith("-") ? valued(word) : -1;
      if (at < 0) {
        rest.add(word);
        continue;
      }
      var attached = at + 1 < word.length();
      var value =
          attached ? word.substring(at + 1) : index + 1 < words.size() ? words.get(++index) : "";
      if (word.charAt(at) == option) {
        values.add(value);
        if (at > 1) {
          rest.add(word.substring(0, at));
        }
      } else {
        rest.add(word);
        if (!attached) {
          rest.add(value);
        }
      }
    }
    return rest;
  }

  /// Where the first option stands that has a value, in a word of several such as `-4J`.
  private static int valued(String word) {
    for (var at = 1; at < word.length(); at++) {
      if (WITH_VALUE.indexOf(word.charAt(at)) >= 0) {
        return at;
      }
    }
    return -1;
  }
}
