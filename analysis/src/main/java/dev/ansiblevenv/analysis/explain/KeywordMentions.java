package dev.ansiblevenv.analysis.explain;

import dev.ansiblevenv.analysis.playbook.Closure;
import dev.ansiblevenv.analysis.playbook.Reference;
import java.util.List;

/// Where a `collections:` keyword of plays, blocks, tasks and role metadata names a collection. It
/// says only where short names are looked for.
final class KeywordMentions {

  private final Closure closure;

  KeywordMentions(Closure closure) {
    this.closure = closure;
  }

  List<Reason> of(String collection) {
    return closure.references().stream()
        .filter(Reference.Keyword.class::isInstance)
        .map(Reference.Keyword.class::cast)
        .filter(mention -> mention.collection().equals(collection))
        .map(mention ->
            new Reason(
                Reason.Kind.KEYWORD,
                mention.site().file(),
                mention.site().line(),
                "names it under `collections:`, and no short name is found through that"))
        .toList();
  }
}
