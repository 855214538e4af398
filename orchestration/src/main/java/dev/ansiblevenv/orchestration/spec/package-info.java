/// Venv specifications: read, validated, written.
@NullMarked
package dev.ansiblevenv.orchestration.spec;

import org.jspecify.annotations.NullMarked;
