package dev.ansiblevenv.cli.output;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.PrintStream;
import java.util.Map;

/// What one call of the program prints. With `--format json` that is one document on standard
/// output: the result, or else the error; before it the events of a run that is followed.
public final class Output {

  private final Console console;
  private Format format = Format.TEXT;
  private boolean documentPrinted;
  private boolean streams;

  public Output(Console console) {
    this.console = console;
  }

  public Console console() {
    return console;
  }

  public void format(Format chosen) {
    format = chosen;
  }

  public boolean isJson() {
    return format == Format.JSON;
  }

  /// From now on each document is one line: events may come before the result.
  void streams() {
    streams = true;
  }

  /// Whether somebody reads the events of a run.
  public boolean wantsJobEvents() {
    return isJson() || showsRunStatus();
  }

  /// Whether a line says where a run stands: not beside documents, and where it can be erased.
  boolean showsRunStatus() {
    return !isJson() && console.errIsTerminal() && !console.isDumb();
  }

  /// An event of a run, which is a document of its own.
  void event(String line) {
    if (isJson()) {
      var bytes = (line + "\n").getBytes(US_ASCII);
      console.out().write(bytes, 0, bytes.length);
      console.out().flush();
    }
  }

  /// Prints the document of a result that has no text.
  public void documentOf(View view) {
    if (isJson()) {
      document(view.document());
    }
  }

  /// Prints a result on standard output.
  public void print(View view) {
    if (isJson()) {
      document(view.document());
    } else {
      console.out().print(Printable.text(view.text()));
    }
  }

  /// Prints the result of something that has had standard output to itself: text goes beside it.
  public void printAfterRun(View view) {
    if (isJson()) {
      document(view.document());
    } else {
      console.err().print(Printable.text(view.text()));
    }
  }

  /// Prints a document unless one is there already, or text is asked for.
  void documentIfNone(Map<String, ?> document) {
    if (isJson() && !documentPrinted) {
      document(document);
    }
  }

  /// A line for a person, whatever the format.
  public void line(Label label, String text) {
    console.err().print(console.label(label) + Printable.text(text) + "\n");
  }

  /// Something a person wants to know that is no result.
  public void note(String text) {
    console.err().print(Printable.text(text) + "\n");
  }

  /// Where the output of a run goes: with `--format json` standard output is the document's alone.
  PrintStream run() {
    return isJson() ? console.err() : console.out();
  }

  /// Whether the output of a run may be coloured.
  public boolean runIsColoured() {
    return isJson() ? console.errIsColoured() : console.outIsColoured();
  }

  private void document(Map<String, ?> document) {
    documentPrinted = true;
    console.out().print(streams ? JsonDocument.line(document) : JsonDocument.text(document));
    console.out().flush();
  }
}
