/// Following runs for as long as they take: over lost connections, and until somebody leaves.
@NullMarked
package dev.ansiblevenv.orchestration.follow;

import org.jspecify.annotations.NullMarked;
