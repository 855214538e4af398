package dev.ansiblevenv.orchestration.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.analysis.yaml.YamlEdit;
import dev.ansiblevenv.analysis.yaml.YamlFormat;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.diagnostic.StateConflict;
import dev.ansiblevenv.orchestration.spec.VenvName;
import dev.ansiblevenv.orchestration.store.Fields;
import dev.ansiblevenv.orchestration.store.Store;
import dev.ansiblevenv.orchestration.store.Store.Document;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A host record as a YAML mapping, in both directions. What breaks the form is reported as corrupt
/// state.
final class HostRecordDocument {

  private static final String LIST = "installed_venvs";

  private final Document stored;
  private final YamlEdit document;
  private final HostRecord record;

  private HostRecordDocument(Document stored, YamlEdit document, HostRecord record) {
    this.stored = stored;
    this.document = document;
    this.record = record;
  }

  /// @throws StateConflict when the record is not valid; names file:line:column
  static HostRecordDocument read(Document stored) {
    try {
      var document = YamlEdit.of(stored.place(), stored.text().getBytes(UTF_8));
      return new HostRecordDocument(stored, document, record(document, stored));
    } catch (InvalidInput e) {
      throw corrupt(e);
    }
  }

  /// The record of a host; one without venvs where none is stored.
  static HostRecord record(Store store, HostName host) {
    try {
      return store
          .read(Store.Kind.HOST_RECORD, host.text())
          .map(stored -> read(stored).record())
          .orElseGet(() -> new HostRecord(host.text(), List.of()));
    } catch (InvalidInput e) {
      throw corrupt(e);
    }
  }

  /// A record without venvs, in its first form.
  static HostRecordDocument create(Document missing, HostName host) {
    var entries = new LinkedHashMap<String, Object>();
    entries.put("hostname", host.text());
    entries.put(LIST, List.of());
    return read(new Document(missing.name(), missing.place(), YamlFormat.document(entries)));
  }

  static StateConflict corrupt(InvalidInput e) {
    return new StateConflict(
        e.what(),
        e.where(),
        e.why(),
        e.next().isEmpty()
            ? "repair the record, or remove it: the next deploy writes it anew"
            : e.next(),
        e);
  }

  private static HostRecord record(YamlEdit document, Document stored) {
    var fields = Fields.of(document, stored.place(), "the host record");
    var hostname = fields.text("hostname", HostName::isValid, "a host name");
    if (!new HostName(hostname).isSame(stored.name())) {
      throw fields.wrong(
          "its `hostname` is `" + hostname + "`, which is not that of the file",
          "rename the one or the other");
    }
    var venvs = new ArrayList<InstalledVenv>();
    var names = new HashSet<String>();
    for (var item : fields.mappings(LIST)) {
      var name = item.text("name", VenvName::isValid, "a venv name");
      if (!names.add(name)) {
        throw item.wrong("the venv `" + name + "` is there twice", "remove one of the two");
      }
      var date =
          item.text(
              "installed_date",
              HostRecordDocument::isTime,
              "a time such as \"2024-01-15T10:35:00\"");
      venvs.add(new InstalledVenv(name, item.text("path"), LocalDateTime.parse(date)));
    }
    return new HostRecord(hostname, List.copyOf(venvs));
  }

  private static boolean isTime(String text) {
    try {
      LocalDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  HostRecord record() {
    return record;
  }

  Document document() {
    return new Document(stored.name(), stored.place(), new String(document.content(), UTF_8));
  }

  HostRecordDocument with(InstalledVenv venv) {
    int index = index(venv.name());
    var date = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(venv.installedDate());
    if (index >= 0) {
      List<Object> item = List.of(LIST, index);
      return edited(
          before -> before.put(item, "path", venv.path()).put(item, "installed_date", date));
    }
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("name", venv.name());
    item.put("path", venv.path());
    item.put("installed_date", date);
    return edited(before ->
        record.installedVenvs().isEmpty()
            ? before.put(List.of(), LIST, List.of(item))
            : before.append(List.of(LIST), item));
  }

  HostRecordDocument without(String name) {
    int index = index(name);
    return index < 0 ? this : edited(before -> before.remove(List.of(LIST), index));
  }

  private HostRecordDocument edited(UnaryOperator<YamlEdit> edit) {
    try {
      var after = new String(edit.apply(document).content(), UTF_8);
      return read(new Document(stored.name(), stored.place(), after));
    } catch (InvalidInput e) {
      throw corrupt(e);
    }
  }

  private int index(String name) {
    var venvs = record.installedVenvs();
    for (int i = 0; i < venvs.size(); i++) {
      if (venvs.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
