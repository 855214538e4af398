/// What a deploy would do, without doing it.
@NullMarked
package dev.ansiblevenv.orchestration.plan;

import org.jspecify.annotations.NullMarked;
