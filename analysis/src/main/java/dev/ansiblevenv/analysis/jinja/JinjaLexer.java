package dev.ansiblevenv.analysis.jinja;

import java.util.ArrayList;
import java.util.List;

/// Splits templates and expressions into tokens as Jinja's own lexer does: strings may hold
/// delimiters, brackets keep an end delimiter from ending. Text that Jinja would refuse never
/// throws: reading stops there, and what was read so far is the answer. Linear in the text's
/// length.
public final class JinjaLexer {

  private final String text;
  private final Delimiters delimiters;
  private final List<Segment> segments = new ArrayList<>();
  private int at;
  private int line;

  private JinjaLexer(String text, Delimiters delimiters) {
    this.text = text;
    this.delimiters = delimiters;
  }

  /// A string of a YAML file, or a template file with its own `#jinja2:` header.
  public static List<Segment> template(String text) {
    return template(text, Delimiters.USUAL);
  }

  /// @param around what counts where the template's header says nothing
  static List<Segment> template(String text, Delimiters around) {
    var lexer = new JinjaLexer(text, Delimiters.of(text, around));
    lexer.readTemplate();
    return lexer.segments;
  }

  /// A bare expression, as `when` has it.
  public static List<Token> expression(String text) {
    return new JinjaLexer(text, Delimiters.USUAL).tokensUntil("");
  }

  /// Whether the text holds anything of Jinja's at all.
  public static boolean isTemplate(String text) {
    var brace = text.indexOf('{');
    while (brace >= 0 && brace + 1 < text.length()) {
      var next = text.charAt(brace + 1);
      if (next == '{' || next == '%') {
        return true;
      }
      brace = text.indexOf('{', brace + 1);
    }
    return false;
  }

  private void readTemplate() {
    var textStart = 0;
    while (at < text.length()) {
      var next = nextStart();
      if (next < 0) {
        break;
      }
      advanceTo(next);
      if (next > textStart) {
        segments.add(new Segment.Text(text.substring(textStart, next)));
      }
      readMarked();
      textStart = at;
    }
    if (textStart < text.length()) {
      segments.add(new Segment.Text(text.substring(textStart)));
    }
  }

  private int nextStart() {
    for (var i = at; i < text.length(); i++) {
      if (text.startsWith(delimiters.outputStart(), i)
          || text.startsWith(delimiters.statementStart(), i)
          || text.startsWith(delimiters.commentStart(), i)) {
        return i;
      }
    }
    return -1;
  }

  private void readMarked() {
    if (text.startsWith(delimiters.commentStart(), at)) {
      var end = text.indexOf(delimiters.commentEnd(), at + delimiters.commentStart().length());
      advanceTo(end < 0 ? text.length() : end + delimiters.commentEnd().length());
    } else if (text.startsWith(delimiters.statementStart(), at)) {
      at += delimiters.statementStart().length();
      skipMargin();
      var tokens = tokensUntil(delimiters.statementEnd());
      if (tokens.size() == 1 && tokens.getFirst().isName("raw")) {
        readRaw();
      } else {
        segments.add(new Segment.Statement(tokens));
      }
    } else {
      at += delimiters.outputStart().length();
      skipMargin();
      segments.add(new Segment.Output(tokensUntil(delimiters.outputEnd())));
    }
  }

  /// `{%-` and `{{-` only say what becomes of the blanks before.
  private void skipMargin() {
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
  }

  private void readRaw() {
    var start = at;
    var end = at - 1;
    for (var i = text.indexOf(delimiters.statementStart(), at);
        i >= 0;
        i = text.indexOf(delimiters.statementStart(), i + 1)) {
      var word = i + delimiters.statementStart().length();
      while (word < text.length() && isMargin(text.charAt(word))) {
        word++;
      }
      end = end < word ? text.indexOf(delimiters.statementEnd(), word) : end;
      if (end < 0) {
        break;
      }
      if (text.startsWith("endraw", word)) {
        segments.add(new Segment.Text(text.substring(start, i)));
        advanceTo(end + delimiters.statementEnd().length());
        return;
      }
    }
    segments.add(new Segment.Text(text.substring(start)));
    advanceTo(text.length());
  }

  private static boolean isMargin(char c) {
    return c == '-' || c == '+' || Character.isWhitespace(c);
  }

  /// @param end the delimiter to stop behind; empty for the end of the text
  private List<Token> tokensUntil(String end) {
    var tokens = new ArrayList<Token>();
    var depth = 0;
    while (at < text.length()) {
      var c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        advanceTo(at + 1);
      } else if (depth == 0 && !end.isEmpty() && endsHere(end)) {
        return tokens;
      } else if (c == '"' || c == '\'') {
        if (!readString(c, tokens)) {
          return tokens;
        }
      } else if (Character.isJavaIdentifierStart(c) && c != '$') {
        readWhile(Token.Kind.NAME, tokens);
      } else if (Character.isDigit(c)) {
        readWhile(Token.Kind.NUMBER, tokens);
      } else {
        depth = Math.max(0, depth + ("([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0));
        tokens.add(new Token(Token.Kind.OPERATOR, operatorAt(c), line));
        at += tokens.getLast().text().length();
      }
    }
    return tokens;
  }

  private boolean endsHere(String end) {
    var c = text.charAt(at);
    var margin = (c == '-' || c == '+') && text.startsWith(end, at + 1) ? 1 : 0;
    if (!text.startsWith(end, at + margin)) {
      return false;
    }
    at += margin + end.length();
    return true;
  }

  private String operatorAt(char c) {
    var two =
        at + 1 < text.length()
            && text.charAt(at + 1) == '='
            && (c == '=' || c == '!' || c == '<' || c == '>');
    return two ? text.substring(at, at + 2) : String.valueOf(c);
  }

  private boolean readString(char quote, List<Token> tokens) {
    for (var i = at + 1; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        tokens.add(new Token(Token.Kind.STRING, text.substring(at + 1, i), line));
        advanceTo(i + 1);
        return true;
      }
    }
    advanceTo(text.length());
    return false;
  }

  private void readWhile(Token.Kind kind, List<Token> tokens) {
    var start = at;
    while (at < text.length()
        && Character.isJavaIdentifierPart(text.charAt(at))
        && text.charAt(at) != '$') {
      at++;
    }
    tokens.add(new Token(kind, text.substring(start, at), line));
  }

  private void advanceTo(int position) {
    for (; at < position; at++) {
      if (text.charAt(at) == '\n') {
        line++;
      }
    }
  }
}
