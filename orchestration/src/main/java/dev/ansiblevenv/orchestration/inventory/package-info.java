/// The user's Ansible inventory: read as Ansible reads it, edited in one variable only.
@NullMarked
package dev.ansiblevenv.orchestration.inventory;

import org.jspecify.annotations.NullMarked;
