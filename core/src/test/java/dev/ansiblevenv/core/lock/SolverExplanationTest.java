package dev.ansiblevenv.core.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Texts as uv 0.13 writes them.
final class SolverExplanationTest {

  @Test
  void many_steps_of_one_kind_are_one() {
    var explanation =
        explained(
            """
            Because boto3==1.34.0 depends on botocore>=1.34.0,<1.35.0 and boto3==1.34.1 depends on \
            botocore>=1.34.1,<1.35.0, we can conclude that boto3<=1.34.1 depends on botocore>=1.34.0,<1.35.0.
            And because boto3==1.34.2 depends on botocore>=1.34.2,<1.35.0, we can conclude that your \
            requirements are unsatisfiable.
            """,
            wanted("boto3>=1.34", "ansible-venv.yml:2"),
            wanted("botocore<1.20", "requirements.txt:1"));
    assertThat(explanation.where()).isEqualTo("requirements.txt:1");
    assertThat(explanation.why())
        .isEqualTo(
            "`botocore<1.20` excludes what is needed: boto3==1.34.0 depends on"
                + " botocore>=1.34.0,<1.35.0; required: `boto3>=1.34` (ansible-venv.yml:2)");
    assertThat(explanation.next()).isEqualTo("change `botocore<1.20` in requirements.txt:1");
    assertThat(explanation.blamesAnsible()).isFalse();
  }

  @Test
  void a_version_that_does_not_exist_is_the_requirements_fault() {
    var explanation =
        explained(
            """
            Because only certifi<=2026.10.19 is available and requests==2.31.0 depends on \
            certifi>=2099, we can conclude that requests==2.31.0 cannot be used.
            And because you require requests==2.31.0, we can conclude that your requirements are \
            unsatisfiable.
            """,
            wanted("requests==2.31.0", "ansible-venv.yml:2"),
            wanted("certifi>=2099", "constraints.txt:3"));
    assertThat(explanation.where()).isEqualTo("constraints.txt:3");
    assertThat(explanation.why()).contains("only certifi<=2026.10.19 is available");
  }

  @Test
  void a_package_that_no_index_has_is_named_with_its_place() {
    var explanation =
        explained(
            "Because nosuch was not found in the package registry and you require nosuch, we can"
                + " conclude that your requirements are unsatisfiable.",
            wanted("nosuch", "site.yml:4"),
            wanted("nosuch-other", "site.yml:5"));
    assertThat(explanation.where()).isEqualTo("site.yml:4");
    assertThat(explanation.why()).isEqualTo("no configured Python index has `nosuch`");
  }

  @Test
  void the_users_own_requirement_on_ansible_core_may_be_all_that_stands_in_the_way() {
    var explanation =
        explained(
            "Because you require ansible-core==2.21.* and ansible-core<2.16, we can conclude that"
                + " your requirements are unsatisfiable.",
            wanted("ansible-core<2.16", "requirements.txt:1"));
    assertThat(explanation.isAboutAnsibleAlone()).isTrue();
    assertThat(explanation.blamesAnsible()).isTrue();
  }

  @Test
  void requirements_that_contradict_each_other_are_all_there_is_to_say() {
    var explanation =
        explained(
            "Because you require urllib3<2 and urllib3>=2, we can conclude that your requirements"
                + " are unsatisfiable.",
            wanted("urllib3<2", "torrent.yml:3"),
            wanted("urllib3>=2", "torrent.yml:5"));
    assertThat(explanation.why())
        .isEqualTo(
            "the requirements contradict each other: `urllib3<2` (torrent.yml:3), `urllib3>=2`"
                + " (torrent.yml:5)");
  }

  private static SolverExplanation explained(String text, PythonRequirement... wanted) {
    return SolverExplanation.of(text, List.of(wanted), true);
  }

  private static PythonRequirement wanted(String line, String because) {
    return new PythonRequirement(line, because);
  }
}
