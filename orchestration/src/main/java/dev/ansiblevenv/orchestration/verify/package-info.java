/// Holding what the project notes of a host against the host itself.
@NullMarked
package dev.ansiblevenv.orchestration.verify;

import org.jspecify.annotations.NullMarked;
