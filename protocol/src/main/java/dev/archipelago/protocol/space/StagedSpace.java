package dev.archipelago.protocol.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stages of equal blocks, each stage with its own kind of block: the macro space of MnasNet (Tan et
 * al. 2019, arXiv:1807.11626, §4.1) over plain, residual and inverted residual blocks (see {@link
 * Blocks}), and the resolution of the input, the third axis of EfficientNet (arXiv:1905.11946, §3).
 *
 * <p>Every stage takes a family, a kernel, an expansion, a squeeze of its excitation, a width and a
 * depth. Some mean nothing to some families (a bottleneck's kernel is 3x3, only an mbconv expands,
 * a plain block has no excitation): they stay in the genotype and {@link #canonical} leaves them
 * out. The first block of every stage but the first halves the map; on images of more than {@value
 * #SMALL} pixels the stem and the first stage do so, too.
 *
 * <p><b>Checked by:</b> {@code StagedSpaceTest}.
 *
 * @param stages number of stages, 1 to 7
 * @param expansions of an mbconv's channels, 1 to 8
 * @param squeezes channels over those that an excitation squeezes them to (of a block's output in a
 *     residual block, of its input in an mbconv), 1 to 64; 0 for no excitation
 * @param depths blocks of a stage, 1 to 16
 * @param resolutions heights to which images are resized, 8 to 1024, the width in proportion; 0 for
 *     the images' own
 * @param stem filters of the 3x3 convolution before the stages, 1 to 1024
 */
public record StagedSpace(
    int stages,
    List<BlockFamily> families,
    List<Integer> kernels,
    List<Integer> expansions,
    List<Integer> squeezes,
    List<Integer> widths,
    List<Integer> depths,
    List<Integer> resolutions,
    int stem)
    implements GrowableSpace {

  public static final String KIND = "staged";

  /** Pixels. */
  private static final int SMALL = 64;

  /** Decisions per stage: family, kernel, expansion, squeeze, width, depth. */
  private static final int CHOICES = 6;

  private static final int KERNEL = 1;
  private static final int WIDTH = 4;
  private static final int DEPTH = 5;

  public StagedSpace {
    families = List.copyOf(families);
    kernels = List.copyOf(kernels);
    expansions = List.copyOf(expansions);
    squeezes = List.copyOf(squeezes);
    widths = List.copyOf(widths);
    depths = List.copyOf(depths);
    resolutions = List.copyOf(resolutions);
    Options.within("stages", stages, 1, 7);
    Options.different("families", families);
    Options.oddWithin("kernels", kernels, 1, 31);
    Options.within("expansions", expansions, 1, 8);
    Options.within("squeeze-excite", squeezes, 0, 64);
    Options.within("widths", widths, 1, 4096);
    Options.within("depths", depths, 1, 16);
    Options.within("resolutions", resolutions, 0, 1024);
    Options.within("stem", stem, 1, 1024);
    for (int resolution : resolutions) {
      if (resolution > 0 && resolution < 8) {
        throw new IllegalArgumentException(
            "resolutions must be 8 or more, or 0 for the images' own, got " + resolution);
      }
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("stages", stages);
    settings.put("families", families.stream().map(BlockFamily::label).toList());
    settings.put("kernels", kernels);
    settings.put("expansions", expansions);
    settings.put("squeeze-excite", squeezes);
    settings.put("widths", widths);
    settings.put("depths", depths);
    settings.put("resolutions", resolutions);
    settings.put("stem", stem);
    return settings;
  }

  @Override
  public List<Decision> decisions() {
    List<Decision> decisions = new ArrayList<>();
    decisions.add(
        new Decision.Choice(
            "input/resolution",
            "resolution",
            resolutions.stream().map(size -> size == 0 ? "own" : String.valueOf(size)).toList()));
    List<String> labels = families.stream().map(BlockFamily::label).toList();
    for (int stage = 0; stage < stages; stage++) {
      String place = "stage_" + stage + "/";
      decisions.add(new Decision.Choice(place + "family", "family", labels));
      decisions.add(choice(place, "kernel", kernels));
      decisions.add(choice(place, "expansion", expansions));
      decisions.add(choice(place, "squeeze", squeezes));
      decisions.add(choice(place, "width", widths));
      decisions.add(choice(place, "depth", depths));
    }
    return List.copyOf(decisions);
  }

  private static Decision choice(String place, String group, List<Integer> options) {
    return new Decision.Choice(place + group, group, Options.text(options));
  }

  /** One stage as an architecture has it. */
  private record Stage(BlockFamily family, BlockFamily.Form form, int depth) {}

  private Stage stage(Architecture architecture, int stage) {
    List<Integer> values =
        architecture.values().subList(1 + stage * CHOICES, 1 + (stage + 1) * CHOICES);
    BlockFamily family = families.get(values.get(0));
    BlockFamily.Form form =
        new BlockFamily.Form(
            family.takesKernel() ? kernels.get(values.get(KERNEL)) : 3,
            family.takesExpansion() ? expansions.get(values.get(2)) : 1,
            family.takesExcitation() ? squeezes.get(values.get(3)) : 0,
            widths.get(values.get(WIDTH)));
    return new Stage(family, form, depths.get(values.get(DEPTH)));
  }

  @Override
  public Architecture smallest() {
    List<Integer> values = new ArrayList<>(Collections.nCopies(1 + stages * CHOICES, 0));
    for (int stage = 0; stage < stages; stage++) {
      int first = 1 + stage * CHOICES;
      values.set(first + KERNEL, GrowableSpace.smallest(kernels));
      values.set(first + WIDTH, GrowableSpace.smallest(widths));
      values.set(first + DEPTH, GrowableSpace.smallest(depths));
    }
    return new Architecture(KIND, values);
  }

  /**
   * The next kernel, width and depth of every stage. Left out is a width of the first stage that
   * may bring the first block's shortcut or take it away: both change the function.
   */
  @Override
  public List<Growth> growths(Architecture architecture) {
    check(architecture);
    List<Growth> growths = new ArrayList<>();
    for (int stage = 0; stage < stages; stage++) {
      int first = 1 + stage * CHOICES;
      BlockFamily family = families.get(architecture.value(first));
      if (family.takesKernel()) {
        Growth.next(architecture, first + KERNEL, kernels).ifPresent(growths::add);
      }
      int width = widths.get(architecture.value(first + WIDTH));
      boolean strided = stage > 0;
      Growth.next(architecture, first + WIDTH, widths)
          .filter(wider -> strided || keepsShortcut(family, width, widths.get(wider.value())))
          .ifPresent(growths::add);
      Growth.next(architecture, first + DEPTH, depths).ifPresent(growths::add);
    }
    return List.copyOf(growths);
  }

  /**
   * Only the first stage's first block can have the stride 1 with which a shortcut needs no fit.
   */
  private boolean keepsShortcut(BlockFamily family, int width, int wider) {
    return switch (family) {
      case PLAIN -> true;
      case RESNET_BASIC, RESNET_BOTTLENECK -> wider != stem; // a fit may come, but not go
      case MBCONV -> width != stem && wider != stem;
    };
  }

  /** The network's own numbers, without the decisions that mean nothing to a stage's family. */
  @Override
  public String canonical(Architecture architecture) {
    check(architecture);
    List<String> text = new ArrayList<>();
    text.add(String.valueOf(resolutions.get(architecture.value(0))));
    for (int i = 0; i < stages; i++) {
      Stage stage = stage(architecture, i);
      BlockFamily.Form form = stage.form();
      text.add(
          "%s k%d e%d s%d w%d d%d"
              .formatted(
                  stage.family().label(),
                  form.kernel(),
                  form.expansion(),
                  form.squeeze(),
                  form.width(),
                  stage.depth()));
    }
    return String.join(", ", text);
  }

  @Override
  public NetworkPlan decode(Architecture architecture, Task task) {
    check(architecture);
    PlanBuilder plan = new PlanBuilder(task.input());
    int images = resized(plan, resolutions.get(architecture.value(0)));
    Shape shape = plan.shape(images);
    boolean large = Math.max(shape.height(), shape.width()) > SMALL;
    Layer.Conv first = Layer.Conv.of(stem, 3, 3, large ? 2 : 1);
    int last = Blocks.activated(plan, "stem/", images, first, new Layer.Relu());
    for (int i = 0; i < stages; i++) {
      Stage stage = stage(architecture, i);
      for (int block = 0; block < stage.depth(); block++) {
        String place = "stage_" + i + "/block_" + block + "/" + stage.family().label() + "/";
        int stride = block == 0 && (i > 0 || large) ? 2 : 1;
        last = stage.family().build(plan, place, last, stage.form(), stride);
      }
    }
    return plan.classifier(last, task.classes());
  }

  private static int resized(PlanBuilder plan, int height) {
    Shape own = plan.shape(plan.input());
    if (height == 0 || height == own.height()) {
      return plan.input();
    }
    long width = Math.round((double) own.width() * height / own.height());
    Layer.Resize resize = new Layer.Resize(height, Math.toIntExact(Math.max(1, width)));
    return plan.add("input/resize", resize, plan.input());
  }
}
