package dev.archipelago.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the server said, both ways.
 *
 * @param json the document as it came, for {@code --json}
 * @param value the same as a record, for people
 * @param <T> the document
 */
public record Answer<T>(JsonNode json, T value) {}
