package dev.archipelago.deploy.device;

import dev.archipelago.deploy.device.EngineBuild.Obstacle;
import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.worker.measure.gpu.Driver;
import dev.archipelago.worker.measure.gpu.Gpu;
import dev.archipelago.worker.measure.gpu.GpuMonitor;
import dev.archipelago.worker.measure.gpu.Gpus;
import dev.archipelago.worker.measure.gpu.Nvml;
import dev.archipelago.worker.measure.gpu.VisibleGpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an engine of this build can compute on, on this machine.
 *
 * @param driver why nothing is known of GPUs; empty where there is a driver
 * @param gpus that are visible to this process, in CUDA's order
 */
public record Devices(EngineBuild build, Optional<Gpus.None> driver, List<Found> gpus) {
  /** Let the machine decide. */
  public static final String AUTO = "auto";

  public static final String CPU = "cpu";

  /** Any of them: {@code auto}, {@code cpu}, {@code cuda}, {@code cuda:0}. */
  public static final String FORM = "auto|cpu|cuda(:[0-9]{1,3})?";

  private static final String CUDA = "cuda";

  public Devices {
    gpus = List.copyOf(gpus);
  }

  /**
   * A GPU.
   *
   * @param id {@code cuda:0}
   * @param obstacle why the engine cannot use it; empty where it can
   */
  public record Found(String id, Gpu gpu, Optional<Obstacle> obstacle) {
    boolean isUsable() {
      return obstacle.isEmpty();
    }

    /** {@code cuda:0 (NVIDIA H200, 139.8 GB)}. */
    @Override
    public String toString() {
      return id + " (" + gpu.name() + ", " + size(gpu) + ")";
    }
  }

  /**
   * A device that was chosen.
   *
   * @param id {@code cpu} or {@code cuda:0}
   * @param because a reason worth saying, or empty
   */
  public record Choice(String id, String because) {

    /** {@code cpu: no NVIDIA driver (...)}, {@code cuda:0: NVIDIA H200, 139.8 GB}. */
    @Override
    public String toString() {
      return because.isEmpty() ? id : id + ": " + because;
    }
  }

  /** Asks the driver, if there is one. */
  public static Devices ofThisMachine(String engine) {
    return look(EngineBuild.of(engine), Nvml.open(), System.getenv());
  }

  /**
   * @param driver closed after it was asked
   * @param environment as {@link System#getenv()}
   */
  public static Devices look(EngineBuild build, Gpus driver, Map<String, String> environment) {
    if (driver instanceof Gpus.None none) {
      return new Devices(build, Optional.of(none), List.of());
    }
    try (GpuMonitor monitor = ((Gpus.Watched) driver).monitor()) {
      return of(build, monitor.driver(), VisibleGpus.of(monitor, environment));
    }
  }

  /** Of GPUs that are known already. */
  public static Devices of(EngineBuild build, Driver driver, List<Gpu> visible) {
    List<Found> found = new ArrayList<>();
    for (Gpu gpu : visible) {
      found.add(new Found(CUDA + ":" + found.size(), gpu, build.obstacle(driver, gpu)));
    }
    return new Devices(build, Optional.empty(), found);
  }

  /** The GPUs that the engine can use. */
  public List<Found> usable() {
    return gpus.stream().filter(Found::isUsable).toList();
  }

  /** Why it can use none, and what to do about it; empty where it can use one. */
  public Optional<Obstacle> obstacle() {
    if (!usable().isEmpty()) {
      return Optional.empty();
    }
    if (driver.isPresent()) {
      return Optional.of(new Obstacle(driver.get().why(), driver.get().remedy()));
    }
    return gpus.isEmpty()
        ? Optional.of(
            new Obstacle(
                "the driver shows no GPU",
                "See what nvidia-smi says, and what CUDA_VISIBLE_DEVICES leaves visible."))
        : Optional.of(
            new Obstacle(
                gpus.get(0) + ": " + gpus.get(0).obstacle().orElseThrow().why(),
                gpus.get(0).obstacle().orElseThrow().remedy()));
  }

  /**
   * The device for a worker.
   *
   * @param wanted of the form {@link #FORM}
   * @param option that wants it, for messages
   * @throws CommandException if it is not there, or the engine cannot use it; says what there is
   */
  public Choice choose(String wanted, String option) {
    if (wanted.equals(AUTO)) {
      Optional<Obstacle> obstacle = obstacle();
      return obstacle.isPresent() ? new Choice(CPU, obstacle.get().why()) : choice(usable().get(0));
    }
    return wanted.equals(CPU) ? new Choice(CPU, "") : gpu(wanted, option);
  }

  /** Where one worker each would compute: all GPUs that can be used, or else the CPU. */
  public List<Choice> all() {
    return usable().isEmpty()
        ? List.of(choose(AUTO, ""))
        : usable().stream().map(Devices::choice).toList();
  }

  /**
   * All GPUs that can be used.
   *
   * @throws CommandException if there is none; says why
   */
  public List<Choice> allGpus(String option) {
    if (usable().isEmpty()) {
      throw refused(option, CUDA, obstacle().orElseThrow());
    }
    return all();
  }

  /** As views write sizes, which are no room below this one. */
  private static String size(Gpu gpu) {
    return String.format(Locale.ROOT, "%.1f GB", gpu.memoryBytes() / (double) (1L << 30));
  }

  private static Choice choice(Found found) {
    return new Choice(found.id(), found.gpu().name() + ", " + size(found.gpu()));
  }

  private Choice gpu(String wanted, String option) {
    String id = wanted.equals(CUDA) ? CUDA + ":0" : wanted;
    Optional<Obstacle> build = build().obstacle();
    if (build.isPresent()) {
      throw refused(option, wanted, build.get());
    }
    if (driver.isPresent()) { // CUDA may know more than we: the engine has the last word
      return new Choice(id, "");
    }
    Found found =
        gpus.stream()
            .filter(gpu -> gpu.id().equals(id))
            .findFirst()
            .orElseThrow(() -> refused(option, wanted, new Obstacle("there is no such GPU", "")));
    if (found.obstacle().isPresent()) {
      throw refused(option, wanted, found.obstacle().get());
    }
    return choice(found);
  }

  private CommandException refused(String option, String wanted, Obstacle obstacle) {
    String remedy = obstacle.remedy().isEmpty() ? "" : " " + obstacle.remedy();
    String there =
        usable().isEmpty()
            ? CPU
            : usable().stream().map(Found::toString).collect(Collectors.joining(", ")) + ", " + CPU;
    return CommandException.badInput(
        "%s %s: %s.%s There is: %s".formatted(option, wanted, obstacle.why(), remedy, there));
  }
}
