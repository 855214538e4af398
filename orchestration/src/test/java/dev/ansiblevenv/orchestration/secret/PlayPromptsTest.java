package dev.ansiblevenv.orchestration.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayPromptsTest {

  @TempDir private Path project;

  private static final class Typist implements Prompt {
    private final Deque<String> answers;
    private final boolean interactive;
    private final List<String> seen = new ArrayList<>();

    Typist(boolean interactive, String... answers) {
      this.interactive = interactive;
      this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public byte[] ask(String text, boolean shown) {
      if (!interactive) {
        throw new UsageFailure("there is no terminal", "", "", "");
      }
      seen.add((shown ? "shown " : "hidden ") + text);
      return answers.remove().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isInteractive() {
      return interactive;
    }

    @Override
    public void tell(String text) {
      seen.add(text);
    }
  }

  private List<PlayPrompt> prompts() throws IOException {
    Files.writeString(
        project.resolve("site.yml"),
        """
        - hosts: all
          vars_prompt:
            - {name: colour, prompt: Which colour, default: green, private: false}
            - name: pw
              confirm: true
        - import_playbook: other.yml
        """);
    Files.writeString(
        project.resolve("other.yml"),
        """
        - hosts: all
          vars_prompt: {name: pw, prompt: Again}
        - import_playbook: site.yml
        """);
    return PlayPrompts.of(project, project.resolve("site.yml"));
  }

  @Test
  void each_play_asks_as_ansible_words_it() throws IOException {
    var typist = new Typist(true, "", "a", "b", "a", "a", "c");
    assertThat(new PromptAnswers(typist).to(prompts(), Set.of()))
        .containsEntry("colour", List.of(""))
        .containsEntry("pw", List.of("a", "c"));
    assertThat(typist.seen)
        .containsExactly(
            "shown Which colour [green]: ",
            "hidden pw: ",
            "hidden confirm pw: ",
            "***** VALUES ENTERED DO NOT MATCH ****",
            "hidden pw: ",
            "hidden confirm pw: ",
            "hidden Again: ");
  }

  @Test
  void what_the_call_gives_is_not_asked_for() throws IOException {
    assertThat(new PromptAnswers(new Typist(true)).to(prompts(), Set.of("colour", "pw"))).isEmpty();
  }

  @Test
  void without_a_terminal_defaults_count_and_the_others_are_an_error() throws IOException {
    var answers = new PromptAnswers(new Typist(false));
    assertThat(answers.to(prompts(), Set.of("pw"))).isEmpty();
    assertThatThrownBy(() -> answers.to(prompts(), Set.of()))
        .isInstanceOf(UsageFailure.class)
        .hasMessageContaining("`pw`")
        .hasMessageContaining("site.yml:4");
  }
}
