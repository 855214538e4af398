/// The tools that the controller manages itself: uv, ansible-lint, and the Python that runs it.
/// Each is fetched on first use, pinned and hash-checked, into the program's cache.
@NullMarked
package dev.ansiblevenv.core.tool;

import org.jspecify.annotations.NullMarked;
