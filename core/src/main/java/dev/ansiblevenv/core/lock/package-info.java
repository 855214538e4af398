/// From requirements to exact versions with hashes: Python packages through uv, collections and
/// roles from wherever a requirements file may say that they are.
@NullMarked
package dev.ansiblevenv.core.lock;

import org.jspecify.annotations.NullMarked;
