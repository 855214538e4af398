@NullMarked
package dev.ansiblevenv.cli.variables;

import org.jspecify.annotations.NullMarked;
