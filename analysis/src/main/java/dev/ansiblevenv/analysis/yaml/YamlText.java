package dev.ansiblevenv.analysis.yaml;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.Location;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/// The bytes of a file as text, with the places of what is wrong in it.
final class YamlText {

  /// Far above what people write, far below what would exhaust the heap.
  static final int MAXIMUM_BYTES = 10 * 1024 * 1024;

  private YamlText() {}

  /// Decodes UTF-8.
  ///
  /// @throws InvalidInput when the file is too large, is not UTF-8, or holds characters that YAML
  ///   forbids
  static String decode(String file, byte[] content) {
    if (content.length > MAXIMUM_BYTES) {
      throw new InvalidInput(
          "is too large to be a YAML file",
          file,
          "it has " + content.length + " bytes, at most " + MAXIMUM_BYTES + " are read",
          "keep data of this size out of the playbook's YAML files");
    }
    var chars = CharBuffer.allocate(content.length);
    var bytes = ByteBuffer.wrap(content);
    var outcome = StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, true);
    chars.flip();
    var text = chars.toString();
    if (outcome.isError()) {
      throw new InvalidInput(
          "is not UTF-8 text",
          at(file, text, text.length()),
          "byte 0x%02x is not valid here".formatted(content[bytes.position()]),
          "save the file as UTF-8");
    }
    requirePrintable(file, text);
    return text;
  }

  private static void requirePrintable(String file, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isPrintable(c)) {
        throw new InvalidInput(
            c == 0 ? "is a binary file, not YAML" : "is not valid YAML",
            at(file, text, i),
            "the character U+%04X is not allowed".formatted((int) c),
            "");
      }
    }
  }

  private static boolean isPrintable(char c) {
    return (c >= ' ' && c <= '~')
        || c == '\n'
        || c == '\t'
        || c == '\r'
        || c == '\u0085'
        || (c >= '\u00A0' && c <= '\uFFFD');
  }

  /// The place of a character, counting columns in code points.
  static String at(String file, String text, int index) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < index; i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'))) {
        line++;
        start = i + 1;
      }
    }
    return new Location(file, line, text.codePointCount(start, index) + 1).toString();
  }
}
