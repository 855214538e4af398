package dev.ansiblevenv.cli.variables;

import java.util.ArrayList;
import java.util.List;

/// Splits `a=b c="d e"` at white space, but neither within quotes nor within a Jinja block, as
/// [Ansible's
/// splitter](https://github.com/ansible/ansible/blob/devel/lib/ansible/parsing/splitter.py) does.
/// Quotes stay.
final class Arguments {

  private static final String[][] BLOCKS = {{"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}};

  private final List<String> split = new ArrayList<>();
  private final int[] depths = new int[BLOCKS.length];

  /// The quote that is open, or 0.
  private char quote;

  private Arguments() {}

  /// @throws IllegalArgumentException when a quote or a Jinja block is not closed
  static List<String> split(String text) {
    var arguments = new Arguments();
    var lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean continued = arguments.line(lines[i].split(" ", -1));
      if (i < lines.length - 1 && !continued) {
        arguments.appendSpace("\n");
      }
    }
    if (arguments.quote != 0 || arguments.insideBlock()) {
      throw new IllegalArgumentException("a quote or a Jinja block is not closed");
    }
    return arguments.split;
  }

  private boolean line(String[] tokens) {
    boolean continued = false;
    for (int i = 0; i < tokens.length; i++) {
      var token = tokens[i];
      if (token.isEmpty() && i != 0) {
        appendSpace(" ");
      } else if (token.equals("\\") && quote == 0) {
        continued = true;
      } else {
        token(token, i == 0);
      }
    }
    return continued;
  }

  private void token(String token, boolean first) {
    boolean joins = quote != 0 || insideBlock();
    trackQuotes(token);
    trackBlocks(token);
    if (joins) {
      split.set(split.size() - 1, split.getLast() + (first ? "" : " ") + token);
    } else if (!token.isEmpty()) {
      split.add(token);
    }
  }

  private void trackQuotes(String token) {
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if ((c == '"' || c == '\'') && (i == 0 || token.charAt(i - 1) != '\\')) {
        if (quote == 0) {
          quote = c;
        } else if (quote == c) {
          quote = 0;
        }
      }
    }
  }

  private void trackBlocks(String token) {
    for (int i = 0; i < BLOCKS.length; i++) {
      int change = count(token, BLOCKS[i][0]) - count(token, BLOCKS[i][1]);
      depths[i] = Math.max(0, depths[i] + change);
    }
  }

  private boolean insideBlock() {
    return depths[0] + depths[1] + depths[2] > 0;
  }

  private static int count(String text, String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      count++;
    }
    return count;
  }

  private void appendSpace(String space) {
    if (split.isEmpty()) {
      split.add("");
    }
    split.set(split.size() - 1, split.getLast() + space);
  }
}
