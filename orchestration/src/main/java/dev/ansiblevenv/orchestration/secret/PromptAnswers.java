package dev.ansiblevenv.orchestration.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ansiblevenv.diagnostic.UsageFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks for the variables that plays ask for (`vars_prompt`), before the run starts. Ansible makes
/// of an answer what it makes of a typed one. Without a terminal the defaults count, as there.
record PromptAnswers(Prompt prompt) {

  /// @param known variables that the call gives: these are not asked for
  /// @throws UsageFailure when there is nobody to ask for a variable without a default
  Map<String, List<String>> to(List<PlayPrompt> prompts, Set<String> known) {
    var answers = new LinkedHashMap<String, List<String>>();
    for (var each : prompts) {
      if (!known.contains(each.name()) && (prompt.isInteractive() || each.usual().isEmpty())) {
        answers.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(answer(each));
      }
    }
    return answers;
  }

  private String answer(PlayPrompt asked) {
    while (true) {
      var answer = typed(asked, asked.question());
      if (!asked.confirmed() || answer.equals(typed(asked, "confirm " + asked.question()))) {
        return answer;
      }
      prompt.tell("***** VALUES ENTERED DO NOT MATCH ****");
    }
  }

  private String typed(PlayPrompt asked, String question) {
    try {
      return new String(prompt.ask(question, asked.shown()), UTF_8);
    } catch (UsageFailure nobody) {
      throw new UsageFailure(
          "nobody can be asked for the variable `" + asked.name() + "`",
          asked.site(),
          "`vars_prompt` gives it no default, and there is no terminal",
          "give it with `-e @FILE`",
          nobody);
    }
  }
}
