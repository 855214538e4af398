package dev.ansiblevenv.analysis.playbook;

import dev.ansiblevenv.analysis.canonical.FileKind;
import dev.ansiblevenv.analysis.requirement.RequirementsLine;
import dev.ansiblevenv.formats.toml.Toml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the requirements of a `pyproject.toml`, which bound like those of a `requirements.txt`:
/// [`project.dependencies`](https://packaging.python.org/en/latest/specifications/pyproject-toml/#dependencies-optional-dependencies)
/// and the [dependency
/// group](https://packaging.python.org/en/latest/specifications/dependency-groups/) `dev`, which is
/// what `uv sync` installs. The other groups, `optional-dependencies` and the tables of Poetry do
/// not bound; where they list something that is needed, it is unresolved whether they should.
final class PyprojectFiles {

  private static final String DEFAULT_GROUP = "dev";

  private final ClosureReader reader;
  private final List<Requirements.In<RequirementsLine.Wanted>> packages;
  private final List<Requirements.In<RequirementsLine.PipOnly>> pipOnly;

  PyprojectFiles(
      ClosureReader reader,
      List<Requirements.In<RequirementsLine.Wanted>> packages,
      List<Requirements.In<RequirementsLine.PipOnly>> pipOnly) {
    this.reader = reader;
    this.packages = packages;
    this.pipOnly = pipOnly;
  }

  void read(Path file) {
    if (!reader.files().isFile(file) || !reader.visit("pyproject", file)) {
      return;
    }
    var name = String.valueOf(reader.files().name(file));
    var text = new String(reader.files().read(file), StandardCharsets.UTF_8);
    try {
      new One(name, text, Toml.parse(text)).read();
    } catch (Toml.Malformed e) {
      var site = new Site(name, e.line());
      var message = "is not read, because it is no valid TOML: " + e.getMessage();
      reader.collected().finding(site, "requirements[pyproject]", message, false);
    }
  }

  private final class One {

    private final String name;
    private final List<String> lines;
    private final Map<String, Object> document;
    private final StringBuilder content = new StringBuilder();

    private One(String name, String text, Map<String, Object> document) {
      this.name = name;
      this.lines = text.lines().toList();
      this.document = document;
    }

    void read() {
      var project = table(document.get("project"));
      bounds(strings(project.get("dependencies")));
      var groups = table(document.get("dependency-groups"));
      bounds(group(groups, DEFAULT_GROUP, new ArrayList<>()));
      groups.forEach((group, listed) -> {
        if (!group.equals(DEFAULT_GROUP)) {
          unread(strings(listed), "dependency group `" + group + "`");
        }
      });
      table(project.get("optional-dependencies"))
          .forEach((extra, listed) -> unread(strings(listed), "extra `" + extra + "`"));
      var poetry = table(table(document.get("tool")).get("poetry"));
      var ofPoetry = table(poetry.get("dependencies")).keySet().stream();
      unread(ofPoetry.filter(key -> !key.equals("python")).toList(), "Poetry");
      if (!content.isEmpty()) {
        var counted = content.toString().getBytes(StandardCharsets.UTF_8);
        reader.collected().add(name, FileKind.TEXT, counted);
      }
    }

    /// With the groups that it includes.
    private List<String> group(Map<String, Object> groups, String wanted, List<String> outer) {
      var all = new ArrayList<String>();
      if (!outer.contains(wanted) && groups.get(wanted) instanceof List<?> list) {
        outer.add(wanted);
        for (var item : list) {
          if (item instanceof String requirement) {
            all.add(requirement);
          } else if (table(item).get("include-group") instanceof String other) {
            all.addAll(group(groups, other, outer));
          }
        }
      }
      return all;
    }

    private void bounds(List<String> requirements) {
      for (var requirement : requirements) {
        var line = line(requirement);
        switch (RequirementsLine.parse(requirement).stream().findFirst().orElse(null)) {
          case RequirementsLine.Wanted wanted ->
              packages.add(new Requirements.In<>(name, (RequirementsLine.Wanted) wanted.at(line)));
          case null, default ->
              reader
                  .collected()
                  .finding(
                      new Site(name, line),
                      "requirements[pyproject]",
                      "`" + requirement + "` is no Python requirement",
                      false);
        }
        content.append(requirement).append('\n');
      }
    }

    private void unread(List<String> requirements, String where) {
      for (var requirement : requirements) {
        if (RequirementsLine.parse(requirement).stream().findFirst().orElse(null)
            instanceof RequirementsLine.Wanted wanted) {
          var text = requirement + " (" + where + ", which is not read)";
          var distribution = wanted.requirement().name();
          pipOnly.add(
              new Requirements.In<>(
                  name, new RequirementsLine.PipOnly(distribution, text, line(requirement))));
          content.append(text).append('\n');
        }
      }
    }

    /// The parser does not record line numbers; a requirement is a quoted string on one line.
    private int line(String requirement) {
      for (var index = 0; index < lines.size(); index++) {
        if (lines.get(index).contains(requirement)) {
          return index + 1;
        }
      }
      return 1;
    }
  }

  private static Map<String, Object> table(@Nullable Object value) {
    var table = new TreeMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> table.put(String.valueOf(key), item));
    }
    return table;
  }

  private static List<String> strings(@Nullable Object value) {
    return value instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
