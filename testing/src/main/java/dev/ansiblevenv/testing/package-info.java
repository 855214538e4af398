/// What integration tests share: real tools, a loopback Galaxy server over real collection
/// tarballs.
@NullMarked
package dev.ansiblevenv.testing;

import org.jspecify.annotations.NullMarked;
