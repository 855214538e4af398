package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.StateConflict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockStorageTest {

  private static final String HASH = "0123456789abcdef".repeat(4);
  private static final Lock LOCK = lock("1.0.0");

  @TempDir Path directory;
  private LockStorage storage;

  @BeforeEach
  void open() {
    storage = new LockStorage(directory.resolve("venv_specs"), directory.resolve("guard"));
  }

  static Lock lock(String version) {
    return new Lock(
        """
        lock-version = "1.0"
        created-by = "uv"
        requires-python = ">=3.11,<3.14"

        [[packages]]
        name = "ansible-core"
        version = "2.19.4"
        wheels = [{ url = "https://a/b.whl", hashes = { sha256 = "aa" } }]
        """,
        List.of(
            new LockedCollection(
                "acme.web", version, "https://g/api/", "https://g/a.tar.gz", HASH, 17),
            new LockedCollection("acme.own", "0.1.0", "own \"dir\"/x", "own \"dir\"/x", HASH, 18)));
  }

  @Test
  void of_two_first_locks_the_one_that_came_first_stays() {
    assertThat(storage.replace("site", Optional.empty(), LOCK)).isTrue();
    assertThat(storage.replace("site", Optional.empty(), lock("2.0.0"))).isFalse();
    assertThat(storage.read("site")).contains(LOCK);
    assertThat(storage.replace("site", Optional.empty(), LOCK)).isTrue();
    assertThat(storage.replace("site", Optional.of(LOCK), lock("2.0.0"))).isTrue();
    assertThat(storage.replace("site", Optional.of(LOCK), lock("3.0.0"))).isFalse();
    assertThat(storage.read("site")).contains(lock("2.0.0"));
  }

  @Test
  void a_lock_without_a_newest_python_has_that_of_its_ansible_core() {
    var old = new Lock(LOCK.pylock().replace(">=3.11,<3.14", ">=3.11"), LOCK.collections());
    storage.write("old", old);
    assertThat(storage.read("old")).contains(LOCK);
    var unknown = new Lock(old.pylock().replace("2.19.4", "2.99.0"), LOCK.collections());
    storage.write("unknown", unknown);
    assertThat(storage.read("unknown")).contains(unknown);
  }

  @Test
  void reads_what_was_written() {
    storage.write("site_a1b2c3d4", LOCK);
    assertThat(storage.read("site_a1b2c3d4")).contains(LOCK);
    assertThat(storage.read("other")).isEmpty();
    assertThat(directory.resolve("venv_specs")).isDirectoryContaining("glob:**.lock");
  }

  @Test
  void replaces_and_deletes() throws Exception {
    storage.write("site", LOCK);
    storage.write("site", lock("2.0.0"));
    assertThat(storage.read("site")).contains(lock("2.0.0"));
    storage.delete("site");
    assertThat(storage.read("site")).isEmpty();
    try (var left = Files.list(directory.resolve("venv_specs"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void leaves_the_files_alone_when_nothing_changes() throws Exception {
    storage.write("site", LOCK);
    var file = directory.resolve("venv_specs/site.lock/pylock.toml");
    var before = Files.readAttributes(file, BasicFileAttributes.class);
    storage.write("site", LOCK);
    var after = Files.readAttributes(file, BasicFileAttributes.class);
    assertThat(after.fileKey()).isEqualTo(before.fileKey());
  }

  /// What a crash leaves at each step of [LockStorage#write].
  @Test
  void a_crash_leaves_the_old_lock_or_the_new_one_whole() throws Exception {
    var specs = directory.resolve("venv_specs");
    storage.write("fresh", lock("2.0.0"));
    storage.write("site", LOCK);

    Files.createDirectories(specs.resolve(".site.lock.1.tmp"));
    Files.writeString(specs.resolve(".site.lock.1.tmp/pylock.toml"), "half");
    assertThat(storage.read("site")).contains(LOCK);

    Files.move(specs.resolve("fresh.lock"), specs.resolve(".site.lock.new"));
    var both = new LockStorage(specs, directory.resolve("guard"));
    assertThat(both.read("site")).contains(lock("2.0.0"));

    storage.write("fresh", lock("3.0.0"));
    Files.move(specs.resolve("fresh.lock"), specs.resolve(".site.lock.new"));
    Files.move(specs.resolve("site.lock"), specs.resolve(".site.lock.2.tmp"));
    assertThat(storage.read("site")).contains(lock("3.0.0"));
    assertThat(specs.resolve(".site.lock.new")).doesNotExist();
  }

  @Test
  void a_reader_never_sees_one_file_of_each() throws Exception {
    storage.write("site", LOCK);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writer =
          threads.submit(() -> {
            for (int i = 0; i < 40; i++) {
              storage.write("site", lock(i + ".0.0"));
            }
          });
      while (!writer.isDone()) {
        assertThat(storage.read("site")).isPresent();
      }
      writer.get();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "collections.yml|sha256: \"0|sha256: \"Z|collections.yml:7: `Z",
        "collections.yml|schema: 1|schema: 9|collections.yml: it has schema 9",
        "collections.yml|    size: 18|    weight: 18|collections.yml:8: unexpected key `weight`",
        "collections.yml|- name: acme.web|- name: acme.abc|collections.yml:9: acme.abc stands twice",
        "collections.yml|version: \"1.0.0\"|version: \"new\"|collections.yml:9: `new` is not",
        "collections.yml|\"own|\"/own|is not what is expected here",
        "collections.yml|collections:|collections: x|collections.yml:3",
        "pylock.toml|name = \"ansible-core\"|name = |pylock.toml:6: `` is no value",
        "pylock.toml|lock-version = \"1.0\"|x = 1|it has no lock-version",
        "pylock.toml|, hashes = { sha256 = \"aa\" }|''|ansible-core has a file without a hash",
      })
  void says_where_and_how_a_lock_is_corrupt(
      String file, String good, String bad, String complaint) {
    storage.write("site", LOCK);
    edit(file, text -> text.replaceFirst(Pattern.quote(good), bad));
    assertThatThrownBy(() -> storage.read("site"))
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining("venv_specs/site.lock/" + file)
        .satisfies(e ->
            assertThat(String.valueOf(e.getMessage()).replace("is not a valid lock file: ", ""))
                .contains(complaint));
  }

  @Test
  void says_which_of_the_two_files_is_missing() throws Exception {
    storage.write("site", LOCK);
    Files.delete(directory.resolve("venv_specs/site.lock/collections.yml"));
    assertThatThrownBy(() -> storage.read("site"))
        .isInstanceOf(StateConflict.class)
        .hasMessageContaining("venv_specs/site.lock/collections.yml: is missing");
  }

  @Test
  void the_digest_is_that_of_what_gets_installed() {
    var commented =
        new Lock(
            "# made by hand\n"
                + LOCK.pylock().replace("https://a/", "https://mirror/").replace("uv", "me")
                + "\n",
            LOCK.collections().reversed());
    assertThat(commented.digest()).isEqualTo(LOCK.digest());
    assertThat(new Lock(LOCK.pylock().replace("aa", "ab"), LOCK.collections()).digest())
        .isNotEqualTo(LOCK.digest());
    assertThat(new Lock(LOCK.pylock(), LOCK.collections().subList(0, 1)).digest())
        .isNotEqualTo(LOCK.digest());
    assertThat(LOCK.ansibleCoreVersion()).isEqualTo("2.19.4");
  }

  private void edit(String file, UnaryOperator<String> change) {
    try {
      var path = directory.resolve("venv_specs/site.lock").resolve(file);
      var before = Files.readString(path);
      var after = change.apply(before);
      assertThat(after).isNotEqualTo(before);
      Files.writeString(path, after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
