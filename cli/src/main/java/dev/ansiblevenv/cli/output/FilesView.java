package dev.ansiblevenv.cli.output;

import static dev.ansiblevenv.cli.output.JsonDocument.object;
import static dev.ansiblevenv.cli.output.JsonDocument.objects;

import dev.ansiblevenv.core.run.WrittenFile;
import dev.ansiblevenv.orchestration.project.BroughtFiles;
import dev.ansiblevenv.orchestration.run.FilesOfRun;
import java.util.Locale;
import java.util.Map;

/// What a run has written beside its playbook. `docs/schema/files.json` describes the document.
public record FilesView(FilesOfRun files) implements View {

  @Override
  public Map<String, Object> document() {
    var written = files.written();
    return object(
        "host", files.host(),
        "run_id", files.run().text(),
        "directory", written.directory(),
        "in_place", written.inPlace(),
        "total", written.total(),
        "files", objects(written.files(), FilesView::file),
        "brought", files.brought().brought(),
        "left", objects(files.brought().left(), FilesView::left));
  }

  private static Map<String, Object> file(WrittenFile file) {
    return object(
        "path", file.path(),
        "kind", file.kind().name().toLowerCase(Locale.ROOT),
        "size", file.size(),
        "mode", "%04o".formatted(file.mode()),
        "change", file.change().name().toLowerCase(Locale.ROOT));
  }

  static Map<String, Object> left(BroughtFiles.Left left) {
    return object("path", left.path(), "reason", left.reason());
  }

  @Override
  public String text() {
    var written = files.written();
    if (written.inPlace()) {
      return "The run took place in `" + written.directory() + "` itself: its files are there\n";
    }
    var text = new StringBuilder();
    if (files.brought().equals(BroughtFiles.NONE)) {
      written
          .files()
          .forEach(file ->
              text.append(
                  "%-8s %10d  %s%n"
                      .formatted(
                          file.change().name().toLowerCase(Locale.ROOT),
                          file.size(),
                          file.path())));
      if (written.total() > written.files().size()) {
        text.append("… ").append(written.total()).append(" in all\n");
      }
      return text.isEmpty() ? "The run wrote nothing beside its playbook\n" : text.toString();
    }
    files.brought().brought().forEach(path -> text.append("brought  ").append(path).append('\n'));
    files
        .brought()
        .left()
        .forEach(left ->
            text.append("left     ")
                .append(left.path())
                .append(": ")
                .append(left.reason())
                .append('\n'));
    return text.isEmpty() ? "Nothing fits\n" : text.toString();
  }
}
