/// What the locked versions of collections have and need, read from their files.
@NullMarked
package dev.ansiblevenv.orchestration.knowledge;

import org.jspecify.annotations.NullMarked;
