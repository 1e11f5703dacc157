import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;

/** Exits with 1 unless the document of bench/gpu/run is complete and every section went well. */
class CheckGpuReport {
  public static void main(String[] args) throws Exception {
    String document = Files.readString(Path.of(args[0]));
    System.out.println(document);
    JsonNode report = JsonMapper.builder().build().readTree(document);
    for (String fact : new String[] {"device", "started", "product", "data"}) {
      require(!report.path(fact).asText().isEmpty(), fact + " is said");
    }
    for (String fact : new String[] {"cores", "kernel", "java"}) {
      require(!report.path("machine").path(fact).asText().isEmpty(), "machine." + fact + " is said");
    }
    JsonNode sections = report.path("sections");
    for (String name : new String[] {"doctor", "contract", "engine", "search"}) {
      JsonNode section = sections.path(name);
      require(section.path("ok").asBoolean(), name + " went well: " + section.path("error").asText());
    }
    require(sections.path("contract").path("tests").asInt() >= 5, "the contract ran five tests");
    JsonNode cases = sections.path("engine").path("figures").path("cases");
    require(cases.size() >= 4, "four nets were measured");
    for (JsonNode one : cases) {
      require(one.path("imagesPerSecond").asDouble() > 0, "a net trains images");
      require(one.path("bareStepsPerSecond").asDouble() > 0, "so does the bare loop");
    }
    JsonNode accuracy = sections.path("search").path("figures").path("winner").path("testAccuracy");
    require(accuracy.isNumber(), "the search's winner has a test accuracy");
    require(report.path("ok").asBoolean(), "all is well");
    System.out.println("The dry run of bench/gpu is complete.");
  }

  private static void require(boolean held, String what) {
    if (!held) {
      System.err.println("The dry run of bench/gpu failed: expected that " + what + ".");
      System.exit(1);
    }
  }
}
