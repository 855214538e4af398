package dev.ansiblevenv.analysis.requirement;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The text of a pip requirements file, decoded as [pip
/// says](https://pip.pypa.io/en/stable/reference/requirements-file-format/#encoding): by its byte
/// order mark, else by a `coding:` comment in its first two lines, else as UTF-8.
public final class RequirementsText {

  private static final Pattern CODING = Pattern.compile("coding[:=]\\s*([-\\w.]+)");

  /// Python's names that Java does not know.
  private static final Map<String, String> PYTHON =
      Map.of("latin-1", "ISO-8859-1", "utf8", "UTF-8", "utf-8-sig", "UTF-8");

  private RequirementsText() {}

  /// Never fails: what is no text in the encoding shows as U+FFFD.
  public static String decode(byte[] content) {
    // that of UTF-32 begins like that of UTF-16
    for (var name : new String[] {"UTF-8", "UTF-32BE", "UTF-32LE", "UTF-16BE", "UTF-16LE"}) {
      var charset = Charset.forName(name);
      var mark = "\uFEFF".getBytes(charset);
      if (startsWith(content, mark)) {
        return new String(content, mark.length, content.length - mark.length, charset);
      }
    }
    return new String(content, declared(content));
  }

  /// What of the text counts: its lines joined, without comments and empty lines.
  public static String withoutComments(String text) {
    return LogicalLine.of(text).stream()
        .map(line -> line.text() + "\n")
        .collect(Collectors.joining());
  }

  private static boolean startsWith(byte[] content, byte[] mark) {
    if (content.length < mark.length) {
      return false;
    }
    for (var i = 0; i < mark.length; i++) {
      if (content[i] != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static Charset declared(byte[] content) {
    var start = new String(content, 0, Math.min(content.length, 400), StandardCharsets.US_ASCII);
    var lines = start.split("\n", 3);
    for (var i = 0; i < Math.min(2, lines.length); i++) {
      var coding = CODING.matcher(lines[i]);
      if (lines[i].startsWith("#") && coding.find()) {
        try {
          return Charset.forName(PYTHON.getOrDefault(coding.group(1), coding.group(1)));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
          return StandardCharsets.UTF_8;
        }
      }
    }
    return StandardCharsets.UTF_8;
  }
}
