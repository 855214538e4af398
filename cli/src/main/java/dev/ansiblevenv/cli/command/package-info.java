/// One class a command; no logic.
@NullMarked
package dev.ansiblevenv.cli.command;

import org.jspecify.annotations.NullMarked;
