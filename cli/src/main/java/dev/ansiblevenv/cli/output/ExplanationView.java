package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.analysis.Because;
import dev.ansiblevenv.analysis.explain.Bound;
import dev.ansiblevenv.analysis.explain.Explanation;
import dev.ansiblevenv.analysis.explain.Reason;
import dev.ansiblevenv.analysis.explain.Subject;
import java.util.Map;
import java.util.stream.Collectors;

/// Why a playbook needs something, or does not. `docs/schema/explain.json` describes the document.
///
/// @param playbook the entry file as it is named in the closure
public record ExplanationView(Explanation explanation, String playbook) implements View {

  private static final String INDENT = "  ";

  @Override
  public Map<String, Object> document() {
    return object(
        "name", explanation.name(),
        "playbook", playbook,
        "needed", explanation.needed(),
        "subjects", objects(explanation.subjects(), ExplanationView::subject),
        "unresolved", objects(explanation.unresolved(), AnalysisDocument::unresolved),
        "nearest", explanation.nearest());
  }

  private static Map<String, Object> subject(Subject subject) {
    return object(
        "kind", subject.kind().word(),
        "name", subject.name(),
        "needed", subject.needed(),
        "constraint", subject.constraint(),
        "marker", subject.marker(),
        "side", subject.side().isEmpty() ? null : subject.side(),
        "because", objects(subject.because(), AnalysisDocument::because),
        "bounds", objects(subject.bounds(), ExplanationView::bound),
        "reasons", objects(subject.reasons(), ExplanationView::reason));
  }

  private static Map<String, Object> bound(Bound bound) {
    return object(
        "constraint", bound.constraint(),
        "file", bound.place().file(),
        "line", bound.place().line(),
        "kind", bound.place().kind(),
        "name", bound.place().name());
  }

  private static Map<String, Object> reason(Reason reason) {
    return object(
        "kind",
        reason.kind().word(),
        "file",
        reason.file().isEmpty() ? null : reason.file(),
        "line",
        reason.file().isEmpty() ? null : reason.line(),
        "text",
        reason.text());
  }

  @Override
  public String text() {
    var subjects =
        explanation.subjects().stream()
            .map(subject -> new SubjectText(subject).toString())
            .collect(Collectors.joining("\n"));
    return (subjects.isEmpty()
            ? "nothing in " + playbook + " is called `" + explanation.name() + "`\n"
            : subjects)
        + hiding()
        + nearest();
  }

  private String hiding() {
    if (explanation.unresolved().isEmpty()) {
      return "";
    }
    return explanation.unresolved().stream()
        .map(use ->
            INDENT + use.file() + ":" + use.line() + ": " + use.kind() + ": " + use.expression())
        .collect(Collectors.joining("\n", "\nIt could hide behind\n", "\n"));
  }

  private String nearest() {
    return explanation.nearest().isEmpty()
        ? ""
        : "\nNearest names\n"
            + explanation.nearest().stream()
                .map(name -> INDENT + name + "\n")
                .collect(Collectors.joining());
  }

  /// One subject as text.
  private record SubjectText(Subject subject) {

    @Override
    public String toString() {
      return headline() + "\n" + reasons() + places() + bounds();
    }

    private String headline() {
      var placeless =
          subject.reasons().stream()
              .filter(reason -> reason.file().isEmpty())
              .map(Reason::text)
              .collect(Collectors.joining("; "));
      return label()
          + " "
          + subject.name()
          + verdict()
          + (subject.constraint().isEmpty() ? "" : ", " + subject.constraint().strip())
          + (subject.marker().isEmpty() ? "" : " where " + subject.marker())
          + (placeless.isEmpty() ? "" : ": " + placeless);
    }

    private String label() {
      return switch (subject.kind()) {
        case COLLECTION -> "collection";
        case PYTHON_PACKAGE -> "Python package";
        case PLUGIN -> "plugin";
        case ROLE -> "role";
        case SYSTEM_PACKAGE -> "system package";
      };
    }

    private String verdict() {
      var isNamed = subject.kind() == Subject.Kind.PLUGIN || subject.kind() == Subject.Kind.ROLE;
      var word = isNamed ? "used" : "needed";
      if (!subject.needed()) {
        return " is not "
            + word
            + (subject.because().isEmpty() ? "" : ", although the closure names it");
      }
      return " is "
          + word
          + switch (subject.side()) {
            case "control" -> " on the controller";
            case "managed-node" -> " on managed nodes";
            case "both" -> " on the controller and on managed nodes";
            default -> "";
          };
    }

    private String reasons() {
      return subject.reasons().stream()
          .filter(reason -> !reason.file().isEmpty())
          .map(reason -> INDENT + reason.file() + ":" + reason.line() + ": " + reason.text() + "\n")
          .collect(Collectors.joining());
    }

    private String places() {
      var bounding = subject.bounds().stream().map(Bound::place).toList();
      var table = new Table(INDENT);
      subject.because().stream()
          .filter(place -> !bounding.contains(place) || place.kind().equals("override"))
          .forEach(place -> table.row(at(place), place.kind(), place.name()));
      return table.toString();
    }

    private String bounds() {
      var table = new Table(INDENT);
      for (var bound : subject.bounds()) {
        if (!bound.constraint().isEmpty()) {
          table.row(at(bound.place()), bound.place().kind(), bound.constraint().strip());
        }
      }
      return table.toString().isEmpty() ? "" : "\nBounds\n" + table;
    }

    private static String at(Because place) {
      return place.file() + ":" + place.line();
    }
  }
}
