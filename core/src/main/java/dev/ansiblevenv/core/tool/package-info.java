/// Tools the controller manages itself: uv, ansible-lint, the Python they run on.
@NullMarked
package dev.ansiblevenv.core.tool;

import org.jspecify.annotations.NullMarked;
