/// Lock, environment, record, inventory, run: in that order, each only if needed.
@NullMarked
package dev.ansiblevenv.orchestration.deploy;

import org.jspecify.annotations.NullMarked;
