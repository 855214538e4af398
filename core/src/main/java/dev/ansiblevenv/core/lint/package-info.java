/// The verdict of the real ansible-lint, cached.
@NullMarked
package dev.ansiblevenv.core.lint;

import org.jspecify.annotations.NullMarked;
