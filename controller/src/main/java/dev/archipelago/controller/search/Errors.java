package dev.archipelago.controller.search;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The JSON document of an error. */
public final class Errors {
  private Errors() {}

  public static String json(String message) {
    return JsonNodeFactory.instance.objectNode().put("error", message).toString();
  }
}
