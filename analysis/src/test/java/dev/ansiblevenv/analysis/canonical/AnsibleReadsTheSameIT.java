package dev.ansiblevenv.analysis.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.testing.AnsibleEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/// The oracle: what a document is to the product against what Ansible's own loader makes of it,
/// both written as canonical text, by two programs in two languages.
class AnsibleReadsTheSameIT {

  private static final AnsibleLoader ANSIBLE = start();

  private static AnsibleLoader start() {
    try {
      return new AnsibleLoader(AnsibleEnvironment.get().python());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void stop() throws IOException {
    ANSIBLE.close();
  }

  @Property(tries = 1)
  void every_nasty_scalar_in_every_context() throws IOException {
    var differences = new ArrayList<String>();
    for (var scalar : NastyYaml.SCALARS) {
      for (var context : NastyYaml.CONTEXTS) {
        compare(context.formatted(scalar), differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  @Property(tries = 1)
  void every_nasty_document() throws IOException {
    var differences = new ArrayList<String>();
    for (var document : NastyYaml.DOCUMENTS) {
      compare(document, differences);
    }
    assertThat(differences).isEmpty();
  }

  @Property(tries = 2000)
  void scalars_of_random_pieces(@ForAll long seed) throws IOException {
    requireSame(NastyYaml.scalar(new Random(seed)));
  }

  @Property(tries = 3000)
  void documents_of_random_pieces(@ForAll long seed) throws IOException {
    requireSame(NastyYaml.soup(new Random(seed)));
  }

  @Property(tries = 2000)
  void documents_of_random_structure(@ForAll long seed) throws IOException {
    requireSame(NastyYaml.structure(new Random(seed), 0));
  }

  @Property(tries = 300)
  void playbooks_in_random_styles(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    requireSame(Scribe.write(Data.playbook(random), random));
  }

  private static void requireSame(String document) throws IOException {
    var differences = new ArrayList<String>();
    compare(document, differences);
    assertThat(differences).isEmpty();
  }

  private static void compare(String document, List<String> differences) throws IOException {
    var theirs = ANSIBLE.load(document.getBytes(UTF_8));
    AnsibleLoader.Outcome ours;
    try {
      var file = ClosureFile.of("a.yml", FileKind.DATA, document.getBytes(UTF_8));
      ours = new AnsibleLoader.Outcome(true, file.text());
    } catch (InvalidInput e) {
      ours = new AnsibleLoader.Outcome(false, e.toString());
    }
    boolean same =
        ours.loaded() == theirs.loaded() && (!ours.loaded() || ours.text().equals(theirs.text()));
    if (!same && !(ours.loaded() && isRefusedForAnotherReason(document, theirs))) {
      differences.add("%s%n  ours %s%n  Ansible's %s".formatted(document, ours, theirs));
    }
  }

  /// An encrypted file or key, which takes the vault's password to load; and some uses of `?` that
  /// libyaml's parser refuses and SnakeYAML's takes.
  private static boolean isRefusedForAnotherReason(String document, AnsibleLoader.Outcome theirs) {
    return !theirs.loaded()
        && (theirs.text().contains("VaultSecretsContext")
            || theirs.text().contains("A vault password must be specified")
            || (document.contains("?") && theirs.text().contains("id not find expected")));
  }
}
