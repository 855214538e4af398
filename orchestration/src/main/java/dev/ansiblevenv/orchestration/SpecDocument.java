package dev.ansiblevenv.orchestration;

import java.nio.file.Path;
import java.util.Map;

/// A venv specification as the project has it.
///
/// @param text the file, byte for byte
/// @param content what it holds: maps, lists, text, numbers, booleans and null, keys in the file's
///   order
public record SpecDocument(Path file, String text, Map<String, Object> content) {}
