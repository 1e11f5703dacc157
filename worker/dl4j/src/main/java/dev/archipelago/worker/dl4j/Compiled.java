package dev.archipelago.worker.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * A plan in the library's words.
 *
 * @param slots of all parameters and buffers, in the plan's order
 * @param logits the vertex that gives them, [N, classes]
 * @param needs why a program must have this jar to read the graph's model file: the plan's layers
 *     that no built-in layer says; empty if plain Deeplearning4j reads it
 */
record Compiled(
    ComputationGraphConfiguration graph, List<Slot> slots, String logits, List<String> needs) {
  Compiled {
    slots = List.copyOf(slots);
    needs = List.copyOf(needs);
  }
}
