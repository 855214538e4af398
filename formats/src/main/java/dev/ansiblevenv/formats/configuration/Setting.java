package dev.ansiblevenv.formats.configuration;

/// A value as `ansible.cfg` has it.
///
/// @param line of its key, from 1
public record Setting(String value, int line) {}
