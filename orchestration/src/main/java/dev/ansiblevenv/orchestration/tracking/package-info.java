/// Which host has which venv: host records, and the registry over all of them.
@NullMarked
package dev.ansiblevenv.orchestration.tracking;

import org.jspecify.annotations.NullMarked;
