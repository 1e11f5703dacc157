package dev.archipelago.deploy.device;

import dev.archipelago.deploy.device.Devices.Choice;
import dev.archipelago.deploy.exit.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The devices of several workers: {@code all}, {@code cpu}, {@code 2xcpu}, {@code cuda:0,cuda:1},
 * {@code 2xcuda:0}.
 */
public final class DeviceList {
  private static final String ALL = "all";
  private static final Pattern ENTRY =
      Pattern.compile("(?:([1-9][0-9]{0,2})x)?(cpu|cuda(?::[0-9]{1,3})?)");

  private DeviceList() {}

  /**
   * @param devices asked only where GPUs are meant
   * @param option that the text was given to, for messages
   * @throws CommandException if the text means nothing, or a device is not there
   */
  public static List<Choice> parse(String text, Supplier<Devices> devices, String option) {
    if (text.equals(ALL)) {
      return devices.get().all();
    }
    List<Choice> chosen = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      Matcher match = ENTRY.matcher(entry.strip());
      if (!match.matches()) {
        throw CommandException.badInput(
            "%s: \"%s\" is no list of devices; give all, cpu, 2xcpu (two processes) or cuda:0,cuda:1"
                .formatted(option, text));
      }
      String device = match.group(2);
      Choice choice =
          device.equals(Devices.CPU)
              ? new Choice(Devices.CPU, "")
              : devices.get().choose(device, option);
      int times = match.group(1) == null ? 1 : Integer.parseInt(match.group(1));
      for (int i = 0; i < times; i++) {
        chosen.add(choice);
      }
    }
    return List.copyOf(chosen);
  }
}
