package dev.archipelago.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Puts what the sections of {@code bench/gpu/run} left in a directory into one JSON document: each
 * section's figures or, where it failed, why.
 *
 * <p>A section NAME leaves NAME.status (exit code, seconds, limit), NAME.log, what it measured
 * (NAME.json; the contract: JUnit's XML in contract/), and NAME.gpu.csv with what nvidia-smi saw
 * meanwhile. Whatever is missing is an error of its section; the document always has all sections.
 */
public final class GpuReport {
  /** In the order in which they run. */
  static final List<String> SECTIONS = List.of("doctor", "contract", "engine", "search");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LOG_LINES = 12;
  private static final int TIMED_OUT = 124; // as timeout(1) says it
  private static final int KILLED = 137;

  private final Path directory;

  private GpuReport(Path directory) {
    this.directory = directory;
  }

  /**
   * @param arguments the directory
   */
  public static void main(String[] arguments) throws IOException {
    System.out.println(
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(of(Path.of(arguments[0]))));
  }

  /** The document; failures are part of it. */
  static ObjectNode of(Path directory) throws IOException {
    return new GpuReport(directory).document();
  }

  private ObjectNode document() throws IOException {
    ObjectNode document = JSON.createObjectNode().put("bench", "gpu");
    Properties run = properties("run.properties");
    for (String key : List.of("device", "started", "product", "data")) {
      document.put(key, run.getProperty(key, ""));
    }
    document.put("dryRun", Boolean.parseBoolean(run.getProperty("dryRun")));
    machine(document.putObject("machine"), run);
    ObjectNode sections = document.putObject("sections");
    boolean ok = true;
    for (String name : SECTIONS) {
      ObjectNode section = section(name);
      sections.set(name, section);
      ok &= section.path("ok").asBoolean();
    }
    return document.put("ok", ok);
  }

  private static void machine(ObjectNode machine, Properties run) {
    for (String key : List.of("cpu", "cores", "kernel", "java", "cudaLibraries")) {
      machine.put(key, run.getProperty(key, ""));
    }
    ArrayNode gpus = machine.putArray("gpus");
    for (String line : run.getProperty("gpus", "").split(";")) {
      String[] cells = line.split(",");
      if (cells.length == 3) {
        gpus.addObject()
            .put("name", cells[0].strip())
            .put("driver", cells[1].strip())
            .put("memory", cells[2].strip());
      }
    }
  }

  private ObjectNode section(String name) throws IOException {
    ObjectNode section = JSON.createObjectNode();
    Properties status = properties(name + ".status");
    int exit = Integer.parseInt(status.getProperty("exit", "-1"));
    section.put("ok", false);
    section.put("seconds", Integer.parseInt(status.getProperty("seconds", "0")));
    List<String> errors = new ArrayList<>();
    if (exit == TIMED_OUT || exit == KILLED) {
      errors.add("ended after its limit of " + status.getProperty("limit") + " s");
    } else if (exit < 0) {
      errors.add("was not run");
    } else if (exit > 0) {
      errors.add("exit code " + exit);
    }
    if (name.equals("contract")) {
      contract(section, errors);
    } else {
      measured(name, section, errors);
    }
    usage(name, section);
    section.put("ok", errors.isEmpty());
    if (!errors.isEmpty()) {
      section.put("error", String.join("; ", errors));
      section.put("log", tail(name));
    }
    return section;
  }

  private void measured(String name, ObjectNode section, List<String> errors) throws IOException {
    Path file = directory.resolve(name + ".json");
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    if (text.isEmpty()) {
      errors.add("left no figures");
      return;
    }
    try {
      JsonNode figures = JSON.readTree(text);
      section.set("figures", figures);
      if (name.equals("doctor") && !figures.path("well").asBoolean()) {
        errors.add("this machine lacks something");
      }
    } catch (IOException e) {
      errors.add("its figures are no JSON");
    }
  }

  /** Counts are JUnit's; of a failed test its name and how its message begins. */
  private void contract(ObjectNode section, List<String> errors) throws IOException {
    Path file = directory.resolve("contract/TEST-junit-jupiter.xml");
    if (!Files.exists(file)) {
      errors.add("left no report");
      return;
    }
    ArrayNode failed = section.putArray("failed");
    NodeList cases = elements(file, "testcase");
    int skipped = 0;
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      for (String fault : List.of("failure", "error")) {
        NodeList faults = test.getElementsByTagName(fault);
        if (faults.getLength() > 0) {
          String message = ((Element) faults.item(0)).getAttribute("message");
          failed.addObject().put("test", test.getAttribute("name")).put("message", brief(message));
        }
      }
      skipped += test.getElementsByTagName("skipped").getLength();
    }
    int tests = cases.getLength();
    section.put("tests", tests).put("skipped", skipped);
    if (tests == 0) {
      errors.add("ran no test");
    } else if (!failed.isEmpty()) {
      errors.add(failed.size() + " of " + tests + " tests failed");
    }
  }

  private static NodeList elements(Path file, String name) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(file.toFile()).getElementsByTagName(name);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " is no XML", e);
    }
  }

  private static String brief(String message) {
    return message.strip().lines().limit(3).collect(Collectors.joining(" | "));
  }

  /** Lines of nvidia-smi: utilisation in percent, memory in MiB, power in watts. */
  private void usage(String name, ObjectNode section) throws IOException {
    Path file = directory.resolve(name + ".gpu.csv");
    if (!Files.exists(file)) {
      return;
    }
    List<double[]> samples =
        Files.readAllLines(file).stream().map(GpuReport::sample).flatMap(Optional::stream).toList();
    if (samples.isEmpty()) {
      return;
    }
    ObjectNode gpu = section.putObject("gpu").put("samples", samples.size());
    List<String> names = List.of("utilizationPercent", "memoryMiB", "powerWatts");
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      gpu.putObject(names.get(i))
          .put("mean", rounded(samples.stream().mapToDouble(s -> s[column]).average().orElse(0)))
          .put("max", rounded(samples.stream().mapToDouble(s -> s[column]).max().orElse(0)));
    }
  }

  /** Empty for a line that was cut off, or says "[N/A]". */
  private static Optional<double[]> sample(String line) {
    String[] cells = line.split(",");
    try {
      return cells.length == 3
          ? Optional.of(Stream.of(cells).mapToDouble(Double::parseDouble).toArray())
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.1f", value));
  }

  private String tail(String name) throws IOException {
    Path file = directory.resolve(name + ".log");
    if (!Files.exists(file)) {
      return "";
    }
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  private Properties properties(String name) throws IOException {
    Properties properties = new Properties();
    Path file = directory.resolve(name);
    if (Files.exists(file)) {
      properties.load(new StringReader(Files.readString(file)));
    }
    return properties;
  }
}
