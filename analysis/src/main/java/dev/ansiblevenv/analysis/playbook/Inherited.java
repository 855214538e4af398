package dev.ansiblevenv.analysis.playbook;

import java.util.List;

/// What tasks inherit from the play, block or role that they stand in.
///
/// @param handlers whether the tasks are handlers
/// @param collections the `collections:` keyword as it applies here
/// @param side where modules run
record Inherited(boolean handlers, List<String> collections, Side side) {

  static final Inherited NOTHING = new Inherited(false, List.of(), Side.MANAGED_NODE);
}
