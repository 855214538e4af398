/// TOML, for lock files and `pyproject.toml`.
@NullMarked
package dev.ansiblevenv.formats.toml;

import org.jspecify.annotations.NullMarked;
