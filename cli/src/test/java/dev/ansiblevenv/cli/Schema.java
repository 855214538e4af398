package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The published schemas of what the program prints and reads.
public enum Schema {
  ANALYSIS,
  EXPLAIN,
  RESULT,
  EVENT,
  RUN,
  RUNS,
  LOGS,
  FILES,
  ERROR,
  ENSURED,
  HOSTS,
  LOCKS,
  PLAN,
  PROFILE,
  ANSIBLE_VENV;

  public void assertValid(String document) throws IOException {
    assertThat(violations(document)).isEmpty();
  }

  /// What of the document the schema does not allow.
  List<Error> violations(String document) throws IOException {
    var file =
        Path.of("../docs/schema", name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json");
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(file));
    return schema.validate(document, InputFormat.JSON);
  }
}
