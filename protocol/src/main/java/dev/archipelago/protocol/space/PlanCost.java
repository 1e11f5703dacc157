package dev.archipelago.protocol.space;

import java.util.List;

/**
 * What a network costs, counted from its plan.
 *
 * @param params trained numbers
 * @param flops multiply-accumulates of convolutions, dense and recurrent layers for one example:
 *     the field's "FLOPs" (half of what a count of additions and multiplications gives)
 * @param activations numbers that all nodes' outputs for one example hold together
 */
public record PlanCost(long params, long flops, long activations) {

  public static PlanCost of(NetworkPlan plan) {
    List<Shape> shapes = plan.shapes();
    long flops = 0;
    long activations = 0;
    for (int i = 0; i < shapes.size(); i++) {
      NetworkPlan.Node node = plan.nodes().get(i);
      Shape out = shapes.get(i);
      activations += out.elements();
      if (node.layer() instanceof Layer.Conv conv) {
        long in = shapes.get(node.inputs().get(0)).channels() / conv.groups();
        flops += out.elements() * in * conv.kernelHeight() * conv.kernelWidth();
      } else if (node.layer() instanceof Layer.Linear linear) {
        flops += (long) shapes.get(node.inputs().get(0)).channels() * linear.outputs();
      } else if (node.layer() instanceof Layer.Recurrent recurrent) {
        Shape in = shapes.get(node.inputs().get(0));
        long rows = (long) recurrent.cell().gates() * recurrent.units();
        flops += rows * in.height() * (in.channels() + recurrent.units());
      }
    }
    long params = 0;
    for (NetworkPlan.Parameter parameter : plan.parameters()) {
      params += parameter.elements();
    }
    return new PlanCost(params, flops, activations);
  }
}
