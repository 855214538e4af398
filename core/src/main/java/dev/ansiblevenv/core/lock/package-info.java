/// From requirements to exact versions with hashes: Python packages through uv, collections from
/// Galaxy, a directory or a tarball.
@NullMarked
package dev.ansiblevenv.core.lock;

import org.jspecify.annotations.NullMarked;
