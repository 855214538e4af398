@NullMarked
package dev.ansiblevenv.cli;

import org.jspecify.annotations.NullMarked;
