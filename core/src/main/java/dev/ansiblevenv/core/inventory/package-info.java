/// Inventories that are made by a program or a plugin, asked through the real `ansible-inventory`.
@NullMarked
package dev.ansiblevenv.core.inventory;

import org.jspecify.annotations.NullMarked;
