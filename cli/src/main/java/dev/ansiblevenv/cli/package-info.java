/// The command line: arguments in, one document or readable text out.
@NullMarked
package dev.ansiblevenv.cli;

import org.jspecify.annotations.NullMarked;
