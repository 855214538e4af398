/// Ansible inventories in INI and YAML: read by Ansible's own rules without running anything, and
/// with one variable of one host changed while every other byte stays.
@NullMarked
package dev.ansiblevenv.analysis.inventory;

import org.jspecify.annotations.NullMarked;
