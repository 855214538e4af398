package dev.ansiblevenv.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The published schemas of what the program prints.
public enum Schema {
  ANALYSIS,
  EXPLAIN,
  RESULT,
  ERROR;

  public void assertValid(String document) throws IOException {
    var file = Path.of("../docs/schema", name().toLowerCase(Locale.ROOT) + ".json");
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(file));
    assertThat(schema.validate(document, InputFormat.JSON)).isEmpty();
  }
}
