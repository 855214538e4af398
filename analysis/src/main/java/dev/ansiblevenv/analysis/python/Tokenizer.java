package dev.ansiblevenv.analysis.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Cuts Python source into statements of tokens, in one pass over its characters. What is no Python
/// yields some tokens or other, never an error: [lexical
/// analysis](https://docs.python.org/3/reference/lexical_analysis.html) of what is.
final class Tokenizer {

  private static final int TAB = 8;

  private final String text;
  private final List<Statement> statements = new ArrayList<>();
  private List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int depth;
  private int indent;

  private Tokenizer(String text) {
    this.text = text;
  }

  static List<Statement> statements(String text) {
    var tokenizer = new Tokenizer(text);
    tokenizer.run();
    return tokenizer.statements;
  }

  private void run() {
    indentation();
    while (at < text.length()) {
      var c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        newline();
      } else if (c == '#') {
        comment();
      } else if (c == '\\' && isNewline(at + 1)) {
        at++;
        skipNewline();
      } else if (c <= ' ') {
        at++;
      } else if (c == '"' || c == '\'') {
        string(at, "");
      } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
        nameOrString();
      } else if (Character.isDigit(c)) {
        number();
      } else {
        operator(c);
      }
    }
    endOfLine();
  }

  private boolean isNewline(int index) {
    return index < text.length() && (text.charAt(index) == '\n' || text.charAt(index) == '\r');
  }

  private void skipNewline() {
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line++;
  }

  private void newline() {
    skipNewline();
    if (depth == 0) {
      endOfLine();
      indentation();
    }
  }

  private void endOfLine() {
    if (!tokens.isEmpty()) {
      Statement.split(indent, tokens, statements);
      tokens = new ArrayList<>();
    }
  }

  private void indentation() {
    indent = 0;
    for (; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case ' ', '\uFEFF' -> indent++;
        case '\t' -> indent += TAB - indent % TAB;
        case '\f' -> indent = 0;
        default -> {
          return;
        }
      }
    }
  }

  private void comment() {
    while (at < text.length() && !isNewline(at)) {
      at++;
    }
  }

  private void nameOrString() {
    var start = at;
    while (at < text.length() && Character.isUnicodeIdentifierPart(text.charAt(at))) {
      at++;
    }
    var word = text.substring(start, at);
    var quoted = at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
    if (quoted && isPrefix(word)) {
      string(start, word.toLowerCase(Locale.ROOT));
    } else {
      tokens.add(new Token(Token.Kind.NAME, word, line));
    }
  }

  private static boolean isPrefix(String word) {
    return word.length() <= 2 && word.chars().allMatch(c -> "rRbBuUfFtT".indexOf(c) >= 0);
  }

  private void number() {
    var start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    tokens.add(new Token(Token.Kind.NUMBER, text.substring(start, at), line));
  }

  private void operator(char c) {
    switch (c) {
      case '(', '[', '{' -> depth++;
      case ')', ']', '}' -> depth = Math.max(0, depth - 1);
      default -> {}
    }
    var two =
        at + 1 < text.length() && text.charAt(at + 1) == '=' && "=!<>+-*/%&|^@:".indexOf(c) >= 0;
    tokens.add(new Token(Token.Kind.OPERATOR, two ? c + "=" : String.valueOf(c), line));
    at += two ? 2 : 1;
  }

  private void string(int start, String prefix) {
    var first = line;
    at = start + prefix.length();
    var quote = text.charAt(at);
    var triple = text.startsWith(String.valueOf(quote).repeat(3), at);
    var fence = String.valueOf(quote).repeat(triple ? 3 : 1);
    at += fence.length();
    var value = new StringBuilder();
    var raw = prefix.indexOf('r') >= 0;
    while (at < text.length()) {
      var c = text.charAt(at);
      if (text.startsWith(fence, at)) {
        at += fence.length();
        break;
      } else if (c == '\\' && at + 1 < text.length()) {
        escape(value, raw);
      } else if (isNewline(at)) {
        if (!triple) {
          break;
        }
        skipNewline();
        value.append('\n');
      } else {
        value.append(c);
        at++;
      }
    }
    var formatted = prefix.indexOf('f') >= 0 || prefix.indexOf('t') >= 0;
    var kind = formatted ? Token.Kind.FORMATTED : Token.Kind.STRING;
    tokens.add(new Token(kind, value.toString(), first));
  }

  private void escape(StringBuilder value, boolean raw) {
    at++;
    if (isNewline(at)) {
      skipNewline();
      value.append(raw ? "\\\n" : "");
      return;
    }
    var c = text.charAt(at);
    at++;
    switch (raw ? ' ' : c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case '\\', '\'', '"' -> value.append(c);
      default -> value.append('\\').append(c);
    }
  }
}
