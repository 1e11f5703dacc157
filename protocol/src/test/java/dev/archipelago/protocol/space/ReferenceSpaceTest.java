package dev.archipelago.protocol.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.protocol.space.reference.ReferenceNetwork;
import dev.archipelago.protocol.space.reference.ReferenceSpace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceSpaceTest extends SpaceContract {
  private static final Task IMAGENET = new Task(new Shape(3, 224, 224), 1000);
  private static final Task CIFAR = new Task(new Shape(3, 32, 32), 10);

  @Override
  List<SearchSpace> spaces() {
    return List.of(
        new ReferenceSpace(List.of(ReferenceNetwork.values())),
        new ReferenceSpace(List.of(ReferenceNetwork.RESNET_50)));
  }

  /**
   * Parameters and, in millions, multiply-accumulates as torchvision documents them ({@code
   * num_params} and {@code _ops} of its weights).
   */
  @ParameterizedTest
  @CsvSource({
    "resnet-18, 11689512, 1814",
    "resnet-34, 21797672, 3664",
    "resnet-50, 25557032, 4089",
    "mobilenet-v2, 3504872, 301",
    "mobilenet-v3-small, 2542856, 57",
    "efficientnet-b0, 5288548, 386"
  })
  void haveThePublishedSize(String label, long params, long millions) {
    PlanCost cost = PlanCost.of(ReferenceNetwork.labelled(label).orElseThrow().plan(IMAGENET));
    assertThat(cost.params()).isEqualTo(params);
    assertThat(Math.round(cost.flops() / 1e6)).isEqualTo(millions);
  }

  @ParameterizedTest
  @EnumSource
  void halveLargeImagesFiveTimesAndSmallOnesThreeTimes(ReferenceNetwork network) {
    assertThat(lastMap(network.plan(IMAGENET))).isEqualTo(224 / 32);
    assertThat(lastMap(network.plan(CIFAR))).isEqualTo(32 / 8);
  }

  /** The height of the map before the global pool at the end. */
  private static int lastMap(NetworkPlan plan) {
    List<String> names = plan.nodes().stream().map(NetworkPlan.Node::name).toList();
    int pool = names.indexOf("head/pool");
    return plan.shapes().get(plan.nodes().get(pool).inputs().get(0)).height();
  }

  @Test
  void aResNetForSmallImagesHasTheUsualStem() {
    NetworkPlan plan = ReferenceNetwork.RESNET_18.plan(CIFAR);
    assertThat(PlanCost.of(plan).params()).isEqualTo(11_173_962); // as in kuangliu/pytorch-cifar
    assertThat(plan.nodes().get(1).layer()).isEqualTo(Layer.Conv.of(64, 3, 3, 1));
    assertThat(plan.nodes().stream().map(NetworkPlan.Node::layer))
        .doesNotHaveAnyElementsOfTypes(Layer.MaxPool.class);
  }

  @Test
  void refusesNoNetworks() {
    assertThatThrownBy(() -> new ReferenceSpace(new ArrayList<>()))
        .hasMessage("networks must be a list of different networks");
  }
}
