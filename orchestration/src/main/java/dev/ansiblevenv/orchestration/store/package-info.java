/// State behind one small interface, and the project's YAML files as its first implementation.
@NullMarked
package dev.ansiblevenv.orchestration.store;

import org.jspecify.annotations.NullMarked;
