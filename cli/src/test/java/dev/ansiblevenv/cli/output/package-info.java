@NullMarked
package dev.ansiblevenv.cli.output;

import org.jspecify.annotations.NullMarked;
