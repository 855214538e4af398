/// Programs that run a project's code on this machine, confined to reading what they are given.
@NullMarked
package dev.ansiblevenv.core.confinement;

import org.jspecify.annotations.NullMarked;
