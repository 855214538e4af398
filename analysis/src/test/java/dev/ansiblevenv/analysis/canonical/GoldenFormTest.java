package dev.ansiblevenv.analysis.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the form itself. Whoever has to alter `form.txt` or the hash here alters every content
/// hash that users have stored, and raises the number in [CanonicalForm#VERSION].
class GoldenFormTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  @Test
  void the_golden_closure_has_the_golden_form_and_hash() throws IOException {
    var form = form("site.yml");
    assertThat(form.text()).isEqualTo(Files.readString(GOLDEN.resolve("form.txt")));
    assertThat(form.contentHash())
        .isEqualTo("3a9d7a09837cb7854521239a4344150afd8e8a841fff22fd26576db393c72b97");
    assertThat(form.digests())
        .containsEntry("roles/web/templates/a.j2", "c7c61ee68c763266")
        .containsOnlyKeys(form.files().keySet());
  }

  @Test
  void the_name_of_the_entry_file_is_not_part_of_the_form() throws IOException {
    assertThat(form("renamed.yaml").contentHash()).isEqualTo(form("site.yml").contentHash());
  }

  @Test
  void the_name_of_another_file_is() throws IOException {
    var entry = file("site.yml", FileKind.PLAYBOOK);
    var one = file("vault.yml", FileKind.DATA);
    var other = new ClosureFile("renamed.yml", one.text());
    assertThat(CanonicalForm.of(entry, List.of(one)).contentHash())
        .isNotEqualTo(CanonicalForm.of(entry, List.of(other)).contentHash());
  }

  @Test
  void a_file_that_has_the_name_of_the_entry_does_not_replace_it() {
    var entry = ClosureFile.of("site.yml", FileKind.DATA, "1".getBytes(UTF_8));
    var other = ClosureFile.of(CanonicalForm.ENTRY, FileKind.DATA, "2".getBytes(UTF_8));
    assertThat(CanonicalForm.of(entry, List.of(other)).files().values())
        .containsExactly("2\n", "1\n");
  }

  private static CanonicalForm form(String entryName) throws IOException {
    var entry = file("site.yml", FileKind.PLAYBOOK);
    return CanonicalForm.of(
        new ClosureFile(entryName, entry.text()),
        List.of(
            file("vault.yml", FileKind.DATA),
            file("group_vars/all.yml", FileKind.DATA),
            file("group_vars/json.yml", FileKind.DATA),
            file("roles/web/tasks/main.yml", FileKind.TASKS),
            file("roles/web/meta/main.yml", FileKind.META),
            file("roles/web/templates/a.j2", FileKind.RAW),
            ClosureFile.of(
                "ansible.cfg", FileKind.TEXT, "[defaults] roles_path=roles\n".getBytes(UTF_8))));
  }

  private static ClosureFile file(String path, FileKind kind) throws IOException {
    return ClosureFile.of(path, kind, Files.readAllBytes(GOLDEN.resolve(path)));
  }
}
