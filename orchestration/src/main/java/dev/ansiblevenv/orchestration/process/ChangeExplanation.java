package dev.ansiblevenv.orchestration.process;

import dev.ansiblevenv.analysis.canonical.CanonicalDifference;
import dev.ansiblevenv.analysis.canonical.CanonicalForm;
import dev.ansiblevenv.diagnostic.InvalidInput;
import dev.ansiblevenv.orchestration.spec.VenvSpecification;

/// Why a playbook's name is another than it was.
///
/// @param toThePath whether the places inside the files are known, or only the files: the older
///   form itself is in the cache of the controller that made the spec
public record ChangeExplanation(CanonicalDifference difference, boolean toThePath) {

  static ChangeExplanation of(VenvSpecification old, FormCache forms, CanonicalForm now) {
    var form = forms.find(old.contentSha256());
    if (form.isPresent()) {
      return new ChangeExplanation(CanonicalDifference.between(form.get(), now), true);
    }
    if (old.closure().isEmpty()) {
      throw new InvalidInput(
          "the spec does not say what it was made of",
          "venv_specs/" + old.name() + ".yml",
          "it has no `closure`",
          "deploy the older playbook once more");
    }
    return new ChangeExplanation(CanonicalDifference.between(old.closure(), now), false);
  }
}
